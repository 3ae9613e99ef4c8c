"""Files of what was learned for one embedder: arrays of numbers under its fingerprint.

Half precision, and there whole or not at all. What is learned for one embedder is noise to another,
and a file that cannot be read must not keep the work from being searched: both count as none.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]


def read_learned(path: Path, embedder: str) -> dict[str, Numbers] | None:
    """The arrays of a file by name; None when there is none for the embedder, or it is damaged.

    Args:
        path: Of the file.
        embedder: Fingerprint of the embedder for which it must have been learned.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["embedder"]) != embedder:
                return None
            names = [name for name in stored.files if name != "embedder"]
            return {name: stored[name].astype(np.float32) for name in names}
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


def write_learned(arrays: Mapping[str, Numbers], path: Path, embedder: str) -> None:
    """Write arrays for an embedder, in the place of what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {name: array.astype(np.float16) for name, array in arrays.items()}
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, embedder=np.array(embedder), **halves)
    new.replace(path)
