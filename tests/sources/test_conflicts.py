from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from sources import DEFAULT_WORK, LIBRARY, Work, WorkAltered, open_work

FILE = LIBRARY / DEFAULT_WORK / "conflicts.toml"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one's own that may be spoiled."""
    (tmp_path / DEFAULT_WORK).mkdir()
    for name in ("card.toml", "conflicts.toml", "dissertation.txt"):
        shutil.copyfile(LIBRARY / DEFAULT_WORK / name, tmp_path / DEFAULT_WORK / name)
    return tmp_path


def test_every_side_stands_in_the_work(work: Work) -> None:
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))["conflict"]
    assert [conflict.id for conflict in work.conflicts] == [entry["id"] for entry in written]
    for conflict, entry in zip(work.conflicts, written, strict=True):
        for side, said in zip(conflict.sides, entry["side"], strict=True):
            assert work.document.quote(side.span) == said["quote"]
            assert work.document.quote(side.value) == said["value"]
            assert side.span.start <= side.value.start < side.value.end <= side.span.end


def test_conflicts_are_named_once_and_told_in_three_languages(work: Work) -> None:
    ids = [conflict.id for conflict in work.conflicts]
    assert len(set(ids)) == len(ids) > 30
    for conflict in work.conflicts:
        assert all(conflict.topic(language) for language in ("kk", "ru", "en"))
        assert conflict.topic("de") == ""


def test_at_least_two_sides_disagree(work: Work) -> None:
    for conflict in work.conflicts:
        alone = [side for side in conflict.sides if side.same_as is None]
        assert len(alone) >= 2, conflict.id
        for place, side in enumerate(conflict.sides):
            if side.same_as is not None:
                assert 0 <= side.same_as < place
                assert conflict.sides[side.same_as].same_as is None, conflict.id


def test_sides_stand_at_different_places(work: Work) -> None:
    for conflict in work.conflicts:
        places = {(side.value.start, side.value.end) for side in conflict.sides}
        assert len(places) == len(conflict.sides), conflict.id


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('quote = "1992 жылдың 5-ші наурызында', 'quote = "1993 жылдың 5-ші наурызында'),
        ('value = "1992 жылы қаңтарда"', 'value = "1992 жылы ақпанда"'),
    ],
)
def test_a_wrong_quotation_is_an_error(library: Path, right: str, wrong: str) -> None:
    path = library / DEFAULT_WORK / "conflicts.toml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(WorkAltered, match="quotes words that the work does not have") as error:
        open_work(library=library)
    assert error.value.remedy


def test_a_work_may_carry_none(library: Path, tmp_path: Path) -> None:
    (library / DEFAULT_WORK / "conflicts.toml").unlink()
    assert open_work(library=library).conflicts == ()
