"""Closes the network to everything but loopback in every Python process that finds this file.

`conftest.py` imports it, and puts this folder on PYTHONPATH, where each child process of a test
runs it before anything else (Python looks for a module of this name at start). It listens to the
interpreter's audit events, below every library and impossible to patch away. Whoever tries to
leave gets the error that a machine without a network gives, and a line in the file named by
DAYEK_TEST_ATTEMPTS, so that an attempt which the library swallows still fails the run.

Compiled code that opens sockets without Python is not seen here; `sealed.py` closes that too.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

ATTEMPTS = "DAYEK_TEST_ATTEMPTS"

_NAMING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_REACHING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_NEARBY = {"", "localhost", "::1", "::", "0.0.0.0"}


def is_near(host: object) -> bool:
    """Whether a host given to a socket call is this machine; None means it is."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    return name in _NEARBY or name.startswith("127.")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NAMING:
        host = arguments[0]
    elif event in _REACHING:
        address = arguments[1]
        if not isinstance(address, tuple):
            return  # a UNIX socket, or a socket that is connected already
        host = address[0]
    else:
        return
    if not is_near(host):
        _note(f"{event} {host!r} by {sys.argv[:3]}")
        raise _refusal(event)


def _refusal(event: str) -> OSError:
    if event in _NAMING:
        return socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    return OSError(errno.ENETUNREACH, "Network is unreachable")


def _note(said: str) -> None:
    path = os.environ.get(ATTEMPTS)
    if path:
        with Path(path).open("a", encoding="utf-8") as log:
            log.write(said + "\n")


sys.addaudithook(_watch)
