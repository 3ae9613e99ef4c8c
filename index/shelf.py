"""Where the builds of one work's index lie, which one counts, and who may remove one.

In `<home>/index/<work>/`::

    current.json              the pointer: which build counts
    build.lock                held by the one process that builds
    <build>/manifest.json     what the build was made from; written last
    <build>/in-use.lock       held, shared, by every process that searches this build
    <build>/chroma/           the store, unless it is on a server

A build is written into a new folder that no reader knows, and counts from the moment the pointer
is replaced, which the system does whole or not at all. So a build killed at any moment changes
nothing for readers, and a reader that opened the former build keeps it: `dayek ask` may run beside
`dayek serve` and beside `dayek index build`. Old and half-made builds are removed by the next
build, each only if no process holds it.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from index.errors import IndexBusy
from index.lock import Lock, Taken, exclusive, shared, to_disk

MANIFEST = "manifest.json"
STORE = "chroma"
_POINTER = "current.json"
_IN_USE = "in-use.lock"
_TRIES = 20


class Shelf:
    """The builds of one work.

    Args:
        home: The data folder.
        work: Id of the work.
    """

    def __init__(self, home: Path, work: str) -> None:
        name = re.sub(r"[^A-Za-z0-9._-]", "-", work).lstrip(".") or "work"
        self.folder = home / "index" / name

    def current(self) -> Path | None:
        """The folder of the build that counts; None when there is none."""
        try:
            name = json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))["build"]
            folder = self.folder / Path(str(name)).name
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return folder if folder.is_dir() else None

    def borrow(self) -> tuple[Path, Lock] | None:
        """The build that counts, kept from being removed until the lock is released.

        None when there is none. A build may be replaced and removed between reading the pointer
        and taking the lock; then the pointer is read again.
        """
        for _ in range(_TRIES):
            folder = self.current()
            if folder is None:
                return None
            try:
                lock = shared(folder / _IN_USE)
            except (FileNotFoundError, Taken):
                # It is being removed, so the pointer has moved on; or somebody tidied by hand.
                time.sleep(0.01)
                continue
            if self.current() == folder:
                return folder, lock
            lock.release()
        return None

    def claim(self) -> Lock:
        """Be the one process that builds.

        Raises:
            IndexBusy: Another process builds just now.
        """
        try:
            return exclusive(self.folder / "build.lock")
        except Taken as taken:
            raise IndexBusy(
                f"This index is being built just now ({taken.holder}).",
                "Wait until that build has ended, or stop it, and try again.",
            ) from taken

    def new(self, fingerprint: str) -> Path:
        """An empty folder for a build. Only with the claim."""
        folder = self.folder / f"{fingerprint[:12]}-{secrets.token_hex(4)}"
        folder.mkdir()
        (folder / _IN_USE).touch()
        return folder

    def switch(self, folder: Path) -> None:
        """Make a finished build the one that counts, safely on disk. Only with the claim."""
        for path in (*folder.rglob("*"), folder):
            to_disk(path)
        written = self.folder / f"{_POINTER}.new"
        written.write_text(json.dumps({"build": folder.name}) + "\n", encoding="utf-8")
        to_disk(written)
        written.replace(self.folder / _POINTER)
        to_disk(self.folder)

    def sweep(self, before: Callable[[Path], None]) -> None:
        """Remove every build that neither counts nor is held. Only with the claim.

        Args:
            before: Called with each folder before it is removed.
        """
        current = self.current()
        for folder in self.folder.iterdir():
            if not folder.is_dir() or folder == current:
                continue
            try:
                lock = exclusive(folder / _IN_USE)
            except Taken:
                continue
            with lock:
                before(folder)
                shutil.rmtree(folder, ignore_errors=True)
