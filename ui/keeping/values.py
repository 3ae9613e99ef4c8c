"""What a kept conversation and a kept exchange are. Values: they know nothing of the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from assistant import Answer

TITLE_LENGTH = 60
"""Characters of a question that become the title of its conversation."""


@dataclass(frozen=True)
class Kept:
    """One kept conversation, without what was said in it.

    Attributes:
        id: Its name; cannot be guessed.
        title: The one given, else the first question shortened; "" while nothing was asked.
        begun: When it was begun, ISO 8601 in UTC.
        changed: When it was last changed, likewise.
        count: How many exchanges it has.
    """

    id: str
    title: str
    begun: str
    changed: str
    count: int


@dataclass(frozen=True)
class KeptExchange:
    """A question and what came of it.

    Attributes:
        position: Its place in the conversation, from 0.
        question: As it was typed.
        standalone_question: As it was understood; equal to `question` unless rewritten.
        stage: How it ended ("answered", "stopped" ...), or how far it was when it was kept.
        text: The answer as far as it came, Markdown with markers.
        problem: What the person could put right; "" when there was nothing.
        answer: The whole reply; None when there is none.
        asked_at: When it was asked, ISO 8601 in UTC; "" lets the shelf write the time.
        liked: The reader's thumb up (True) or down (False); None for none.
        remark: The reader's words about it; "" for none.
    """

    position: int
    question: str
    standalone_question: str
    stage: str
    text: str
    problem: str
    answer: Answer | None
    asked_at: str
    liked: bool | None = None
    remark: str = ""


def now() -> str:
    """The time as it is kept: ISO 8601 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def storable(text: str) -> str:
    """`text` with halves of surrogate pairs, which no file can hold, as the unknown character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def shortened(question: str, limit: int = TITLE_LENGTH) -> str:
    """A question as a title: on one line, cut at a word when longer than `limit` characters."""
    line = " ".join(storable(question).split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head else head}…"
