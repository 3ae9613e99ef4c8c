"""A small correction of question vectors, learned from the questions written ahead of a work.

A general model knows little of one work's words, and less of how students ask about it in three
languages. A linear map of the question's vector, `q' = unit(q + q W + b)`, trained so that each
question written ahead lands on the sentence and passage that answer it, mends much of that for 0.3
MB and no time; the vectors of the text stay as they are. It belongs to one work and one embedder
and is used for no other. (The idea is that of linear adapters for embeddings, as in LlamaIndex's
query-embedding fine-tuning; the training is `tuning`.)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.learned import read_learned, write_learned
from sources import Work

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """The map of question vectors of one embedder.

    Attributes:
        matrix: W, shape (dimension, dimension).
        shift: b, shape (dimension,).
    """

    matrix: Vectors
    shift: Vectors

    def apply(self, vectors: Vectors) -> Vectors:
        """Corrected vectors: shape (n, dimension) in and out, unit length."""
        moved = vectors + vectors @ self.matrix + self.shift
        corrected: Vectors = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(
            np.float32
        )
        return corrected


def adapter_path(work: Work, home: Path) -> Path:
    """Where the adapter of a work lies: with the work, or for a user's file in the data folder."""
    if work.card.folder:
        return work.card.folder / "adapter.npz"
    return home / "adapters" / f"{work.id}.npz"


def read_adapter(path: Path, embedder: str) -> Adapter | None:
    """The adapter of a file; None when there is none, or it is for another embedder or damaged.

    Args:
        path: See `adapter_path`.
        embedder: Fingerprint of the embedder whose vectors are to be corrected.
    """
    stored = read_learned(path, embedder)
    if stored is None or not {"matrix", "shift"} <= stored.keys():
        return None
    return Adapter(stored["matrix"], stored["shift"])


def write_adapter(adapter: Adapter, path: Path, embedder: str) -> None:
    """Write an adapter, half precision; the file is there whole or not at all."""
    write_learned({"matrix": adapter.matrix, "shift": adapter.shift}, path, embedder)
