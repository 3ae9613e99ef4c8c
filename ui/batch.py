"""Questions that come from a file: read as a whole and checked before the first is answered.

One JSON object a line: `{"id": ..., "question": "...", "history": [{"question": "...", "answer":
"..."}]}`; `id` and `history` may be missing, other keys are left alone. A file with one bad line
is refused with all its bad lines named, so that nobody is left with half of the answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant import Conversation, FixableError, Turn, check_question


class BatchUnreadable(FixableError):
    """Some lines of a file with questions cannot be taken; nothing was answered."""


@dataclass(frozen=True)
class Asked:
    """One line of the file.

    Attributes:
        id: The caller's name for the question, handed back as it came; None when there is none.
        question: What is asked.
        conversation: The turns before it; empty for a question that stands alone.
    """

    id: str | int | float | None
    question: str
    conversation: Conversation = field(default_factory=Conversation)


def read_batch(raw: bytes, name: str) -> tuple[Asked, ...]:
    """The questions of a JSON Lines file, in order; empty lines are skipped.

    Args:
        raw: The file, UTF-8, with or without a byte order mark.
        name: How to call it in messages.

    Raises:
        BatchUnreadable: At least one line is bad, or there is none at all; names every bad one.
    """
    asked: list[Asked] = []
    bad: list[str] = []
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            asked.append(_asked(line))
        except (ValueError, FixableError, RecursionError) as error:
            bad.append(f"  line {number}: {_reason(error)}")
    if bad:
        raise BatchUnreadable(
            f"{name}: {len(bad)} bad line{'s' if len(bad) > 1 else ''}, nothing was answered.\n"
            + "\n".join(bad),
            '\nEach line must be {"id": ..., "question": "...", "history": [...]}.',
        )
    if not asked:
        raise BatchUnreadable(f"{name} holds no questions.", "Give one JSON object a line.")
    return tuple(asked)


def read_history(raw: bytes, name: str) -> Conversation:
    """The earlier turns of a conversation: a JSON list of `{"question", "answer"}`, oldest first.

    Raises:
        BatchUnreadable: It is something else.
    """
    try:
        return _conversation(json.loads(_text(raw.removeprefix(b"\xef\xbb\xbf"))))
    except (ValueError, FixableError, RecursionError) as error:
        raise BatchUnreadable(
            f"{name} is not a conversation: {_reason(error)}.",
            'Give a JSON list: [{"question": "...", "answer": "..."}].',
        ) from error


def _asked(line: bytes) -> Asked:
    said = json.loads(_text(line))
    if not isinstance(said, dict):
        raise ValueError("not a JSON object")
    id = said.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        raise ValueError('"id" is neither text nor a number')
    question = said.get("question")
    if not isinstance(question, str):
        raise ValueError('"question" is missing or not text')
    check_question(_whole(question))
    return Asked(id, question, _conversation(said.get("history") or []))


def _conversation(turns: object) -> Conversation:
    if not isinstance(turns, list):
        raise ValueError('"history" is not a list')
    return Conversation(tuple(_turns(turns)))


def _turns(turns: list[object]) -> Iterator[Turn]:
    for number, turn in enumerate(turns, start=1):
        if not isinstance(turn, dict):
            raise ValueError(f"turn {number} of the history is not a JSON object")
        question, answer = turn.get("question"), turn.get("answer")
        if not isinstance(question, str) or not isinstance(answer, str):
            raise ValueError(f'turn {number} of the history needs "question" and "answer" as text')
        yield Turn(_whole(question), _whole(answer))


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start + 1})") from error


def _whole(text: str) -> str:
    """The text, if it can be written down: JSON can smuggle in halves of characters."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("half a character (an unpaired surrogate)") from error
    return text


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at character {error.pos + 1})"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error)
