from __future__ import annotations

import json
from pathlib import Path

import pytest

from sources import LIBRARY, Work
from tests.conftest import Dayek
from tests.ui.exporting.samples import gathered, imprint_of, transcribed
from ui.exporting import write


@pytest.fixture
def receipt(work: Work, tmp_path: Path) -> Path:
    file = tmp_path / "receipt.json"
    file.write_bytes(write(transcribed(work), imprint_of(work), "json"))
    return file


def test_a_sound_receipt_holds_item_by_item_without_model_or_index(
    dayek: Dayek, receipt: Path, tmp_path: Path
) -> None:
    home = tmp_path / "no such home"
    told = dayek("receipt", "verify", receipt, "--home", home)
    lines = told.stdout.decode().splitlines()
    assert told.returncode == 0, told.stderr.decode()
    assert "ok     answer 1, citation [1] (section 2.1, paragraph 5, 180374:180437)" in lines
    assert "ok     answer 1, record, signed by Айгүл Серік" in lines
    assert lines[-1] == f"All {len(lines) - 2} hold."
    assert not home.exists()


def test_a_changed_letter_is_named_and_the_status_is_one(dayek: Dayek, receipt: Path) -> None:
    said = receipt.read_text(encoding="utf-8")
    assert said.count("5-ші наурызында") == 3  # answer, statement, quotation
    receipt.write_text(said.replace("5-ші наурызында", "6-ші наурызында"), encoding="utf-8")
    told = dayek("receipt", "verify", receipt)
    lines = told.stdout.decode().splitlines()
    assert told.returncode == 1
    assert any(line.startswith("WRONG  digest of the receipt:") for line in lines)
    assert (
        "WRONG  answer 1, citation [1] (section 2.1, paragraph 5, 180374:180437): "
        "other words stand at this address"
    ) in lines
    assert "ok     answer 1, citation [2] (section 2.2, paragraph 6, 221416:221556)" in lines
    assert lines[-1].endswith("do not hold.")


def test_a_copy_of_the_file_proves_it_and_an_edited_one_does_not(
    dayek: Dayek, receipt: Path, work: Work, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes((LIBRARY / work.id / "dissertation.txt").read_bytes())
    assert dayek("receipt", "verify", receipt, "--source", copy).returncode == 0
    copy.write_bytes(b"\n" + copy.read_bytes())
    told = dayek("receipt", "verify", receipt, "--source", copy, "--json")
    facts = json.loads(told.stdout)
    assert told.returncode == 1
    assert facts["holds"] is False
    kinds = {one["kind"]: one["faults"] for one in facts["checks"] if one["kind"] != "statement"}
    assert kinds["work"] == ["sha256"]
    assert "quotation" in kinds["citation"]


def test_standard_input_and_a_gathering_are_taken(dayek: Dayek, work: Work) -> None:
    raw = write(gathered(work, "ru"), imprint_of(work, "ru"), "json")
    told = dayek("receipt", "verify", "-", stdin=raw)
    assert told.returncode == 0, told.stderr.decode()
    assert "ok     place 3 (table 5, row 1, 228543:228689)" in told.stdout.decode()


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b'{"format": "dayek-rec', "cannot be read as JSON"),
        (b'{"answer": 42}', "is not a receipt of Dayek"),
        (b'{"format": "dayek-receipt", "version": 9}', "Update the program"),
        (b'{"format": "dayek-receipt", "version": 1, "kind": 3}', "is not a whole receipt"),
    ],
)
def test_a_file_that_is_no_receipt_is_told_with_status_two(
    dayek: Dayek, tmp_path: Path, held: bytes, said: str
) -> None:
    file = tmp_path / "some.json"
    file.write_bytes(held)
    told = dayek("receipt", "verify", file)
    assert (told.returncode, told.stdout) == (2, b"")
    assert said in told.stderr.decode()
    assert "Traceback" not in told.stderr.decode()


def test_a_missing_file_and_an_unknown_work_are_told_with_status_two(
    dayek: Dayek, receipt: Path, work: Work
) -> None:
    missing = dayek("receipt", "verify", receipt.parent / "none.json")
    assert missing.returncode == 2
    assert "Cannot read" in missing.stderr.decode()
    said = receipt.read_text(encoding="utf-8").replace(f'"id": "{work.id}"', '"id": "mine-1"')
    receipt.write_text(said, encoding="utf-8")
    unknown = dayek("receipt", "verify", receipt)
    assert unknown.returncode == 2
    assert "--source FILE" in unknown.stderr.decode()


def test_control_characters_of_a_receipt_do_not_reach_the_terminal(
    dayek: Dayek, receipt: Path
) -> None:
    said = receipt.read_text(encoding="utf-8").replace("Айгүл Серік", "Айгүл\\u001b[31m Серік")
    receipt.write_text(said, encoding="utf-8")
    told = dayek("receipt", "verify", receipt)
    assert told.returncode == 1
    assert b"\x1b" not in told.stdout
