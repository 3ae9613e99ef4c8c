from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.adapter import Adapter
from index.bundled_model import bundled_model
from index.tower import Change, Tower, Vectors, read_tower, tower_path, write_tower
from index.tower_tuning import learn_tower
from index.tuning import Lessons
from index.vectors import Embedder, SentenceTransformerEmbedder, tuned_encoder
from sources import Work
from tests.index.small import small_text, work_of

LAYERS = ("encoder.layer.7.attention.self.query", "encoder.layer.11.output.dense")
SHAPES = ((384, 384), (384, 1536))
TEXTS = ["Қазақстан БҰҰ-ға қашан кірді?", "Когда приняли конституцию?", "Who is Nye?"]


def drawn(seed: int, *shape: int) -> Vectors:
    numbers: Vectors = np.random.default_rng(seed).normal(0, 0.1, shape).astype(np.float32)
    return numbers


def tower_of(seed: int, size: int = 384) -> Tower:
    changes = tuple(
        Change(layer, drawn(seed + at, 4, wide), drawn(seed + at + 9, high, 4))
        for at, (layer, (high, wide)) in enumerate(zip(LAYERS, SHAPES, strict=True))
    )
    return Tower(changes, Adapter(0.1 * drawn(seed, size, size), 0.1 * drawn(seed, size)))


NOTHING = Adapter(np.zeros((384, 384), np.float32), np.zeros(384, np.float32))


@pytest.fixture(scope="module")
def models(data_home: Path, bundled_embedder: Embedder) -> Path:
    bundled_embedder.prepare()
    return data_home / "models"


def test_a_tower_is_read_as_it_was_written(tmp_path: Path) -> None:
    path, tower = tmp_path / "towers" / "a.npz", tower_of(3)
    write_tower(tower, path, "ours")
    read = read_tower(path, "ours")
    assert read
    assert [one.layer for one in read.changes] == list(LAYERS)
    for one, other in zip(read.changes, tower.changes, strict=True):
        assert np.allclose(one.added, other.added, atol=1e-3)
    assert np.allclose(read.adapter.matrix, tower.adapter.matrix, atol=1e-4)
    assert read_tower(path, "theirs") is None


def test_a_damaged_tower_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "tower.npz"
    assert read_tower(path, "ours") is None
    write_tower(tower_of(4), path, "ours")
    whole = path.read_bytes()
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-1]):
        path.write_bytes(damaged)
        assert read_tower(path, "ours") is None
    np.savez(path, embedder=np.array("ours"), map=np.zeros((2, 2)))
    assert read_tower(path, "ours") is None


def test_a_tower_lies_with_its_work(tmp_path: Path) -> None:
    mine = work_of(small_text(2), tmp_path, id="mine")
    other = work_of(small_text(2), tmp_path, id="other")
    assert tower_path(mine, tmp_path / "home") != tower_path(other, tmp_path / "home")
    carried = replace(mine, card=replace(mine.card, folder=tmp_path / "library" / "mine"))
    assert tower_path(carried, tmp_path) == tmp_path / "library" / "mine" / "tower.npz"


def test_the_changed_model_gives_what_the_same_change_gives_in_torch(
    bundled_embedder: Embedder, models: Path
) -> None:
    import torch

    tower = Tower(tower_of(5).changes, NOTHING)
    tuned = tuned_encoder(bundled_embedder, tower)
    assert tuned
    other = SentenceTransformerEmbedder.in_folder(bundled_model(models))
    other.load()
    bert = other._model()[0].auto_model
    with torch.no_grad():
        for one in tower.changes:
            bert.get_submodule(one.layer).weight += torch.from_numpy(one.added)
    expected = other.encode_queries(TEXTS)
    assert np.allclose(tuned.encode_queries(TEXTS), expected, atol=1e-4)
    assert not np.allclose(bundled_embedder.encode_queries(TEXTS), expected, atol=1e-2)
    assert tuned.encode_queries([]).shape == (0, 384)


def test_without_changes_only_the_map_is_at_work(bundled_embedder: Embedder) -> None:
    tower = Tower((), tower_of(6).adapter)
    tuned = tuned_encoder(bundled_embedder, tower)
    assert tuned
    expected = tower.adapter.apply(bundled_embedder.encode_queries(TEXTS))
    assert np.allclose(tuned.encode_queries(TEXTS), expected, atol=1e-6)


def test_another_model_has_no_tower(bundled_embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    other = SentenceTransformerEmbedder.in_folder(tmp_path)
    assert tuned_encoder(other, tower_of(7)) is None
    assert tuned_encoder(bundled_embedder, None) is None


def test_the_tower_of_the_dissertation_fits_the_model_that_comes_along(
    work: Work, bundled_embedder: Embedder, tmp_path: Path
) -> None:
    path = tower_path(work, tmp_path)
    tower = read_tower(path, bundled_embedder.fingerprint)
    tuned = tuned_encoder(bundled_embedder, tower)
    assert tuned
    lengths = np.linalg.norm(tuned.encode_queries(TEXTS), axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)
    assert path.stat().st_size < 10_000_000


def test_questions_learn_which_sentence_answers(bundled_embedder: Embedder, models: Path) -> None:
    """Answers are dealt out at random, so nothing but learning brings them nearer."""
    texts = [f"{at}-сұрақ: кім, қашан, қайда?" for at in range(24)]
    sentences = bundled_embedder.encode_passages([f"Мәтіннің {at} сөйлемі." for at in range(24)])
    answers = np.random.default_rng(2).permutation(24)
    lessons = Lessons(
        questions=np.zeros((24, 384), np.float32),
        sentences=sentences,
        passages=sentences[::2],
        answers=answers,
        owners=np.arange(24) // 2,
    )
    told: list[tuple[int, int]] = []
    tower = learn_tower(
        models,
        texts,
        lessons,
        progress=lambda done, total: told.append((done, total)),
    )
    tuned = tuned_encoder(bundled_embedder, tower)
    assert tuned

    def ahead(vectors: Vectors) -> float:
        cosines = vectors @ sentences.T
        return float(np.mean(cosines[np.arange(24), answers] - cosines.mean(axis=1)))

    assert ahead(tuned.encode_queries(texts)) > ahead(bundled_embedder.encode_queries(texts)) + 0.01
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]
    again = learn_tower(models, texts, lessons)
    for one, other in zip(again.changes, tower.changes, strict=True):
        assert one.layer == other.layer
        assert np.allclose(one.added, other.added, atol=1e-6)
