from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import PROJECT, Settings, default_home


def test_without_a_word_the_defaults_hold() -> None:
    settings = Settings.from_environment(environment={})
    assert settings.source is None
    assert settings.home == default_home()
    assert settings.embedder == "bundled"
    assert settings.chroma is None
    assert settings.threads == 2
    assert (settings.model, settings.model_url, settings.model_key) == (None, None, None)


def test_every_variable_is_read() -> None:
    settings = Settings.from_environment(
        environment={
            "DAYEK_SOURCE": "book.txt",
            "DAYEK_HOME": "/data/dayek",
            "DAYEK_EMBEDDER": "hub:BAAI/bge-m3",
            "DAYEK_CHROMA": "http://localhost:8000",
            "DAYEK_THREADS": "6",
            "DAYEK_MODEL": "openai:gpt",
            "DAYEK_MODEL_URL": "http://127.0.0.1:8080/v1",
            "DAYEK_MODEL_KEY": "sk-1",
            "DAYEK_MODEL_FORM": "JSON",
            "DAYEK_MODEL_FOLLOWUPS": "rule",
            "DAYEK_MODEL_FIRST_SECONDS": "5",
            "DAYEK_MODEL_PAUSE_SECONDS": "2.5",
            "DAYEK_MODEL_TOTAL_SECONDS": "60",
            "DAYEK_MODEL_PRICES": "0.15, 0.6",
        }
    )
    assert settings == Settings(
        source="book.txt",
        home=Path("/data/dayek"),
        embedder="hub:BAAI/bge-m3",
        chroma="http://localhost:8000",
        threads=6,
        model="openai:gpt",
        model_url="http://127.0.0.1:8080/v1",
        model_key="sk-1",
        model_form="json",
        model_followups="rule",
        model_first=5.0,
        model_pause=2.5,
        model_total=60.0,
        model_prices=(0.15, 0.6),
    )
    assert settings.as_dict()["model_prices"] == "0.15,0.6"


def test_arguments_win_over_variables() -> None:
    settings = Settings.from_environment(
        source="given.txt",
        home=Path("/given"),
        environment={"DAYEK_SOURCE": "other.txt", "DAYEK_HOME": "/other"},
    )
    assert (settings.source, settings.home) == ("given.txt", Path("/given"))


def test_empty_variables_are_as_good_as_none() -> None:
    names = (
        *("DAYEK_SOURCE", "DAYEK_HOME", "DAYEK_EMBEDDER", "DAYEK_CHROMA", "DAYEK_THREADS"),
        *("DAYEK_MODEL", "DAYEK_MODEL_URL", "DAYEK_MODEL_KEY", "DAYEK_MODEL_FORM"),
        *("DAYEK_MODEL_FOLLOWUPS", "DAYEK_MODEL_FIRST_SECONDS", "DAYEK_MODEL_PAUSE_SECONDS"),
        *("DAYEK_MODEL_TOTAL_SECONDS", "DAYEK_MODEL_PRICES"),
    )
    assert Settings.from_environment(environment=dict.fromkeys(names, "")) == (
        Settings.from_environment(environment={})
    )


@pytest.mark.parametrize("threads", ["0", "-1", "many", "1.5", " "])
def test_threads_that_are_no_number_are_two(threads: str) -> None:
    assert Settings.from_environment(environment={"DAYEK_THREADS": threads}).threads == 2


@pytest.mark.parametrize("told", ["0", "-5", "soon", "1e9", "5s", " "])
def test_seconds_that_are_no_number_are_the_usual_ones(told: str) -> None:
    settings = Settings.from_environment(environment={"DAYEK_MODEL_FIRST_SECONDS": told})
    assert settings.model_first == 30.0


@pytest.mark.parametrize("told", ["free", "1", "1,2,3", "1,", "-1,2", "0,1;5", "nan,nan"])
def test_prices_that_cannot_be_read_are_none(told: str) -> None:
    assert Settings.from_environment(environment={"DAYEK_MODEL_PRICES": told}).model_prices is None


def test_a_home_is_made_absolute_and_a_tilde_is_the_users_folder() -> None:
    assert Settings.from_environment(home=Path("here"), environment={}).home == Path.cwd() / "here"
    named = Settings.from_environment(environment={"DAYEK_HOME": "~/dayek"})
    assert named.home == Path.home() / "dayek"
    assert named.models == Path.home() / "dayek" / "models"


def test_a_checkout_keeps_its_data_to_itself() -> None:
    assert default_home() == PROJECT / ".dayek"


def test_settings_can_be_written_down() -> None:
    settings = Settings.from_environment(home=Path("/given"), environment={})
    assert json.loads(json.dumps(settings.as_dict())) == {
        "source": None,
        "home": "/given",
        "embedder": "bundled",
        "chroma": None,
        "threads": 2,
        "model": None,
        "model_url": None,
        "model_form": None,
        "model_followups": "model",
        "model_first": 30.0,
        "model_pause": 15.0,
        "model_total": 120.0,
        "model_prices": None,
    }
