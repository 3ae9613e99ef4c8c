"""Who is signed in, told by a cookie that only this server can have written.

A cookie holds the user's name, when they signed in, and a number of its own, sealed with HMAC
(RFC 2104) under a secret of the data folder. The user's line of the users file is sealed in as
well: a new password, or a user removed, ends all sessions of theirs, with nothing kept about them.
Only sessions that were signed out before their time are kept, until that time is over.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ui.accounts import Account, Accounts
from ui.errors import AccountsUnusable, NotServable

DAYS = 14
"""How long a session lasts after signing in."""

LASTING = DAYS * 24 * 60 * 60  # seconds

Now = Callable[[], float]


class Sessions:
    """Writes and reads the cookies of one server; safe to share between threads.

    Args:
        accounts: The users.
        folder: Where the secret and the sessions that were ended are kept; None keeps them in
            memory, so that all sessions end with the server.
        now: Seconds since 1970.

    Raises:
        NotServable: The folder cannot be used.
    """

    def __init__(self, accounts: Accounts, folder: Path | None, *, now: Now = time.time) -> None:
        self._accounts = accounts
        self._now = now
        self._lock = threading.Lock()
        self._ended_file = folder / "ended.json" if folder else None
        try:
            self._secret = _secret_of(folder) if folder else secrets.token_bytes(32)
            self._ended = self._read_ended()
        except (OSError, ValueError) as error:
            raise NotServable(
                f"Cannot keep sessions in {folder}: {error}.",
                "Remove that folder; everybody will have to sign in again.",
            ) from error
        # Two servers of one machine have one cookie jar between them: names must differ.
        self.cookie = f"dayek-{hashlib.sha256(self._secret).hexdigest()[:8]}"

    def begin(self, account: Account) -> str:
        """The cookie of a new session."""
        claims = [account.name, int(self._now()), secrets.token_urlsafe(12)]
        body = _written(json.dumps(claims).encode("utf-8"))
        return f"{body}.{self._seal(body, account)}"

    def user(self, cookie: str | None) -> str | None:
        """The user whose session this is; None when it is none, or over.

        Also None for everybody while the users file cannot be read: the door stays shut then.
        """
        read = self._read(cookie)
        return read[0].name if read else None

    def end(self, cookie: str | None) -> None:
        """Make a session worthless, also to whoever has copied the cookie."""
        read = self._read(cookie)
        if read is None:
            return
        _, begun, number = read
        with self._lock:
            now = self._now()
            self._ended = {one: over for one, over in self._ended.items() if over > now}
            self._ended[number] = begun + LASTING
            if self._ended_file is not None:
                fresh = self._ended_file.with_suffix(".new")
                fresh.write_text(json.dumps(self._ended), encoding="utf-8")
                fresh.replace(self._ended_file)

    def _read(self, cookie: str | None) -> tuple[Account, int, str] | None:
        body, _, seal = (cookie or "").partition(".")
        claims = _claims(body)
        if claims is None:
            return None
        name, begun, number = claims
        try:
            account = self._accounts.find(name)
        except AccountsUnusable:
            return None
        if account is None or not hmac.compare_digest(
            seal.encode("utf-8"), self._seal(body, account).encode("utf-8")
        ):
            return None
        with self._lock:
            over = number in self._ended or self._now() >= begun + LASTING
        return None if over else (account, begun, number)

    def _seal(self, body: str, account: Account) -> str:
        sealed = f"{body}\n{account.name}:{account.record}".encode()
        return _written(hmac.new(self._secret, sealed, hashlib.sha256).digest())

    def _read_ended(self) -> dict[str, float]:
        if self._ended_file is None or not self._ended_file.exists():
            return {}
        ended = json.loads(self._ended_file.read_text(encoding="utf-8"))
        return {str(number): float(over) for number, over in ended.items()}


def _secret_of(folder: Path) -> bytes:
    """The secret kept there, made at the first time; nobody else on this machine may read it.

    Raises:
        OSError: It can neither be read nor made.
        ValueError: What is there is no secret.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "secret"
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = file.read_bytes()
    else:
        secret = secrets.token_bytes(32)
        with os.fdopen(number, "wb") as new:
            new.write(secret)
    if len(secret) != 32:
        raise ValueError("the secret there is broken")
    return secret


def _claims(body: str) -> tuple[str, int, str] | None:
    """What a cookie claims, before anybody has checked its seal."""
    try:
        match json.loads(base64.urlsafe_b64decode(body)):
            case [str(name), int(begun), str(number)]:
                return name, begun, number
    except (ValueError, binascii.Error, RecursionError):
        pass
    return None


def _written(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode("ascii")
