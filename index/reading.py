"""An index opened for searching, and whether there is one to open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.collection import Store, StoredList
from index.errors import BUILD, REBUILD, IndexDamaged, IndexMissing, IndexStale
from index.lock import Lock
from index.manifest import (
    IN_FOLDER,
    SAID,
    Condition,
    Manifest,
    Unreadable,
    changes_since,
)
from index.pieces import LISTS, Piece, pieces_in
from index.shelf import MANIFEST, STORE, Shelf
from index.vectors import Embedder, Vectors
from sources import Work

READ_WHOLE = ("questions", "unanswered")
"""Lists of which every vector is read at each start. Chroma hands 27,000 of them out in 1.2 s, so
a build keeps them in a file as well, which is mapped at once; where it is gone Chroma is asked."""


def list_name(folder: Path, which: str) -> str:
    """Name in Chroma of one of `LISTS` of a build; ASCII, as Chroma demands, and of no other."""
    return f"dayek.{folder.parent.name[:64]}.{folder.name}.{which}"


def vectors_file(folder: Path, which: str) -> Path:
    """Where a build keeps the vectors of one of `READ_WHOLE` once more."""
    return folder / f"{which}.npy"


def open_store(folder: Path, store: str) -> Store:
    """The store of a build: in its folder, or on the server of that address."""
    return Store.in_folder(folder / STORE) if store == IN_FOLDER else Store.on_server(store)


def store_of(chroma: str | None) -> str:
    """What a manifest calls the store: an address without its last slash, or "folder"."""
    return chroma.rstrip("/") if chroma else IN_FOLDER


def condition_of(
    folder: Path | None, work: Work, embedder: str, store: str
) -> tuple[Condition, Manifest | None]:
    """Whether a build may be used; opens neither the model nor Chroma.

    Args:
        folder: Of the build; None when there is none.
        work: The work to be searched.
        embedder: Fingerprint of the embedder to search with.
        store: Where the vectors are to lie, see `store_of`.
    """
    if folder is None:
        return Condition("missing"), None
    try:
        manifest = Manifest.read(folder / MANIFEST)
    except Unreadable as error:
        return Condition("unreadable", damage=str(error)), None
    if changes := changes_since(manifest, work, embedder, store):
        return Condition("stale", changes=changes), manifest
    # A vector file cut short makes Chroma end the process without a word, so sizes come first.
    for name, size in manifest.files.items():
        path = folder / STORE / name
        if not path.is_file():
            return Condition("unreadable", damage=f"{path} is gone"), manifest
        if path.stat().st_size < size:
            return Condition("unreadable", damage=f"{path} was cut short"), manifest
    return Condition("fresh"), manifest


class OpenIndex:
    """An index that can be searched, from many threads. Close it, or leave its `with` block.

    While it is open its build is not removed, even when a newer one is made.
    """

    def __init__(
        self, shelf: Shelf, folder: Path, lock: Lock, manifest: Manifest, store: Store, work: Work
    ) -> None:
        self._shelf = shelf
        self.folder = folder
        self.manifest = manifest
        self.fingerprint = manifest.fingerprint
        self._lock = lock
        self._store = store
        self._work = work
        self._pieces: dict[str, list[Piece]] = {}
        self._lists: dict[str, StoredList] = {}
        self._ordinals: dict[str, dict[str, int]] = {}
        self._vectors: dict[str, Vectors] = {}
        for name in LISTS:
            self._lists[name] = store.open(list_name(folder, name))
        for name in ("passages", "sentences"):
            self._ordinals[name] = {
                piece.entry.id: ordinal for ordinal, piece in enumerate(self._pieces_in(name))
            }

    def nearest_passages(
        self, vector: NDArray[np.floating[Any]], n: int
    ) -> list[tuple[int, float]]:
        """The passages nearest to a vector.

        Args:
            vector: Shape (dimension,), unit length.
            n: How many; all when there are fewer.

        Returns:
            (place in the work's passages, cosine), nearest first, equal ones in text order.
        """
        return self._nearest("passages", vector, n)

    def nearest_sentences(
        self, vector: NDArray[np.floating[Any]], n: int
    ) -> list[tuple[int, float]]:
        """The sentences nearest to a vector; see `nearest_passages`."""
        return self._nearest("sentences", vector, n)

    def passage_vectors(self, ordinals: Sequence[int] | None = None) -> Vectors:
        """Vectors of passages by their places, shape (n, dimension); None means all in order."""
        return self._stored_vectors("passages", ordinals)

    def sentence_vectors(self, ordinals: Sequence[int] | None = None) -> Vectors:
        """Vectors of sentences by their places, shape (n, dimension); None means all in order."""
        return self._stored_vectors("sentences", ordinals)

    def question_vectors(self) -> Vectors:
        """Vectors of the questions written ahead in their order, shape (n, dimension)."""
        return self._stored_vectors("questions", None)

    def unanswered_vectors(self) -> Vectors:
        """Vectors of the questions that the work does not answer, shape (n, dimension)."""
        return self._stored_vectors("unanswered", None)

    def is_current(self) -> bool:
        """Whether no newer build has replaced this one."""
        return self._shelf.current() == self.folder

    def stored(self, name: str) -> tuple[list[Piece], StoredList]:
        """What the work says of a list and what the store holds, for checking."""
        return self._pieces_in(name), self._lists[name]

    def _pieces_in(self, name: str) -> list[Piece]:
        """The pieces of a list; those of tens of thousands of questions are seldom needed."""
        if name not in self._pieces:
            self._pieces[name] = pieces_in(self._work, name)
        return self._pieces[name]

    def _nearest(
        self, name: str, vector: NDArray[np.floating[Any]], n: int
    ) -> list[tuple[int, float]]:
        found = self._lists[name].nearest(vector, min(n, len(self._pieces_in(name))))
        ordinals = self._ordinals[name]
        try:
            placed = [(ordinals[id], cosine) for id, cosine in found]
        except KeyError as error:
            raise IndexDamaged(
                f"The index in {self.folder} holds an entry that the work does not have.", REBUILD
            ) from error
        return sorted(placed, key=lambda each: (-each[1], each[0]))

    def _stored_vectors(self, name: str, ordinals: Sequence[int] | None) -> Vectors:
        if name not in self._vectors and (kept := self._kept(name)) is not None:
            self._vectors[name] = kept
        if name not in self._vectors:
            by_id = self._lists[name].vectors()
            ids = [piece.entry.id for piece in self._pieces_in(name)]
            if lost := [id for id in ids if id not in by_id]:
                raise IndexDamaged(f"The index in {self.folder} lost {len(lost)} {name}.", REBUILD)
            empty = np.empty((0, self.manifest.dimension), dtype=np.float32)
            self._vectors[name] = np.stack([by_id[id] for id in ids]) if ids else empty
        vectors = self._vectors[name]
        return vectors if ordinals is None else vectors[np.asarray(ordinals, dtype=np.intp)]

    def _kept(self, name: str) -> Vectors | None:
        """The vectors of a list from its file; None where there is none that fits."""
        work = self._work
        asked = {"questions": len(work.questions), "unanswered": len(work.unanswered)}
        if name not in asked:
            return None
        try:
            kept: Vectors = np.load(vectors_file(self.folder, name), mmap_mode="r")
        except (OSError, EOFError, ValueError):
            return None
        shape = (asked[name], self.manifest.dimension)
        return kept if kept.shape == shape and kept.dtype == np.float32 else None

    def close(self) -> None:
        """Let go of the build; may happen twice."""
        self._store.close()
        self._lock.release()

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_index(
    work: Work, embedder: Embedder, home: Path, *, chroma: str | None = None
) -> OpenIndex:
    """Open the index of a work for searching. The model is not loaded.

    Args:
        work: The work.
        embedder: The one to search with; only its fingerprint is looked at.
        home: The data folder.
        chroma: Address of a Chroma server; None means a folder in `home`.

    Raises:
        IndexMissing: There is none yet.
        IndexStale: It was built for another text, cutting or embedder.
        IndexDamaged: It is there but cannot be read.
        StoreUnreachable: The Chroma server does not answer.
    """
    shelf = Shelf(home, work.id)
    borrowed = shelf.borrow()
    if borrowed is None:
        raise IndexMissing(f"There is no index of {work.title!r} yet.", BUILD)
    folder, lock = borrowed
    try:
        manifest = _usable(folder, work, embedder.fingerprint, store_of(chroma))
        store = open_store(folder, manifest.store)
        try:
            return OpenIndex(shelf, folder, lock, manifest, store, work)
        except BaseException:
            store.close()
            raise
    except BaseException:
        lock.release()
        raise


def _usable(folder: Path, work: Work, embedder: str, store: str) -> Manifest:
    condition, manifest = condition_of(folder, work, embedder, store)
    if condition.state == "stale":
        why = " and ".join(SAID[change] for change in condition.changes)
        raise IndexStale(f"The index does not fit any more: {why}.", BUILD)
    if condition.state != "fresh" or manifest is None:
        raise IndexDamaged(f"The index cannot be read: {condition.damage}.", BUILD)
    return manifest
