from __future__ import annotations

import random
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import (
    all_groups_at,
    covers,
    first_ranks,
    hit_at,
    ndcg_at,
    overlap,
    reciprocal_rank,
)
from evals.questions import Gold
from sources import Span
from tests.evals.spans import gold, span, spans

A, B, ELSEWHERE = Span(100, 200), Span(400, 500), Span(800, 900)


@pytest.mark.parametrize(
    ("found", "hit"),
    [
        (Span(0, 1000), True),
        (Span(150, 300), True),  # just half
        (Span(151, 300), False),
        (Span(120, 170), True),  # half, inside
        (Span(200, 300), False),  # touches, shares nothing
    ],
)
def test_a_hit_covers_at_least_half_of_the_gold_span(found: Span, hit: bool) -> None:
    assert covers(found, A) is hit


def test_a_long_gold_span_is_not_hit_by_a_short_passage_inside_it() -> None:
    assert not covers(Span(100, 140), Span(100, 200))


def test_any_group_makes_a_hit_and_all_groups_need_all() -> None:
    both: Gold = ((A,), (B,))
    assert hit_at([ELSEWHERE, B], both, 5) == 1
    assert hit_at([ELSEWHERE, B], both, 1) == 0
    assert all_groups_at([ELSEWHERE, B], both, 5) == 0
    assert all_groups_at([ELSEWHERE, B, A], both, 3) == 1
    assert all_groups_at([ELSEWHERE, B, A], both, 2) == 0


def test_any_alternative_of_a_group_will_do() -> None:
    assert first_ranks([ELSEWHERE, B], ((A, B),)) == (2,)


def test_one_long_passage_may_show_two_groups_at_once() -> None:
    both: Gold = ((A,), (B,))
    assert all_groups_at([Span(0, 600)], both, 1) == 1
    assert ndcg_at([Span(0, 600)], both) == 1


def test_worked_figures() -> None:
    found = [ELSEWHERE, ELSEWHERE, A, B]
    assert reciprocal_rank(found, ((A,),)) == pytest.approx(1 / 3)
    assert ndcg_at(found, ((A,),)) == pytest.approx(1 / log2(4))
    ideal = 1 / log2(2) + 1 / log2(3)
    assert ndcg_at(found, ((A,), (B,))) == pytest.approx((1 / log2(4) + 1 / log2(5)) / ideal)


def test_the_same_place_found_twice_gains_once() -> None:
    assert ndcg_at([ELSEWHERE, A, A, A], ((A,),)) == ndcg_at([ELSEWHERE, A], ((A,),))


def test_nothing_found_is_zero_and_nothing_to_find_is_unscored() -> None:
    assert hit_at([], ((A,),), 10) == 0
    assert reciprocal_rank([], ((A,),)) == 0
    assert ndcg_at([], ((A,),)) == 0
    assert hit_at([A], (), 10) is None
    assert reciprocal_rank([A], ()) is None
    assert ndcg_at([A], ()) is None
    assert all_groups_at([A], ((A,),), 10) is None


def test_a_group_whose_quotation_is_nowhere_is_never_hit() -> None:
    assert hit_at([Span(0, 1000)], ((),), 10) == 0


def test_depth_ends_the_search() -> None:
    found = [ELSEWHERE] * 10 + [A]
    assert reciprocal_rank(found, ((A,),), 10) == 0
    assert ndcg_at(found, ((A,),), 10) == 0


@given(spans(), gold(), st.integers(1, 12))
def test_bounds(found: list[Span], wanted: Gold, k: int) -> None:
    hit, mrr, ndcg = (
        hit_at(found, wanted, k),
        reciprocal_rank(found, wanted, k),
        ndcg_at(found, wanted, k),
    )
    assert hit is not None
    assert mrr is not None
    assert ndcg is not None
    assert hit in (0, 1)
    assert 0 <= mrr <= hit
    assert 0 <= ndcg <= hit
    assert (mrr > 0) == (hit == 1) == (ndcg > 0)


@given(spans(), gold())
def test_more_results_never_make_it_worse(found: list[Span], wanted: Gold) -> None:
    hits = [hit_at(found, wanted, k) or 0 for k in range(1, 13)]
    assert hits == sorted(hits)
    ranks = [reciprocal_rank(found, wanted, k) or 0 for k in range(1, 13)]
    assert ranks == sorted(ranks)


@given(spans(), gold(2), st.integers(1, 12))
def test_all_groups_are_harder_than_any(found: list[Span], wanted: Gold, k: int) -> None:
    every, some = all_groups_at(found, wanted, k), hit_at(found, wanted, k)
    assert every is not None
    assert some is not None
    assert every <= some


@given(spans(), gold(), st.integers(0, 2**32))
def test_the_order_of_groups_and_alternatives_is_nothing(
    found: list[Span], wanted: Gold, seed: int
) -> None:
    chance = random.Random(seed)
    shuffled = [list(group) for group in wanted]
    for group in shuffled:
        chance.shuffle(group)
    chance.shuffle(shuffled)
    again = tuple(tuple(group) for group in shuffled)
    assert ndcg_at(found, again) == ndcg_at(found, wanted)
    assert reciprocal_rank(found, again) == reciprocal_rank(found, wanted)
    assert all_groups_at(found, again, 5) == all_groups_at(found, wanted, 5)


@given(spans(), gold(), st.integers(0, 12))
def test_moving_a_hit_to_the_front_never_makes_it_worse(
    found: list[Span], wanted: Gold, place: int
) -> None:
    if place >= len(found) or not hit_at([found[place]], wanted, 1):
        return
    better = [found[place], *found[:place], *found[place + 1 :]]
    assert reciprocal_rank(better, wanted) == 1


@given(span(), span(), st.integers(-50, 50))
def test_overlap_is_symmetric_and_moves_along(one: Span, other: Span, by: int) -> None:
    assert overlap(one, other) == overlap(other, one)
    moved = overlap(Span(one.start + by, one.end + by), Span(other.start + by, other.end + by))
    assert moved == overlap(one, other)
    assert overlap(one, one) == one.end - one.start
