from __future__ import annotations

import re
from dataclasses import fields
from typing import get_args

import pytest

from assistant import StatementVerdict
from ui.keeping import JUDGEMENTS
from ui.wording.exporting import EXPORT_WORDS, ExportWords

CODES = ("checked", "doubts", "judgements")
SENTENCES = [field.name for field in fields(ExportWords) if field.name not in CODES]
ALIKE = {"number", "index"}
"""What Kazakh and Russian say alike."""


def said(words: ExportWords) -> list[str]:
    """Everything that one language says."""
    coded = [text for name in CODES for text in getattr(words, name).values()]
    return [*(getattr(words, name) for name in SENTENCES), *coded]


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_stands_in_every_language_with_the_same_gaps(name: str) -> None:
    texts = [getattr(words, name) for words in EXPORT_WORDS.values()]
    assert all(text == text.strip() and text for text in texts)
    assert len({tuple(sorted(re.findall(r"\{\w*\}", text))) for text in texts}) == 1
    assert name in ALIKE or len(set(texts)) == 3, "one language was copied into another"


def test_every_code_has_its_words_in_every_language() -> None:
    for words in EXPORT_WORDS.values():
        assert set(words.checked) == set(get_args(StatementVerdict))
        assert set(words.judgements) == set(JUDGEMENTS)
        assert words.doubts.keys() == EXPORT_WORDS["kk"].doubts.keys()


def test_each_language_is_written_in_its_own_letters() -> None:
    assert not [text for text in said(EXPORT_WORDS["en"]) if re.search("[а-яё]", text, re.I)]
    assert not [text for text in said(EXPORT_WORDS["ru"]) if re.search("[әғқңөұүһі]", text, re.I)]
    for text in said(EXPORT_WORDS["kk"]):
        assert not re.search("[a-z]", re.sub(r"\{\w*\}|sha256|JSON", "", text)), text


def test_a_page_number_names_the_page_before_their_count() -> None:
    for words in EXPORT_WORDS.values():
        assert 0 <= words.page.index("{page}") < words.page.index("{count}")
