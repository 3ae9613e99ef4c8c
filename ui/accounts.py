"""The users who may sign in, and their passwords, which nobody can read back.

They stand in a text file of the owner's, one line a user:

    NAME:scrypt:N:R:P:SALT:HASH

N, R and P are the costs of scrypt (RFC 7914), SALT 16 and HASH 32 random-looking bytes in URL-safe
base64. Empty lines and lines that begin with # are left alone. `dayek user` writes the file; a page
that is being served follows it, so that a user added, removed or given a new password counts at
once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import stat
import tempfile
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ui.errors import AccountsUnusable, NoSuchUser, UserRefused

# The costs that OWASP's Password Storage Cheat Sheet gives for scrypt: 32 MiB and a third of a
# second on the machines this is made for.
_N, _R, _P = 2**15, 8, 3
_MOST_MEMORY = 2**28  # bytes; what a line of the file may ask for at most
_NAME = re.compile(r"[\w.@+-]{1,64}")
SHORTEST, LONGEST = 8, 512
"""Characters of a password."""


@dataclass(frozen=True)
class Account:
    """One user.

    Attributes:
        name: As it is shown.
        record: What stands behind the name in the file; a new password changes it.
    """

    name: str
    record: str


class Accounts:
    """The users of one file; safe to share between threads.

    Args:
        file: Need not be there yet for `add`.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._known: dict[str, Account] = {}

    def all(self) -> tuple[Account, ...]:
        """Every user, in the order of the file.

        Raises:
            AccountsUnusable: The file is missing, unreadable, broken, or open to other users of
                this machine.
        """
        return tuple(self._read().values())

    def find(self, name: str) -> Account | None:
        """The user of that name, capital letters or not; None when there is none.

        Raises:
            AccountsUnusable: As `all`.
        """
        return self._read().get(_folded(name))

    def check(self, name: str, password: str) -> Account | None:
        """The user, when the password is theirs; None otherwise. Takes a third of a second.

        Raises:
            AccountsUnusable: As `all`.
        """
        account = self.find(name)
        # For a name that is not there the same work is done: time must not tell which names are.
        right = _matches(password, account.record if account else _nobody())
        return account if right else None

    def add(self, name: str, password: str) -> bool:
        """Add a user, or give one that is there a new password.

        Returns:
            Whether the user is new.

        Raises:
            UserRefused: The name or the password cannot be taken.
            AccountsUnusable: The file cannot be read or written.
        """
        name = unicodedata.normalize("NFC", name)
        check_name(name)
        _check_password(password)
        lines = self._lines() if self.file.exists() else []
        known = _parse(self.file, lines).get(_folded(name))
        line = f"{known.name if known else name}:{_record(password)}"
        if known is None:
            lines.append(line)
        else:
            lines = [line if _is_of(one, known.name) else one for one in lines]
        self._write(lines)
        return known is None

    def remove(self, name: str) -> None:
        """Take a user out of the file; their sessions end.

        Raises:
            NoSuchUser: There is none of that name.
            AccountsUnusable: The file cannot be read or written.
        """
        lines = self._lines()
        known = _parse(self.file, lines).get(_folded(name))
        if known is None:
            raise NoSuchUser(
                f"{self.file} has no user {name}.", f"See: dayek user list --auth {self.file}"
            )
        self._write([one for one in lines if not _is_of(one, known.name)])

    def _read(self) -> dict[str, Account]:
        with self._lock:
            try:
                state = self.file.stat()
            except OSError as error:
                raise _unreadable(self.file, error) from error
            seen = (state.st_mtime_ns, state.st_size, state.st_ino, state.st_mode)
            if seen != self._seen:
                self._known = _parse(self.file, self._lines())
                self._seen = seen
            return self._known

    def _lines(self) -> list[str]:
        try:
            mode = self.file.stat().st_mode
            text = self.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(self.file, error) from error
        if mode & (stat.S_IRWXO | stat.S_IWGRP):
            raise AccountsUnusable(
                f"{self.file} is open to other users of this machine.",
                f"Run: chmod 600 {self.file}",
            )
        return text.splitlines()

    def _write(self, lines: list[str]) -> None:
        """All or nothing, and never readable to others."""
        try:
            number, made = tempfile.mkstemp(dir=self.file.parent, prefix=".users-")
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            Path(made).replace(self.file)
        except OSError as error:
            raise AccountsUnusable(
                f"Cannot write {self.file}: {error.strerror}.", "Choose another place for --auth."
            ) from error


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _parse(file: Path, lines: list[str]) -> dict[str, Account]:
    found: dict[str, Account] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, record = line.strip().partition(":")
        if not _NAME.fullmatch(name) or _costs(record) is None:
            raise AccountsUnusable(
                f"Line {number} of {file} is no user.",
                f"Remove it, then: dayek user add NAME --auth {file}",
            )
        if _folded(name) in found:
            raise AccountsUnusable(
                f"Line {number} of {file} names {name} a second time.", "Remove one of the two."
            )
        found[_folded(name)] = Account(name, record)
    return found


def _is_of(line: str, name: str) -> bool:
    return not line.startswith("#") and line.strip().partition(":")[0] == name


def _record(password: str) -> str:
    salt = secrets.token_bytes(16)
    made = _scrypt(password, salt, _N, _R, _P)
    return f"scrypt:{_N}:{_R}:{_P}:{_written(salt)}:{_written(made)}"


def _matches(password: str, record: str) -> bool:
    costs = _costs(record)
    if costs is None or len(password) > LONGEST:
        return False
    n, r, p, salt, expected = costs
    return hmac.compare_digest(_scrypt(password, salt, n, r, p), expected)


def _nobody() -> str:
    """A record that no password fits, as dear to check as a real one."""
    return f"scrypt:{_N}:{_R}:{_P}:{_written(bytes(16))}:{_written(secrets.token_bytes(32))}"


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # One password typed on two keyboards may come in two forms of Unicode (RFC 8265).
    known = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(known, salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=32)


def _costs(record: str) -> tuple[int, int, int, bytes, bytes] | None:
    """N, R, P, salt and hash of a record; None when it is none, or asks for too much."""
    parts = record.split(":")
    if len(parts) != 6 or parts[0] != "scrypt":
        return None
    try:
        n, r, p = (int(part) for part in parts[1:4])
        salt, made = (base64.urlsafe_b64decode(part) for part in parts[4:])
    except (ValueError, binascii.Error):
        return None
    sound = n > 1 and n & (n - 1) == 0 and r > 0 and 0 < p <= 16 and 128 * n * r < _MOST_MEMORY
    return (n, r, p, salt, made) if sound and len(salt) >= 8 and len(made) == 32 else None


def _written(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode("ascii")


def _unreadable(file: Path, error: OSError | UnicodeDecodeError) -> AccountsUnusable:
    if isinstance(error, FileNotFoundError):
        return AccountsUnusable(
            f"There is no file {file}.", f"Make the first user: dayek user add NAME --auth {file}"
        )
    reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
    return AccountsUnusable(
        f"Cannot read {file}: {reason}.", "Name the users file with --auth, and see its rights."
    )


def check_name(name: str) -> None:
    """See that a name can be a user's.

    Raises:
        UserRefused: It cannot.
    """
    if not _NAME.fullmatch(name):
        raise UserRefused(
            f"{name!r} cannot be a user's name.",
            "Use 1 to 64 letters, digits or . _ @ + - and no space.",
        )


def _check_password(password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserRefused(
            f"A password has {SHORTEST} to {LONGEST} characters, not {len(password)}.",
            "Choose another one; several words are good.",
        )
