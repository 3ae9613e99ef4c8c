"""What the errors of a model's client mean: to a person who reads them, and for another attempt.

Every provider's client raises errors of its own. They agree on little more than parts of their
names and the HTTP answer they carry; both are read here, so that no client has to be imported.
"""

from __future__ import annotations

import random
import re

from assistant.errors import (
    ModelBrokeOff,
    ModelError,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
    ModelUnreadable,
)

BACK_OFF = 0.5
"""Seconds before the second attempt, twice as many before each further one, where the server does
not say itself (Retry-After)."""

_SHOWN = 200
"""Characters of a server's own complaint that are shown."""

_BUSY = frozenset({408, 409, 425, 429})
_NEVER = 501
_WRONG_KEY = "Its key is wrong or missing: export DAYEK_MODEL_KEY=KEY"
_REMEDIES = {
    401: _WRONG_KEY,
    403: _WRONG_KEY,
    404: "It has no such model, or the address is not that of its API: export DAYEK_MODEL=NAME, or "
    "DAYEK_MODEL_URL=http://HOST:PORT/v1",
    429: "Ask again later, or see what your account with it allows.",
}
"""What to do about a refusal, by its status."""

_BROKEN = re.compile(r"RemoteProtocolError|ReadError|IncompleteRead|PayloadError")


def trouble(error: Exception, name: str, place: str, key: str | None) -> ModelError:
    """An error of a client in our words.

    Args:
        error: What was raised; one of ours is given back as it is.
        name: The model, "provider:name".
        place: Where it was asked.
        key: What must not be shown; None when there is none.
    """
    if isinstance(error, ModelError):
        return error
    names = _names(error)
    if isinstance(error, TimeoutError) or "Timeout" in names:
        return ModelTooSlow(
            f"{name} at {place} did not answer in time.",
            "Give it more time, or set a smaller model.",
        )
    if _BROKEN.search(names):
        return broke_off(name, place)
    if "Connect" in names:
        return ModelUnreachable(
            f"{name} cannot be reached at {place}.",
            "Start its server, or mend DAYEK_MODEL_URL.",
        )
    said = on_one_line(error, key)
    status = status_of(error)
    if status is not None:
        return ModelRefused(
            f"{name} at {place} answered with status {status}: {said}",
            _REMEDIES.get(status, "Check DAYEK_MODEL, DAYEK_MODEL_URL and DAYEK_MODEL_KEY."),
        )
    return ModelUnreadable(
        f"{name} at {place} answered in a form that cannot be read: {said}",
        "Check that DAYEK_MODEL_URL is the base address of its API, with /v1.",
    )


def broke_off(name: str, place: str) -> ModelBrokeOff:
    """The word that an answer ended before it was finished."""
    return ModelBrokeOff(
        f"{name} at {place} broke off in the middle of its answer.",
        "Ask again; look at the log of its server if it happens often.",
    )


def waiting(error: Exception, attempt: int, patience: float, *, slow_too: bool) -> float | None:
    """Seconds before another attempt; None when there is no sense in one.

    Args:
        error: Why the last one failed.
        attempt: Its number, from 0.
        patience: Seconds that may be waited; a server that asks for more is not waited for.
        slow_too: Whether a server that was too slow is asked again.
    """
    status = status_of(error)
    if status is None:
        slow = "Timeout" in _names(error)
        lost = re.search(r"Connect|RemoteProtocol", _names(error))
        if (slow and not slow_too) or not (slow or lost):
            return None
    elif (status not in _BUSY and status < 500) or status == _NEVER:
        return None
    asked = _retry_after(error)
    if asked is None:
        return BACK_OFF * 2.0**attempt * random.uniform(0.75, 1.0)
    return asked if asked < patience else None


def status_of(error: Exception) -> int | None:
    """The HTTP status with which a server refused; None for an error of another sort."""
    response = getattr(error, "response", None)
    for told in (getattr(error, "status_code", None), getattr(response, "status_code", None)):
        if isinstance(told, int) and told >= 400:
            return told
    return None


def on_one_line(error: BaseException, key: str | None) -> str:
    """A complaint on one line, short, harmless to a terminal, without the key."""
    said = str(error).replace(key, "***") if key else str(error)
    said = "".join(one if one.isprintable() else " " for one in said)
    said = " ".join(said.split()) or type(error).__name__
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _retry_after(error: Exception) -> float | None:
    """Seconds that the server asks to wait; None when it names none in figures."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = str(headers.get("retry-after", ""))
    return float(told) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", told) else None


def _names(error: Exception) -> str:
    return " ".join(kind.__name__ for kind in type(error).__mro__)
