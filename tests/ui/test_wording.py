from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import gradio
import pytest

from ui.wording import DEFAULT_LANGUAGE, LANGUAGES, WORDS, Words, reason_text

SENTENCES = [field.name for field in fields(Words) if field.name != "built_in"]


def test_kazakh_comes_first() -> None:
    assert DEFAULT_LANGUAGE == "kk"
    assert [code for _, code in LANGUAGES] == ["kk", "ru", "en"]
    assert set(WORDS) == {"kk", "ru", "en"}


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_stands_in_every_language_with_the_same_gaps(name: str) -> None:
    said = [getattr(words, name) for words in WORDS.values()]
    assert all(text == text.strip() and text for text in said)
    assert len({tuple(sorted(re.findall(r"\{\w*\}", text))) for text in said}) == 1
    if name != "name":
        assert len(set(said)) == 3, "one language was copied into another"


def test_each_language_is_written_in_its_own_letters() -> None:
    for name in SENTENCES:
        if name != "name":
            assert not re.search("[а-яё]", getattr(WORDS["en"], name), re.IGNORECASE)
            assert not re.search("[әғқңөұүһі]", getattr(WORDS["ru"], name), re.IGNORECASE)
            assert not re.search("[a-z]", re.sub(r"\{\w*\}", "", getattr(WORDS["kk"], name)))


def test_what_is_translated_of_gradio_is_what_gradio_says() -> None:
    scripts = (Path(gradio.__file__).parent / "templates/frontend/assets").glob("*.js")
    said = set(WORDS["kk"].built_in)
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        said = {words for words in said if words not in text}
    assert said == set(), "Gradio has other words now; the page would speak English there"


def test_russian_translates_every_label_of_gradio_that_kazakh_does() -> None:
    assert WORDS["kk"].built_in.keys() == WORDS["ru"].built_in.keys()
    assert WORDS["en"].built_in.keys() <= WORDS["kk"].built_in.keys()


def test_a_long_question_is_told_both_numbers() -> None:
    for words in WORDS.values():
        said = reason_text("too_long", "ә" * 2345 + "\n", words)
        assert "2345" in said
        assert "2000" in said
