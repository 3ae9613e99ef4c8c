"""What a model says while it says it: within time limits, and stopped whenever one likes.

A thread that waits for a server's next word cannot be interrupted, a task of an event loop can. So
every request runs in one event loop in a thread of its own, started when the first one is made;
giving a task up closes its connection at once. The one who listens is handed a beat of silence
every quarter of a second, so that it too can be stopped while it waits.
"""

from __future__ import annotations

import asyncio
import atexit
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

BEAT = 0.25
"""Seconds of waiting after which the listener gets an empty text."""

T = TypeVar("T")

_STARTING = threading.Lock()


@dataclass(frozen=True)
class Limits:
    """How long a model is waited for, in seconds.

    Attributes:
        first: From the question to its first words, attempts that failed included.
        pause: Between two pieces of what it says.
        total: From the question to its last word.
    """

    first: float = 30.0
    pause: float = 15.0
    total: float = 120.0


@dataclass(frozen=True)
class Piece:
    """A piece of what a model says.

    Attributes:
        text: Its words; empty for a thought, or where only counts are told.
        thinks: Whether it is a sign of life without words.
        input_tokens: Tokens read, where this piece tells; else None.
        output_tokens: Tokens written, likewise.
        finish: Why the model ended, where this piece tells ("stop", "length" ...); else "".
    """

    text: str = ""
    thinks: bool = False
    input_tokens: int | None = None
    output_tokens: int | None = None
    finish: str = ""


class OutOfTime(TimeoutError):  # a sort of error, like the one it is made from
    """A limit has passed; the request is closed."""


class Speech(Iterator[str]):
    """The words of a model in the order it says them; "" when nothing came for a beat.

    Ends when the model does. Raises `OutOfTime`, or whatever the request raised.

    Args:
        source: Makes the request; it is begun at once.
        limits: How long to wait.
    """

    def __init__(self, source: Callable[[], AsyncIterator[Piece]], limits: Limits) -> None:
        self._limits = limits
        self._pieces: queue.SimpleQueue[Piece | BaseException | None] = queue.SimpleQueue()
        self._begun = self._last = time.monotonic()
        self._spoke = self._over = False
        self.input_tokens: int | None = None
        self.output_tokens: int | None = None
        self.finish = ""
        self._task = in_background(self._pump(source))

    async def _pump(self, source: Callable[[], AsyncIterator[Piece]]) -> None:
        try:
            async for piece in source():
                self._pieces.put(piece)
        except Exception as error:  # raised again where somebody listens
            self._pieces.put(error)
        else:
            self._pieces.put(None)

    def __next__(self) -> str:
        """The next words, "" after a beat without any.

        Raises:
            OutOfTime: The model is too slow.
            StopIteration: It has ended, or was stopped.
        """
        if self._over:
            raise StopIteration
        while True:
            left = self._deadline() - time.monotonic()
            try:
                piece = self._pieces.get(timeout=max(0.0, min(BEAT, left)))
            except queue.Empty:
                if left > BEAT:
                    return ""
                if self._deadline() <= time.monotonic():
                    self.close()
                    raise OutOfTime from None
                continue
            said = self._taken(piece)
            if said:
                return said

    def _deadline(self) -> float:
        pause = self._limits.pause if self._spoke else self._limits.first
        return min(self._last + pause, self._begun + self._limits.total)

    def _taken(self, piece: Piece | BaseException | None) -> str:
        if piece is None:
            self._over = True
            raise StopIteration
        if isinstance(piece, BaseException):
            self._over = True
            raise piece
        if piece.text or piece.thinks:
            self._spoke, self._last = True, time.monotonic()
        self.input_tokens = _added(self.input_tokens, piece.input_tokens)
        self.output_tokens = _added(self.output_tokens, piece.output_tokens)
        self.finish = piece.finish or self.finish
        if self._begun + self._limits.total <= time.monotonic():
            self.close()
            raise OutOfTime
        return piece.text

    @property
    def spoke(self) -> bool:
        """Whether the model has given a sign of life."""
        return self._spoke

    def close(self) -> None:
        """Stop: the request is closed, whatever it is doing. May be called again."""
        self._over = True
        self._task.cancel()


def _added(one: int | None, other: int | None) -> int | None:
    return one if other is None else (one or 0) + other


def waited(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine; stopping the wait (Ctrl-C) gives the coroutine up too."""
    task = in_background(work)
    try:
        return task.result()
    finally:
        task.cancel()


def in_background(work: Coroutine[Any, Any, T]) -> Future[T]:
    """Begin a coroutine in the loop that all requests share."""
    with _STARTING:  # two first requests at once must not start two
        loop = _loop()
    return asyncio.run_coroutine_threadsafe(work, loop)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="dayek-model", daemon=True)
    thread.start()

    def end() -> None:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)
        if not thread.is_alive():
            loop.close()

    atexit.register(end)
    return loop
