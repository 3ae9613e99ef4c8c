"""Broken on purpose: every measure must fall when the part that it watches is broken.

A measure that does not move when the thing it measures is spoilt measures nothing. Each mutation
here spoils real replies to real questions in one way, and names the figures that must move, in
which direction, and some that must not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant import Answer
from evals.questions import load_cases, select
from evals.records import Outcome, Record
from evals.run import run_cases
from evals.scoring import score_answer
from evals.systems import AnsweringSystem

if TYPE_CHECKING:
    from assistant import Assistant

KINDS = {"fact": 12, "definition": 4, "conflict": 6, "unanswerable": 8, "false_premise": 4}

Mutation = Callable[[Answer, str, random.Random], Answer]


@pytest.fixture(scope="module")
def sound(assistant: Assistant) -> Record:
    cases = [
        case
        for kind, limit in KINDS.items()
        for case in select(load_cases(), split="dev", kind=kind, limit=limit)
    ]
    return run_cases(AnsweringSystem(assistant), cases)


def _spoilt(record: Record, mutation: Mutation, text: str) -> Record:
    chance = random.Random(7)

    def spoil(outcome: Outcome) -> Outcome:
        assert outcome.answer is not None
        answer = mutation(outcome.answer, text, chance)
        scores = score_answer(outcome.case, outcome.gold, answer, text)
        return replace(outcome, answer=answer, scores=scores)

    return Record("spoilt", tuple(spoil(outcome) for outcome in record.outcomes))


def _shuffled_hits(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(answer, retrieved=tuple(chance.sample(answer.retrieved, len(answer.retrieved))))


def _shifted_addresses(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(
        answer,
        citations=tuple(
            replace(one, start=one.start + 3, end=one.end + 3) for one in answer.citations
        ),
    )


def _always_refusing(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(answer, status="abstained", answer="Жоқ.", citations=(), conflict=False)


def _always_answering(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(answer, status="answered", answer=answer.answer or "Иә.")


def _citations_of_another_place(answer: Answer, text: str, chance: random.Random) -> Answer:
    """Each statement gets the citation of words far away, exactly quoted."""

    def moved(start: int, end: int) -> tuple[int, int]:
        at = (start + len(text) // 2) % (len(text) - 1000)
        return at, at + end - start

    return replace(
        answer,
        citations=tuple(
            replace(one, start=start, end=end, quote=text[start:end])
            for one in answer.citations
            for start, end in [moved(one.start, one.end)]
        ),
    )


def _one_side_of_a_conflict(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(answer, citations=answer.citations[:1], conflict=False)


def _first_words_only(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(answer, answer=answer.answer[:12])


def _padded(answer: Answer, text: str, chance: random.Random) -> Answer:
    return replace(answer, answer=answer.answer + " сөз" * 50)


@pytest.mark.parametrize(
    ("mutation", "falls", "rises", "stays"),
    [
        (_shuffled_hits, ("hit_1", "mrr_10", "ndcg_10"), (), ("hit_10", "citation_recall")),
        (_shifted_addresses, ("exact_quotes",), (), ("hit_1", "key_facts_in_answer")),
        (
            _always_refusing,
            ("citation_recall", "key_facts_in_answer", "abstention_precision"),
            ("over_refusal",),
            ("hit_1",),
        ),
        (_always_answering, ("abstention_recall",), ("hallucination",), ("hit_1",)),
        (
            _citations_of_another_place,
            ("citation_recall", "citation_precision"),
            (),
            ("exact_quotes", "key_facts_in_answer", "hit_1"),
        ),
        (_one_side_of_a_conflict, ("conflict_recall",), (), ("hit_1", "over_refusal")),
        (_first_words_only, ("key_facts_in_answer",), (), ("citation_recall", "hit_1")),
        (_padded, (), ("answer_words",), ("key_facts", "citation_recall")),
    ],
)
def test_a_broken_part_moves_its_figure(
    assistant: Assistant,
    sound: Record,
    mutation: Mutation,
    falls: tuple[str, ...],
    rises: tuple[str, ...],
    stays: tuple[str, ...],
) -> None:
    before = sound.figures()
    after = _spoilt(sound, mutation, assistant.work.text).figures()
    for name in falls:
        assert _value(after[name].value) < _value(before[name].value) - 0.1, name
    for name in rises:
        assert _value(after[name].value) > _value(before[name].value) + 0.1, name
    for name in stays:
        assert after[name].value == before[name].value, name


def _value(told: float | None) -> float:
    assert told is not None
    return told
