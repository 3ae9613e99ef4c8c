"""`dayek conflicts` as a person and as a program meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sources import Work
from ui.terminal import app

TEXT = (
    "The harbour bridge of Bergen was opened to lorries in 1994.\n\nFish is sold there.\n\n"
    "The harbour bridge of Bergen was opened to lorries in 1997.\n"
)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["conflicts", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def conflicts(*arguments: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run("--json", *arguments))["conflicts"]
    return told


@pytest.mark.parametrize("arguments", [(), ("--known",)])
def test_every_quotation_stands_at_its_address(arguments: tuple[str, ...], work: Work) -> None:
    listed = conflicts(*arguments)
    assert listed
    for one in listed:
        assert one["matter"]
        assert len(one["sides"]) > 1 or arguments
        for said in (said for side in one["sides"] for said in side["statements"]):
            assert work.text[said["start"] : said["end"]] == said["quote"]
            assert work.text[said["value_start"] : said["value_end"]] == said["value"]
            assert said["address"]


def test_what_was_read_by_hand_is_listed_on_demand(work: Work) -> None:
    listed = conflicts("--known", "--language", "en")
    assert [one["id"] for one in listed] == [one.id for one in work.conflicts]
    assert listed[0]["matter"] == work.conflicts[0].topic("en")
    sides = [sum(side.same_as is None for side in one.sides) for one in work.conflicts]
    assert [len(one["sides"]) for one in listed] == sides


def test_any_text_can_be_scanned_and_the_list_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    told = run("--source", str(path), "--home", str(tmp_path), "--language", "en")
    assert "bridge" in told.splitlines()[0]
    assert "= 1994" in told
    assert "= 1997" in told
    assert "paragraph 3" in told
    assert "«The harbour bridge of Bergen was opened to lorries in 1997.»" in told
    assert not list(tmp_path.glob("*/"))  # no index was made


def test_a_text_that_agrees_with_itself_lists_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Nothing happened in 1994.\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["conflicts", "--source", str(path)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing" in result.stderr
    assert conflicts("--source", str(path), "--known") == []


def test_control_characters_of_a_text_are_shown_not_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "escape.txt"
    path.write_text(TEXT.replace("Bergen", "Ber\x1b[2Jgen"), encoding="utf-8")
    assert "\x1b" not in run("--source", str(path))


def test_a_work_that_is_not_there_is_told_with_exit_status_2() -> None:
    result = CliRunner().invoke(app, ["conflicts", "--source", "/no/such/file.txt"])
    assert result.exit_code == 2
