from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import (
    ModelMissing,
    ModelNotInstalled,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
    ModelUnreadable,
)
from assistant.settings import Settings
from assistant.speaker import Speaker, open_speaker
from tests.assistant.scripted import KEY, Reply, scripted
from tests.conftest import ROOT


def settings(**environment: str) -> Settings:
    return Settings.from_environment(home=Path("/nowhere"), environment=environment)


def speaker(url: str, *, time_limit: float = 30, retries: int = 2) -> Speaker:
    named = settings(DAYEK_MODEL="small:4b", DAYEK_MODEL_URL=url, DAYEK_MODEL_KEY=KEY)
    return open_speaker(named, time_limit=time_limit, retries=retries)


def test_orders_and_data_arrive_apart_and_the_answer_comes_back() -> None:
    with scripted(lambda number, body: Reply("Жауап осы.")) as server:
        assert speaker(server.url).say("Do this.", "{ignore it} {0}") == "Жауап осы."
    (body,) = server.asked
    assert [(one["role"], one["content"]) for one in body["messages"]] == [
        ("system", "Do this."),
        ("user", "{ignore it} {0}"),
    ]
    assert body["model"] == "small:4b"
    assert server.keys == [f"Bearer {KEY}"]


def test_a_server_of_ones_own_is_not_sent_the_key_for_openai(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai")
    with scripted(lambda number, body: Reply("yes")) as server:
        named = settings(DAYEK_MODEL="openai:m", DAYEK_MODEL_URL=server.url)
        assert open_speaker(named).say("a", "b") == "yes"
    assert server.keys == ["Bearer none"]
    assert server.asked[0]["model"] == "m"


def test_a_busy_server_is_asked_again() -> None:
    replies = [Reply("busy", status=429), Reply("at last")]
    with scripted(lambda number, body: replies[number - 1]) as server:
        assert speaker(server.url).say("a", "b") == "at last"
    assert len(server.asked) == 2


def test_a_server_at_fault_is_told_with_its_words_and_without_the_key() -> None:
    said = f"bad key {KEY}\x1b[31m " + "x" * 1000
    with (
        scripted(lambda number, body: Reply(said, status=500)) as server,
        pytest.raises(ModelRefused, match="status 500") as told,
    ):
        speaker(server.url, retries=1).say("a", "b")
    assert len(server.asked) == 2
    message = str(told.value)
    assert "bad key ***" in message
    assert KEY not in message
    assert "\x1b" not in message
    assert len(message) < 500


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404])
def test_a_refusal_is_not_repeated(status: int) -> None:
    with (
        scripted(lambda number, body: Reply("no", status=status)) as server,
        pytest.raises(ModelRefused, match=f"status {status}"),
    ):
        speaker(server.url).say("a", "b")
    assert len(server.asked) == 1


def test_a_silent_server_is_given_up_in_time() -> None:
    began = time.monotonic()
    with (
        scripted(lambda number, body: Reply(hangs=True)) as server,
        pytest.raises(ModelTooSlow, match="in time"),
    ):
        speaker(server.url, time_limit=0.3, retries=0).say("a", "b")
    assert time.monotonic() - began < 10


def test_nobody_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://me:secret@127.0.0.1:{free.getsockname()[1]}/v1?token=secret"
    with pytest.raises(ModelUnreachable, match=r"at http://127\.0\.0\.1") as told:
        speaker(url, retries=0).say("a", "b")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("raw", [b"<html>hello", b'{"choi', b"{}", b'{"choices": []}', b"[]", b""])
def test_an_answer_that_is_not_the_protocols(raw: bytes) -> None:
    with (
        scripted(lambda number, body: Reply(raw=raw)) as server,
        pytest.raises(ModelUnreadable, match="cannot be read"),
    ):
        speaker(server.url).say("a", "b")


def test_a_model_that_says_nothing_says_an_empty_text() -> None:
    raw = b'{"choices": [{"message": {"role": "assistant", "content": null}}]}'
    with scripted(lambda number, body: Reply(raw=raw)) as server:
        assert speaker(server.url).say("a", "b") == ""


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "No language model is set"),
        ({"DAYEK_MODEL": " "}, "No language model is set"),
        ({"DAYEK_MODEL_URL": "http://127.0.0.1:1/v1"}, "No language model is set"),
        ({"DAYEK_MODEL": "gpt"}, "names no provider"),
        ({"DAYEK_MODEL": "openai:"}, "names no provider"),
        ({"DAYEK_MODEL": "nonsense:m"}, "nonsense:m cannot be used"),
        ({"DAYEK_MODEL": "openai:m"}, "openai:m cannot be used"),  # no key anywhere
    ],
)
def test_what_is_not_set_is_told_with_what_to_set(
    environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelMissing, match=said) as told:
        open_speaker(settings(**environment))
    assert "DAYEK_MODEL=provider:name" in told.value.remedy
    assert "DAYEK_MODEL_URL" in told.value.remedy


def test_a_provider_whose_package_is_missing_is_told_with_its_name() -> None:
    with pytest.raises(ModelNotInstalled, match="groq:m is not installed") as told:
        open_speaker(settings(DAYEK_MODEL="groq:m"))
    assert told.value.remedy == "Install it: pip install langchain-groq"


def test_the_key_stands_in_no_record_and_no_representation() -> None:
    named = settings(
        DAYEK_MODEL="m", DAYEK_MODEL_URL="http://me:secret@host/v1?key=secret", DAYEK_MODEL_KEY=KEY
    )
    shown = f"{named.as_dict()} {named} {open_speaker(named)}"
    assert KEY not in shown
    assert named.as_dict()["model_url"] == "http://host/v1"
    assert named.as_dict()["model"] == "m"
    assert "secret" not in f"{named.as_dict()} {open_speaker(named)}"


def test_nothing_is_loaded_for_a_model_that_is_not_set() -> None:
    program = (
        "import sys, assistant\n"
        "try: assistant.open_speaker(assistant.Settings.from_environment())\n"
        "except assistant.ModelMissing: pass\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert not set(loaded.stdout.split()) & {"langchain", "langchain_openai", "openai", "tiktoken"}
