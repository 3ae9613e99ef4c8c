from __future__ import annotations

from collections import Counter

import pytest

from index.names import concepts, named_in, namings, not_inside
from index.words import stem, tokens


def names_in(text: str) -> list[str]:
    return [concept.id for concept in named_in(text)]


@pytest.mark.parametrize(
    ("spellings", "concept"),
    [
        (("БҰҰ", "ООН", "UN", "United Nations", "Біріккен Ұлттар Ұйымына"), "un"),
        (("Уолт", "Walt", "Стивен Уолттың еңбегі"), "walt"),
        (("Қазақстандағы", "казахстанский", "Kazakhstan", "Qazaqstan"), "kazakhstan"),
        (("ЕҚЫҰ-ға", "в ОБСЕ", "the OSCE"), "osce"),
        (("көпвекторлылық", "многовекторность", "multi-vector policy"), "multivector"),
        (("Тоқаевтың", "Токаев", "Tokayev"), "tokayev"),
        (("Миршаймер", "Миршаймердің", "Mearsheimer"), "mearsheimer"),
    ],
)
def test_spellings_in_three_languages_name_one_thing(
    spellings: tuple[str, ...], concept: str
) -> None:
    for spelling in spellings:
        assert concept in names_in(spelling), spelling


@pytest.mark.parametrize(
    ("text", "longer", "shorter"),
    [
        ("Еуразиялық экономикалық одақ", "eaeu", "eu"),
        ("Евразийский экономический союз", "eaeu", "eu"),
        ("Орталық Азиядағы жағдай", "central_asia", "asia"),
        ("БҰҰ Даму бағдарламасы", "undp", "un"),
        ("ядролық қаруды таратпау", "non_proliferation", "nuclear"),
    ],
)
def test_a_longer_name_hides_the_shorter_inside_it(text: str, longer: str, shorter: str) -> None:
    assert longer in names_in(text)
    assert shorter not in names_in(text)


def test_a_shorter_name_that_also_stands_alone_is_told() -> None:
    assert names_in("Орталық Азия және бүкіл Азия") == ["central_asia", "asia"]


def test_abbreviations_are_whole_words_only() -> None:
    assert names_in("БҰҰ-ға") == ["un"]
    assert names_in("Unity") == []
    assert names_in("еолог") == []


def test_a_word_that_only_has_the_stem_of_a_name_is_none() -> None:
    assert names_in("1991 және 1995 жылдар аралығында") == []
    assert names_in("Аралдың тартылуы") == names_in("арал") == ["aral"]


def test_the_stems_of_a_name_are_those_of_its_words_in_a_text() -> None:
    for concept in concepts():
        for name in concept.names:
            assert name.stems == frozenset(map(stem, tokens(name.written))), name.written


def test_every_spelling_is_placed_and_those_inside_longer_ones_are_told_apart() -> None:
    words = tokens("Орталық Азия және бүкіл Азия")
    placed = {(one.start, one.end, one.concept.id) for one in namings(words)}
    assert placed == {(0, 2, "central_asia"), (1, 2, "asia"), (4, 5, "asia")}
    left = {(one.start, one.concept.id) for one in not_inside(namings(words))}
    assert left == {(0, "central_asia"), (4, "asia")}


def test_text_without_names_has_none() -> None:
    assert named_in("") == named_in("Бүгін ауа райы жақсы.") == ()


def test_several_names_come_in_the_order_of_the_table() -> None:
    order = [concept.id for concept in concepts()]
    found = names_in("Қытай, Ресей, БҰҰ және Назарбаев")
    assert set(found) == {"un", "russia", "china", "nazarbayev"}
    assert found == sorted(found, key=order.index)


def test_every_spelling_of_the_table_finds_its_own_concept() -> None:
    for concept in concepts():
        for name in concept.names:
            assert concept.id in names_in(name.written), (concept.id, name.written)


def test_the_table_gives_each_concept_one_key_and_other_spellings() -> None:
    assert max(Counter(concept.id for concept in concepts()).values()) == 1
    for concept in concepts():
        assert concept.canonical == concept.names[0].written
        assert all(name.words for name in concept.names), concept.id
