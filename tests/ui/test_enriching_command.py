"""`dayek enrich` as a person meets it, against a server that speaks OpenAI's protocol."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sources import open_work
from tests.assistant.scripted import KEY, Reply, Server, scripted
from tests.assistant.small import TEXT
from tests.conftest import ROOT, Dayek
from ui.terminal import app


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A user's file in a folder of its own."""
    path = tmp_path / "mine" / "book.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def questions(number: int, body: dict[str, Any]) -> Reply:
    """What a good model says: one question on each passage."""
    told = {"language": "kk", "question": f"Сұрақ {number} не туралы?", "sentences": [1]}
    return Reply(json.dumps(told))


def variables(server: Server) -> dict[str, str]:
    return {"DAYEK_MODEL": "m", "DAYEK_MODEL_URL": server.url, "DAYEK_MODEL_KEY": KEY}


def run(server: Server, *arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["enrich", *map(str, arguments)], env=variables(server))


def test_the_questions_stand_beside_the_file_and_it_opens_with_them(book: Path) -> None:
    with scripted(questions) as server:
        result = run(server, "--source", book)
    assert result.exit_code == 0, result.output
    written = book.with_name("book.txt.questions.jsonl")
    assert result.stdout == f"{written}\n"
    work = open_work(book)
    assert len(work.questions) == len(work.passages) == len(server.asked)
    assert f"{len(work.passages)} questions on {len(work.passages)} passages" in result.stderr
    assert "dayek index build" in result.stderr
    assert "asking: " in result.stderr
    assert KEY not in result.output


def test_a_limit_and_another_file(book: Path, tmp_path: Path) -> None:
    to = tmp_path / "other.jsonl"
    with scripted(questions) as server:
        result = run(server, "--source", book, "--limit", "2", "--to", to)
    assert result.exit_code == 0, result.output
    assert len(to.read_text(encoding="utf-8").splitlines()) == len(server.asked) == 2
    assert "passages have no question yet" in result.stderr
    assert "index build" not in result.stderr
    assert open_work(book).questions == ()


def test_without_a_model_it_says_what_to_set(dayek: Dayek, book: Path) -> None:
    done = dayek("enrich", "--source", book)
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert message.startswith("dayek: No language model is set")
    assert "DAYEK_MODEL" in message
    assert "DAYEK_MODEL_URL" in message
    assert "Traceback" not in message
    assert [one.name for one in book.parent.iterdir()] == ["book.txt"]


def test_what_was_not_taken_is_counted(book: Path) -> None:
    def careless(number: int, body: dict[str, Any]) -> Reply:
        wrong = '{"language": "kk", "question": "Не?", "sentences": [77]}'
        return Reply(f"{questions(number, body).said}\n{wrong}\n{wrong}")

    with scripted(careless) as server:
        result = run(server, "--source", book, "--limit", "1")
    assert result.exit_code == 0, result.output
    assert "Not taken: 2 wrong sentences." in result.stderr


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("The cat sat."), "no usable question"),
        (Reply(raw=b"<html>"), "cannot be read"),
        (Reply("no such model", status=404), "status 404"),
    ],
    ids=["garbage", "no protocol", "no such model"],
)
def test_a_model_that_is_no_use_ends_it_with_2(book: Path, reply: Reply, said: str) -> None:
    with scripted(lambda number, body: reply) as server:
        result = run(server, "--source", book)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert [one.name for one in book.parent.iterdir()] == ["book.txt"]


def test_what_was_written_before_a_fault_is_kept_and_told(book: Path) -> None:
    with scripted(
        lambda number, body: questions(number, body) if number < 3 else Reply(status=402)
    ) as server:
        result = run(server, "--source", book)
    assert result.exit_code == 2
    assert "is kept in" in result.stderr
    assert len(open_work(book).questions) == 2


def test_killed_half_way_it_goes_on_where_it_stopped(book: Path) -> None:
    count = len(open_work(book).passages)

    def stops(number: int, body: dict[str, Any]) -> Reply:
        return questions(number, body) if number < 4 else Reply(hangs=True)

    with scripted(stops) as server:
        command = [sys.executable, "-m", "ui", "enrich", "--source", str(book)]
        child = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | variables(server), stderr=subprocess.DEVNULL
        )
        limit = time.monotonic() + 120
        while len(server.asked) < 4 and time.monotonic() < limit:
            time.sleep(0.05)
        child.kill()
        child.wait()
    before = server.data()
    assert len(before) == 4
    assert len(open_work(book).questions) == 3

    with scripted(lambda number, body: questions(number + 100, body)) as server:
        result = run(server, "--source", book)
    assert result.exit_code == 0, result.output
    after = server.data()
    assert after[0] == before[3]  # what it was killed over is asked again, and nothing before it
    assert len(after) == count - 3
    assert len(open_work(book).questions) == count
