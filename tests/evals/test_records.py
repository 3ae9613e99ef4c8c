from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from evals.records import save
from evals.scoring import MEASURES
from sources import Span
from tests.evals.cases import TEXT
from tests.evals.records import CIRCUMSTANCES, answered, searched


def test_figures_leave_the_unscored_out() -> None:
    figures = answered().figures()
    assert list(figures) == list(MEASURES)
    assert (figures["hit_1"].value, figures["hit_1"].n) == (1, 2)
    assert (figures["hallucination"].value, figures["hallucination"].n) == (1, 1)
    assert (figures["all_groups_10"].value, figures["all_groups_10"].n) == (None, 0)


def test_figures_of_a_kind_and_a_language() -> None:
    record = answered()
    assert record.figures(language="ru")["hit_1"].n == 1
    assert record.figures(kind="unanswerable")["hit_1"].n == 0
    assert record.kinds() == ("fact", "unanswerable")
    assert record.languages() == ("kk", "ru")


def test_a_record_is_a_header_and_a_line_a_case(tmp_path: Path) -> None:
    path = save(answered(), tmp_path / "evals")
    assert path.name == "20241123T010203-default-dev.jsonl"
    header, *lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert header["record"] == 1
    assert header["cases"] == len(lines) == 3
    assert header["selection"]["split"] == "dev"
    assert header["figures"]["hit_1"]["n"] == 2
    assert header["figures"]["all_groups_10"]["value"] is None
    assert set(header["by_kind"]) == {"fact", "unanswerable"}
    assert header["by_language"]["ru"]["hit_1"]["n"] == 1


def test_a_line_of_a_case_holds_the_whole_answer_and_its_gold(tmp_path: Path) -> None:
    path = save(answered(), tmp_path)
    first = json.loads(path.read_text("utf-8").splitlines()[1])
    assert first["case"]["id"] == "a"
    assert first["gold"] == [[[0, 21], [len(TEXT) - 21, len(TEXT)]]]
    assert first["answer"]["citations"][0]["quote"] == "Ол 1991 жылы құрылды."
    assert first["scores"]["all_groups_10"] is None


def test_a_search_has_no_answer_and_nothing_partial_stays(tmp_path: Path) -> None:
    path = save(searched(found=Span(0, 21)), tmp_path)
    assert json.loads(path.read_text("utf-8").splitlines()[1])["answer"] is None
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_record_of_all_splits_says_so_in_its_name(tmp_path: Path) -> None:
    everything = replace(CIRCUMSTANCES, selection={"split": None})
    assert save(replace(answered(), circumstances=everything), tmp_path).name.endswith("-all.jsonl")
