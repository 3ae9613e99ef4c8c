"""`dayek mentions` as a person and as a program meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from assistant import gather
from sources import Work
from ui.terminal import app


def run(*arguments: str) -> tuple[str, str]:
    result = CliRunner().invoke(app, ["mentions", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_a_program_gets_every_place_with_its_address_and_words(work: Work) -> None:
    told: dict[str, Any] = json.loads(run("ОДКБ", "--json", "--language", "ru")[0])
    gathered = gather(work, "ОДКБ")
    assert told["term"] == gathered.term == "ҰҚШҰ"
    assert told["work"]["sha256"] == work.document.sha256
    assert told["mentions"] == len(gathered.matches)
    assert len(told["places"]) == len(gathered.places) > 5
    for place in told["places"]:
        assert place["quote"] == work.text[place["start"] : place["end"]]
        assert place["address"].startswith(("раздел", "введение", "заключение", "таблица"))
        for match in place["matches"]:
            assert place["start"] <= match["start"] < match["end"] <= place["end"]


def test_a_person_reads_addresses_and_quotations_by_section() -> None:
    said, counted = run("ДСҰ")
    assert "4-кесте, 4-жол (" in said
    assert "«Осы мақсатта Қазақстан 2015 жылы Дүниежүзілік сауда ұйымына мүше" in said
    assert counted.strip() == "5 places, 6 mentions of ДСҰ, Дүниежүзілік сауда ұйымы."


def test_what_is_not_mentioned_is_said(tmp_path: Path) -> None:
    text = tmp_path / "fish.txt"
    text.write_text("Fish is sold in Bergen.\n", encoding="utf-8")
    said, told = run("harbour", "--source", str(text))
    assert said == ""
    assert told.strip() == "The work never mentions 'harbour'."
    assert "Fish is sold" in run("fish", "--source", str(text))[0]
