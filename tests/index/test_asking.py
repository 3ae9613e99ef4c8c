from __future__ import annotations

import pytest

from index.asking import NAME_WEIGHT, as_question, weighted
from index.names import named_in
from index.words import stem


def test_a_name_is_looked_for_in_its_other_spellings_too() -> None:
    found = weighted("БҰҰ қайда?", native=True, names=True)
    assert found[stem("бұұ")] == 1.0
    assert found[stem("оон")] == NAME_WEIGHT
    assert weighted("БҰҰ қайда?", native=True, names=False) == {stem("бұұ"): 1.0}


def test_the_words_of_a_longer_spelling_share_its_weight() -> None:
    found = weighted("БҰҰ?", native=True, names=True)
    three = [found[stem(word)] for word in ("біріккен", "ұлттар", "организация")]
    assert three == pytest.approx([NAME_WEIGHT / 3] * 3)


def test_other_spellings_come_in_the_order_of_the_table() -> None:
    """Sums of scores would else differ in their last digits from one process to the next."""
    (un,) = named_in("БҰҰ?")
    spelled = [stem(word) for name in un.names for word in name.folded]
    found = weighted("БҰҰ?", native=True, names=True)
    assert list(found) == list(dict.fromkeys(spelled))


def test_terms_are_translated_for_other_languages_only() -> None:
    assert stem("сауда") in weighted("What about trade?", native=False, names=True)
    assert weighted("Сауда туралы не айтылған?", native=True, names=True) == {stem("сауда"): 1.0}


@pytest.mark.parametrize("typed", ["сауда қалай өсті", "Сауда қалай өсті?", " сауда қалай өсті?! "])
def test_a_question_gets_its_capital_and_mark(typed: str) -> None:
    assert as_question(typed, native=True, names=True) == "Сауда қалай өсті?"


def test_a_name_is_added_as_the_text_spells_it() -> None:
    assert as_question("Why did China come?", native=False, names=True).endswith("(Қытай)?")
    assert as_question("Why did China come?", native=False, names=False).endswith("come?")
    assert as_question("Қытай неге келісті?", native=True, names=True).endswith("келісті?")
