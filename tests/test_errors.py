"""What a person can mend is told in a line or two, with exit status 2 and without a traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.conftest import Dayek
from ui.terminal import app

KAZAKH = "Көпвекторлы саясат дегеніміз не?"


def complaint(
    arguments: list[str], *said: str, stdin: bytes = b"", home: Path | None = None
) -> str:
    """The message of a command that must refuse, after checking that it refused properly."""
    variables = {"DAYEK_HOME": str(home)} if home else {}
    result = CliRunner().invoke(app, arguments, input=stdin, env=variables)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 2
    assert result.stdout == ""
    for part in said:
        assert part in result.stderr
    return result.stderr


def test_a_child_process_ends_with_2_and_without_a_traceback(dayek: Dayek, tmp_path: Path) -> None:
    home = tmp_path / "new"
    result = dayek("ask", KAZAKH, "--home", home)
    message = result.stderr.decode("utf-8")
    assert result.returncode == 2
    assert result.stdout == b""
    assert message.startswith("dayek: ")
    assert "dayek index build" in message
    assert "Traceback" not in message
    assert not home.exists()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param(" \u00a0\n", "empty", id="blank"),
        pytest.param("қ" * 2001, "2001", id="too-long"),
        pytest.param("бұл \x01\x02 не", "not text", id="control"),
        pytest.param("???", "no words", id="wordless"),
    ],
)
def test_a_question_that_cannot_be_taken(question: str, said: str) -> None:
    complaint(["ask", question], "dayek: ", said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\x00\x01\x02", "not text", id="binary"),
        pytest.param("Көп?".encode("utf-16"), "UTF-8", id="utf-16"),
        pytest.param(("не? " * 600).encode(), "2000", id="too-long"),
    ],
)
def test_a_question_on_standard_input_that_cannot_be_taken(typed: bytes, said: str) -> None:
    complaint(["ask"], said, stdin=typed)


def test_what_the_shell_passes_in_another_encoding(dayek: Dayek) -> None:
    result = dayek("ask", b"\xea\xf3 \xed\xe5?")
    assert result.returncode == 2
    assert b"UTF-8" in result.stderr
    named = dayek("outline", "--source", b"\xea\xf3.txt")
    assert named.returncode == 2
    assert b".txt" in named.stderr
    assert b"Traceback" not in result.stderr + named.stderr


BAD_LINES = b"""{"id": "good", "question": "\xd0\x9a\xd0\xb5?"}
not JSON
["no object"]
{"id": "no question"}
{"question": 7}
{"question": " "}
{"question": "what?", "id": ["a"]}
{"question": "what?", "history": "before"}
{"question": "what?", "history": [{"question": "before"}]}
{"question": "half \\ud83d of a pair?"}
{"question": "\xff"}

{"question": "last?"}
"""


def test_a_batch_with_bad_lines_is_refused_whole_and_names_each(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(BAD_LINES)
    message = complaint(["ask", "--batch", str(file)], str(file), "nothing was answered")
    named = [line.split(":")[0].split()[-1] for line in message.splitlines() if "  line " in line]
    assert named == ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]


def test_a_batch_nested_without_end_is_refused() -> None:
    line = b'{"question": "what?", "history": ' + b"[" * 200_000
    complaint(["ask", "--batch", "-"], "standard input", "line 1", "nested", stdin=line)


def test_an_empty_batch_is_refused() -> None:
    complaint(["ask", "--batch", "-"], "no questions", stdin=b"\n\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "--batch", "missing.jsonl"], "missing.jsonl"),
        (["ask", "--batch", "tests"], "tests"),
        (["ask", KAZAKH, "--history", "missing.json"], "missing.json"),
        (["ask", KAZAKH, "--history", "pyproject.toml"], "pyproject.toml"),
        (["ask", KAZAKH, "--batch", "-"], "--batch"),
        (["ask", KAZAKH, "--source", "missing.txt"], "missing.txt"),
        (["index", "build", "--source", "tests"], "tests"),
        (["outline", "--source", "missing.txt"], "missing.txt"),
        (["read", "9.9", "1"], "9.9"),
        (["read", "2.1", "9999"], "9999"),
        (["read", "2.1"], "--span"),
        (["read", "--span", "5"], "START:END"),
        (["read", "--span", "9:5"], "9:5"),
        (["read", "--span", "0:99999999"], "99999999"),
        (["read", "2.1", "14", "--span", "1:5"], "not both"),
        (["eval", "run", "--kind", "riddle"], "riddle"),
        (["eval", "run", "--split", "train"], "train"),
        (["serve", "--port", "99999"], "99999"),
        (["nonsense"], "nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_was_typed_wrong_is_named(tmp_path: Path, arguments: list[str], said: str) -> None:
    complaint(arguments, said, home=tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no text"), (b"text\0text", "binary"), ("Мәтін".encode("utf-16"), "UTF-8")],
)
def test_a_source_that_is_no_text(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "work.txt"
    file.write_bytes(content)
    complaint(["outline", "--source", str(file)], str(file), said)


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("not a folder")
    complaint(["index", "build", "--home", str(file)], str(file))


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        complaint(["serve", "--port", port], port, "--port", home=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_embedder_that_does_not_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYEK_EMBEDDER", "e5")
    complaint(["index", "build"], "e5", "bundled", home=tmp_path)
