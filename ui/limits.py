"""How often one visitor may do a thing, and how long to wait when it was too often.

A sliding window: at most so many in any stretch of so many seconds, counted from each single
event, so that nobody gets twice the amount around the turn of a minute. The package `limits` has
such a window, but its store in memory keeps a key for ever and starts a thread at each event; here
the number of keys has a bound, and the clock is one that nobody can set back.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

QUESTIONS_A_MINUTE = 30
"""Questions of one visitor; more than a person reads, fewer than a program that runs away asks."""

VISITORS_AN_ADDRESS = 10
"""A visitor without a name is known by a token that the browser keeps and that anybody can throw
away. The address behind it may ask as much as this many visitors: a class behind one router."""

KEYS = 10_000
"""Visitors remembered at once; the one longest silent is forgotten first."""

Clock = Callable[[], float]


class Window:
    """At most `count` events in any `seconds`, for each key apart; safe between threads.

    Args:
        count: At least 1.
        seconds: Length of the window.
        keys: Keys remembered at once; memory is at most `keys * count` numbers. With more keys
            active than that, the one longest silent begins anew.
        clock: Seconds from any beginning, never going back.
    """

    def __init__(
        self, count: int, seconds: float, *, keys: int = KEYS, clock: Clock = time.monotonic
    ) -> None:
        self._count = count
        self._seconds = seconds
        self._keys = keys
        self._clock = clock
        self._lock = threading.Lock()
        # The key of the newest event stands last, so that those gone quiet stand first.
        self._events: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the next event of this key may come; 0.0 when it may now."""
        with self._lock:
            return self._wait(key, self._clock())

    def take(self, key: str) -> float:
        """Count an event if it may come now.

        Returns:
            0.0 when it was counted; else the seconds to wait, and nothing was counted.
        """
        with self._lock:
            now = self._clock()
            wait = self._wait(key, now)
            if wait == 0.0:
                self._events.setdefault(key, deque()).append(now)
                self._events.move_to_end(key)
                self._forget_the_quiet(now)
            return wait

    def give_back(self, key: str) -> None:
        """Take back the newest event of this key, as if it had not come."""
        with self._lock:
            events = self._events.get(key)
            if events:
                events.pop()

    def forget(self, key: str) -> None:
        """Let this key begin anew."""
        with self._lock:
            self._events.pop(key, None)

    def __len__(self) -> int:
        """Keys remembered."""
        with self._lock:
            return len(self._events)

    def _wait(self, key: str, now: float) -> float:
        events = self._events.get(key)
        if events is None:
            return 0.0
        while events and events[0] + self._seconds <= now:
            events.popleft()
        return events[0] + self._seconds - now if len(events) >= self._count else 0.0

    def _forget_the_quiet(self, now: float) -> None:
        while self._events:
            events = next(iter(self._events.values()))
            silent = not events or events[-1] + self._seconds <= now
            if not silent and len(self._events) <= self._keys:
                return
            self._events.popitem(last=False)


class Limits:
    """Questions a minute, for each visitor; one object for the page, the API and whatever asks.

    Args:
        a_minute: Questions of one visitor; 0 means as many as anybody likes.
        clock: As `Window`.
    """

    def __init__(
        self, a_minute: int = QUESTIONS_A_MINUTE, *, clock: Clock = time.monotonic
    ) -> None:
        self.a_minute = a_minute
        self._visitors = Window(a_minute, 60, clock=clock)
        self._addresses = Window(a_minute * VISITORS_AN_ADDRESS, 60, clock=clock)
        self._lock = threading.Lock()

    def wait(self, visitor: str, address: str | None = None) -> float:
        """Take a visitor's turn to ask, if there is one.

        Args:
            visitor: The user signed in, or the token of a browser; "" for somebody who shows
                neither, for whom only the address counts.
            address: Where a visitor who has not signed in comes from; None for a user.

        Returns:
            0.0 when the question may be asked, and is counted; else the seconds to wait.
        """
        if self.a_minute == 0:
            return 0.0
        place = network_of(address) if address else ""
        with self._lock:
            wait = max(
                self._visitors.wait(visitor) if visitor else 0.0,
                self._addresses.wait(place) if place else 0.0,
            )
            if wait == 0.0:
                if visitor:
                    self._visitors.take(visitor)
                if place:
                    self._addresses.take(place)
            return wait


def network_of(address: str) -> str:
    """What of an address stands for one visitor.

    An IPv6 customer has a whole network of 64 bits to choose from, so only its first half counts.
    What is no address stands for itself.
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, 64), strict=False))
