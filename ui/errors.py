"""Why the page cannot be served where, or to whom, it was asked for, and the remedy."""

from __future__ import annotations

import errno
import socket

from assistant import FixableError


class PortTaken(FixableError):
    """Another program listens at that port already."""


class AddressNotOurs(FixableError):
    """The host or the port is not one that this machine lets us listen at."""


class OpenToAll(FixableError):
    """Others could reach the page, and nobody has said whether they may."""


class AccountsUnusable(FixableError):
    """The users file is missing, broken, or open to others."""


class NoSuchUser(FixableError):
    """The users file has nobody of that name."""


class UserRefused(FixableError):
    """A name or a password that cannot be taken."""


class NotServable(FixableError):
    """Something else that was asked of the server does not fit."""


def check_address(host: str, port: int) -> None:
    """See that an address can be listened at, before anything is started; see `listener`."""
    listener(host, port).close()


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Args:
        host: A name or number of this machine; "0.0.0.0" stands for all of them.
        port: 1 to 65535.

    Raises:
        PortTaken: Somebody listens there.
        AddressNotOurs: No such host here, no such port, or no permission.
    """
    if not 1 <= port <= 65535:
        raise AddressNotOurs(f"{port} is not a port.", "Choose one from 1 to 65535.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind)
        try:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(address)
            taken.listen(128)
        except OSError:
            taken.close()
            raise
    except OSError as error:
        raise _explained(error, host, port) from error
    return taken


def _explained(error: OSError, host: str, port: int) -> FixableError:
    """What stands in the way of listening, as something that a person can mend."""
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"Port {port} of {host} is taken by another program.",
            "Stop that program, or choose another port with --port.",
        )
    if error.errno == errno.EACCES:
        return AddressNotOurs(
            f"This user may not listen at port {port}.", "Choose a port above 1023."
        )
    return AddressNotOurs(
        f"{host} is not an address of this machine.",
        "Use --host 127.0.0.1 for this machine alone, or --host 0.0.0.0 for the whole network.",
    )
