"""The page's endpoints, called over HTTP by gradio_client as any program would."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from assistant import Answer, Assistant
from sources import Work
from tests.conftest import ROOT
from tests.ui.test_tools import SHA256
from ui.examples.ask_client import AppError, Client, connect
from ui.limits import Limits

# Gradio's server runs in this process, and it warns.
pytestmark = pytest.mark.filterwarnings("default")

QUESTION = "Шанхай ынтымақтастық ұйымы қашан құрылды?"


def served(assistant: Assistant, limits: Limits | None) -> Iterator[str]:
    """The address of a page that has nothing but the endpoints."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import gradio as gr

        from ui.parts.api import register

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with gr.Blocks(analytics_enabled=False) as page:
            register(assistant, limits)
        page.launch(
            server_port=port,
            prevent_thread_lock=True,
            show_error=False,
            quiet=True,
        )
        gc.collect()  # event loops that Gradio leaves open complain when they are collected
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close()


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    yield from served(assistant, None)


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return connect(address)


def test_endpoints_are_named_typed_and_described(client: Client) -> None:
    told = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(told) == {"/ask", "/search", "/read", "/conflicts"}
    for endpoint in told.values():
        assert "Args:" in endpoint["description"]
        assert "Returns:" in endpoint["description"]
        assert all(parameter["type"] for parameter in endpoint["parameters"])
        (returned,) = endpoint["returns"]
        assert returned["type"]["properties"]["work"]["properties"].keys() == {"id", "sha256"}
    names = [one["parameter_name"] for one in told["/ask"]["parameters"]]
    assert names == ["question", "history"]
    citation = told["/ask"]["returns"][0]["type"]["properties"]["citations"]["items"]
    assert citation["properties"]["start"] == {"type": "integer"}


def test_an_answer_over_http_is_the_assistants(
    client: Client, assistant: Assistant, work: Work
) -> None:
    told = client.predict(QUESTION, api_name="/ask")
    answer = Answer.from_dict(told)
    assert answer.citations == assistant.ask(QUESTION).citations
    assert told["work"]["sha256"] == SHA256
    for one in told["citations"]:
        assert one["quote"] == work.text[one["start"] : one["end"]]


def test_a_follow_up_over_http_is_rewritten(client: Client) -> None:
    told = client.predict(
        question="Ал оған қандай елдер кіреді?",
        history=[[QUESTION, "2001 жылы [1]"]],
        api_name="/ask",
    )
    assert told["standalone_question"] != told["question"]


def test_what_a_search_finds_can_be_read(client: Client, work: Work) -> None:
    found = client.predict(query=QUESTION, k=3, api_name="/search")
    assert len(found["passages"]) == 3
    first = found["passages"][0]
    read = client.predict(place=first["place"], api_name="/read")
    assert first["quote"] == work.text[first["start"] : first["end"]]
    assert read["start"] <= first["start"] < read["end"]
    assert read["work"]["sha256"] == found["work"]["sha256"] == SHA256


def test_contradictions_come_with_both_sides(client: Client) -> None:
    told = client.predict(about="БҰҰ мүшелікке", api_name="/conflicts")
    assert told["work"]["sha256"] == SHA256
    assert all(len(one["sides"]) > 1 for one in told["contradictions"])


@pytest.mark.parametrize(
    ("endpoint", "given", "said"),
    [
        ("/ask", {"question": ""}, "The question is empty"),
        ("/ask", {"question": 7}, "question is not text"),
        ("/ask", {"question": "не?", "history": "before"}, "pairs"),
        ("/search", {"query": "ШЫҰ", "k": 900}, "1 to 50"),
        ("/read", {"place": "9.9.9"}, "no section '9.9'"),
        ("/read", {"place": "2.1.14", "language": "de"}, "kk, ru, en"),
        ("/conflicts", {"about": None}, "about is not text"),
    ],
)
def test_a_bad_call_is_told_what_to_mend(
    client: Client, endpoint: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(AppError) as refused:
        client.predict(**given, api_name=endpoint)
    assert said in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_who_calls_too_often_is_asked_to_wait(assistant: Assistant) -> None:
    limits = Limits(1)  # an address may ask as much as ten visitors
    for address in served(assistant, limits):
        client = connect(address)
        for _ in range(10):
            client.predict(place="2.1.14", api_name="/read")
        with pytest.raises(AppError, match="Call again in"):
            client.predict(place="2.1.14", api_name="/read")


def test_the_example_program_asks_and_shows_what_the_answer_rests_on(
    address: str, work: Work
) -> None:
    run = [sys.executable, "-m", "ui.examples.ask_client", "--url", address]
    asked = subprocess.run(
        [*run, QUESTION], capture_output=True, check=False, cwd=ROOT, encoding="utf-8"
    )
    assert asked.returncode == 0, asked.stderr
    assert "[1]" in asked.stdout
    assert SHA256 in asked.stdout
    assert "-бөлім" in asked.stdout
    silent = subprocess.run(
        [*run, "Чемпионатты кім ұтты?"], capture_output=True, check=False, cwd=ROOT
    )
    assert silent.returncode == 1
    refused = subprocess.run([*run, " "], capture_output=True, check=False, cwd=ROOT)
    assert refused.returncode == 2
    assert b"The question is empty" in refused.stderr
    assert b"Traceback" not in refused.stderr
