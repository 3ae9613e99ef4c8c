from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cues import (
    answers_kind,
    has_what_is_asked,
    is_item,
    is_title,
    values_of,
    words_of,
)
from assistant.questions import Kind
from sources import Work
from tests.assistant.small import sentence_with, small_work


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Work:
    return small_work(tmp_path_factory.mktemp("cues"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("1992 жылы қабылданды", "date"),
        ("29 тамызда қол қойылды", "date"),
        ("1 782 шақырым", "number"),
        ("90 пайыз", "number"),
        ("Хеджирлеу – тәуекелді бөлу", "definition"),
        ("бұл ұғым кең", "definition"),
        ("өйткені су тапшы", "reason"),
        ("Миршаймер солай дейді", "attribution"),
        ("Қ.К. Тоқаев қол қойды", "person"),
    ],
)
def test_a_sentence_has_what_is_asked(words: str, kind: Kind) -> None:
    assert has_what_is_asked(words, kind)
    assert not has_what_is_asked("өзен суы азайды", kind)


def test_a_year_is_no_figure() -> None:
    assert not has_what_is_asked("1992 жылы қабылданды", "number")
    assert has_what_is_asked("1992 жылы 26 мемлекет қабылдады", "number")


@pytest.mark.parametrize("kind", ["statement", "comparison", "place"])
def test_what_has_no_sign_is_seen_in_no_sentence(kind: Kind) -> None:
    assert not has_what_is_asked("1992 жылы Қ.К. Тоқаев 26 пайыз, себебі – бұл ұғым", kind)


def test_values_are_words_of_the_sentence() -> None:
    assert "1992" in values_of("1992 жылы басталды", "date")
    assert values_of("шекара 1 782 км болды", "number") == ("1 782 км",)
    assert values_of("шекара ұзын болды", "number") == ()
    assert values_of("1992 жылы 5 адам", "statement") == ()


@given(st.text(alphabet="0123456789 .,-%жылқаңтармлнд", max_size=60))
def test_values_always_stand_in_the_sentence(words: str) -> None:
    for kind in ("date", "number"):
        for value in values_of(words, kind):
            assert value
            assert value in words


def test_a_reference_is_no_figure_of_the_sentence(small: Work) -> None:
    sentence = small.sentences[sentence_with(small, "тәуекелді бірнеше")]
    assert "[57]" in small.text[sentence.start : sentence.end]
    assert "57" not in words_of(small, sentence)
    assert not answers_kind(small, sentence, "number")


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("сауда;", {"list"}),
        ("1-кезең", {"table"}),
        ("Хеджирлеу дегеніміз", {"definition"}),
        ("1991 жылы тәуелсіздік", {"date"}),
    ],
)
def test_a_sentence_answers_by_where_it_stands_or_what_it_has(
    small: Work, words: str, kinds: set[Kind]
) -> None:
    asked: tuple[Kind, ...] = ("list", "table", "definition", "reason", "person")
    wanted = {*asked, *kinds}
    sentence = small.sentences[sentence_with(small, words)]
    assert {kind for kind in wanted if answers_kind(small, sentence, kind)} == kinds


def test_the_lead_in_belongs_to_its_list(small: Work) -> None:
    for words in ("Негізгі бағыттар", "сауда;", "көлік."):
        assert is_item(small, small.sentences[sentence_with(small, words)])
    assert not is_item(small, small.sentences[sentence_with(small, "Қытай теміржол")])


def test_a_heading_run_into_its_paragraph_says_nothing_alone(work: Work) -> None:
    titles = [one for one in work.sentences if is_title(work, one)]
    assert titles
    for one in titles:
        assert work.text[one.start : one.end].rstrip(". ") == work.outline.blocks[one.block].run_in
    assert len(titles) < len(work.sentences) / 100
