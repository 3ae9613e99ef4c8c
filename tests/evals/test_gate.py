from __future__ import annotations

from pathlib import Path

import pytest

from evals.gate import (
    GUARDED,
    Floor,
    GateUnreadable,
    judge,
    raised,
    read_floors,
    write_floors,
)
from sources import Span
from tests.evals.records import answered, searched


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_floors({"hit_1": 0.5, "hallucination": 0.25}, tmp_path / "gate.toml")
    assert read_floors(tmp_path / "gate.toml") == {"hit_1": 0.5, "hallucination": 0.25}


def test_the_projects_own_floors_can_be_read() -> None:
    assert set(read_floors()) == set(GUARDED)
    assert read_floors()["exact_quotes"] == 1.0


@pytest.mark.parametrize("said", [None, "floors", "[floors]\nhit_1 = 'high'", "[floors]\nluck = 1"])
def test_a_file_that_holds_no_floors_says_so(tmp_path: Path, said: str | None) -> None:
    if said is not None:
        (tmp_path / "gate.toml").write_text(said, encoding="utf-8")
    with pytest.raises(GateUnreadable):
        read_floors(tmp_path / "gate.toml")


def test_a_floor_is_kept_from_above_and_a_ceiling_from_below() -> None:
    assert Floor("hit_1", 0.5, 0.5).kept
    assert not Floor("hit_1", 0.49, 0.5).kept
    assert Floor("hallucination", 0.1, 0.2).kept
    assert not Floor("hallucination", 0.3, 0.2).kept
    assert not Floor("hit_1", None, 0.0).kept


def test_a_worse_search_falls_through() -> None:
    floors = {"hit_1": 0.9, "mrr_10": 0.9}
    assert all(one.kept for one in judge(answered(), floors))
    assert not any(one.kept for one in judge(searched(found=Span(22, 48)), floors))


def test_floors_rise_and_never_fall() -> None:
    record = answered()
    reached = raised(record, {})
    half = (1 - record.figures()["hit_1"].low) / 2  # type: ignore[operator]
    assert reached["hit_1"] == pytest.approx(1 - half, abs=1e-3)
    assert reached["exact_quotes"] == 1.0
    assert raised(record, {"hit_1": 0.99})["hit_1"] == 0.99
    assert raised(record, {"hallucination": 0.5})["hallucination"] == 0.5
    assert raised(record, {"conflict_recall": 0.5})["conflict_recall"] == 0.5  # nothing scored
