from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from assistant import (
    QUESTION_LIMIT,
    Assistant,
    Conversation,
    Draft,
    FixableError,
    Turn,
)
from tests.ui.samples import answered
from ui.chat import LONGEST_PAUSE, Exchange, Talk, flaw, respond

ANSWER = answered()


class Reader:
    """Answers from a list, one step after the other, and keeps what it was asked."""

    def __init__(self, *steps: Draft | Exception) -> None:
        self._steps = steps
        self.asked: list[tuple[str, Conversation]] = []

    def stream(self, question: str, conversation: Conversation) -> Iterator[Draft]:
        self.asked.append((question, conversation))
        for step in self._steps:
            if isinstance(step, Exception):
                raise step
            yield step


def states(reader: Reader, talk: Talk = Talk(), question: str = "Қашан?") -> list[Talk]:  # noqa: B008
    return list(respond(cast(Assistant, reader), talk, question))


def last(talk: Talk) -> Exchange:
    return talk.exchanges[-1]


BEGUN = "1992 жылдың 5-ші наурызында"
STEPS = (
    Draft("searching", "Қашан?", "", None),
    Draft("found", "БҰҰ-ға қашан?", "", None),
    Draft("writing", "БҰҰ-ға қашан?", BEGUN, None),
    Draft("done", "БҰҰ-ға қашан?", ANSWER.answer, ANSWER),
)


def test_the_talk_follows_the_assistant_step_by_step() -> None:
    seen = [last(talk) for talk in states(Reader(*STEPS))]
    assert [exchange.stage for exchange in seen] == [
        "searching", "searching", "found", "writing", "answered",
    ]  # fmt: skip
    assert seen[-2].text == BEGUN
    assert seen[-1].answer == ANSWER
    assert seen[-1].rewritten == "БҰҰ-ға қашан?"


def test_a_long_answer_that_is_there_at_once_is_not_told_word_by_word() -> None:
    words = ANSWER.answer.split() * 40
    drafts = [
        Draft("writing", "Қашан?", " ".join(words[:count]), None) for count in range(len(words))
    ]
    seen = states(Reader(*drafts, STEPS[-1]))
    assert 5 <= len(seen) <= 20
    lengths = [len(last(talk).text) for talk in seen[:-1]]
    assert lengths == sorted(lengths)
    assert last(seen[-1]).stage == "answered"


def test_words_that_come_slowly_are_shown_as_they_come() -> None:
    words = ("бір", "бір екі", "бір екі үш")

    class Slow(Reader):
        def stream(self, question: str, conversation: Conversation) -> Iterator[Draft]:
            for text in words:
                time.sleep(LONGEST_PAUSE * 2)
                yield Draft("writing", "Қашан?", text, None)
            yield STEPS[-1]

    seen = [last(talk).text for talk in states(Slow())]
    assert seen == sorted(set(seen), key=["", *words, ANSWER.answer].index)
    # A busy machine may run two of them together, never all: they are too short to have grown.
    assert len(set(words) & set(seen)) >= 2


def test_the_question_is_shown_before_the_assistant_is_asked() -> None:
    reader = Reader(*STEPS)
    first = next(iter(respond(cast(Assistant, reader), Talk(), "  Қашан?\n")))
    assert replace(last(first), asked_at="") == Exchange("Қашан?", standalone_question="Қашан?")
    assert datetime.now(UTC) - datetime.fromisoformat(last(first).asked_at) < timedelta(minutes=1)
    assert reader.asked == []


def test_finished_turns_are_the_conversation_and_nothing_else() -> None:
    done = Exchange("Бірінші?", "answered", "Бірінші?", ANSWER.answer, ANSWER)
    talk = Talk((done, Exchange("Ақау", "fault"), Exchange("Тоқтаған", "stopped", text="жарты")))
    reader = Reader(*STEPS)
    states(reader, talk)
    assert reader.asked == [("Қашан?", Conversation((Turn("Бірінші?", ANSWER.answer),)))]


def test_what_a_person_can_mend_is_told_and_what_they_cannot_is_a_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        mended = last(states(Reader(STEPS[0], FixableError("Индекс жоқ.", "Құрыңыз.")))[-1])
        assert (mended.stage, mended.problem) == ("cannot", "Индекс жоқ. Құрыңыз.")
        assert caplog.records == []
        fault = last(states(Reader(*STEPS[:3], RuntimeError("ішкі құпия")))[-1])
    assert (fault.stage, fault.answer, fault.problem) == ("fault", None, "")
    assert fault.text == BEGUN
    assert "ішкі құпия" in caplog.text


def test_an_assistant_that_ends_without_an_answer_is_a_fault_and_not_silence() -> None:
    assert last(states(Reader(*STEPS[:2]))[-1]).stage == "fault"


def test_stopping_ends_what_is_unfinished_and_only_that() -> None:
    done = Exchange("Бірінші?", "answered", "Бірінші?", ANSWER.answer, ANSWER)
    writing = Exchange("Екінші?", "writing", "Екінші?", "жарты")
    assert Talk((done, writing)).stopped() == Talk((done, replace(writing, stage="stopped")))
    assert Talk((writing, done)).stopped() == Talk((writing, done))
    assert Talk().stopped() == Talk()


def test_two_talks_share_nothing() -> None:
    mine = Talk().add(Exchange("Менің сұрағым"))
    assert Talk().exchanges == ()
    assert mine.add(Exchange("тағы")).exchanges[0] == mine.exchanges[0]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Қашан?", None),
        ("", "empty"),
        (" \n\t", "empty"),
        ("???", "empty"),
        ("ә" * QUESTION_LIMIT, None),
        ("ә" * QUESTION_LIMIT + "  \n", None),
        ("ә" * (QUESTION_LIMIT + 1), "too_long"),
        ("a\x00b", "unreadable"),
    ],
)
def test_what_cannot_be_asked_is_named(question: str, expected: str | None) -> None:
    assert flaw(question) == expected
