from __future__ import annotations

import pytest

from assistant.conversation import Conversation, Turn
from assistant.followup import leans, stand_alone
from assistant.questions import table_named
from assistant.replies import Language
from index import tokens

BEFORE = Conversation(
    (Turn("Қазақстан БҰҰ-ға қашан мүше болды?", "1992 жылдың 5-ші наурызында [1]"),)
)

ASKED_ITEMS: tuple[tuple[str, Language, str], ...] = (
    ("Соңғысы туралы айтшы", "kk", "көлік"),
    ("Расскажи про первый", "ru", "сауда"),
    ("And the second?", "en", "су"),
)


@pytest.mark.parametrize(
    ("before", "question", "alone", "language"),
    [
        ("Қазақстан БҰҰ-ға қашан кірді?", "Ал ДСҰ-ға ше?", "Қазақстан ДСҰ-ға қашан кірді?", "kk"),
        ("Когда Казахстан вступил в ООН?", "А в ОБСЕ?", "Когда Казахстан вступил в ОБСЕ?", "ru"),
        ("When did it join the UN?", "What about the WTO?", "When did it join the WTO?", "en"),
    ],
)
def test_a_name_alone_takes_the_place_of_the_one_before(
    before: str, question: str, alone: str, language: Language
) -> None:
    told = Conversation((Turn(before, ""),))
    assert stand_alone(question, told, language) == alone


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Оның себебі неде?", "kk"),
        ("Неліктен?", "kk"),
        ("Почему он так поступил?", "ru"),
        ("Почему?", "ru"),
        ("Why did they do it?", "en"),
    ],
)
def test_a_leaning_question_gets_the_topic_behind_it(question: str, language: Language) -> None:
    assert leans(question, language)
    alone = stand_alone(question, BEFORE, language)
    assert question in alone
    assert "БҰҰ" in alone


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Көпвекторлы сыртқы саясат дегеніміз не?", "kk"),
        ("Қазақстан ядролық қарудан неге бас тартты?", "kk"),
        ("Алматы декларациясы нені айқындады, ол қашан қабылданды және кім қол қойды?", "kk"),
        ("Что такое многовекторность?", "ru"),
        ("Когда Казахстан вступил в ОБСЕ?", "ru"),
        ("What is multi-vector foreign policy?", "en"),
        ("When did Kazakhstan join NATO's Partnership for Peace?", "en"),
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str, language: Language) -> None:
    assert not leans(question, language)
    assert stand_alone(question, BEFORE, language) == question


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What was the first stage of foreign policy?", "en"),
        ("What is the aim of this dissertation?", "en"),
        ("Каков первый этап внешней политики?", "ru"),
        ("Бұл диссертацияның мақсаты қандай?", "kk"),
    ],
)
def test_an_ordinal_or_the_work_itself_is_no_earlier_turn(
    question: str, language: Language
) -> None:
    assert stand_alone(question, BEFORE, language) == question


def test_nothing_is_rewritten_without_an_earlier_turn() -> None:
    assert stand_alone("Ал ЕҚЫҰ-ға ше?", Conversation(), "kk") == "Ал ЕҚЫҰ-ға ше?"


def test_the_last_of_them_is_that_item_of_the_answer() -> None:
    told = Conversation((Turn("Қандай бағыттар бар?", "сауда; су; **көлік** [1]"),))
    items = {"сауда", "су", "көлік"}
    for question, language, item in ASKED_ITEMS:
        alone = stand_alone(question, told, language)
        assert items & set(tokens(alone)) == {item}, alone


def test_markers_of_the_answer_do_not_get_into_the_question() -> None:
    told = Conversation((Turn("Бұл пікір кімдікі?", "**Миршаймер** солай дейді [1]"),))
    alone = stand_alone("Оның басқа пікірі қандай?", told, "kk")
    assert "Миршаймер" in alone
    assert "[1]" not in alone
    assert "*" not in alone


def test_of_two_turns_the_newer_gives_the_topic_unless_it_has_none() -> None:
    turns = BEFORE.add(Turn("НАТО бағдарламасы туралы не айтылған?", "…"))
    assert "НАТО" in stand_alone("Неліктен?", turns, "kk")
    assert "БҰҰ" not in stand_alone("Неліктен?", turns, "kk")
    vague = BEFORE.add(Turn("Неге?", "…"))
    assert "БҰҰ" in stand_alone("Ал қашан?", vague, "kk")


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("Что в таблице 5?", "А в таблице 6?", "ru"),
        ("What is in table 5?", "And table 6?", "en"),
        ("5-кестеде не көрсетілген?", "Ал 6-кестеде?", "kk"),
    ],
)
def test_another_table_is_asked_for_in_the_next_turn(
    before: str, question: str, language: Language
) -> None:
    told = Conversation((Turn(before, "…"),))
    assert table_named(stand_alone(question, told, language)) == 6


def test_a_conversation_grows_by_making_a_new_one() -> None:
    grown = BEFORE.add(Turn("Неге?", "Себебі …"))
    assert len(BEFORE.turns) == 1
    assert grown.last == Turn("Неге?", "Себебі …")
    assert Conversation().last is None
    assert Conversation.of([("а", "б")]) == Conversation((Turn("а", "б"),))
