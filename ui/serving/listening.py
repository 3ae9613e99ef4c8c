"""The server itself: an address that is taken, a thread that answers there, and a clean end.

Nothing here loads Gradio, so that the address can answer while the page is still being made.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Mapping

import uvicorn
from fastapi import FastAPI

from ui.accounts import Accounts
from ui.errors import listener
from ui.serving.door import Door
from ui.serving.forwarding import Forwarding
from ui.serving.guard import Guard
from ui.serving.options import Serving
from ui.serving.sessions import Sessions

GRACE = 3
"""Seconds that answers under way have to end when the server stops."""


class Served:
    """A page at an address, from `listen` until `close`.

    Attributes:
        options: How it is served.
        accounts: The users; None when nobody has to sign in.
        sessions: Who is signed in; None likewise.
    """

    def __init__(
        self,
        taken: socket.socket,
        host: str,
        options: Serving,
        accounts: Accounts | None,
        sessions: Sessions | None,
    ) -> None:
        self.options = options
        self.accounts = accounts
        self.sessions = sessions
        self._host = host
        self._port: int = taken.getsockname()[1]
        self._before_closing: Callable[[], None] | None = None
        self._closed = threading.Event()
        self._door = Door()
        guard = Guard(self._door, options.root_path, sessions)
        self._server = uvicorn.Server(
            uvicorn.Config(
                Forwarding(guard, options.root_path, options.believed),
                lifespan="on",
                log_config=None,
                access_log=False,  # who asked when is nobody's business
                server_header=False,
                proxy_headers=False,  # Forwarding does it, and removes them from others
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([taken],), name="dayek-server", daemon=True
        )

    @property
    def address(self) -> str:
        """Where this machine finds the page, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}{self.options.root_path}"

    def start(self) -> None:
        """Begin to answer; until `show` only that the page is on its way."""
        # The end is not a fault: uvicorn reports answers that it had to break off.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._closed.wait(0.01)

    def show(
        self, inside: FastAPI, facts: Mapping[str, str], before_closing: Callable[[], None]
    ) -> None:
        """Let visitors through.

        Args:
            inside: The application with the page.
            facts: What `/health` tells of it.
            before_closing: Called in the server's thread when the end begins, so that what never
                ends by itself does.
        """
        self._before_closing = before_closing
        self._door.open(inside, facts)

    def wait(self) -> None:
        """Return when somebody has called `close`."""
        self._closed.wait()

    def close(self) -> None:
        """Stop answering, and return when the port is free again. May be called twice."""
        if not self._thread.is_alive():
            return
        self._door.shut(self._before_closing)
        self._server.should_exit = True
        self._thread.join()
        self._closed.set()


def listen(host: str, port: int, options: Serving | None = None) -> Served:
    """Take an address and begin to answer there that the page is on its way.

    Args:
        host: Name or number of this machine; "0.0.0.0" stands for all of them.
        port: 1 to 65535.
        options: How to serve; None takes the defaults.

    Raises:
        PortTaken: Another program listens there.
        AddressNotOurs: This machine has no such address, or forbids it.
        NotServable, OpenToAll, AccountsUnusable: As `Serving.check`.
    """
    options = options or Serving()
    options.check(host)
    accounts = Accounts(options.auth) if options.auth else None
    folder = options.home / "serving" if options.home else None
    sessions = Sessions(accounts, folder) if accounts else None
    served = Served(listener(host, port), host.strip("[]"), options, accounts, sessions)
    served.start()
    return served
