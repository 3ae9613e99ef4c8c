from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import (
    abstention_precision,
    abstention_recall,
    conflict_alarm,
    conflict_recall,
    hallucination,
    key_fact_recall,
    over_refusal,
    strict,
)
from tests.evals.cases import case

ANSWERABLE = case()
UNANSWERABLE = case(kind="unanswerable", key_facts=(), evidence=())
FALSE_PREMISE = case(kind="false_premise", key_facts=())
CONFLICT = case(kind="conflict")

words = st.text("абвгқңү 0123456789", min_size=1, max_size=8).filter(str.strip)
facts = st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("fact", "said", "stands"),
    [
        ("құрылды", "ҚҰРЫЛДЫ.", True),
        ("1991 жылы", "Ол **1991** жылы", True),
        ("1991–2023", "1991-2023", True),  # dashes are equal
        ("XXI ғасыр", "ХХІ  ғасыр", True),  # Latin and Cyrillic, two spaces
        ("19", "1991", False),
        ("91", "1991", False),
        ("1991", "25.12.1991", True),
        ("5", "2,5 млн", True),  # a decimal part is not told from a list "2,5"
        ("кірді", "шықты", False),
    ],
)
def test_when_a_fact_stands_in_a_text(fact: str, said: str, stands: bool) -> None:
    assert key_fact_recall([[fact]], [said]) == float(stands)


def test_one_wording_is_enough_and_facts_are_shared_among_texts() -> None:
    assert key_fact_recall([["ДСҰ", "ВТО"], ["2015"], ["1999"]], ["ВТО", "2015 ж."]) == 2 / 3


def test_no_facts_are_unscored_and_no_words_hold_none() -> None:
    assert key_fact_recall([], ["1991"]) is None
    assert key_fact_recall([["1991"]], []) == 0


def test_strict_keeps_the_unscored_apart() -> None:
    assert [strict(None), strict(0.0), strict(0.99), strict(1.0)] == [None, 0, 0, 1]


@given(facts, st.lists(words, max_size=4), words)
def test_recall_is_bounded_and_grows_with_what_is_said(
    wanted: list[list[str]], said: list[str], more: str
) -> None:
    before, after = key_fact_recall(wanted, said), key_fact_recall(wanted, [*said, more])
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 1


@given(facts)
def test_saying_all_facts_is_perfect(wanted: list[list[str]]) -> None:
    assert key_fact_recall(wanted, [fact[0] for fact in wanted]) == 1


@given(facts, st.lists(words, max_size=4))
def test_the_order_of_facts_wordings_and_texts_is_nothing(
    wanted: list[list[str]], said: list[str]
) -> None:
    turned = [fact[::-1] for fact in wanted[::-1]]
    assert key_fact_recall(turned, said[::-1]) == key_fact_recall(wanted, said)


def test_abstention_is_right_where_the_work_does_not_answer() -> None:
    assert abstention_precision(UNANSWERABLE, abstained=True) == 1
    assert abstention_precision(FALSE_PREMISE, abstained=True) == 1
    assert abstention_precision(ANSWERABLE, abstained=True) == 0
    assert abstention_precision(ANSWERABLE, abstained=False) is None
    assert abstention_precision(UNANSWERABLE, abstained=False) is None


def test_abstention_recall_speaks_of_unanswerable_questions_only() -> None:
    assert abstention_recall(UNANSWERABLE, abstained=True) == 1
    assert abstention_recall(UNANSWERABLE, abstained=False) == 0
    assert abstention_recall(FALSE_PREMISE, abstained=False) is None
    assert abstention_recall(ANSWERABLE, abstained=True) is None


def test_an_answer_where_there_is_none_is_a_hallucination() -> None:
    assert hallucination(UNANSWERABLE, abstained=False, shown=None) == 1
    assert hallucination(UNANSWERABLE, abstained=True, shown=None) == 0
    assert hallucination(ANSWERABLE, abstained=False, shown=0.0) is None


def test_a_false_premise_may_be_corrected_by_its_place() -> None:
    assert hallucination(FALSE_PREMISE, abstained=False, shown=1.0) == 0
    assert hallucination(FALSE_PREMISE, abstained=False, shown=0.0) == 1
    assert hallucination(FALSE_PREMISE, abstained=True, shown=0.0) == 0


def test_over_refusal_speaks_of_answerable_questions_only() -> None:
    assert over_refusal(ANSWERABLE, abstained=True) == 1
    assert over_refusal(ANSWERABLE, abstained=False) == 0
    assert over_refusal(UNANSWERABLE, abstained=True) is None
    assert over_refusal(FALSE_PREMISE, abstained=True) is None


def test_a_conflict_is_shown_on_both_sides_and_told() -> None:
    assert conflict_recall(CONFLICT, told=True, shown=1.0) == 1
    assert conflict_recall(CONFLICT, told=False, shown=1.0) == 0
    assert conflict_recall(CONFLICT, told=True, shown=0.5) == 0
    assert conflict_recall(ANSWERABLE, told=True, shown=1.0) is None


def test_a_conflict_told_where_there_is_none_is_an_alarm() -> None:
    assert conflict_alarm(ANSWERABLE, told=True, abstained=False) == 1
    assert conflict_alarm(ANSWERABLE, told=False, abstained=False) == 0
    assert conflict_alarm(CONFLICT, told=True, abstained=False) is None
    assert conflict_alarm(ANSWERABLE, told=False, abstained=True) is None
