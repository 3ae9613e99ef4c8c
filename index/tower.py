"""How questions on one work are encoded, where that was learned: a model with its top changed.

A linear map of the finished vector (`adapter`) can turn and stretch what the model saw in a
question, and no more. Changing the model's upper layers lets it look at other words of the question
in the first place. The changes are of low rank (LoRA: Hu et al. 2021, arXiv 2106.09685), 1.3 MB in
half precision, and concern questions alone: the vectors of the text stay as they are, so nothing is
embedded again. A linear map on top, of the same kind as the adapter, belongs to them. The training
is `tower_tuning`; the two towers for question and text are those of dense retrieval (Karpukhin et
al. 2020, arXiv 2004.04906).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.adapter import Adapter
from index.learned import read_learned, write_learned
from sources import Work

Vectors = NDArray[np.float32]

_MAP = "map"
_SHIFT = "shift"
_DOWN, _UP = "down:", "up:"


@dataclass(frozen=True)
class Change:
    """What is added to the matrix of one linear layer: `up @ down`.

    Attributes:
        layer: Its name in the model, without ".weight".
        down: Shape (rank, numbers in).
        up: Shape (numbers out, rank).
    """

    layer: str
    down: Vectors
    up: Vectors

    @property
    def added(self) -> Vectors:
        """Shape (numbers out, numbers in)."""
        added: Vectors = self.up @ self.down
        return added


@dataclass(frozen=True)
class Tower:
    """The encoder of questions on one work, as what tells it from the general one.

    Attributes:
        changes: Of linear layers, one a layer.
        adapter: Moves the vectors that the changed model gives.
    """

    changes: tuple[Change, ...]
    adapter: Adapter


class Changed(Protocol):
    """A model whose layers were changed."""

    def load(self) -> None:
        """Load it now instead of when it is first used."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension), unit length."""
        ...


class TunedEncoder:
    """Encodes the questions on one work.

    Args:
        changed: The model with its layers changed.
        adapter: Moves its vectors.
    """

    def __init__(self, changed: Changed, adapter: Adapter) -> None:
        self._changed = changed
        self._adapter = adapter

    def load(self) -> None:
        """Load the model now; nothing when it is loaded."""
        self._changed.load()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension), unit length."""
        vectors = self._changed.encode_queries(texts)
        return self._adapter.apply(vectors) if len(vectors) else vectors


def tower_path(work: Work, home: Path) -> Path:
    """Where the tower of a work lies: with the work, or for a user's file in the data folder."""
    if work.card.folder:
        return work.card.folder / "tower.npz"
    return home / "towers" / f"{work.id}.npz"


def read_tower(path: Path, embedder: str) -> Tower | None:
    """The tower of a file; None when there is none, or it is for another embedder or damaged.

    Args:
        path: See `tower_path`.
        embedder: Fingerprint of the embedder that is changed.
    """
    stored = read_learned(path, embedder)
    if stored is None or not {_MAP, _SHIFT} <= stored.keys():
        return None
    layers = [name.removeprefix(_DOWN) for name in stored if name.startswith(_DOWN)]
    if any(f"{_UP}{layer}" not in stored for layer in layers):
        return None
    changes = (Change(one, stored[f"{_DOWN}{one}"], stored[f"{_UP}{one}"]) for one in layers)
    return Tower(tuple(changes), Adapter(stored[_MAP], stored[_SHIFT]))


def write_tower(tower: Tower, path: Path, embedder: str) -> None:
    """Write a tower, half precision; the file is there whole or not at all."""
    arrays = {_MAP: tower.adapter.matrix, _SHIFT: tower.adapter.shift}
    for one in tower.changes:
        arrays |= {f"{_DOWN}{one.layer}": one.down, f"{_UP}{one.layer}": one.up}
    write_learned(arrays, path, embedder)
