from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import CheckedStatement, StatementVerdict, Usage
from evals.measures import (
    cost,
    extractive_agreement,
    model_answers,
    removed_statements,
    support_rate,
    tokens_read,
    tokens_written,
    unsupported_rate,
)
from evals.questions import resolve
from evals.scoring import Scores, score_answer, score_model
from sources import Span
from tests.evals.cases import TEXT, answer, case, citation

VERDICTS: tuple[StatementVerdict, ...] = ("verbatim", "supported", "unconfirmed")


def test_supported_marked_and_taken_out_are_shares_of_what_was_said() -> None:
    verdicts: list[StatementVerdict] = ["supported", "supported", "unconfirmed"]
    assert support_rate(verdicts, removed=1) == 0.5
    assert unsupported_rate(verdicts, removed=1) == 0.25


def test_a_model_that_said_nothing_is_not_scored() -> None:
    assert support_rate([], removed=0) is None
    assert unsupported_rate([], removed=0) is None


@given(st.lists(st.sampled_from(VERDICTS)), st.integers(0, 9))
def test_the_three_shares_make_one(verdicts: list[StatementVerdict], removed: int) -> None:
    supported, marked = support_rate(verdicts, removed), unsupported_rate(verdicts, removed)
    if supported is None or marked is None:
        assert not verdicts
        assert not removed
    else:
        rest = removed / (len(verdicts) + removed)
        assert supported + marked + rest == pytest.approx(1)


def test_agreement_counts_the_extractive_answers_places() -> None:
    extractive = [Span(0, 21), Span(22, 48)]
    assert extractive_agreement([Span(5, 10), Span(60, 70)], extractive) == 0.5
    assert extractive_agreement([Span(21, 22)], extractive) == 0  # beside is not over
    assert extractive_agreement([], extractive) == 0
    assert extractive_agreement([Span(0, 5)], []) is None


def test_what_a_model_used_is_known_or_not() -> None:
    told = Usage(1, 700, 40, 0.002)
    assert (tokens_read(told), tokens_written(told), cost(told)) == (700, 40, 0.002)
    silent = Usage(1, None, None, None)
    assert (tokens_read(silent), tokens_written(silent), cost(silent)) == (None, None, None)
    assert (tokens_read(None), tokens_written(None), cost(None)) == (None, None, None)


def test_an_answer_in_the_models_place_counts_against_it() -> None:
    assert model_answers("model:openai:m", asked=True) == 1
    assert model_answers("extractive", asked=True) == 0
    assert model_answers("extractive", asked=False) is None
    assert removed_statements("model:openai:m", 2) == 2
    assert removed_statements("extractive", 0) is None


def test_a_models_answer_is_scored_beside_the_texts_own() -> None:
    one = case()
    gold = resolve(one, TEXT)
    plain = answer(citations=(citation(0, 21), citation(22, 48, 2)))
    written = answer(
        engine="model:openai:m",
        statements=(
            CheckedStatement("a [1]", (1,), "supported"),
            CheckedStatement("b [1]", (1,), "unconfirmed", ("figure",)),
        ),
        removed=2,
        usage=Usage(1, 700, 40, None),
    )
    base = score_answer(one, gold, written, TEXT)
    told = score_model(base, written, plain)
    assert told.hit_1 == base.hit_1
    assert (told.model_answers, told.support_rate, told.unsupported_rate) == (1, 0.25, 0.25)
    assert (told.removed_statements, told.extractive_agreement) == (2, 0.5)
    assert (told.tokens_read, told.tokens_written, told.cost) == (700, 40, None)


def test_of_a_replaced_answer_only_the_replacing_and_the_tokens_are_scored() -> None:
    replaced = answer(
        statements=(CheckedStatement("a [1]", (1,), "verbatim"),), usage=Usage(1, 700, 40, 0.1)
    )
    assert score_model(Scores(), replaced, answer()) == Scores(
        model_answers=0.0, tokens_read=700.0, tokens_written=40.0, cost=0.1
    )
    assert score_model(Scores(), answer(), answer()) == Scores()
