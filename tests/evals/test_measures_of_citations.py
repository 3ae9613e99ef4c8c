from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import citation_exactness, citation_precision, citation_recall, merged
from evals.questions import Gold
from sources import Span
from tests.evals.spans import gold, span, spans

A, B, ELSEWHERE = Span(100, 200), Span(400, 500), Span(800, 900)


def test_recall_is_the_share_of_groups_shown() -> None:
    assert citation_recall([A], ((A,), (B,))) == 0.5
    assert citation_recall([A, B], ((A,), (B,))) == 1
    assert citation_recall([ELSEWHERE], ((A,), (B,))) == 0


def test_two_short_citations_together_show_a_long_span() -> None:
    assert citation_recall([Span(100, 130)], ((A,),)) == 0
    assert citation_recall([Span(100, 130), Span(170, 200)], ((A,),)) == 1


def test_the_same_words_cited_twice_count_once() -> None:
    assert citation_recall([Span(100, 130), Span(100, 130)], ((A,),)) == 0


def test_precision_is_the_share_of_citations_at_the_evidence() -> None:
    assert citation_precision([A, ELSEWHERE], ((A,),)) == 0.5
    assert citation_precision([A, B], ((A, B),)) == 1


def test_precision_takes_half_of_the_shorter() -> None:
    assert citation_precision([Span(150, 170)], ((A,),)) == 1  # a part of the evidence
    assert citation_precision([Span(0, 1000)], ((A,),)) == 1  # all of it and more
    assert citation_precision([Span(190, 290)], ((A,),)) == 0


def test_no_citations_show_nothing_and_are_not_imprecise() -> None:
    assert citation_recall([], ((A,),)) == 0
    assert citation_precision([], ((A,),)) is None
    assert citation_exactness([], "abc") is None


def test_without_gold_nothing_is_scored() -> None:
    assert citation_recall([A], ()) is None
    assert citation_precision([A], ()) is None


def test_an_altered_quotation_is_found_out() -> None:
    assert citation_exactness([(Span(0, 2), "ab"), (Span(1, 3), "bd")], "abc") == 0.5


@given(spans(), gold())
def test_bounds(cited: list[Span], wanted: Gold) -> None:
    recall, precision = citation_recall(cited, wanted), citation_precision(cited, wanted)
    assert recall is not None
    assert 0 <= recall <= 1
    assert (precision is None) == (not cited)
    assert precision is None or 0 <= precision <= 1


@given(spans(), span(), gold())
def test_one_more_citation_never_lowers_recall(cited: list[Span], more: Span, wanted: Gold) -> None:
    before, after = citation_recall(cited, wanted), citation_recall([*cited, more], wanted)
    assert before is not None
    assert after is not None
    assert after >= before


@given(gold())
def test_citing_the_evidence_itself_is_perfect(wanted: Gold) -> None:
    cited = [group[0] for group in wanted]
    assert citation_recall(cited, wanted) == 1
    assert citation_precision(cited, wanted) == 1


@given(spans(), gold(), st.integers(0, 2**32))
def test_the_order_of_citations_is_nothing(cited: list[Span], wanted: Gold, seed: int) -> None:
    shuffled = list(cited)
    random.Random(seed).shuffle(shuffled)
    assert citation_recall(shuffled, wanted) == citation_recall(cited, wanted)
    assert citation_precision(shuffled, wanted) == pytest.approx(citation_precision(cited, wanted))


@given(spans())
def test_the_union_holds_each_character_once(cited: list[Span]) -> None:
    characters = {at for span in cited for at in range(span.start, span.end)}
    union = merged(cited)
    assert sum(span.end - span.start for span in union) == len(characters)
    assert all(one.end < other.start for one, other in pairwise(union))
