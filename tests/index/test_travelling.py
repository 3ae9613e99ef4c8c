from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index, known_vectors
from index.errors import VectorsTooLarge
from index.pieces import Piece, contents, pieces_of
from index.travelling import LARGEST, read_travelling, travelling_folder, write_travelling
from index.vectors import Embedder, Vectors
from index.verify import verify_index
from sources import Work
from tests.index.small import LetterEmbedder, small_text, work_of


@pytest.fixture
def small(tmp_path: Path) -> Work:
    work = work_of(small_text(), tmp_path)
    return replace(work, card=replace(work.card, folder=tmp_path / "library"))


def folder_of(work: Work) -> Path:
    folder = travelling_folder(work)
    assert folder
    return folder


def test_the_first_build_embeds_nothing_that_travelled(small: Work, tmp_path: Path) -> None:
    written = write_travelling(small, LetterEmbedder(), folder_of(small))
    assert written.parent == tmp_path / "library" / "vectors"
    embedder = LetterEmbedder()
    summary = build_index(small, embedder, tmp_path)
    assert embedder.embedded == []
    assert (summary.state, summary.embedded) == ("built", 0)
    assert summary.travelled == len(list(contents(pieces_of(small))))
    assert verify_index(small, embedder, tmp_path, sample=1000).differences == ()


def test_after_a_change_the_rest_still_travels(small: Work, tmp_path: Path) -> None:
    write_travelling(small, LetterEmbedder(), folder_of(small))
    changed = work_of(small.text + "\n\nЖаңа сөйлем осында қосылды.\n", tmp_path)
    changed = replace(changed, card=small.card)
    embedder = LetterEmbedder()
    summary = build_index(changed, embedder, tmp_path)
    assert all("Жаңа сөйлем" in text for text in embedder.embedded)
    assert 0 < summary.embedded <= 2
    assert summary.travelled > 50


def test_vectors_of_another_embedder_stay_where_they_are(small: Work, tmp_path: Path) -> None:
    theirs = write_travelling(small, LetterEmbedder("theirs"), folder_of(small))
    assert read_travelling(small, "ours") == {}
    ours = write_travelling(small, LetterEmbedder("ours"), folder_of(small))
    assert theirs.exists()
    assert ours != theirs
    longer = replace(work_of(small.text + "\n\nТағы бір сөйлем.", tmp_path), card=small.card)
    newer = write_travelling(longer, LetterEmbedder("ours"), folder_of(small))
    assert sorted(folder_of(small).iterdir()) == sorted([theirs, newer])


def test_a_damaged_file_is_as_none(small: Work, tmp_path: Path) -> None:
    written = write_travelling(small, LetterEmbedder(), folder_of(small))
    whole = written.read_bytes()
    for damaged in (b"", b"not an archive", whole[: len(whole) // 2]):
        written.write_bytes(damaged)
        assert read_travelling(small, "letters-1") == {}
    assert build_index(small, LetterEmbedder(), tmp_path).embedded > 0


def test_more_than_may_travel_is_refused(small: Work) -> None:
    class Wide(LetterEmbedder):
        dimension = 240_000

        def _encode(self, texts: object) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            assert isinstance(texts, list)
            return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)

    with pytest.raises(VectorsTooLarge, match="16 MB"):
        write_travelling(small, Wide(), folder_of(small))
    assert list(folder_of(small).iterdir()) == []


def vector_of(piece: Piece, embedder: Embedder) -> Vectors:
    """A piece embedded again, shape (1, dimension)."""
    encode = embedder.encode_queries if piece.asks else embedder.encode_passages
    return encode([piece.embedding_text])


def test_bytes_cost_next_to_nothing(small: Work, bundled_embedder: Embedder) -> None:
    write_travelling(small, bundled_embedder, folder_of(small))
    travelled = read_travelling(small, bundled_embedder.fingerprint)
    texts = {one.content: one for one in contents(pieces_of(small))}
    assert travelled.keys() == texts.keys()
    keys = random.Random(3).sample(sorted(texts), 40)
    again = np.vstack([vector_of(texts[key], bundled_embedder) for key in keys])
    stored = np.array([travelled[key] for key in keys])
    assert np.allclose(np.linalg.norm(stored, axis=1), 1, atol=1e-6)
    assert np.einsum("ij,ij->i", stored, again).min() >= 0.9999


def test_what_travels_with_the_dissertation_is_what_the_model_says(
    work: Work, bundled_embedder: Embedder
) -> None:
    folder = folder_of(work)
    (file,) = folder.glob("*.npz")
    assert file.stat().st_size <= LARGEST
    travelled = read_travelling(work, bundled_embedder.fingerprint)
    texts = {one.content: one for one in contents(pieces_of(work))}
    assert texts.keys() <= travelled.keys(), "write them again (write_travelling)"
    keys = random.Random(7).sample(sorted(texts), 40)
    again = np.vstack([vector_of(texts[key], bundled_embedder) for key in keys])
    stored = np.array([travelled[key] for key in keys])
    assert np.einsum("ij,ij->i", stored, again).min() >= 0.999


def test_vectors_of_a_built_index_need_not_be_made_again(small: Work, tmp_path: Path) -> None:
    build_index(small, LetterEmbedder(), tmp_path)
    embedder = LetterEmbedder()
    known = known_vectors(small, embedder, tmp_path)
    write_travelling(small, embedder, folder_of(small), known=known)
    assert embedder.embedded == []
    assert read_travelling(small, embedder.fingerprint).keys() == known.keys()
