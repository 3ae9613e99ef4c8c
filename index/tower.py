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

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.adapter import Adapter
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


class Encoder(Protocol):
    """Turns questions into vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension), unit length."""
        ...


class TunedEncoder:
    """Encodes the questions on one work.

    Args:
        changed: The model with its layers changed.
        adapter: Moves its vectors.
    """

    def __init__(self, changed: Encoder, adapter: Adapter) -> None:
        self._changed = changed
        self._adapter = adapter

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
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["embedder"]) != embedder:
                return None
            names = [name[len(_DOWN) :] for name in stored.files if name.startswith(_DOWN)]
            return Tower(
                tuple(
                    Change(
                        name,
                        stored[f"{_DOWN}{name}"].astype(np.float32),
                        stored[f"{_UP}{name}"].astype(np.float32),
                    )
                    for name in names
                ),
                Adapter(stored[_MAP].astype(np.float32), stored[_SHIFT].astype(np.float32)),
            )
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        NotImplementedError,  # a method of packing that never was
        zlib.error,
        zipfile.BadZipFile,
    ):
        return None


def write_tower(tower: Tower, path: Path, embedder: str) -> None:
    """Write a tower, half precision; the file is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {_MAP: tower.adapter.matrix, _SHIFT: tower.adapter.shift}
    for one in tower.changes:
        arrays |= {f"{_DOWN}{one.layer}": one.down, f"{_UP}{one.layer}": one.up}
    halves = {name: array.astype(np.float16) for name, array in arrays.items()}
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, embedder=np.array(embedder), **halves)
    new.replace(path)
