from __future__ import annotations

from typing import get_args

import pytest

from assistant import phrases
from assistant.phrases import (
    Place,
    address,
    no_bibliography,
    no_table,
    place_of,
    silence,
    table_title,
)
from assistant.replies import Language
from sources import Work

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize(
    ("place", "kk", "ru", "en"),
    [
        (
            Place("2.1", 14),
            "2.1-бөлім, 14-абзац",
            "раздел 2.1, абзац 14",
            "section 2.1, paragraph 14",
        ),
        (Place("2.1", 0, 4, 3), "4-кесте, 3-жол", "таблица 4, строка 3", "table 4, row 3"),
        (Place("2.1", 0, 4, 0), "4-кесте", "таблица 4", "table 4"),
        (Place("2", 1), "2-тарау, 1-абзац", "глава 2, абзац 1", "chapter 2, paragraph 1"),
        (
            Place("intro", 7),
            "кіріспе, 7-абзац",
            "введение, абзац 7",
            "introduction, paragraph 7",
        ),
        (
            Place("conclusion", 2),
            "қорытынды, 2-абзац",
            "заключение, абзац 2",
            "conclusion, paragraph 2",
        ),
        (
            Place("1.2", 0),
            "1.2-бөлім, тақырып",
            "раздел 1.2, заголовок",
            "section 1.2, heading",
        ),
        (Place("start", 3), "3-абзац", "абзац 3", "paragraph 3"),
    ],
)
def test_addresses_are_exact_in_three_languages(place: Place, kk: str, ru: str, en: str) -> None:
    assert [address(language, place) for language in LANGUAGES] == [kk, ru, en]


def test_the_place_of_every_passage_is_its_own(work: Work) -> None:
    for passage in work.passages:
        place = place_of(work, passage.start)
        assert (place.section, place.table, place.row) == (
            passage.section,
            passage.table,
            passage.row,
        )


def test_a_header_and_a_caption_are_row_zero(work: Work) -> None:
    table = work.outline.tables[3]
    assert place_of(work, table.header.start).row == 0
    assert place_of(work, table.start).row == 0
    third = place_of(work, table.rows[2].start)
    assert (third.table, third.row) == (table.number, 3)


def test_a_table_without_a_caption_is_said_to_have_none() -> None:
    assert table_title("kk", 7, None) == "7-кесте (тақырыбы мәтінде жоқ)"
    for language in LANGUAGES:
        assert "7" in table_title(language, 7, None)
        assert table_title(language, 7, "Кесте 7 - Аты") == "Кесте 7 - Аты"


def test_what_the_assistant_says_is_said_in_every_language() -> None:
    for name in (
        "FRAMES",
        "CONFLICT",
        "CONFLICT_ON",
        "CONFLICT_NEAR",
        "QUOTATION",
        "OTHER_LANGUAGE",
    ):
        said = getattr(phrases, name)
        assert tuple(said) == LANGUAGES, name
        assert len({str(words) for words in said.values()}) == len(LANGUAGES), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_tells_what_was_searched_and_what_is_never_said(language: Language) -> None:
    said = silence(language, 739, ["хоккей"])
    assert "739" in said
    assert "хоккей" in said
    bare = silence(language, 739)
    assert "хоккей" not in bare
    assert said.startswith(bare)
    assert bare.count(".") == 2


def test_each_language_is_silent_in_its_own_words() -> None:
    assert len({silence(language, 1) for language in LANGUAGES}) == len(LANGUAGES)
    assert "ответа" in silence("ru", 1)
    assert "does not answer" in silence("en", 1)
    assert "табылмады" in silence("kk", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_table_is_named_with_those_that_exist(language: Language) -> None:
    said = no_table(language, 12, [1, 2])
    assert "12" in said
    assert "1, 2" in said
    assert "—" in no_table(language, 12, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reference_that_cannot_be_resolved_is_named(language: Language) -> None:
    assert "57" in no_bibliography(language, "57")
