"""Which pages are having a question answered right now, so that a visitor can stop it.

A page asks one question at a time. Its run is known by the page's session, and stopping it only
raises a flag: the one who writes the answer sees it, ends there and draws the end itself. Two
writers for one reply would draw over each other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Runs:
    """The runs of all open pages; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flags: dict[str, threading.Event] = {}

    @contextmanager
    def begin(self, session: str) -> Iterator[threading.Event]:
        """The flag that says stop, for as long as this page's question is being answered.

        A page that still has a run (a second tab cannot, a double click can) has it stopped.
        """
        flag = threading.Event()
        with self._lock:
            earlier = self._flags.get(session)
            self._flags[session] = flag
        if earlier is not None:
            earlier.set()
        try:
            yield flag
        finally:
            with self._lock:
                if self._flags.get(session) is flag:
                    del self._flags[session]

    def stop(self, session: str) -> None:
        """Ask this page's run to end; nothing happens when there is none."""
        with self._lock:
            flag = self._flags.get(session)
        if flag is not None:
            flag.set()

    def __len__(self) -> int:
        """How many pages are having a question answered."""
        with self._lock:
            return len(self._flags)

    def is_busy(self, session: str) -> bool:
        """Whether this page's question is being answered."""
        with self._lock:
            return session in self._flags
