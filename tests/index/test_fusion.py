from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.fusion import (
    KAZAKH,
    OTHER,
    Sides,
    Weights,
    best_of,
    first_of,
    fuse,
    repeats,
    scattered,
    shingles,
    standard,
)
from index.words import tokens


def scores(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


@given(st.lists(st.integers(-3, 3), max_size=30), st.integers(1, 12))
def test_the_first_are_those_of_sorting_them_all(values: list[int], n: int) -> None:
    found = scores(*values)
    assert first_of(found, n).tolist() == np.argsort(-found, kind="stable")[:n].tolist()


def test_standard_scores_have_mean_zero_and_spread_one() -> None:
    found = standard(scores(1, 2, 3, 10))
    assert float(found.mean()) == pytest.approx(0, abs=1e-6)
    assert float(found.std()) == pytest.approx(1, abs=1e-5)
    assert standard(scores(4, 4, 4)).tolist() == [0, 0, 0]


@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=20).filter(lambda v: len(set(v)) > 1),
    st.floats(0.5, 20),
    st.floats(-20, 20),
)
def test_standard_scores_do_not_know_units(values: list[int], unit: float, zero: float) -> None:
    one = scores(*values)
    assert np.allclose(standard(one), standard((one * unit + zero).astype(np.float32)), atol=1e-2)


def test_a_passage_has_the_score_of_its_best_sentence() -> None:
    owner = np.array([0, 0, 2], dtype=np.intp)
    assert best_of(scores(1, 5, 3), owner, 3).tolist() == [5, 1, 3]
    assert best_of(scores(), np.array([], dtype=np.intp), 2).tolist() == [0, 0]


def test_scattered_gives_the_lowest_found_score_to_the_rest() -> None:
    assert scattered([(2, 0.9), (0, 0.7)], 4).tolist() == pytest.approx([0.7, 0.7, 0.9, 0.7])
    assert scattered([], 2).tolist() == [0, 0]


def test_words_count_for_more_in_the_language_of_the_work() -> None:
    vectors, words = scores(1, 0, 0), scores(0, 1, 0)
    kazakh = fuse(Sides(vectors, vectors, vectors, words, words, words), KAZAKH)
    other = fuse(Sides(vectors, vectors, vectors, words, words, words), OTHER)
    assert kazakh[0] > kazakh[1] > kazakh[2]
    assert other[0] - other[1] > kazakh[0] - kazakh[1]


def test_weights_of_nothing_leave_a_search_out() -> None:
    up, down, flat = scores(1, 2, 3), scores(3, 2, 1), scores(0, 0, 0)
    assert np.argmax(fuse(Sides(up, up, flat, down, down, flat), Weights(0, 0, 0, 0))) == 2
    assert np.argmax(fuse(Sides(up, up, flat, down, down, flat), Weights(1, 0, 0, 0))) == 0
    assert np.argmax(fuse(Sides(up, up, flat, down, up, flat), Weights(1, 1, 0, 0))) == 2
    assert np.argmax(fuse(Sides(up, up, flat, up, up, down), Weights(1, 0, 0, 0))) == 2
    assert np.argmax(fuse(Sides(up, up, flat, up, up, down), Weights(1, 0, 0, 2))) == 0
    assert np.argmax(fuse(Sides(down, flat, up, flat, flat, flat), Weights(0, 0, 0.5, 0))) == 0
    assert np.argmax(fuse(Sides(down, flat, up, flat, flat, flat), Weights(0, 0, 2, 0))) == 2


def test_what_is_the_same_for_all_passages_changes_nothing() -> None:
    up, flat = scores(1, 2, 3), scores(5, 5, 5)
    alone = fuse(Sides(up, up, flat * 0, up, up, flat), KAZAKH)
    assert np.allclose(fuse(Sides(up, up, flat, up, up, flat), KAZAKH), alone)


def test_a_passage_best_in_every_search_is_best() -> None:
    sides = Sides(
        passage=scores(0.1, 0.9, 0.3),
        sentence=scores(0.2, 0.8, 0.1),
        question=scores(0.3, 0.7, 0.2),
        words=scores(0, 7, 3),
        sentence_words=scores(1, 5, 2),
        letters=scores(2, 6, 1),
    )
    assert np.argmax(fuse(sides, KAZAKH)) == 1


def test_a_repeat_may_differ_in_a_word_or_stand_inside_a_longer_text() -> None:
    one = shingles(
        tokens("1992 жылы Лиссабон хаттамасына қол қойып, шартқа қосылды деп жазды [158]")
    )
    same = shingles(
        tokens("1992 жылы Лиссабон хаттамасына қол қойып, шартқа қосылды деп жазды [9]")
    )
    longer = one | shingles(
        tokens("Одан кейін мүлде басқа екі-үш сөйлем жалғасып кете береді екен")
    )
    other = shingles(tokens("Қытаймен шекараның ұзындығы туралы келіссөздер көп жылға созылды"))
    assert repeats(one, same)
    assert repeats(one, longer)
    assert not repeats(one, other)


@given(
    st.lists(st.sampled_from("абвг"), max_size=12), st.lists(st.sampled_from("абвг"), max_size=12)
)
def test_repeating_is_mutual_and_a_text_repeats_itself(one: list[str], other: list[str]) -> None:
    assert repeats(shingles(one), shingles(one))
    assert repeats(shingles(one), shingles(other)) == repeats(shingles(other), shingles(one))


def test_short_texts_are_one_shingle() -> None:
    assert shingles(["су", "мен", "ауа"]) == {("су", "мен", "ауа")}
    assert len(shingles(list("абвгде"))) == 3
