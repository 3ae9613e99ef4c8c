"""The statements in what should be JSON and is, nearly: fenced, cut off, with spare commas."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.markers import numbers_in

OBJECT_LONGEST = 3_000
"""Characters within which a malformed object must close to be mended."""

_TEXTS = ("text", "statement", "sentence", "claim")
_NUMBERS = ("numbers", "number", "evidence", "citations", "citation", "sources", "sentences")
_DENIED = re.compile(r"\"(?:no_answer\"\s*:\s*true|answered\"\s*:\s*false)")
_SPARE_COMMA = re.compile(r",\s*(?=[}\]])")


@dataclass(frozen=True)
class Stated:
    """A text with the numbers that stand beside it; empty where there are none."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Told:
    """What some JSON tells.

    Attributes:
        statements: In order.
        answers: Whole answers in one string, with numbers inside, of objects without statements.
        no_answer: Whether it says that there is none.
    """

    statements: tuple[Stated, ...]
    answers: tuple[str, ...]
    no_answer: bool


def read_json(text: str) -> Told:
    """What every object in a text tells, also inside one that does not close."""
    statements: list[Stated] = []
    answers: list[str] = []
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        told, end = _decoded(decoder, text, at)
        words = next((told[name] for name in _TEXTS if isinstance(told.get(name), str)), None)
        if words is not None:
            statements.append(Stated(words, _numbers(told)))
            at = text.find("{", end)
            continue
        if isinstance(told.get("answer"), str) and not told.get("statements"):
            answers.append(told["answer"])
        at = text.find("{", at + 1)
    return Told(tuple(statements), tuple(answers), _DENIED.search(text) is not None)


def _decoded(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Mapping[str, Any], int]:
    """The object that begins at a place, empty when there is none, and where to go on."""
    try:
        return decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        # The objects that are wanted hold no others, so the next brace closes this one.
        end = text.find("}", at, at + OBJECT_LONGEST) + 1
    try:
        return decoder.decode(_SPARE_COMMA.sub("", text[at:end])), end
    except (ValueError, RecursionError):
        return {}, at + 1


def _numbers(told: Mapping[str, Any]) -> tuple[int, ...]:
    """The numbers beside a text, also where they were written as words with brackets."""
    listed = next((told[name] for name in _NUMBERS if name in told), ())
    found: list[int] = []
    for one in listed if isinstance(listed, list) else [listed]:
        if type(one) is int:
            found.append(one)
        elif isinstance(one, str):
            found += numbers_in(one)
    return tuple(dict.fromkeys(found))
