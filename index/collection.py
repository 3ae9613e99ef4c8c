"""What lies in Chroma: lists of texts with their vectors, and where it lies.

The only module that knows Chroma. Chroma never embeds for us, compares nothing for us and reports
nothing to anybody; it keeps vectors, finds near ones, and hands back what was put in.

A store is a folder of our own or a Chroma server. Measured of folders (Chroma 1.5.9):

- Two processes that *write* one folder corrupt its vectors silently; a reader beside a writer never
  sees what is new. So a build writes a folder that nobody else knows yet (see `build`).
- Any number of processes may *read* one folder that nobody writes: 12 readers at once, two of them
  killed, answered every query rightly and changed no byte of the vectors. Opening adds one row to
  the table `acquire_write` of its SQLite file, under SQLite's own lock.
- That holds when every vector was flushed to the graph file. By default Chroma flushes every 1,000
  changes, keeps the rest in its log and works it in again in each process that opens the folder:
  then readers do write, and a first query takes 200 ms instead of 20. Hence `sync_threshold`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import REBUILD, IndexDamaged, StoreUnreachable

Vectors = NDArray[np.float32]

_BATCH = 2_000
"""Entries written at once; Chroma refuses more than 5,461."""

_GRAPH = {
    "space": "cosine",
    "ef_search": 400,
    "max_neighbors": 32,
    "ef_construction": 200,
    "sync_threshold": 2,
}
"""Chroma's own values (100, 16, 100) lose 7 % of the ten nearest among 20,000; these 0.2 %."""


@dataclass(frozen=True)
class Entry:
    """One text of a list.

    Attributes:
        id: Unique in its list.
        text: The cited words as they stand in the work.
        metadata: Its address and kind; never empty.
    """

    id: str
    text: str
    metadata: Mapping[str, str | int]


class StoredList:
    """A list of texts with vectors in Chroma. Reading may happen from many threads."""

    def __init__(self, collection: Any, where: str) -> None:
        self._collection = collection
        self._where = where

    @property
    def metadata(self) -> dict[str, Any]:
        """What was noted when the list was made."""
        return dict(self._collection.metadata or {})

    def count(self) -> int:
        """Number of entries."""
        with _ours(self._where):
            return int(self._collection.count())

    def wrong_settings(self) -> list[str]:
        """How the search graph differs from what we asked for; empty when it does not."""
        graph = (self._collection.configuration_json or {}).get("hnsw") or {}
        return [
            f"{name} is {graph.get(name)}, not {value}"
            for name, value in _GRAPH.items()
            if graph.get(name) != value
        ]

    def write(
        self,
        entries: Sequence[Entry],
        vectors: Vectors,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Put entries in, over those of the same id.

        Args:
            entries: In any number.
            vectors: Shape (entries, dimension), unit length.
            progress: Called with the number of entries written so far.
        """
        for start in range(0, len(entries), _BATCH):
            part = entries[start : start + _BATCH]
            with _ours(self._where):
                self._collection.upsert(
                    ids=[entry.id for entry in part],
                    embeddings=vectors[start : start + len(part)],
                    documents=[entry.text for entry in part],
                    metadatas=[dict(entry.metadata) for entry in part],
                )
            if progress:
                progress(start + len(part))

    def nearest(self, vector: NDArray[np.floating[Any]], n: int) -> list[tuple[str, float]]:
        """Ids and cosines of the `n` nearest entries, nearest first; all when there are fewer.

        The search is approximate in principle; at this size it found 99.8 % of the ten nearest.
        """
        if n < 1:
            return []
        with _ours(self._where):
            found = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32).reshape(1, -1),
                n_results=n,
                include=["distances"],
            )
        return [
            (id, 1.0 - float(distance))
            for id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def vectors(self) -> dict[str, Vectors]:
        """Every vector by id, shape (dimension,)."""
        vectors: dict[str, Vectors] = {}
        # A part at a time: Chroma hands out single numbers, 20,000 vectors of them half a gigabyte.
        for start in range(0, self.count(), _BATCH):
            with _ours(self._where):
                found = self._collection.get(include=["embeddings"], limit=_BATCH, offset=start)
            part = np.asarray(found["embeddings"], dtype=np.float32)
            vectors |= zip(found["ids"], part, strict=True)
        return vectors

    def entries(self) -> Iterator[Entry]:
        """Every entry, in no certain order."""
        with _ours(self._where):
            found = self._collection.get(include=["documents", "metadatas"])
        for id, text, metadata in zip(
            found["ids"], found["documents"], found["metadatas"], strict=True
        ):
            yield Entry(id=id, text=text or "", metadata=metadata or {})


class Store:
    """An opened Chroma: a folder or a server. Close it, or leave its `with` block."""

    def __init__(self, client: Any, where: str) -> None:
        self._client = client
        self._where = where

    @classmethod
    def in_folder(cls, folder: Path) -> Store:
        """Open a folder, which is made where there is none. The caller sees to the locks.

        Raises:
            IndexDamaged: Chroma cannot read what lies there.
        """
        import chromadb  # here: a second of start-up that most commands do without

        with _ours(str(folder)):
            return cls(chromadb.PersistentClient(str(folder), settings=_settings()), str(folder))

    @classmethod
    def on_server(cls, address: str) -> Store:
        """Reach a Chroma server.

        Args:
            address: "http://host:port" or "https://...".

        Raises:
            StoreUnreachable: The address is none, or nobody answers there.
        """
        import chromadb  # here: see in_folder

        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host or parts.scheme not in {"http", "https"}:
            raise StoreUnreachable(
                f"{address!r} is not the address of a Chroma server.",
                "Set DAYEK_CHROMA to http://HOST:PORT, or unset it to use a folder.",
            )
        secure = parts.scheme == "https"
        with _ours(address):
            client = chromadb.HttpClient(
                host=host, port=port or (443 if secure else 8000), ssl=secure, settings=_settings()
            )
            return cls(client, address)

    def make(self, name: str, metadata: Mapping[str, str | int]) -> StoredList:
        """The list of a name, made where there is none.

        Raises:
            IndexDamaged: Its search graph was made with other settings.
        """
        with _ours(self._where):
            collection = self._client.get_or_create_collection(
                name,
                embedding_function=None,
                metadata=dict(metadata),
                configuration={"hnsw": dict(_GRAPH)},
            )
        made = StoredList(collection, self._where)
        if wrong := made.wrong_settings():
            raise IndexDamaged(f"The list {name} in {self._where}: {wrong[0]}.", REBUILD)
        return made

    def open(self, name: str) -> StoredList:
        """The list of a name.

        Raises:
            IndexDamaged: There is none.
        """
        with _ours(self._where):
            return StoredList(
                self._client.get_collection(name, embedding_function=None), self._where
            )

    def names(self) -> list[str]:
        """Names of all lists, sorted."""
        with _ours(self._where):
            return sorted(collection.name for collection in self._client.list_collections())

    def delete(self, name: str) -> None:
        """Remove a list with all it holds; nothing when there is none."""
        if name in self.names():
            with _ours(self._where):
                self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of files and connections; may happen twice."""
        self._client.close()
        # Chroma's own closing leaves its two connections to a server open.
        for client in (self._client, getattr(self._client, "_admin_client", None)):
            session = getattr(getattr(client, "_server", None), "_session", None)
            if session is not None:
                session.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


@contextmanager
def _ours(where: str) -> Iterator[None]:
    """Turn what Chroma raises into our errors; faults of our own pass through."""
    try:
        yield
    except BaseException as error:
        # Rust panics come as pyo3_runtime.PanicException, which is no Exception.
        origin = type(error).__module__.split(".")[0]
        served = where.startswith(("http://", "https://"))
        if served and (origin in {"httpx", "httpcore"} or "onnect to a Chroma" in str(error)):
            raise StoreUnreachable(
                f"The Chroma server at {where} does not answer.",
                "Start it, correct DAYEK_CHROMA, or unset it to use a folder.",
            ) from error
        if origin in {"chromadb", "pyo3_runtime", "builtins"} and _is_chromas(error):
            raise IndexDamaged(f"The index in {where} cannot be used: {error}", REBUILD) from error
        raise


def _is_chromas(error: BaseException) -> bool:
    if type(error).__module__.split(".")[0] != "builtins":
        return True
    # Chroma also raises bare ones: files that are not there, "Could not connect to tenant", and
    # about its missing "bindings" when a folder is opened again after it could not be.
    said = str(error)
    return isinstance(error, (OSError, RuntimeError)) or "tenant" in said or "'bindings'" in said
