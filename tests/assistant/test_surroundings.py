from __future__ import annotations

import pytest

from assistant import Assistant, check_question
from assistant.replies import Language
from sources import NoSuchPlace


def test_text_around_a_place_is_raw_and_joins_up(assistant: Assistant) -> None:
    text = assistant.work.text
    for sentence in assistant.work.sentences[::250]:
        found = assistant.surroundings(sentence.start, sentence.end, "kk")
        assert found.quote == text[sentence.start : sentence.end]
        whole = found.before + found.quote + found.after
        first = found.start - len(found.before)
        assert text[first : first + len(whole)] == whole
        assert (found.start, found.end) == (sentence.start, sentence.end)


def test_it_stays_within_its_section(assistant: Assistant) -> None:
    work = assistant.work
    for section in work.outline.sections:
        inside = [one for one in work.sentences if section.start <= one.start < section.end]
        for sentence in inside[:1] + inside[-1:]:
            found = assistant.surroundings(sentence.start, sentence.end, "kk", margin=100_000)
            assert found.start - len(found.before) >= section.start
            assert found.end + len(found.after) <= max(section.end, found.end)
            assert section.title in found.section_heading


def test_a_margin_ends_at_whole_words(assistant: Assistant) -> None:
    text = assistant.work.text
    sentence = assistant.work.sentences[900]
    found = assistant.surroundings(sentence.start, sentence.end, "kk", margin=50)
    first, last = found.start - len(found.before), found.end + len(found.after)
    assert 50 <= len(found.before) < 120
    assert 50 <= len(found.after) < 120
    assert text[first - 1].isspace()
    assert text[last].isspace()


def test_no_margin_may_still_finish_the_word(assistant: Assistant) -> None:
    start = assistant.work.sentences[900].start
    found = assistant.surroundings(start + 1, start + 3, "kk", margin=0)
    assert found.before == assistant.work.text[start : start + 1]


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "4-кесте, 3-жол"), ("ru", "таблица 4, строка 3"), ("en", "table 4, row 3")],
)
def test_a_row_has_its_address_in_the_language_asked_for(
    language: Language, said: str, assistant: Assistant
) -> None:
    table = assistant.work.outline.table(4)
    assert table
    row = table.rows[2]
    assert assistant.surroundings(row.start, row.end, language).address == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "2.1-бөлім, 14-абзац"),
        ("ru", "раздел 2.1, абзац 14"),
        ("en", "section 2.1, paragraph 14"),
    ],
)
def test_a_paragraph_has_its_address_in_the_language_asked_for(
    language: Language, said: str, assistant: Assistant
) -> None:
    block = next(
        one
        for one in assistant.work.outline.blocks
        if (one.section, one.number) == ("2.1", 14) and one.kind != "heading"
    )
    found = assistant.surroundings(block.start, block.end, language)
    assert found.address == said
    assert found.section_heading.startswith("2.1 ")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10**9)])
def test_a_place_that_the_text_does_not_have_is_refused(
    start: int, end: int, assistant: Assistant
) -> None:
    with pytest.raises(NoSuchPlace):
        assistant.surroundings(start, end, "kk")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_questions_to_begin_with_are_questions_in_their_language(
    language: Language, assistant: Assistant
) -> None:
    for question in assistant.examples(language):
        assert check_question(question) == question
        assert assistant.ask(question).language == language


@pytest.mark.parametrize(
    "language",
    [
        "kk",
        "ru",
        "en",
    ],
)
def test_questions_to_begin_with_are_answered(language: Language, assistant: Assistant) -> None:
    silent = [
        question
        for question in assistant.examples(language)
        if assistant.ask(question).status != "answered"
    ]
    assert silent == []
