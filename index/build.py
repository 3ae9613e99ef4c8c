"""When an index must be made anew, and the making of it.

Nothing is made while the manifest holds. Otherwise a whole new build is written into a folder (or,
on a server, under names) of its own and then made the one that counts; see `shelf`. What is costly
is only the embedding, and of that only what is new: vectors are taken from the former build and
from those that travel with the work, by the text they were made of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import numpy as np

from index.collection import Store, StoredList
from index.embedding import BuildProgress, Watch, embed
from index.errors import BUILD, HomeUnwritable, IndexDamaged, StoreUnreachable
from index.manifest import (
    IN_FOLDER,
    Condition,
    Manifest,
    Unreadable,
    fingerprint_of,
    package_versions,
)
from index.pieces import LISTS, Piece, contents, pieces_of
from index.reading import (
    READ_WHOLE,
    condition_of,
    list_name,
    open_store,
    store_of,
    vectors_file,
)
from index.shelf import MANIFEST, STORE, Shelf
from index.travelling import read_travelling
from index.vectors import Embedder, Vectors
from sources import Work

_LISTS_NOTE = "lists.json"
_SAMPLE = 24


@dataclass(frozen=True)
class BuildSummary:
    """What a build did.

    Attributes:
        state: "unchanged" (nothing to do), "built" (from nothing) or "updated" (with vectors of
            the former build).
        passages: How many there are now.
        sentences: How many there are now.
        embedded: Texts embedded just now.
        reused: Different texts whose vectors came from the former build.
        travelled: Different texts whose vectors came with the work.
        seconds: How long it took.
        fingerprint: Of the index.
        folder: Of the build.
        store: "folder", or the address of the Chroma server.
    """

    state: Literal["unchanged", "built", "updated"]
    passages: int
    sentences: int
    embedded: int
    reused: int
    travelled: int
    seconds: float
    fingerprint: str
    folder: Path
    store: str


@dataclass(frozen=True)
class IndexStatus:
    """What is known of an index without opening it.

    Attributes:
        condition: Whether it may be used.
        manifest: What it was built from; None when there is none or it is unreadable.
        folder: Of the build that counts; None when there is none.
        size: Bytes of that folder; 0 when there is none.
    """

    condition: Condition
    manifest: Manifest | None
    folder: Path | None
    size: int


def index_status(
    work: Work, embedder: Embedder, home: Path, *, chroma: str | None = None
) -> IndexStatus:
    """Whether there is an index and whether it may be used. Loads no model, opens no Chroma."""
    folder = Shelf(home, work.id).current()
    condition, manifest = condition_of(folder, work, embedder.fingerprint, store_of(chroma))
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) if folder else 0
    return IndexStatus(condition, manifest, folder, size)


def build_index(
    work: Work,
    embedder: Embedder,
    home: Path,
    *,
    progress: Callable[[BuildProgress], None] | None = None,
    rebuild: bool = False,
    chroma: str | None = None,
) -> BuildSummary:
    """Make the index of a work, or bring it up to date; at once when nothing has changed.

    May be killed at any moment: until the end the former index, if any, is the one that counts.

    Args:
        work: The work.
        embedder: Makes the vectors; loaded only if something must be embedded.
        home: The data folder.
        progress: Told how far it is.
        rebuild: Make everything anew, also what has not changed, and take no former vectors.
        chroma: Address of a Chroma server; None means a folder in `home`.

    Raises:
        IndexBusy: Another process builds this index just now.
        StoreUnreachable: The Chroma server does not answer.
        ModelMissing: The embedding model is not on this machine.
        ModelDamaged: It cannot be read.
        HomeUnwritable: There is no room in the data folder, or no permission.
    """
    watch = Watch(progress)
    shelf = Shelf(home, work.id)
    store = store_of(chroma)
    if not rebuild and (summary := _unchanged(shelf, work, embedder, store, watch)):
        return summary
    try:
        with shelf.claim():
            # Another process may have built it between the look above and the claim.
            if not rebuild and (summary := _unchanged(shelf, work, embedder, store, watch)):
                return summary
            return _build(shelf, work, embedder, home, store, rebuild, watch)
    except OSError as error:
        raise HomeUnwritable.because(home, error) from error


def _build(
    shelf: Shelf,
    work: Work,
    embedder: Embedder,
    home: Path,
    store: str,
    rebuild: bool,
    watch: Watch,
) -> BuildSummary:
    shelf.sweep(_drop_lists)
    pieces = pieces_of(work)
    found = _Found.nothing() if rebuild else _Found.of(work, embedder, home, store)
    texts = {
        piece.content: piece for piece in contents(pieces) if piece.content not in found.vectors
    }
    vectors = found.vectors | embed(texts, embedder, watch)
    folder = shelf.new(fingerprint_of(work, embedder.fingerprint))
    _write(folder, work, embedder, store, pieces, vectors, watch)
    manifest = _manifest(folder, work, embedder, store, watch)
    manifest.write(folder / MANIFEST)
    shelf.switch(folder)
    shelf.sweep(_drop_lists)
    return BuildSummary(
        state="updated" if found.reused else "built",
        passages=manifest.passages,
        sentences=manifest.sentences,
        embedded=len(texts),
        reused=found.reused,
        travelled=found.travelled,
        seconds=watch.seconds,
        fingerprint=manifest.fingerprint,
        folder=folder,
        store=store,
    )


def _unchanged(
    shelf: Shelf, work: Work, embedder: Embedder, store: str, watch: Watch
) -> BuildSummary | None:
    folder = shelf.current()
    condition, manifest = condition_of(folder, work, embedder.fingerprint, store)
    if condition.state != "fresh" or manifest is None or folder is None:
        return None
    return BuildSummary(
        state="unchanged",
        passages=manifest.passages,
        sentences=manifest.sentences,
        embedded=0,
        reused=0,
        travelled=0,
        seconds=watch.seconds,
        fingerprint=manifest.fingerprint,
        folder=folder,
        store=store,
    )


@dataclass(frozen=True)
class _Found:
    """Vectors that need not be made: by content, and how many of the work's texts they cover."""

    vectors: dict[str, Vectors]
    reused: int
    travelled: int

    @classmethod
    def nothing(cls) -> _Found:
        return cls({}, 0, 0)

    @classmethod
    def of(cls, work: Work, embedder: Embedder, home: Path, store: str) -> _Found:
        wanted = {piece.content for piece in contents(pieces_of(work))}
        former = known_vectors(work, embedder, home)
        if store != IN_FOLDER and len(wanted - former.keys()):
            former |= _on_server(work, embedder.fingerprint, store)
        former = {key: vector for key, vector in former.items() if key in wanted}
        carried = read_travelling(work, embedder.fingerprint)
        carried = {key: carried[key] for key in carried.keys() & wanted - former.keys()}
        return cls(former | carried, len(former), len(carried))


def known_vectors(work: Work, embedder: Embedder, home: Path) -> dict[str, Vectors]:
    """The vectors in the index that counts, by content; empty when none fit the embedder.

    Also those of an index that no longer fits the text: most of its sentences still do.
    """
    borrowed = Shelf(home, work.id).borrow()
    if borrowed is None:
        return {}
    folder, lock = borrowed
    with lock:
        try:
            manifest = Manifest.read(folder / MANIFEST)
            condition, _ = condition_of(folder, work, embedder.fingerprint, manifest.store)
            unfit = {"embedder", "format"} & set(condition.changes)
            if condition.state == "unreadable" or unfit:
                return {}
            with open_store(folder, manifest.store) as store:
                return _vectors_in(store, [list_name(folder, name) for name in LISTS])
        except (Unreadable, IndexDamaged, StoreUnreachable):
            return {}


def _on_server(work: Work, embedder: str, address: str) -> dict[str, Vectors]:
    """Vectors that another machine put on the server for the same work and embedder."""
    with Store.on_server(address) as store:
        try:
            names = [
                name
                for name in store.names()
                if name.startswith("dayek.")
                and store.open(name).metadata.items() >= _noted(work, embedder).items()
            ]
            return _vectors_in(store, names)
        except IndexDamaged:
            return {}


def _vectors_in(store: Store, names: list[str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    for name in names:
        stored = store.open(name)
        vectors = stored.vectors()
        for entry in stored.entries():
            if "content" in entry.metadata and entry.id in vectors:
                found[str(entry.metadata["content"])] = vectors[entry.id]
    return found


def _noted(work: Work, embedder: str) -> dict[str, str]:
    """What is noted in Chroma itself about a list."""
    return {
        "work": work.id,
        "sha256": work.document.sha256,
        "cutting": work.cutting,
        "embedder": embedder,
    }


def _write(
    folder: Path,
    work: Work,
    embedder: Embedder,
    address: str,
    pieces: dict[str, list[Piece]],
    vectors: dict[str, Vectors],
    watch: Watch,
) -> None:
    """Put everything into the store of a new build and look whether it is there."""
    if address != IN_FOLDER:
        note = {"store": address, "lists": [list_name(folder, name) for name in pieces]}
        (folder / _LISTS_NOTE).write_text(json.dumps(note), encoding="utf-8")
    total, written = sum(map(len, pieces.values())), 0
    with open_store(folder, address) as store:
        for name, some in pieces.items():
            before = written

            def told(done: int, before: int = before) -> None:
                watch.report("store", before + done, total)

            told(0)
            stored = store.make(list_name(folder, name), _noted(work, embedder.fingerprint))
            matrix = np.array([vectors[piece.content] for piece in some], dtype=np.float32)
            stored.write([piece.entry for piece in some], matrix, told)
            if name in READ_WHOLE and some:
                np.save(vectors_file(folder, name), matrix)
            written += len(some)
        watch.report("check", 0, 1)
        for name, some in pieces.items():
            _check(store.open(list_name(folder, name)), some, vectors)
        watch.report("check", 1, 1)


def _check(stored: StoredList, pieces: list[Piece], vectors: dict[str, Vectors]) -> None:
    """Whether a list holds what was put in, and finds it."""
    lost = stored.count() != len(pieces)
    for piece in pieces[:: max(1, len(pieces) // _SAMPLE)]:
        found = stored.nearest(vectors[piece.content], 1)
        lost = lost or not found or found[0][1] < 0.9999
    if lost:
        raise IndexDamaged("The store did not keep what was written into it.", BUILD)


def _manifest(folder: Path, work: Work, embedder: Embedder, address: str, watch: Watch) -> Manifest:
    store = folder / STORE
    files = {
        path.relative_to(store).as_posix(): path
        for path in sorted(store.rglob("*"))
        if path.is_file()
    }
    return Manifest(
        work=work.id,
        sha256=work.document.sha256,
        cutting=work.cutting,
        embedder=embedder.fingerprint,
        dimension=embedder.dimension,
        passages=len(work.passages),
        sentences=len(work.sentences),
        store=address,
        built_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        seconds=round(watch.seconds, 2),
        files={name: path.stat().st_size for name, path in files.items()},
        digests={
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in files.items()
            if "sqlite" not in name  # readers leave a row there, see collection
        },
        versions=package_versions(),
    )


def _drop_lists(folder: Path) -> None:
    """Remove from a server what a build put there."""
    try:
        note = json.loads((folder / _LISTS_NOTE).read_text(encoding="utf-8"))
        with Store.on_server(note["store"]) as store:
            for name in note["lists"]:
                store.delete(name)
    except (OSError, ValueError, KeyError, IndexDamaged, StoreUnreachable):
        return  # its store is a folder, or a server that is gone
