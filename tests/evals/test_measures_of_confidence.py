from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import answer_length, area_under, percentile, risk_coverage


def test_the_curve_of_four_replies() -> None:
    points = risk_coverage([(0.9, True), (0.8, False), (0.7, True), (0.1, False)])
    assert [(one.coverage, one.risk) for one in points] == [
        (0.25, 0.0),
        (0.5, 0.5),
        (0.75, pytest.approx(1 / 3)),
        (1.0, 0.5),
    ]
    assert area_under(points) == pytest.approx((0 + 0.5 + 1 / 3 + 0.5) / 4)


def test_equal_confidences_are_one_step() -> None:
    (point,) = risk_coverage([(0.5, True), (0.5, False)])
    assert (point.coverage, point.risk) == (1.0, 0.5)


def test_nothing_asked_has_no_curve_and_no_percentile() -> None:
    assert risk_coverage([]) == ()
    assert area_under(()) is None
    assert percentile([], 0.5) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_whatever_the_order_it_ends_with_everything_answered(
    replies: list[tuple[float, bool]],
) -> None:
    points = risk_coverage(replies)
    assert points == risk_coverage(list(reversed(replies)))
    assert points[-1].coverage == 1
    assert points[-1].risk == pytest.approx(sum(not right for _, right in replies) / len(replies))
    assert all(one.coverage < other.coverage for one, other in pairwise(points))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_so_many_do_not_pass(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("**1991** жылы құрылды [1]", 3),
        (r"деп анықтаған \[57\]. [1]", 3),
        ("Еуро-2024 пен 14,5 млрд [1] [2]", 4),
        ("", 0),
    ],
)
def test_words_are_counted_without_markers(said: str, words: int) -> None:
    assert answer_length(said, abstained=False) == words
    assert answer_length(said, abstained=True) is None
