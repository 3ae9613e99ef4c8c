"""Questions on matters where the work disagrees with itself must be answered with both sides.

The questions of `tests/data/asked_on_conflicts.jsonl` were written for this by a reader who had not
seen those that travel with the work, so they show what holds for words that nobody foresaw.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from sources import KnownConflict

ASKED = Path(__file__).parents[1] / "data" / "asked_on_conflicts.jsonl"
LEAST = 0.73
"""Share that must show both sides; 0.78 did when this was written, and about one half before there
were questions written on conflicts."""


def sides_shown(answer: Answer, conflict: KnownConflict) -> int:
    shown: set[int] = set()
    for place, side in enumerate(conflict.sides):
        if any(one.start < side.span.end and side.span.start < one.end for one in answer.citations):
            shown.add(place if side.same_as is None else side.same_as)
    return len(shown)


def test_both_sides_are_shown_whatever_the_words(assistant: Assistant) -> None:
    known = {conflict.id: conflict for conflict in assistant.work.conflicts}
    lines = ASKED.read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    assert len(asked) > 200
    good: Counter[str] = Counter()
    for one in asked:
        answer = assistant.ask(one["question"])
        good[one["language"]] += sides_shown(answer, known[one["conflict"]]) > 1
    assert good.total() / len(asked) >= LEAST, good
    of = Counter(one["language"] for one in asked)
    assert all(good[language] / of[language] >= LEAST - 0.07 for language in of), good


def test_none_of_them_travels_with_the_work(assistant: Assistant) -> None:
    written = {question.text.casefold() for question in assistant.work.questions}
    lines = ASKED.read_text(encoding="utf-8").splitlines()
    assert not written & {json.loads(line)["question"].casefold() for line in lines}


@pytest.mark.parametrize(
    "question",
    [
        "С какого года Путин руководит Россией?",
        "казакстан бейтарап ел ме",
        "When was the Uzbek border delimited?",
        "Диссертация қай теорияларға сүйенеді?",
    ],
)
def test_a_question_in_words_of_its_own(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.conflict
    assert len(answer.citations) >= 2
