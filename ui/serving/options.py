"""What can be chosen about serving the page, and whether the choices go together."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from pathlib import Path

from ui.accounts import Accounts
from ui.errors import AccountsUnusable, NotServable, OpenToAll
from ui.limits import QUESTIONS_A_MINUTE

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860

AT_ONCE = 2
"""Questions answered at the same time; an answer is computing work, and this fits two cores."""

WAITING = 40
"""Questions that may wait in line; the next one is told to come again."""


@dataclass(frozen=True)
class Serving:
    """How the page is served; every field has a default that fits one person on one machine.

    Attributes:
        root_path: Path under which a reverse proxy shows the page, as "/dayek"; "" without one.
            Naming it means that a proxy on this machine is believed.
        proxies: Addresses or networks of further reverse proxies that are believed.
        auth: The users file; None lets everybody in.
        public: Whether everybody may come in although others can reach the address.
        visitor_limit: Questions a minute of one visitor; 0 means as many as anybody likes.
        at_once: Questions answered at the same time.
        waiting: Questions that may wait in line.
        home: Data folder, for what must outlive a restart; None keeps it in memory.
    """

    root_path: str = ""
    proxies: tuple[str, ...] = ()
    auth: Path | None = None
    public: bool = False
    visitor_limit: int = QUESTIONS_A_MINUTE
    at_once: int = AT_ONCE
    waiting: int = WAITING
    home: Path | None = None

    @property
    def believed(self) -> tuple[str, ...]:
        """The proxies whose word on the visitor's address counts."""
        here = ("127.0.0.1", "::1") if self.root_path else ()
        return (*here, *self.proxies)

    def check(self, host: str) -> None:
        """See that the choices go together.

        Args:
            host: Address to listen at.

        Raises:
            NotServable: One of them is no sensible value, or two exclude each other.
            OpenToAll: Others can reach the host, and nobody has said who may come in.
            AccountsUnusable: The users file cannot be used, or has no user.
        """
        if self.root_path and not re.fullmatch(r"(/[\w.~-]+)+", self.root_path, re.ASCII):
            raise NotServable(
                f"{self.root_path!r} is not a path for a page.", "Write it as --root-path /dayek"
            )
        for proxy in self.proxies:
            _check_proxy(proxy)
        if self.visitor_limit < 0 or self.at_once < 1 or self.waiting < 1:
            raise NotServable(
                "A limit is too small.",
                "--visitor-limit is 0 or more, --at-once and --waiting are 1 or more.",
            )
        if self.auth is not None:
            self._check_accounts(self.auth)
        elif not self.public and not _is_loopback(host):
            raise OpenToAll(
                f"Others can reach {host}, and nobody would have to sign in.",
                "Make a users file with `dayek user add NAME --auth users.txt` and serve with "
                "--auth users.txt, or let everybody in with --public.",
            )

    def _check_accounts(self, file: Path) -> None:
        if self.public:
            raise NotServable("--auth and --public exclude each other.", "Leave out one of them.")
        if not Accounts(file).all():
            raise AccountsUnusable(
                f"{file} has no user, so nobody could come in.",
                f"Run: dayek user add NAME --auth {file}",
            )


def _check_proxy(proxy: str) -> None:
    try:
        ipaddress.ip_network(proxy)
    except ValueError as error:
        raise NotServable(
            f"{proxy!r} is not the address or network of a proxy.",
            "Write it as --proxy 192.0.2.7 or --proxy 192.0.2.0/24",
        ) from error


def _is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(one[4][0])).is_loopback for one in found)
