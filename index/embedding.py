"""How many texts get their vectors with somebody watching: progress, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.pieces import Piece
from index.vectors import Embedder, Vectors

Stage = Literal["model", "embed", "store", "check"]

_AT_ONCE = 24
"""Texts between two reports: about a second of work."""


@dataclass(frozen=True)
class BuildProgress:
    """Where a build stands.

    Attributes:
        stage: "model" (loading it, or making it on a new machine), "embed", "store" or "check".
        done: Of `total`, in texts; 0 of 1 and 1 of 1 for "model" and "check".
        total: How many there are in this stage.
        seconds: Since the build began.
        seconds_left: Of this stage, estimated; None when nothing is known yet.
    """

    stage: Stage
    done: int
    total: int
    seconds: float
    seconds_left: float | None


class Watch:
    """Tells somebody how far a build is.

    Args:
        tell: Called with every report; None for nobody.
    """

    def __init__(self, tell: Callable[[BuildProgress], None] | None = None) -> None:
        self._tell = tell
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the build began."""
        return time.monotonic() - self._begun

    def report(self, stage: Stage, done: int, total: int, left: float | None = None) -> None:
        """Report where the build stands."""
        if self._tell:
            self._tell(BuildProgress(stage, done, total, self.seconds, left))


def embed(pieces: Mapping[str, Piece], embedder: Embedder, watch: Watch) -> dict[str, Vectors]:
    """A vector for each piece, as a question or as a text to be found.

    Args:
        pieces: By any key. Nothing is loaded when there are none.
        embedder: The model.
        watch: Told about "model" and "embed".

    Returns:
        Vectors by the same keys, each of shape (dimension,) and unit length.
    """
    if not pieces:
        return {}
    watch.report("model", 0, 1)
    embedder.load()  # now, so that it does not spoil the estimate
    watch.report("model", 1, 1)
    # Like lengths together, longest first; time goes by characters, not by texts.
    texts = {key: piece.embedding_text for key, piece in pieces.items()}
    keys = sorted(texts, key=lambda key: (pieces[key].asks, -len(texts[key]), key))
    letters = sum(map(len, texts.values()))
    vectors = np.empty((len(keys), embedder.dimension), dtype=np.float32)
    began, read = time.monotonic(), 0
    watch.report("embed", 0, len(keys))
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for asks, encode in ((False, embedder.encode_passages), (True, embedder.encode_queries)):
            rows = [row for row, key in enumerate(some, start) if pieces[key].asks == asks]
            if rows:
                vectors[rows] = encode([texts[keys[row]] for row in rows])
        read += sum(len(texts[key]) for key in some)
        left = (time.monotonic() - began) / max(read, 1) * (letters - read)
        watch.report("embed", start + len(some), len(keys), left)
    return dict(zip(keys, vectors, strict=True))
