"""Whether an index says what the work says: every address, every text, every vector's length.

The index is checked against the text of the work, not against itself: what is stored for a passage
must be the characters that stand at its address.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import IndexDamaged
from index.pieces import LISTS, Piece
from index.reading import OpenIndex, open_index
from index.shelf import STORE
from index.vectors import Embedder, Vectors
from sources import Row, Work

SAME = 0.999
"""Least cosine of a vector made again; other processors round otherwise, other models differ."""


@dataclass(frozen=True)
class VerifyReport:
    """What was checked and found.

    Attributes:
        passages: Checked.
        sentences: Checked.
        cells: Table cells checked.
        embedded_again: Texts embedded again and compared.
        least_cosine: The lowest among them; 1.0 when none was.
        differences: What is not as it should be, a sentence each; empty when all is well.
        seconds: How long it took.
    """

    passages: int
    sentences: int
    cells: int
    embedded_again: int
    least_cosine: float
    differences: tuple[str, ...]
    seconds: float


def verify_index(
    work: Work, embedder: Embedder, home: Path, *, chroma: str | None = None, sample: int = 20
) -> VerifyReport:
    """Check an index against the work.

    Args:
        work: The work.
        embedder: Embeds a sample again.
        home: The data folder.
        chroma: Address of a Chroma server; None means a folder in `home`.
        sample: Texts of each list to embed again; 0 loads no model.

    Raises:
        IndexMissing: There is no index.
        IndexStale: It was built for another text, cutting or embedder.
        IndexDamaged: It cannot be opened at all.
        StoreUnreachable: The Chroma server does not answer.
    """
    began = time.monotonic()
    differences: list[str] = []
    least, again = 1.0, 0
    with open_index(work, embedder, home, chroma=chroma) as opened:
        differences += _changed_files(opened)
        differences += _addresses(work)
        for name in LISTS:
            pieces, stored = opened.stored(name)
            differences += [f"{name}: {wrong}" for wrong in stored.wrong_settings()]
            differences += _texts(name, opened)
            try:
                vectors = _all_vectors(name, opened)
            except IndexDamaged as error:
                differences.append(error.message)
                continue
            differences += _vectors(name, opened, vectors)
            cosines = _again(_spread(range(len(pieces)), sample), pieces, vectors, embedder)
            again += len(cosines)
            least = min([least, *cosines])
        if least < SAME:
            differences.append(f"a text embedded again has a cosine of {least:.4f} to its vector")
    return VerifyReport(
        passages=len(work.passages),
        sentences=len(work.sentences),
        cells=sum(len(row.cells) for row in _rows(work)),
        embedded_again=again,
        least_cosine=least,
        differences=tuple(differences),
        seconds=time.monotonic() - began,
    )


def _changed_files(opened: OpenIndex) -> Iterator[str]:
    for name, digest in opened.manifest.digests.items():
        path = opened.folder / STORE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{path} was altered"


def _rows(work: Work) -> list[Row]:
    return [row for table in work.outline.tables for row in (table.header, *table.rows)]


def _addresses(work: Work) -> Iterator[str]:
    """Whether every sentence lies in its passage, and every cell in its row."""
    for passage in work.passages:
        for at in passage.sentences:
            sentence = work.sentences[at]
            if not passage.start <= sentence.start < sentence.end <= passage.end:
                yield f"sentence {sentence.start}:{sentence.end} lies outside its passage"
    for row in _rows(work):
        for cell in row.cells:
            quoted = work.text[cell.start : cell.end]
            if not row.start <= cell.start <= cell.end <= row.end or quoted != quoted.strip():
                yield f"table cell {cell.start}:{cell.end} is not a cell of its row"


def _texts(name: str, opened: OpenIndex) -> Iterator[str]:
    """Whether what is stored are exactly the pieces, with the words at their addresses."""
    pieces, stored = opened.stored(name)
    found = {entry.id: entry for entry in stored.entries()}
    for piece in pieces:
        entry = found.pop(piece.entry.id, None)
        told = piece.entry.metadata
        place = (
            f"{name} {told['start']}:{told['end']}"
            if "start" in told
            else f"{name} {piece.entry.id}"
        )
        if entry is None:
            yield f"{place} is missing"
        elif entry.text != piece.entry.text:
            yield f"{place}: the stored words are not those of the work"
        elif dict(entry.metadata) != dict(piece.entry.metadata):
            yield f"{place}: the stored address is not that of the work"
    yield from (f"{name}: {id} belongs to nothing in the work" for id in found)


def _all_vectors(name: str, opened: OpenIndex) -> Vectors:
    return {
        "passages": opened.passage_vectors,
        "sentences": opened.sentence_vectors,
        "questions": opened.question_vectors,
        "unanswered": opened.unanswered_vectors,
    }[name]()


def _vectors(name: str, opened: OpenIndex, vectors: Vectors) -> Iterator[str]:
    """Whether vectors have length 1, and whether the search reaches them."""
    lengths = np.linalg.norm(vectors, axis=1)
    for at in np.flatnonzero(np.abs(lengths - 1) > 1e-3).tolist():
        yield f"{name}: vector {at} has the length {lengths[at]:.4f}"
    _, stored = opened.stored(name)
    for at in _spread(range(len(vectors)), 100):
        nearest = stored.nearest(vectors[at], 1)
        if not nearest or nearest[0][1] < SAME:
            yield f"{name}: vector {at} is not found by the search"


def _again(
    places: Sequence[int], pieces: list[Piece], vectors: Vectors, embedder: Embedder
) -> list[float]:
    """Cosines of stored vectors with those made again."""
    if not places:
        return []
    # A list holds texts or questions, never both.
    encode = embedder.encode_queries if pieces[0].asks else embedder.encode_passages
    fresh = encode([pieces[at].embedding_text for at in places])
    return [float(fresh[row] @ vectors[at]) for row, at in enumerate(places)]


def _spread(places: Sequence[int], count: int) -> Sequence[int]:
    """At most `count` of some places, evenly apart; none for 0."""
    return places[:: max(1, -(-len(places) // count))] if count else ()
