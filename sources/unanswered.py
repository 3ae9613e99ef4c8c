"""Questions on the very subject of a work that it does not answer, written ahead by its readers.

What a work does not say looks much like what it says: the same names, the same words, one detail
that is not there, or something taken for granted that is not so. A question that is liker to one of
these than to any that the work answers is probably not answered. They are data of the work, one
JSON object a line in `unanswered.jsonl` beside it: `{"question", "language"}`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sources.errors import WorkAltered

FILE = "unanswered.jsonl"


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question that the work does not answer, though it sounds as if it did.

    Attributes:
        text: As a student would ask it.
        language: "kk", "ru" or "en".
    """

    text: str
    language: str


def read_unanswered(folder: Path) -> tuple[UnansweredQuestion, ...]:
    """The unanswered questions that travel with a library work, in file order; empty for none.

    Raises:
        WorkAltered: The file cannot be read, or a line of it is no question.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    remedy = f"Restore it: git checkout -- sources/library/{folder.name}"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise WorkAltered(f"{path} cannot be read: {error}.", remedy) from error
    return tuple(
        _parsed(line, number, path, remedy)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _parsed(line: str, number: int, path: Path, remedy: str) -> UnansweredQuestion:
    try:
        told = json.loads(line)
        text, language = told["question"], told["language"]
    except (ValueError, KeyError, TypeError) as error:
        raise WorkAltered(f"{path}, line {number}, is no question: {error}.", remedy) from error
    if not isinstance(text, str) or not text.strip() or language not in ("kk", "ru", "en"):
        raise WorkAltered(
            f"{path}, line {number}, is no question: it needs words, and kk, ru or en.", remedy
        )
    return UnansweredQuestion(text, language)
