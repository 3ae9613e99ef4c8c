"""`dayek doctor` as a person meets it, against a server that speaks OpenAI's protocol."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant import VARIABLES, Settings
from tests.assistant.scripted import KEY, Reply, Server, scripted
from tests.assistant.small import TEXT
from tests.conftest import ROOT, Dayek
from ui.keeping import FILE, Shelf
from ui.terminal import app

Script = Callable[[int, dict[str, Any]], Reply]


@pytest.fixture
def home(ready_home: Path, tmp_path: Path) -> Path:
    """A data folder with model and index and nothing else."""
    for name in ("models", "index"):
        (tmp_path / name).symlink_to(ready_home / name, target_is_directory=True)
    return tmp_path


def run(*arguments: str | Path, **environment: str) -> Any:
    return CliRunner().invoke(app, ["doctor", *map(str, arguments)], env=environment)


def finding(result: Any, part: str) -> dict[str, str]:
    (found,) = [one for one in json.loads(result.stdout)["findings"] if one["part"] == part]
    return dict(found)


def variables(server: Server) -> dict[str, str]:
    return {"DAYEK_MODEL": "m", "DAYEK_MODEL_URL": server.url, "DAYEK_MODEL_KEY": KEY}


def test_all_is_well_with_work_model_and_index(home: Path) -> None:
    result = run("--home", home)
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("All is well.\n")
    assert "sha256 e70c291e" in result.stdout
    assert f"DAYEK_HOME                 {home}" in result.stdout
    assert "MEND" not in result.stdout
    assert not (home / FILE).exists(), "looking makes nothing"


def test_as_json_everything_is_there(home: Path) -> None:
    with Shelf(home / FILE) as shelf:
        shelf.begin("somebody", "a talk")
    result = run("--home", home, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["well"] is True
    assert set(told["settings"]) == set(VARIABLES)
    assert told["versions"]["dayek"]
    assert {one["part"] for one in told["findings"]} == {
        "data folder", "work", "embedder", "index", "conversations", "language model",
    }  # fmt: skip
    assert finding(result, "conversations")["state"] == "well"
    assert finding(result, "language model")["state"] == "not there"


def test_every_setting_has_its_variable() -> None:
    assert sorted(VARIABLES.values()) == sorted(field.name for field in fields(Settings))


def test_a_new_machine_is_told_what_to_type(tmp_path: Path) -> None:
    new = tmp_path / "new"
    result = run("--home", new, "--json")
    assert result.exit_code == 1
    told = {one["part"]: one for one in json.loads(result.stdout)["findings"]}
    assert told["data folder"]["state"] == "not there"
    assert told["index"]["said"] == "There is no index."
    assert told["index"]["remedy"] == f"Run: dayek index build --home {new}"
    assert told["embedder"]["state"] == "mend"
    assert not new.exists()


def test_another_text_makes_the_index_stale(home: Path, tmp_path: Path, dayek: Dayek) -> None:
    (home / "index").unlink()
    book = tmp_path / "book.txt"
    book.write_text(TEXT, encoding="utf-8")
    built = dayek("index", "build", "--source", book, "--home", home)
    assert built.returncode == 0, built.stderr.decode()
    book.write_text(f"{TEXT}\nЖаңа сөйлем осында тұр.\n", encoding="utf-8")
    result = run("--source", book, "--home", home, "--json")
    assert result.exit_code == 1
    found = finding(result, "index")
    assert "text" in found["said"]
    assert found["remedy"] == f"Run: dayek index build --source {book} --home {home}"


def test_each_broken_part_is_told_and_hides_no_other(home: Path, ready_home: Path) -> None:
    (home / FILE).write_text("no database " * 100, encoding="utf-8")
    (home / "index").unlink()
    shutil.copytree(ready_home / "index", home / "index")
    for manifest in (home / "index").rglob("manifest.json"):
        manifest.write_text("{", encoding="utf-8")
    result = run("--home", home, "--source", "no-such-work")
    assert result.exit_code == 1
    assert "There is no work 'no-such-work'" in result.stdout
    assert "are damaged." in result.stdout
    assert result.stdout.endswith("To mend: 2.\n")
    result = run("--home", home, "--json")
    assert finding(result, "index")["state"] == "mend"


def test_settings_that_were_not_taken_are_named_and_their_values_are_not(home: Path) -> None:
    result = run(
        "--home", home, DAYEK_THREADS="many", DAYEK_MODEL_KEYS=KEY, DAYEK_MODEL_URL="http://h/v1"
    )
    assert result.exit_code == 1
    assert "The value of DAYEK_THREADS cannot be read; 2 is used." in result.stdout
    assert "DAYEK_MODEL_KEYS is not a setting." in result.stdout
    assert "DAYEK_MODEL_URL is set and DAYEK_MODEL is not" in result.stdout
    assert KEY not in result.output


def test_a_model_that_answers(home: Path) -> None:
    with scripted(lambda number, body: Reply("ready")) as server:
        result = run("--home", home, **variables(server))
    assert result.exit_code == 0, result.output
    assert f"openai:m at {server.url} answers" in result.stdout
    assert "DAYEK_MODEL_KEY            set" in result.stdout
    assert KEY not in result.output
    assert server.keys == [f"Bearer {KEY}"]


WRONG: dict[str, tuple[Reply, str, str]] = {
    "wrong key": (Reply(f"bad {KEY}", status=401), "status 401: ", "export DAYEK_MODEL_KEY=KEY"),
    "no such model": (Reply("no m", status=404), "status 404", "export DAYEK_MODEL=NAME"),
    "silent": (Reply(hangs=True), "did not answer in time", "smaller model"),
    "no protocol": (Reply(raw=b"<html>"), "", "/v1"),
    "without a word": (Reply(""), "without a word", "export DAYEK_MODEL=NAME"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_model_that_does_not_is_told_with_what_to_type(home: Path, name: str) -> None:
    reply, said, remedy = WRONG[name]
    with scripted(lambda number, body: reply) as server:
        result = run("--home", home, "--json", "--wait", "2", **variables(server))
    assert result.exit_code == 1, result.output
    found = finding(result, "language model")
    assert found["state"] == "mend"
    assert said in found["said"]
    assert remedy in found["remedy"]
    assert KEY not in result.output


def test_nobody_at_the_address(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://me:{KEY}@127.0.0.1:{free.getsockname()[1]}/v1?key={KEY}"
    result = run("--home", home, DAYEK_MODEL="m", DAYEK_MODEL_URL=url)
    assert result.exit_code == 1
    assert "cannot be reached at http://127.0.0.1" in result.stdout
    assert "Start its server" in result.stdout
    assert KEY not in result.output


def test_a_provider_whose_package_is_not_here(home: Path) -> None:
    result = run("--home", home, DAYEK_MODEL="groq:m", DAYEK_MODEL_KEY=KEY)
    assert result.exit_code == 1
    assert "pip install langchain-groq" in result.stdout
    assert KEY not in result.output


def test_an_option_that_is_none_ends_with_status_two(home: Path) -> None:
    assert run("--home", home, "--wait", "soon").exit_code == 2


def test_without_a_model_nothing_that_talks_to_one_is_loaded(home: Path) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['dayek', 'doctor', '--home', {str(home)!r}]\n"
        "from ui.terminal import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "loaded = [n for n in sys.modules if n.startswith(('langchain.chat_models', 'openai', "
        "'langchain_openai', 'xllamacpp'))]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "All is well." in done.stdout
