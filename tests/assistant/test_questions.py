from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.questions import (
    QUESTION_LIMIT,
    check_question,
    kind_of,
    language_of,
    table_named,
    understand,
)
from index import Vocabulary, tokens
from sources import Work


@pytest.fixture(scope="module")
def vocabulary(work: Work) -> Vocabulary:
    return Vocabulary([tokens(sentence.embedding_text) for sentence in work.sentences], "kk")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Қазақстан БҰҰ-ға қашан мүше болды?", "kk"),
        ("Казакстаннын сырткы саясаты кашан калыптасты?", "kk"),
        ("Qazaqstannyn syrtqy saiasaty degenimiz ne?", "kk"),
        ("Сауда жабылды ма?", "kk"),
        ("Когда Казахстан вступил в ООН?", "ru"),
        ("Почему Казахстан отказался от ядерного оружия?", "ru"),
        ("Как готовят борщ?", "ru"),
        ("When did Kazakhstan join the UN?", "en"),
        ("hedging", "en"),
        ("Who introduced the concept of middle power?", "en"),
    ],
)
def test_the_language_is_the_one_asked_in(
    question: str, language: str, vocabulary: Vocabulary
) -> None:
    assert language_of(question, vocabulary) == language


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Келісімге қашан қол қойылды?", "date"),
        ("В каком году принята концепция?", "date"),
        ("When was the treaty signed?", "date"),
        ("Шекараның ұзындығы қанша?", "number"),
        ("Сколько этапов прошла политика?", "number"),
        ("How many stages are there?", "number"),
        ("Хеджирлеу дегеніміз не?", "definition"),
        ("Что такое бандвагонинг?", "definition"),
        ("What is the meaning of bandwagoning?", "definition"),
        ("Қазақстан қарудан неге бас тартты?", "reason"),
        ("Почему Казахстан выбрал баланс?", "reason"),
        ("Why did it choose balance?", "reason"),
        ("Ресей мен Қытай бағыттарының айырмашылығы неде?", "comparison"),
        ("Чем отличается сдерживание от баланса?", "comparison"),
        ("Compare Russia and China", "comparison"),
        ("Негізгі бағыттарды атаңыз", "list"),
        ("Перечислите угрозы", "list"),
        ("List the main threats", "list"),
        ("Орта держава ұғымын кім енгізді?", "attribution"),
        ("Кто ввёл понятие средней державы?", "attribution"),
        ("Who coined the term?", "attribution"),
        ("Шартқа кім қол қойды?", "person"),
        ("Кто подписал договор?", "person"),
        ("Who signed the treaty?", "person"),
        ("Саммит қай қалада өтті?", "place"),
        ("Где прошёл саммит?", "place"),
        ("Where was the summit held?", "place"),
        ("5-кестеде не көрсетілген?", "table"),
        ("Көпвекторлылық туралы айтыңыз", "statement"),
    ],
)
def test_the_kind_is_read_from_cue_words(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_a_cue_inside_another_word_is_no_cue() -> None:
    assert kind_of("Зерттеу нысаны қандай?") != "number"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("5-кестеде не көрсетілген?", 5),
        ("5 кесте", 5),
        ("5-ші кестеде не бар?", 5),
        ("Кестеде №5 не бар?", 5),
        ("Что показано в таблице 5?", 5),
        ("табл. 5", 5),
        ("5-я таблица", 5),
        ("What does table 5 show?", 5),
        ("Table No. 5", 5),
        ("15-кесте", 15),
        ("Қай кестеде Қытай бар?", None),
        ("1995 жылғы тұжырымдама", None),
        ("", None),
    ],
)
def test_a_table_is_named_in_three_languages(question: str, number: int | None) -> None:
    assert table_named(question) == number


@pytest.mark.parametrize(
    ("question", "wrongly"),
    [
        ("105-кестеде не бар?", 5),
        ("Кестеде 2019 жылғы көрсеткіш қандай?", 20),
        ("В таблице 1995 год к какому этапу относится?", 19),
        ("Was the currency stable 30 years later?", 30),
    ],
)
def test_part_of_a_number_or_of_a_word_names_no_table(question: str, wrongly: int) -> None:
    assert table_named(question) != wrongly


def test_a_careless_question_is_understood_as_if_it_were_written_well(
    vocabulary: Vocabulary,
) -> None:
    asked = understand("Казакстан кай жылы туелсиз болды?", vocabulary)
    assert (asked.language, asked.kind) == ("kk", "date")
    assert asked.text == "Казакстан кай жылы туелсиз болды?"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\u00a0",
        "?!…",
        "«»",
        "a\x00b",
        "PK\x03\x04",
        "\ud800",
        "а" * (QUESTION_LIMIT + 1),
    ],
)
def test_what_is_no_question_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(QuestionError) as refused:
        check_question(text)
    assert refused.value.message
    assert refused.value.remedy


def test_a_question_loses_only_its_outer_white_space() -> None:
    assert check_question(" \n Неге\n олай? \t") == "Неге\n олай?"
    assert check_question("5") == "5"
    assert len(check_question(" " + "а" * QUESTION_LIMIT + " ")) == QUESTION_LIMIT


@given(st.text(max_size=300))
def test_any_text_has_one_kind_and_perhaps_a_table(text: str) -> None:
    number = table_named(text)
    assert number is None or 0 <= number <= 99
    if number is not None:
        assert kind_of(text) == "table"


def test_the_author_of_the_work_is_nobody_to_be_found() -> None:
    assert kind_of("What is soft power according to the dissertation?") != "attribution"
    assert kind_of("Что такое мягкая сила, по мнению автора?") == "definition"
    assert kind_of("What is soft power according to Nye?") == "attribution"
