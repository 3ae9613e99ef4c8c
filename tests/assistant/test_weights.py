from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import SIGNS
from assistant.features import FEATURES
from assistant.weights import WEIGHTS, Linear, forget_weights, weights_of

PARTS = (
    ("evidence", FEATURES),
    ("confidence", SIGNS),
)
LINEAR = Linear(("near", "far"), (2.0, -0.5), bias=1.0)
NUMBERS = st.tuples(*[st.floats(-1e9, 1e9)] * 2)


def test_a_score_is_the_weighted_sum() -> None:
    assert LINEAR.score((3.0, 4.0)) == 5.0
    assert LINEAR.score((0.0, 0.0)) == 1.0
    assert Linear((), ()).score(()) == 0.0


@pytest.mark.parametrize("numbers", [(), (1.0,), (1.0, 2.0, 3.0)])
def test_too_few_or_too_many_numbers_have_no_score(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        LINEAR.score(numbers)


def test_no_score_is_even_chances() -> None:
    assert LINEAR.probability((0.0, 2.0)) == 0.5
    assert LINEAR.probability((1.0, 2.0)) == pytest.approx(0.8808, abs=1e-4)


@given(NUMBERS, NUMBERS)
def test_a_probability_is_one_and_grows_with_the_score(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    low, high = sorted((one, other), key=LINEAR.score)
    assert 0 <= LINEAR.probability(low) <= LINEAR.probability(high) <= 1


def test_weights_are_taken_by_name_and_what_is_missing_weighs_nothing() -> None:
    told = {"far": -0.5, "bias": 1.0, "gone": 9.0, "near": 2.0}
    assert Linear.from_dict(told, ("near", "far")) == LINEAR
    assert Linear.from_dict({}, ("near", "far")) == Linear(("near", "far"), (0.0, 0.0))


@pytest.mark.parametrize(("part", "names"), PARTS)
def test_what_was_learned_is_for_the_numbers_that_are_made(
    part: str, names: tuple[str, ...]
) -> None:
    told = json.loads(WEIGHTS.read_text(encoding="utf-8"))[part]
    assert told.keys() - {"bias"} == set(names), "learn them again (dayek eval fit)"
    linear = weights_of(part, names)
    assert dict(zip(linear.names, linear.weights, strict=True)) == {
        name: told[name] for name in names
    }
    assert linear.bias == told.get("bias", 0.0)
    assert any(linear.weights)


def test_the_file_has_nothing_else() -> None:
    told = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert told.keys() == {part for part, _ in PARTS}


def test_weights_are_read_once_until_they_are_forgotten() -> None:
    first = weights_of("evidence", FEATURES)
    assert weights_of("evidence", FEATURES) is first
    forget_weights()
    again = weights_of("evidence", FEATURES)
    assert again is not first
    assert again == first


def test_a_part_that_was_never_learned_is_no_silent_zero() -> None:
    with pytest.raises(KeyError):
        weights_of("evidence.latin", FEATURES)
