from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant import Answer
from evals.mistakes import Mistake, mistake_of
from evals.questions import Case, resolve
from evals.records import Outcome
from evals.scoring import score_answer
from sources import Span
from tests.evals.cases import TEXT, answer, case, citation

UNANSWERABLE = case(kind="unanswerable", key_facts=(), evidence=())
TWO_SIDES = case(
    kind="conflict", evidence=(("Ол 1991 жылы құрылды.",), ("Ол 2015 жылы ДСҰ-ға кірді.",))
)
REFUSED = answer("Жоқ.", status="abstained", citations=())
ELSEWHERE = answer("**2015** [1]", citations=(citation(22, 48),))


def _mistake(one: Case, reply: Answer | None, found: Sequence[Span] = (Span(0, 71),)) -> object:
    gold = resolve(one, TEXT)
    scores = score_answer(one, gold, reply or answer(), TEXT)
    return mistake_of(Outcome(one, gold, one.question, tuple(found), reply, 0.1, scores))


@pytest.mark.parametrize(
    ("one", "reply", "found", "mistake"),
    [
        (case(), answer(), (Span(0, 71),), None),
        (UNANSWERABLE, answer(), (Span(0, 71),), "invented"),
        (UNANSWERABLE, REFUSED, (Span(0, 71),), None),
        (case(), REFUSED, (Span(0, 71),), "wrongly refused"),
        (case(evidence=(("Ол 1991 жылы құрылды.",),)), ELSEWHERE, (Span(22, 48),), "not found"),
        (case(), ELSEWHERE, (Span(0, 71),), "found, not chosen"),
        (TWO_SIDES, answer(), (Span(0, 71),), "one side only"),
        (
            TWO_SIDES,
            answer("1991 [1] 2015 [2]", citations=(citation(0, 21), citation(22, 48, 2))),
            (Span(0, 71),),
            "conflict not told",
        ),
        (case(), answer("Құрылды [1]"), (Span(0, 71),), "chosen, cut"),
        (
            case(),
            answer(
                "1991 [1][2][3]",
                citations=(citation(0, 21), citation(22, 40, 2), citation(22, 48, 3)),
            ),
            (Span(0, 71),),
            "beside the point",
        ),
        (case(), None, (Span(0, 71),), None),
    ],
)
def test_a_mistake_is_named_by_the_step_at_which_it_happened(
    one: Case, reply: Answer | None, found: tuple[Span, ...], mistake: Mistake | None
) -> None:
    assert _mistake(one, reply, found) == mistake
