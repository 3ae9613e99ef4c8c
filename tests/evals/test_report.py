from __future__ import annotations

import pytest

from evals.checking import mix_of
from evals.comparison import compare_records
from evals.gate import Floor
from evals.report import (
    LABELS,
    compared_text,
    figures_table,
    gate_text,
    grouped_table,
    mix_text,
    run_text,
    systems_table,
    table,
)
from evals.scoring import MEASURES
from sources import Span
from tests.evals.cases import TEXT
from tests.evals.records import CASES, answered, run_of, searched


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


def test_systems_stand_below_one_another_with_their_difference() -> None:
    told = systems_table([answered(), searched(found=Span(22, 48))])
    assert _row(told, "default")[0] == "1.000"
    assert _row(told, "quickstart")[0] == "0.000"
    assert "-1.000" in _row(told, "quickstart")
    assert _row(told, "quickstart")[-1] == "0.500"  # two pairs: no proof


def test_groups_are_counted() -> None:
    record = answered()
    text = grouped_table(
        record, "language", record.languages(), lambda one: record.figures(language=one)
    )
    assert _row(text, "kk")[:2] == ["2", "1.000"]
    assert _row(text, "ru")[:2] == ["1", "1.000"]


def test_what_changed_is_told_question_by_question() -> None:
    compared = compare_records(answered(), searched(found=Span(22, 48)))
    told = compared_text(compared, ("before", "after"))
    assert "after against before: 3 questions in common" in told
    assert _row(told, "hit@1")[0] == "-1.000"
    assert CASES[0].question in told


def test_floors_are_told_with_what_was_reached() -> None:
    told = gate_text([Floor("hit_1", 0.9, 0.8), Floor("hallucination", 0.3, 0.2)])
    assert _row(told, "hit@1") == ["0.900", "0.800", "kept"]
    assert told.splitlines()[-1].endswith("MISSED")


def test_the_mix_tells_what_no_question_rests_on() -> None:
    told = mix_text(mix_of(CASES, TEXT + " " * 4000))
    assert _row(told, "questions") == ["3"]
    assert _row(told, "without an answer in the work") == ["1", "33%"]
    assert told.endswith("no question rests on stretch 1, 2")


@pytest.mark.parametrize("left", [(0,), (0, 1)])
def test_nothing_in_a_table_reads_as_markup(left: tuple[int, ...]) -> None:
    told = table(("[red]kind[/red]", "n"), [("[link=x]\nа\tб", "1")], left=left)
    assert "[" not in told
    assert "]" not in told
    assert len(told.splitlines()) == 3


def test_lines_do_not_end_blank_and_columns_stand_under_one_another() -> None:
    lines = table(("a", "bb"), [("longer", "1"), ("x", "22")]).splitlines()
    assert lines == ["a       bb", "------  --", "longer   1", "x       22"]


def test_the_whole_report_names_the_systems_and_the_mistakes() -> None:
    told = run_text(run_of(answered(), searched(found=Span(0, 21))))
    assert "quickstart" in told
    assert "unanswerable" in told
    assert _row(told, "invented") == ["1"]
    assert "median 0.100, 95th percentile 0.100; words of an answer: median 3" in told
    assert "[" not in told
