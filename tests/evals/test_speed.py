from __future__ import annotations

import json
from dataclasses import asdict

from evals.speed import BenchReport, Reading, render_bench

REPORT = BenchReport(
    made="2024-11-23T01:02:03+00:00",
    revision=None,
    versions={"python": "3.11.7"},
    machine={"system": "Linux x86_64", "cores": 2, "processor": "Some CPU", "memory_gib": 23.5},
    load=0.1,
    readings=(
        Reading("warm answer", 0.0789, "s", 0.2, 40),
        Reading("first index build", 200.0, "s", 180.0, 1),
        Reading("memory", None, "GB", 1.5, 1),
        Reading("ours to the baseline's", 1.5, "ratio", None, 40),
    ),
)


def _row(name: str) -> list[str]:
    (line,) = [line for line in render_bench(REPORT).splitlines() if line.startswith(name)]
    return line[len(name) :].split()


def test_a_reading_stands_beside_its_promise() -> None:
    assert _row("warm answer") == ["0.079", "s", "0.200", "s", "kept", "40"]
    assert _row("first index build") == ["200.00", "s", "180.00", "s", "missed", "1"]


def test_what_the_system_does_not_tell_is_neither_kept_nor_missed() -> None:
    assert _row("memory") == ["-", "1.50", "GB", "1"]
    assert _row("ours to the baseline's") == ["1.50", "40"]


def test_the_machine_stands_above_the_figures() -> None:
    assert render_bench(REPORT).startswith("Some CPU, 2 cores, 23.5 GiB, Python 3.11.7")
    assert render_bench(REPORT).splitlines()[0].endswith("load before 0.1")
    assert "[" not in render_bench(REPORT)


def test_a_report_is_json() -> None:
    assert json.loads(json.dumps(asdict(REPORT)))["readings"][2]["value"] is None
