"""Language models measured like every other system, against a server of their protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, ModelRefused, ModelUnreachable, Settings
from evals.page import report_page
from evals.records import load, run_name
from evals.report import run_text
from evals.run import Selection, evaluate
from evals.systems import SystemUnknown, check_systems, open_system
from sources import Work
from tests.assistant.modelled import PATIENT
from tests.assistant.scripted import KEY, Reply, Server, scripted
from tests.conftest import Dayek
from tests.evals.records import CIRCUMSTANCES

NAME = "model:good/writer:1b"
EVERY = Selection(split="dev", kind="fact", language="kk", limit=2)


def good_writer(number: int, body: dict[str, Any]) -> Reply:
    """Says the first piece of evidence again, with its number."""
    told = body["messages"][1]["content"]
    line = re.search(r"^\[(\d+)\] \([^)]*\) (.+)$", told, re.MULTILINE)
    if line is None:
        return Reply("ready", tokens=(5, 1))
    return Reply(f"{line[2].rstrip('. ')} [{line[1]}].", tokens=(700, 50))


@contextmanager
def writing(**environment: str) -> Iterator[tuple[Server, dict[str, str]]]:
    with scripted(good_writer) as server:
        named = {"DAYEK_MODEL": "another", "DAYEK_MODEL_URL": server.url, "DAYEK_MODEL_KEY": KEY}
        yield server, PATIENT | named | {"DAYEK_MODEL_PRICES": "1,10"} | environment


@pytest.fixture
def home(ready_home: Path, tmp_path: Path) -> Path:
    for name in ("models", "index"):
        (tmp_path / name).symlink_to(ready_home / name, target_is_directory=True)
    return tmp_path


def test_a_model_is_named_by_what_follows_the_colon() -> None:
    assert check_systems(["default", NAME, NAME]) == ("default", NAME)
    assert not [name for name in check_systems(["all"]) if name.startswith("model:")]
    with pytest.raises(SystemUnknown, match="model:NAME"):
        check_systems(["model:"])


def test_a_file_is_named_after_a_model_without_its_colons_and_slashes() -> None:
    assert run_name(CIRCUMSTANCES, (NAME,)) == "20241123T010203-dev-model_good_writer_1b"


def test_a_models_answers_are_measured_and_shown(home: Path, dayek: Dayek, work: Work) -> None:
    with writing() as (server, environment):
        done = dayek(
            "eval", "run", "--system", "default", "--system", NAME, "--kind", "fact",
            "--language", "kk", "--limit", "2", "--home", home, **environment,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert {body["model"] for body in server.asked} == {"good/writer:1b"}
    (path,) = (home / "evals").glob("*.jsonl")
    assert KEY not in path.read_text(encoding="utf-8")
    run = load(path)
    figures = run.record(NAME).figures()
    assert figures["model_answers"].n == 2
    assert figures["model_answers"].value
    assert figures["support_rate"].value == 1
    assert figures["unsupported_rate"].value == 0
    assert figures["removed_statements"].value == 0
    assert figures["extractive_agreement"].value is not None
    assert figures["tokens_written"].value == 50
    assert figures["cost"].value == pytest.approx((700 + 50 * 10) / 1e6)
    assert not run.record("default").figures()["model_answers"].n
    said = done.stdout.decode()
    assert "statements supported" in said
    assert f"{NAME}, all questions: 1400 tokens read, 100 tokens written, 0.0024 US dollars" in said
    page = report_page(run, work)
    assert '<h2 id="models">Language models</h2>' in page
    assert "agreement with the extractive answer" in page
    only_text = replace(run, records=(run.record("default"),))
    assert "Language models" not in report_page(only_text, work)
    assert "statements supported" not in report_page(only_text, work)
    assert "statements supported" not in run_text(only_text)
    compared = dayek("eval", "compare", "latest", f"latest:{NAME}", "--home", home)
    assert "2 questions in common" in compared.stdout.decode(), compared.stderr.decode()


def test_a_run_of_a_model_goes_on_where_it_stopped_and_of_another_model_begins_anew(
    home: Path,
) -> None:
    def broken_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with writing() as (server, environment):
        settings = Settings.from_environment(home=home, environment=environment)
        with pytest.raises(KeyboardInterrupt):
            evaluate(settings, EVERY, [NAME], progress=broken_off)
        before = len(server.asked)
        other, _ = evaluate(settings, EVERY, ["model:other"])
        between = len(server.asked)
        run, path = evaluate(settings, EVERY, [NAME])
        after = len(server.asked)
    assert not list((home / "evals").glob("*.partial"))
    assert len(other.record().outcomes) == len(run.record().outcomes) == 2
    assert before == 2  # a greeting and a question
    assert between - before == 3
    assert after - between == 2
    assert load(path).record(NAME).figures() == run.record().figures()


def test_a_model_that_cannot_be_asked_ends_the_run_before_it_begins(assistant: Assistant) -> None:
    with scripted(lambda number, body: Reply("no such model", status=404)) as server:
        environment = {"DAYEK_MODEL_URL": server.url}
        settings = Settings.from_environment(home=Path("/nowhere"), environment=environment)
        with pytest.raises(ModelRefused, match="status 404"):
            open_system(NAME, assistant, settings)
    with pytest.raises(ModelUnreachable):
        open_system(NAME, assistant, settings)
