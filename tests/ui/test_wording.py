from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import gradio
import pytest

from assistant import Language
from ui.wording import (
    DEFAULT_LANGUAGE,
    DESK_WORDS,
    LANGUAGES,
    TALK_WORDS,
    WORDS,
    DeskWords,
    TalkWords,
    Words,
    reason_text,
)

SENTENCES: dict[str, dict[Language, Any]] = {
    **{field.name: WORDS for field in fields(Words) if field.name != "built_in"},
    **{f"talk.{field.name}": TALK_WORDS for field in fields(TalkWords)},
    **{f"desk.{field.name}": DESK_WORDS for field in fields(DeskWords)},
}
OWN_NAMES = re.compile(r"\{\w*\}|Markdown|sha256|\b[JK]\b")


def spoken(name: str, language: Language) -> str:
    """A sentence of one part of the page."""
    return str(getattr(SENTENCES[name][language], name.rsplit(".", 1)[-1]))


def test_kazakh_comes_first() -> None:
    assert DEFAULT_LANGUAGE == "kk"
    assert [code for _, code in LANGUAGES] == ["kk", "ru", "en"]
    assert set(WORDS) == {"kk", "ru", "en"}


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_stands_in_every_language_with_the_same_gaps(name: str) -> None:
    said = [spoken(name, language) for language in WORDS]
    assert all(text == text.strip() and text for text in said)
    assert len({tuple(sorted(re.findall(r"\{\w*\}", text))) for text in said}) == 1
    if name != "name":
        assert len(set(said)) == 3, "one language was copied into another"


def test_each_language_is_written_in_its_own_letters() -> None:
    for name in SENTENCES:
        if name != "name":
            assert not re.search("[а-яё]", spoken(name, "en"), re.IGNORECASE)
            assert not re.search("[әғқңөұүһі]", spoken(name, "ru"), re.IGNORECASE)
            assert not re.search("[a-z]", OWN_NAMES.sub("", spoken(name, "kk")))


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
