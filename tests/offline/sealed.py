"""Runs a command on a machine that has no network but loopback, whoever it asks.

The kernel gives the process a network of its own with nothing in it (an unshared namespace), so
that compiled code and child processes cannot leave either. Where the kernel forbids that, the
command runs behind the audit hook of `sitecustomize.py` alone, and this says so on stderr.

    python tests/offline/sealed.py COMMAND [ARGUMENT ...]
    python tests/offline/sealed.py --probe      exit status 0 where the kernel permits it
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_FLAGS, _UP = 0x8914, 1


def seal() -> bool:
    """Leave this process without any network but loopback; False where the kernel forbids it."""
    user, group = os.getuid(), os.getgid()
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(_NEW_NET) != 0:
        if unshare(_NEW_USER | _NEW_NET) != 0:
            return False
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return _raise_loopback()


def _raise_loopback() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
        except OSError:
            return False
    return True


def main() -> None:
    """Seal, then become the command."""
    sealed = seal()
    if sys.argv[1:] == ["--probe"]:
        sys.exit(0 if sealed else 1)
    if not sealed:
        print("sealed.py: no network namespace here; the audit hook stands alone", file=sys.stderr)
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
