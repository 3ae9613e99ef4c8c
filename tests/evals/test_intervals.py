from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.intervals import Comparison, Figure, compare, figure

score = st.floats(0, 1, allow_subnormal=False)
scores = st.lists(st.one_of(st.none(), score), max_size=30)


def test_unscored_cases_are_left_out_and_not_counted_as_zero() -> None:
    assert figure([1.0, None, 1.0, None]).value == 1
    assert figure([1.0, None, 1.0, None]).n == 2


def test_nothing_scored_has_no_figure() -> None:
    assert figure([None, None]) == Figure(None, 0, None, None)
    assert compare([None, 1.0], [1.0, None]) == Comparison(None, 0, None, None, None)


def test_few_cases_that_agree_are_not_certain() -> None:
    eight = figure([1.0] * 8)
    assert eight.low == pytest.approx(0.676, abs=0.001)  # Wilson, 8 of 8
    assert eight.high == 1
    assert (figure([1.0] * 80).low or 0) > (eight.low or 1)


def test_the_interval_is_the_known_one_for_a_fair_coin() -> None:
    coin = figure([0.0, 1.0] * 50)
    assert coin.value == 0.5
    assert coin.low == pytest.approx(0.40, abs=0.015)
    assert coin.high == pytest.approx(0.60, abs=0.015)


def test_another_seed_gives_nearly_the_same_interval() -> None:
    values = [0.0, 1.0, 1.0] * 20
    assert figure(values, seed=1).low == pytest.approx(figure(values, seed=2).low, abs=0.03)


@settings(max_examples=30)
@given(scores)
def test_the_interval_holds_the_mean_and_stays_within_bounds(values: list[float | None]) -> None:
    told = figure(values, resamples=500)
    if told.value is None or told.low is None or told.high is None:
        assert not [value for value in values if value is not None]
        return
    assert -1e-9 <= told.low <= told.high <= 1 + 1e-9
    assert 0 <= told.value <= 1


@settings(max_examples=30)
@given(scores, st.integers(0, 2**32))
def test_the_order_of_cases_is_nothing(values: list[float | None], seed: int) -> None:
    shuffled = list(values)
    random.Random(seed).shuffle(shuffled)
    one, other = figure(values, resamples=200), figure(shuffled, resamples=200)
    assert one.n == other.n
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_a_difference_that_every_pair_shows_is_no_chance() -> None:
    told = compare([1.0] * 12, [0.0] * 12)
    assert told.difference == 1
    assert told.p == pytest.approx(2 / 2**12)  # all signs as they are, or all turned


def test_two_equal_systems_do_not_differ() -> None:
    told = compare([1.0, 0.0, 1.0], [1.0, 0.0, 1.0])
    assert told == Comparison(0.0, 3, None, None, 1.0)


def test_the_drawn_test_agrees_with_the_exact_one() -> None:
    # 16 pairs that move, 13 of them one way: the sign test's two-sided p is 0.0213.
    told = compare([1.0] * 13 + [0.0] * 3 + [1.0] * 9, [0.0] * 13 + [1.0] * 3 + [1.0] * 9)
    assert told.p == pytest.approx(0.0213, abs=0.006)
    assert told.n == 25


def test_systems_of_different_cases_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        compare([1.0], [1.0, 0.0])


pairs = st.lists(st.tuples(score, score), min_size=1, max_size=20)


@settings(max_examples=30)
@given(pairs)
def test_turning_a_comparison_round_turns_its_sign(both: list[tuple[float, float]]) -> None:
    first, second = [one for one, _ in both], [other for _, other in both]
    there, back = compare(first, second, resamples=300), compare(second, first, resamples=300)
    assert there.p is not None
    assert back.p is not None
    assert 0 < there.p <= 1
    assert there.difference == pytest.approx(-(back.difference or 0))
    assert there.p == pytest.approx(back.p, abs=0.1)
