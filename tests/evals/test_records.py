from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.records import RunUnreadable, Unfinished, load, outcome_line, runs, save
from evals.scoring import MEASURES
from sources import Span
from tests.evals.cases import TEXT
from tests.evals.records import CIRCUMSTANCES, answered, run_of, searched


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


def test_a_record_is_a_header_and_a_line_a_system_and_case(tmp_path: Path) -> None:
    path = save(run_of(answered(), searched(found=Span(0, 21))), tmp_path / "evals")
    assert path.name == "20241123T010203-dev-2-systems.jsonl"
    header, *lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert header["record"] == 2
    assert header["circumstances"]["selection"]["split"] == "dev"
    ours = header["systems"]["default"]
    assert ours["cases"] == 3
    assert len(lines) == 6
    assert ours["figures"]["hit_1"]["n"] == 2
    assert ours["figures"]["all_groups_10"]["value"] is None
    assert set(ours["by_kind"]) == {"fact", "unanswerable"}
    assert ours["by_language"]["ru"]["hit_1"]["n"] == 1
    assert ours["seconds"] == {"median": 0.1, "p95": 0.1}
    assert [line["system"] for line in lines] == ["default"] * 3 + ["quickstart"] * 3


def test_a_line_of_a_case_holds_the_whole_answer_and_its_gold(tmp_path: Path) -> None:
    path = save(run_of(), tmp_path)
    first = json.loads(path.read_text("utf-8").splitlines()[1])
    assert first["case"]["id"] == "a"
    assert first["gold"] == [[[0, 21], [len(TEXT) - 21, len(TEXT)]]]
    assert first["answer"]["citations"][0]["quote"] == "Ол 1991 жылы құрылды."
    assert first["scores"]["all_groups_10"] is None


def test_what_was_saved_is_read_back_the_same(tmp_path: Path) -> None:
    run = run_of(answered(), searched(found=Span(0, 21)))
    assert load(save(run, tmp_path)) == run


def test_nothing_partial_stays_and_the_newest_comes_first(tmp_path: Path) -> None:
    later = replace(CIRCUMSTANCES, made="2025-01-01T00:00:00+00:00", selection={"split": None})
    first = save(run_of(), tmp_path)
    second = save(replace(run_of(), circumstances=later), tmp_path)
    assert second.name.endswith("-all-default.jsonl")
    assert list(runs(tmp_path)) == [second, first]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("said", ["", "no json", '{"record": 1}', "[]", '{"record": 2}'])
def test_what_is_no_record_is_said_to_be_none(tmp_path: Path, said: str) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text(said, encoding="utf-8")
    with pytest.raises(RunUnreadable, match=r"run\.jsonl"):
        load(file)


def test_a_run_has_only_the_systems_that_it_has() -> None:
    run = run_of(answered(), searched(found=Span(0, 21)))
    assert run.record().system == "default"
    assert run.record("quickstart").system == "quickstart"
    with pytest.raises(RunUnreadable, match="It has: default, quickstart"):
        run.record("bm25")


def test_an_unfinished_run_keeps_what_was_done_even_when_killed_in_the_middle_of_a_line(
    tmp_path: Path,
) -> None:
    first, second, _ = answered().outcomes
    Unfinished(tmp_path, "key").add("default", first)
    file = tmp_path / "key.partial"
    cut = json.dumps(outcome_line(second, "default"))[:100]
    file.write_text(file.read_text("utf-8") + cut, encoding="utf-8")
    again = Unfinished(tmp_path, "key")
    assert again.done() == {("default", "a"): first}
    again.add("default", second)
    assert again.done() == {("default", "a"): first, ("default", "b"): second}
    again.remove()
    assert Unfinished(tmp_path, "key").done() == {}
