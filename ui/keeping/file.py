"""The SQLite file: one connection, used by one thread at a time, all or nothing.

Reads and writes here take well under a millisecond and a disk flush, so one connection behind a
lock serves every thread; WAL lets another process read meanwhile. A change is on the disk when the
call returns (`synchronous = FULL`): a signature must outlive a power cut. What is deleted is
overwritten (`secure_delete`) and leaves the write-ahead log at once: a forgotten conversation is
not to be found in the file again.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.keeping.errors import ShelfUnwritable, explained
from ui.keeping.schema import bring_up_to_date

PATIENCE = 5.0
"""Seconds to wait for another process that holds the file."""

_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


class ShelfFile:
    """A file of conversations, open.

    Args:
        path: The file; made when it is not there, with its folder, for this user's eyes only.
        patience: Seconds to wait for another process that holds it.

    Raises:
        ShelfError: See `ui.keeping.errors`.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self._lock = threading.RLock()
        _make(path)
        with self._explaining():
            self._connection = sqlite3.connect(
                path, timeout=patience, isolation_level=None, check_same_thread=False
            )
        try:
            with self._explaining():
                for setting in _SETTINGS:
                    self._connection.execute(setting).fetchone()
                bring_up_to_date(self._connection, path)
        except BaseException:
            self._connection.close()
            raise
        self._connection.row_factory = sqlite3.Row

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A change that happens as a whole or, when anything is raised, not at all."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def settle(self) -> None:
        """Empty the write-ahead log, so that nothing deleted is left in it.

        When another process is reading, its part stays until the next time.
        """
        with self._lock, self._explaining():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._explaining():
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some errors, a full disk among them.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = explained(error, self.path)
            if told is None:
                raise
            raise told from error


def _make(path: Path) -> None:
    """An empty file when there is none; SQLite gives its side files the same permissions."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise ShelfUnwritable(
            f"Cannot write {path}: {error.strerror}.",
            "Check the folder and its permissions, or choose another with --home.",
        ) from error
