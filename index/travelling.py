"""The vectors that travel with a work of the library, so that a new machine need not embed it.

One file for a text, its cutting and an embedder: `<work>/vectors/<fingerprint>.npz`, one byte a
number with a scale for each vector (12.5 MB for the dissertation with its 27,310 questions, where
the first build takes half a minute instead of five; half precision would take 24). Each vector is
filed under the digest of what was embedded, so when a sentence or the cutting changes the others
are still found, in whatever file there is for the same embedder. A byte moves a vector by a cosine
of 0.0001 at most, and the order of search results hardly ever.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import BuildProgress, Watch, embed
from index.errors import VectorsTooLarge
from index.manifest import fingerprint_of
from index.pieces import contents, pieces_of
from index.vectors import Embedder, Vectors
from sources import Work

LARGEST = 16_000_000
"""Bytes that may travel with a work."""


def travelling_folder(work: Work) -> Path | None:
    """Where the vectors of a work travel; None for a file of the user's."""
    return work.card.folder / "vectors" if work.card.folder else None


def write_travelling(
    work: Work,
    embedder: Embedder,
    folder: Path,
    *,
    known: Mapping[str, Vectors] | None = None,
    progress: Callable[[BuildProgress], None] | None = None,
) -> Path:
    """Write the vectors of a work for an embedder; older ones for the same embedder are removed.

    Args:
        work: The work.
        embedder: Makes the vectors that are not known.
        folder: Where to; see `travelling_folder`.
        known: Vectors by content, as `build.known_vectors` gives them.
        progress: Told how far it is.

    Returns:
        The file written.

    Raises:
        VectorsTooLarge: They would take more than 16 MB.
    """
    texts = {piece.content: piece for piece in contents(pieces_of(work))}
    vectors = {key: vector for key, vector in (known or {}).items() if key in texts}
    rest = {key: piece for key, piece in texts.items() if key not in vectors}
    vectors |= embed(rest, embedder, Watch(progress))
    keys = sorted(vectors)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{fingerprint_of(work, embedder.fingerprint)}.npz"
    levels, scales = _in_bytes(np.array([vectors[key] for key in keys], dtype=np.float32))
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez(
            file,
            embedder=np.array(embedder.fingerprint),
            keys=np.array(keys, dtype="S16"),
            bytes=levels,
            scales=scales,
        )
    size = new.stat().st_size
    if size > LARGEST:
        new.unlink()
        raise VectorsTooLarge(
            f"The vectors of {work.id} would take {size / 1e6:.1f} MB, and at most "
            f"{LARGEST / 1e6:.0f} MB may travel with a work.",
            "Leave them out: they are made on the machine where the index is built.",
        )
    for older in folder.glob("*.npz"):
        if older != path and _read(older, embedder.fingerprint):
            older.unlink()
    new.replace(path)  # whole or not at all
    return path


def read_travelling(work: Work, embedder: str, folder: Path | None = None) -> dict[str, Vectors]:
    """The vectors that travel with a work for an embedder, by content; empty when there are none.

    Args:
        work: The work.
        embedder: Fingerprint of the embedder.
        folder: Where they are; None means with the work.
    """
    folder = folder or travelling_folder(work)
    if folder is None or not folder.is_dir():
        return {}
    exact = folder / f"{fingerprint_of(work, embedder)}.npz"
    files = [exact] if exact.is_file() else sorted(folder.glob("*.npz"))
    found: dict[str, Vectors] = {}
    for path in files:
        found |= _read(path, embedder)
    return found


def _in_bytes(vectors: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Vectors as signed bytes, the largest number of each at 127, and the scale of each."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype(np.float32) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def _read(path: Path, embedder: str) -> dict[str, Vectors]:
    """The vectors of a file, at unit length; empty for another embedder or a damaged file."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["embedder"]) != embedder:
                return {}
            keys = [key.decode() for key in stored["keys"].tolist()]
            vectors = stored["bytes"].astype(np.float32) * stored["scales"][:, None]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return dict(zip(keys, vectors, strict=True))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
