"""What can be wrong with what is kept, and the remedy.

FixableError
├── NotKept               no such conversation or exchange, or it is somebody else's
├── SignedRecord          a signed record stands in the way of a change
├── IncompleteRecord      a record cannot be signed yet
├── NotJudgeable          an exchange has nothing that could be judged
└── ShelfError            one for all that can be wrong with the file
    ├── ShelfDamaged      it cannot be read as a database any more
    ├── ShelfNotOurs      a database, but of another program
    ├── ShelfTooNew       a newer version of the program wrote it
    ├── ShelfBusy         another program holds it
    ├── ShelfFull         the disk takes no more
    └── ShelfUnwritable   it may not be opened or written
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assistant import FixableError


class NotKept(FixableError):
    """No such conversation or exchange; somebody else's is told in the same words."""


class SignedRecord(FixableError):
    """A signed record stands in the way of a change."""


class IncompleteRecord(FixableError):
    """A record cannot be signed: a statement has no judgement, or the signer no name."""


class NotJudgeable(FixableError):
    """An exchange without an answer, or a statement that its answer does not have."""


class ShelfError(FixableError):
    """The file of the conversations cannot be used, now or at all."""


class ShelfDamaged(ShelfError):
    """The file cannot be read as a database any more."""


class ShelfNotOurs(ShelfError):
    """A database of another program lies where ours belongs."""


class ShelfTooNew(ShelfError):
    """A newer version of the program wrote the file."""


class ShelfBusy(ShelfError):
    """Another program holds the file for longer than is worth waiting."""


class ShelfFull(ShelfError):
    """The disk takes no more."""


class ShelfUnwritable(ShelfError):
    """The file or its folder may not be opened or written."""


_PRIMARY = 0xFF  # SQLite's extended result codes keep the plain one in their last byte


def explained(error: sqlite3.Error, path: Path) -> ShelfError | None:
    """SQLite's complaint in our words; None when it is a fault of the program.

    Args:
        error: As sqlite3 raised it.
        path: The file that was to be used.
    """
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return ShelfDamaged(
                f"The conversations in {path} are damaged.",
                "Put back a copy of the file, or move it away to begin with an empty one.",
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return ShelfBusy(
                f"Another program holds {path}.", "Close it, or try again in a moment."
            )
        case sqlite3.SQLITE_FULL:
            return ShelfFull(
                f"The disk is full, so nothing can be kept in {path}.", "Make room on it."
            )
        case sqlite3.SQLITE_IOERR:
            return ShelfFull(
                f"The disk does not take what is to be kept in {path}.",
                "Make room on it, and check that it is sound.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return ShelfUnwritable(
                f"{path} cannot be opened for writing.",
                "Check the folder and its permissions, or choose another with --home.",
            )
    return None
