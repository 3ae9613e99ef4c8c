from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Turn
from evals.questions import QuestionsUnreadable, load_cases, occurrences, resolve, select
from sources import Span
from tests.evals.cases import TEXT, case

LINE: dict[str, Any] = {
    "id": "a",
    "language": "kk",
    "kind": "followup",
    "question": "Ал Ресейде ше?",
    "history": [{"question": "Қытайда ше?", "answer": "Иә."}],
    "answer": "Жоқ.",
    "key_facts": [["жоқ", "емес"]],
    "evidence": [["бір", "екі"], ["үш"]],
    "split": "dev",
    "note": "",
}


def _written(folder: Path, *lines: Any) -> Path:
    folder.mkdir(exist_ok=True)
    said = [
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    ]
    (folder / "part1.jsonl").write_text("\n".join(said) + "\n", encoding="utf-8")
    return folder


def test_a_line_becomes_a_case(tmp_path: Path) -> None:
    (read,) = load_cases(_written(tmp_path, LINE))
    assert read.history == (Turn("Қытайда ше?", "Иә."),)
    assert read.evidence == (("бір", "екі"), ("үш",))
    assert read.key_facts == (("жоқ", "емес"),)
    assert (read.id, read.split, read.answerable) == ("a", "dev", True)


def test_files_are_read_in_order_and_blank_lines_are_nothing(tmp_path: Path) -> None:
    folder = _written(tmp_path, LINE, "", LINE | {"id": "b"})
    (folder / "part0.jsonl").write_text(json.dumps(LINE | {"id": "first"}), encoding="utf-8")
    assert [read.id for read in load_cases(folder)] == ["first", "a", "b"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 2: it is not JSON"),
        ("[]", "line 2: it is not an object"),
        ({key: value for key, value in LINE.items() if key != "answer"}, "answer"),
        (LINE | {"keyfacts": []}, "keyfacts"),
        (LINE | {"evidence": ["бір"]}, "another shape"),
        (LINE | {"key_facts": [[1]]}, "another shape"),
        (LINE | {"question": None}, "another shape"),
        (LINE | {"history": [{"question": "?"}]}, "another shape"),
        (LINE | {"history": None}, "another shape"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: Any, why: str) -> None:
    with pytest.raises(QuestionsUnreadable, match=r"part1\.jsonl, line 2") as told:
        load_cases(_written(tmp_path, LINE, line))
    assert why in str(told.value)


def test_a_folder_without_questions_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(QuestionsUnreadable, match="no reference questions"):
        load_cases(tmp_path)


def test_a_quotation_stands_for_all_its_occurrences() -> None:
    gold = resolve(case(evidence=(("Ол 1991 жылы құрылды.", "ДСҰ-ға"), ("бұл жоқ",))), TEXT)
    first, last = Span(0, 21), Span(len(TEXT) - 21, len(TEXT))
    assert gold[0][:2] == (first, last)
    assert [TEXT[span.start : span.end] for span in gold[0]][2:] == ["ДСҰ-ға"]
    assert gold[1] == ()


@given(st.text("аб", max_size=30), st.text("аб", max_size=4))
def test_occurrences_are_all_the_places_where_the_words_stand(text: str, quotation: str) -> None:
    brute = [
        Span(at, at + len(quotation))
        for at in range(len(text))
        if quotation and text.startswith(quotation, at)
    ]
    assert list(occurrences(text, quotation)) == brute


def test_selection_takes_what_is_asked_for_in_order() -> None:
    cases = [case("a"), case("b", language="ru"), case("c", split="test"), case("d", kind="list")]
    assert [one.id for one in select(cases, split="dev")] == ["a", "b", "d"]
    assert [one.id for one in select(cases, kind="fact", language="kk")] == ["a", "c"]
    assert [one.id for one in select(cases, limit=2)] == ["a", "b"]
    assert select(cases, limit=0) == ()
