"""Questions beside a user's file, which may be edited after they were written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sources import Span, Work, WorkAltered, WrittenQuestion, open_work, question_line

TEXT = "Қазақстан 1991 жылы тәуелсіздік алды. Ресей де, Қытай да мұны таныды.\n"
ASKED = WrittenQuestion("Тәуелсіздік қашан алынды?", "kk", Span(0, 37))


def own(folder: Path, lines: str, text: str = TEXT) -> Work:
    path = folder / "thesis.txt"
    path.write_text(text, encoding="utf-8")
    (folder / "thesis.txt.questions.jsonl").write_text(lines, encoding="utf-8")
    return open_work(path)


def altered(**changes: Any) -> str:
    return json.dumps(json.loads(question_line(ASKED, TEXT)) | changes)


def test_a_line_reads_as_the_question_it_was_made_of(tmp_path: Path) -> None:
    assert own(tmp_path, f"\n{question_line(ASKED, TEXT)}\n\n").questions == (ASKED,)


def test_a_file_without_any_has_none(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text(TEXT, encoding="utf-8")
    assert open_work(tmp_path / "thesis.txt").questions == ()


@pytest.mark.parametrize(
    "text",
    ["Кіріспе. " + TEXT, TEXT.replace("Қазақстан", "Ресейдің"), "Қазақстан.\n"],
    ids=["moved", "reworded", "cut off"],
)
def test_an_answer_that_an_edit_moved_or_removed_is_passed_over(tmp_path: Path, text: str) -> None:
    second = WrittenQuestion("Кім таныды?", "kk", Span(38, 69))
    lines = f"{question_line(ASKED, TEXT)}\n{question_line(second, TEXT)}\n"
    assert ASKED not in own(tmp_path, lines, text).questions
    assert own(tmp_path, lines).questions == (ASKED, second)


@pytest.mark.parametrize(
    "bad",
    [
        "no JSON",
        "[" * 100_000,
        "[]",
        "7",
        '{"question": "Не?"}',
        altered(question=7),
        altered(question=""),
        altered(language=None),
        altered(begins=""),
        altered(start="0"),
        altered(end=1.5),
        altered(start=True),
    ],
)
def test_what_is_no_question_is_told_with_its_line(tmp_path: Path, bad: str) -> None:
    with pytest.raises(WorkAltered, match=r"thesis\.txt\.questions\.jsonl, line 2,") as told:
        own(tmp_path, f"{question_line(ASKED, TEXT)}\n{bad}\n")
    assert "git checkout" not in told.value.remedy


def test_a_file_of_questions_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "thesis.txt.questions.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(WorkAltered, match="Cannot read"):
        open_work(tmp_path / "thesis.txt")
