"""A data folder in which four runs of made-up questions stand, as evals itself writes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.page import report_page
from evals.records import Record, Run, save
from sources import Span, open_work
from tests.evals.cases import TEXT, case
from tests.evals.records import CIRCUMSTANCES, answered, searched

HOSTILE = "<img src=x onerror=alert(1)>?"
CASES = (case("a"), case("b", language="ru"), case("h", question=HOSTILE))
DEV, LATER, TEST, PART = (
    "20241123T010203-dev-default",
    "20241124T010203-dev-default",
    "20241125T010203-test-default",
    "20241126T010203-dev-default",
)


def measured(home: Path) -> Path:
    """Fill a data folder: the second run loses every question of the first; one report."""
    lost = searched(*CASES, found=Span(22, 48))
    _save(home, "2024-11-23", "dev", answered(*CASES))
    _save(home, "2024-11-24", "dev", replace(lost, system="default"))
    tested = _save(
        home, "2024-11-25", "test", answered(*CASES), searched(*CASES, found=Span(0, 21))
    )
    _save(home, "2024-11-26", "dev", answered(case("a")), limit=1)
    (home / "small.txt").write_text(TEXT, encoding="utf-8")
    work = open_work(home / "small.txt")
    report = home / "evals" / f"{TEST}.html"
    report.write_text(report_page(tested, work), encoding="utf-8")
    return home


def _save(home: Path, day: str, split: str, *records: Record, limit: int | None = None) -> Run:
    told = replace(
        CIRCUMSTANCES,
        made=f"{day}T01:02:03+00:00",
        revision=f"{day[-2:]}abcdef+",
        selection={"split": split, "kind": None, "language": None, "limit": limit},
    )
    run = Run(told, records)
    path = save(run, home / "evals")
    if len(records) > 1:
        path.rename(path.with_name(f"{TEST}.jsonl"))
    return run
