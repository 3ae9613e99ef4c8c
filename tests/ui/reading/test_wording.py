from __future__ import annotations

import re
from dataclasses import fields

import pytest

from ui.wording import READING_WORDS, ReadingWords

SENTENCES = [field.name for field in fields(ReadingWords)]


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_stands_in_every_language_with_the_same_gaps(name: str) -> None:
    said = [getattr(words, name) for words in READING_WORDS.values()]
    assert len(said) == 3
    assert all(text == text.strip() and text for text in said)
    assert len({tuple(sorted(re.findall(r"\{\w*\}", text))) for text in said}) == 1
    assert len(set(said)) == 3, "one language was copied into another"


def test_each_language_is_written_in_its_own_letters() -> None:
    for name in SENTENCES:
        assert not re.search("[а-яё]", getattr(READING_WORDS["en"], name), re.IGNORECASE)
        assert not re.search("[әғқңөұүһі]", getattr(READING_WORDS["ru"], name), re.IGNORECASE)
        kazakh = re.sub(r"\{\w*\}", "", getattr(READING_WORDS["kk"], name))
        assert not re.search("[a-z]", kazakh, re.IGNORECASE)
