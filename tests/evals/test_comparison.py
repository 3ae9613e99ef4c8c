from __future__ import annotations

import json
from dataclasses import replace

from evals.comparison import compare_records
from evals.records import Record
from sources import Span
from tests.evals.cases import case
from tests.evals.records import CASES, answered, searched


def test_a_record_does_not_differ_from_itself() -> None:
    compared = compare_records(answered(), answered())
    assert compared.shared == 3
    assert compared.changes == ()
    assert all(told.difference == 0 for _, told in compared.measures)


def test_what_got_worse_comes_with_what_it_lost() -> None:
    right, wrong = searched(found=Span(0, 21)), searched(found=Span(22, 48))
    compared = compare_records(right, wrong)
    assert [change.before.case.id for change in compared.worse] == ["a", "b"]
    assert [change.gain for change in compared.worse] == [-1, -1]
    assert compared.better == ()
    assert dict(compared.measures)["hit_1"].difference == -1


def test_the_other_way_round_it_is_a_gain() -> None:
    right, wrong = searched(found=Span(0, 21)), searched(found=Span(22, 48))
    compared = compare_records(wrong, right)
    assert len(compared.better) == 2
    assert dict(compared.measures)["mrr_10"].difference == 1


def test_fewer_inventions_are_a_gain() -> None:
    before = answered(CASES[2])
    (outcome,) = before.outcomes
    honest = replace(outcome, scores=replace(outcome.scores, hallucination=0.0))
    compared = compare_records(before, Record("default", (honest,)))
    assert [(change.measure, change.gain) for change in compared.changes] == [("hallucination", 1)]


def test_only_questions_that_both_were_asked_word_for_word_count() -> None:
    compared = compare_records(
        answered(*CASES), answered(CASES[0], case("b", question="Басқа сұрақ?"), case("z"))
    )
    assert (compared.shared, compared.dropped) == (1, 4)


def test_a_comparison_becomes_json_with_every_question_that_changed() -> None:
    right, wrong = searched(found=Span(0, 21)), searched(found=Span(22, 48))
    told = json.loads(json.dumps(compare_records(right, wrong).as_dict()))
    assert told["shared"] == 3
    assert {one["id"] for one in told["worse"]} == {"a", "b"}
    first = told["worse"][0]
    assert (first["before"], first["after"], first["gain"]) == (1.0, 0.0, -1.0)
    assert {one["measure"] for one in told["measures"]} >= {"hit_1", "mrr_10"}
