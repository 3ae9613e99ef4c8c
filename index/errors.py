"""What can be wrong with an index or an embedding model, and the remedy.

The tree::

    sources.FixableError
    ├── IndexMissing       nothing was built for this work yet
    ├── IndexStale         built for another text, other cutting rules or another embedder
    ├── IndexDamaged       built, but files or entries are gone or cannot be read
    ├── IndexBusy          another process is building this index just now
    ├── HomeUnwritable     the data folder cannot be written: no room, no permission
    ├── StoreUnreachable   the Chroma server named by DAYEK_CHROMA does not answer
    ├── EmbedderUnknown    the name of the embedder is none of the three kinds
    ├── ModelMissing       the embedding model is not on this machine
    ├── ModelDamaged       its files are not what they should be
    └── VectorsTooLarge    the vectors of a work are too many to travel with it
"""

from __future__ import annotations

from pathlib import Path

from sources import FixableError

BUILD = "Run: dayek index build"
REBUILD = "Run: dayek index build --rebuild"


class IndexMissing(FixableError):
    """Nothing was built for this work yet, or its folder was removed."""


class IndexStale(FixableError):
    """The index was built for another text, other cutting rules or another embedder."""


class IndexDamaged(FixableError):
    """The index was built, but files or entries of it are gone or cannot be read."""


class IndexBusy(FixableError):
    """Another process is building this index just now."""


class HomeUnwritable(FixableError):
    """The data folder cannot be written."""

    @classmethod
    def because(cls, folder: Path, error: OSError) -> HomeUnwritable:
        """The error for what the system said about writing below `folder`."""
        return cls(
            f"Cannot write in {folder}: {error.strerror or error}.",
            "Make room or get permission there, or choose another folder with --home.",
        )


class StoreUnreachable(FixableError):
    """The Chroma server does not answer, or its address is not one."""


class EmbedderUnknown(FixableError):
    """The name of the embedder is neither "bundled" nor "hub:..." nor "path:..."."""


class ModelMissing(FixableError):
    """The embedding model is not on this machine."""


class ModelDamaged(FixableError):
    """The files of the embedding model are not what they should be."""


class VectorsTooLarge(FixableError):
    """The vectors of a work are more than may travel with it."""
