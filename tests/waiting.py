"""Async code from a plain test, whatever else runs in this process.

Playwright keeps an event loop running in the main thread for as long as its browser is open, and
two loops cannot run in one thread; so a coroutine of ours runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def awaited(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The result of the coroutine that `make` makes."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(make())).result()
