from __future__ import annotations

from pathlib import Path

import pytest

from sources import UnansweredQuestion, Work, WorkAltered
from sources.unanswered import read_unanswered


def test_the_unanswered_questions_are_read_in_their_order(tmp_path: Path) -> None:
    assert read_unanswered(tmp_path) == ()
    (tmp_path / "unanswered.jsonl").write_text(
        '{"question": "Шартқа қай қалада қол қойылды?", "language": "kk"}\n\n'
        '{"question": "Who signed it?", "language": "en"}\n',
        encoding="utf-8",
    )
    assert read_unanswered(tmp_path) == (
        UnansweredQuestion("Шартқа қай қалада қол қойылды?", "kk"),
        UnansweredQuestion("Who signed it?", "en"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[1]",
        '{"question": "Кім?"}',
        '{"question": "  ", "language": "kk"}',
        '{"question": "Wer?", "language": "de"}',
        '{"question": 5, "language": "kk"}',
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "unanswered.jsonl"
    path.write_text(f'{{"question": "Кім?", "language": "kk"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(WorkAltered, match="line 2") as raised:
        read_unanswered(tmp_path)
    assert "git checkout" in raised.value.remedy


def test_the_dissertation_has_them_in_three_languages_and_none_twice(work: Work) -> None:
    texts = [one.text.casefold() for one in work.unanswered]
    assert len(texts) > 5_000
    assert len(set(texts)) == len(texts)
    assert {one.language for one in work.unanswered} == {"kk", "ru", "en"}
    assert not set(texts) & {one.text.casefold() for one in work.questions}
