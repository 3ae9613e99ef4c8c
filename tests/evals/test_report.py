from __future__ import annotations

from pathlib import Path

import pytest

from evals.report import LABELS, figures_table, grouped_table, side_by_side, table
from evals.run import Evaluation, render
from evals.scoring import MEASURES
from sources import Span
from tests.evals.cases import case
from tests.evals.records import CASES, answered, searched


def _row(text: str, label: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(label + " ")]
    return line[len(label) :].split()


def test_every_measure_has_a_label_of_its_own() -> None:
    assert set(LABELS) == set(MEASURES)
    assert len({label.strip() for label in LABELS.values()}) >= len(MEASURES) - 1


def test_a_measure_is_shown_with_interval_and_n() -> None:
    assert _row(figures_table(answered()), "hit@1") == ["1.000", "0.342", "..", "1.000", "2"]


def test_what_nothing_was_asked_of_is_not_shown() -> None:
    assert LABELS["all_groups_10"] not in figures_table(answered())


def test_two_systems_side_by_side_with_their_difference() -> None:
    text = side_by_side(answered(), searched(found=Span(22, 48)))
    assert _row(text, "hit@1")[:3] == ["1.000", "0.000", "+1.000"]
    assert _row(text, "hit@1")[-2:] == ["0.500", "2"]  # two pairs: no proof
    assert "key facts" not in text  # the other does not answer


def test_records_of_different_cases_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different cases"):
        side_by_side(answered(), searched(case("z"), found=Span(0, 21)))


def test_groups_are_counted() -> None:
    record = answered()
    text = grouped_table(
        record, "language", record.languages(), lambda one: record.figures(language=one)
    )
    assert _row(text, "kk")[:2] == ["2", "1.000"]
    assert _row(text, "ru")[:2] == ["1", "1.000"]


def test_nothing_in_a_table_reads_as_markup() -> None:
    told = table(("[red]kind[/red]", "n"), [("[link=x]\nа\tб", "1")])
    assert "[" not in told
    assert "]" not in told
    assert len(told.splitlines()) == 3


def test_lines_do_not_end_blank_and_columns_stand_under_one_another() -> None:
    lines = table(("a", "bb"), [("longer", "1"), ("x", "22")]).splitlines()
    assert lines == ["a       bb", "------  --", "longer   1", "x       22"]


def test_the_whole_report_names_both_systems_and_the_files() -> None:
    both = (answered(*CASES), searched(*CASES, found=Span(0, 21)))
    told = render(Evaluation(both, (Path("one.jsonl"), Path("two.jsonl"))))
    assert "quickstart" in told
    assert "saved: two.jsonl" in told
    assert "unanswerable" in told
    assert "[" not in told
