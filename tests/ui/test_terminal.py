"""The `dayek` command as a person and as a program meet it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sources import Work
from tests.conftest import ROOT, Dayek
from ui.terminal import app

QUESTIONS = (
    "Көпвекторлы сыртқы саясат дегеніміз не?",
    "Что такое многовекторная внешняя политика?",
    "What is the multi-vector foreign policy of Kazakhstan?",
)


def run(*arguments: str, stdin: bytes = b"", home: Path | None = None) -> str:
    """Standard output of a command run in this process, which must succeed."""
    variables = {"DAYEK_HOME": str(home)} if home else {}
    result = CliRunner().invoke(app, list(arguments), input=stdin, env=variables)
    assert result.exit_code == 0, result.output
    return result.stdout


def exact(answer: dict[str, Any], work: Work) -> bool:
    return all(work.text[one["start"] : one["end"]] == one["quote"] for one in answer["citations"])


def test_help_loads_nothing_heavy() -> None:
    # A clock would depend on the machine; what takes the time is what is imported.
    program = "import sys, ui.terminal; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    ours = {"sources", "index", "assistant", "evals"}
    heavy = {"numpy", "chromadb", "gradio", "langchain_core", "onnxruntime", "torch", "rich"}
    assert not set(loaded.stdout.split()) & (ours | heavy)


def test_help_names_every_command() -> None:
    told = run("--help")
    for command in (
        "ask",
        "conflicts",
        "enrich",
        "eval",
        "index",
        "serve",
        "tune",
        "bench",
        "read",
        "outline",
    ):
        assert re.search(rf"^  {command} ", told, re.MULTILINE)


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version") == f"dayek {project['version']}\n"


def test_the_command_is_installed_and_is_this_one() -> None:
    command = Path(sys.executable).with_name("dayek")
    told = subprocess.run([command, "--version"], capture_output=True, check=True, text=True)
    assert told.stdout == run("--version")


# --- the work itself --------------------------------------------------------------------------


def test_the_outline_has_every_section_and_table(work: Work) -> None:
    told = json.loads(run("outline", "--json"))
    assert [one["id"] for one in told["sections"]] == [one.id for one in work.outline.sections]
    assert [one["number"] for one in told["tables"]] == list(range(1, 10))
    paragraphs = {one["id"]: one["paragraphs"] for one in told["sections"]}
    for section in work.outline.sections:
        inside = [block for block in work.outline.blocks if block.section == section.id]
        assert paragraphs[section.id] == sum(block.number > 0 for block in inside)


def test_the_outline_for_people_shows_one_line_each(work: Work) -> None:
    lines = run("outline").splitlines()
    assert lines[0] == work.title
    firsts = [line.split()[0] for line in lines if line.strip()]
    for section in work.outline.sections:
        assert section.id in firsts


def test_reading_by_address_and_by_span_shows_the_same_words(work: Work) -> None:
    block = work.outline.paragraph("2.1", 3)
    by_address = json.loads(run("read", "2.1", "3", "--json"))
    by_span = json.loads(run("read", "--span", f"{block.start}:{block.end}", "--json"))
    assert by_address == by_span
    assert by_address["text"] == work.text[block.start : block.end]
    assert by_address["paragraph"] == 3
    assert by_address["address"] in run("read", "2.1", "3")


def test_reading_shows_the_text_and_its_address(work: Work) -> None:
    block = work.outline.paragraph("conclusion", 1)
    told = run("read", "conclusion", "1")
    assert work.text[block.start : block.end] in told
    assert f"({block.start}:{block.end})" in told


def test_what_a_text_says_to_the_terminal_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "trap.txt"
    file.write_text("Мәтін [bold]ашық[/bold] \x1b[31mқызыл\x1b[0m \u202eкері.\n", encoding="utf-8")
    told = run("read", "--span", "0:40", "--source", str(file))
    assert "[bold]ашық[/bold]" in told
    assert "\x1b" not in told
    assert "\u202e" not in told


# --- asking -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers(dayek: Dayek, ready_home: Path) -> list[dict[str, Any]]:
    """What a batch of the questions gave, with ids of all kinds and one follow-up."""
    history = [{"question": QUESTIONS[0], "answer": "Ол тұжырымдама."}]
    lines: list[dict[str, Any]] = [
        {"id": "бір", "question": QUESTIONS[0], "note": "left alone"},
        {"id": 2, "question": QUESTIONS[1]},
        {"question": QUESTIONS[2], "history": []},
        {"id": "next", "question": "Ал оны кім енгізді?", "history": history},
    ]
    stdin = "\ufeff" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    result = dayek("ask", "--batch", "-", "--home", ready_home, stdin=stdin.encode())
    assert result.returncode == 0, result.stderr.decode()
    assert b"4/4" in result.stderr
    return [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]


def test_a_batch_is_answered_in_order_under_the_callers_ids(answers: list[dict[str, Any]]) -> None:
    assert [answer["id"] for answer in answers] == ["бір", 2, None, "next"]
    assert [answer["question"] for answer in answers][:3] == list(QUESTIONS)
    assert [answer["language"] for answer in answers] == ["kk", "ru", "en", "kk"]


def test_every_quotation_of_a_batch_is_exact(answers: list[dict[str, Any]], work: Work) -> None:
    assert all(answer["citations"] for answer in answers[:3])
    assert all(exact(answer, work) for answer in answers)


def test_history_reaches_the_question(answers: list[dict[str, Any]]) -> None:
    assert answers[3]["standalone_question"] != answers[3]["question"]


def test_one_question_gives_the_object_of_a_batch(
    answers: list[dict[str, Any]], ready_home: Path
) -> None:
    alone = json.loads(run("ask", "--json", stdin=QUESTIONS[0].encode(), home=ready_home))
    assert alone["seconds"].keys() == answers[0]["seconds"].keys()
    assert without(alone, "id", "seconds") == without(answers[0], "id", "seconds")


def without(answer: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in keys}


def test_plain_text_has_the_answer_and_each_citation(
    answers: list[dict[str, Any]], ready_home: Path
) -> None:
    # Words without quotation marks of the shell are one question.
    told = run("ask", *QUESTIONS[0].split(), home=ready_home)
    assert "\x1b" not in told
    assert "**" not in told
    for citation in answers[0]["citations"]:
        assert f"[{citation['marker']}] " in told
        assert f"({citation['start']}:{citation['end']})" in told
        assert " ".join(citation["quote"].split()) in " ".join(told.split())


def test_kazakh_comes_out_of_a_terminal_that_knows_no_kazakh(dayek: Dayek, work: Work) -> None:
    result = dayek("outline", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert result.stdout.decode("utf-8").startswith(work.title)


def test_history_from_a_file(
    answers: list[dict[str, Any]], ready_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "history.json"
    turns = [{"question": QUESTIONS[0], "answer": "Ол тұжырымдама."}]
    file.write_text(json.dumps(turns), encoding="utf-8")
    question = answers[3]["question"]
    told = run("ask", question, "--json", "--history", str(file), home=ready_home)
    assert without(json.loads(told), "id", "seconds") == without(answers[3], "id", "seconds")


@contextmanager
def long_batch(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child that has given the first of many answers."""
    command = [sys.executable, "-m", "ui", "ask", "--batch", "-", "--home", str(home)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as child:
        assert child.stdin is not None
        child.stdin.write((json.dumps({"question": QUESTIONS[0]}) + "\n").encode() * 500)
        child.stdin.close()
        child.stdin = None
        assert child.stdout is not None
        assert json.loads(child.stdout.readline())["status"] == "answered"
        yield child


def test_a_reader_that_goes_away_is_no_fault(ready_home: Path) -> None:
    with long_batch(ready_home) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert b"Traceback" not in child.stderr.read()
        assert child.wait(timeout=60) == 1


def test_control_c_ends_it_with_130(ready_home: Path) -> None:
    with long_batch(ready_home) as child:
        child.send_signal(signal.SIGINT)
        assert b"Traceback" not in child.communicate(timeout=60)[1]
        assert child.returncode == 130


# --- the index --------------------------------------------------------------------------------


def test_building_again_changes_nothing(ready_home: Path) -> None:
    def made() -> dict[Path, int]:
        return {file: file.stat().st_mtime_ns for file in (ready_home / "index").rglob("*.json")}

    before = made()
    told = json.loads(run("index", "build", "--json", home=ready_home))
    assert told["state"] == "unchanged"
    assert before == made()
    assert before


def test_the_index_is_in_order(ready_home: Path, work: Work) -> None:
    status = json.loads(run("index", "status", "--json", home=ready_home))
    assert status["condition"]["state"] == "fresh"
    assert status["manifest"]["passages"] == len(work.passages)
    verified = json.loads(run("index", "verify", "--json", home=ready_home))
    assert verified["differences"] == []
    assert verified["sentences"] == len(work.sentences)


def test_the_status_of_no_index_is_told_and_not_zero(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["index", "status", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert "dayek index build" in result.stdout


# --- measuring --------------------------------------------------------------------------------


def test_a_small_evaluation_prints_the_head_of_its_record(ready_home: Path, tmp_path: Path) -> None:
    # A home of its own, so that the record does not stand among a person's.
    for part in ("index", "models"):
        (tmp_path / part).symlink_to(ready_home / part, target_is_directory=True)
    told = json.loads(run("eval", "run", "--limit", "2", "--json", home=tmp_path))
    assert len(list((tmp_path / "evals").iterdir())) == 1
    assert told["systems"]["default"]["cases"] == 2
    assert "hit_1" in told["systems"]["default"]["figures"]


def test_the_reference_questions_are_sound() -> None:
    told = run("eval", "check")
    assert re.search(r"^false_premise +\d+", told, re.MULTILINE)
    assert ": " not in told  # a problem is "case: rule: words"
