"""Which process may write and which may read: locks on small files, held by the kernel.

A lock lives exactly as long as the process that holds it, so a process killed at any moment
leaves none behind. (A file that merely says "busy" would survive its writer; that is why the
notes in a lock file are only read for the message, never for the decision.)

Advisory locks of `flock` belong to the open file, not to the process: two holders in one process
exclude each other like two processes do.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, as that process noted it; for messages only.

    Attributes:
        pid: Process number; None when the note could not be read.
        since: Local time, "HH:MM:SS"; empty when unknown.
    """

    pid: int | None
    since: str

    def __str__(self) -> str:
        return f"process {self.pid}, since {self.since}" if self.pid else "another process"


class Taken(Exception):  # callers turn it into an error with a remedy
    """Somebody else holds the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


class Lock:
    """A lock that is held; `release` it or leave its `with` block. Both may happen twice."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def exclusive(path: Path, *, wait: bool = False) -> Lock:
    """Be the only holder.

    Args:
        path: The lock file; made, with its folder, where there is none.
        wait: Wait for the present holder instead of raising.

    Raises:
        Taken: Somebody holds the lock, shared or not, and `wait` is false.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    _take(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB), path)
    note = {"pid": os.getpid(), "since": datetime.now().astimezone().strftime("%H:%M:%S")}
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(note).encode(), 0)
    return Lock(descriptor)


def shared(path: Path) -> Lock:
    """Be one of any number of holders, none of them exclusive.

    Raises:
        Taken: Somebody is the only holder.
        FileNotFoundError: There is no lock file; a reader never makes one.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    _take(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB, path)
    return Lock(descriptor)


def _take(descriptor: int, how: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        os.close(descriptor)
        raise Taken(_holder(path)) from None
    except BaseException:
        os.close(descriptor)
        raise


def _holder(path: Path) -> Holder:
    try:
        note: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Holder(pid=int(note["pid"]), since=str(note["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(pid=None, since="")


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk, not only in memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
