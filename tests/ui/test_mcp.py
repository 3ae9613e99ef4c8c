"""The MCP server, met as its clients meet it: the SDK's own client, over stdio and over HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from assistant import Answer
from sources import Work
from tests.conftest import ROOT, Dayek
from tests.ui.test_tools import SHA256
from tests.waiting import awaited

QUESTION = "Шанхай ынтымақтастық ұйымы қашан құрылды?"
SILENT = "2022 жылғы футболдан әлем чемпионатын кім ұтты?"
START_LIMIT = 120.0  # seconds

T = TypeVar("T")
Meet = Callable[[Callable[[Client], Awaitable[T]]], T]


@pytest.fixture(scope="module")
def port(ready_home: Path) -> Iterator[int]:
    """Where a server of its own process serves over HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "ui", "mcp", "--http", str(number), "--home", str(ready_home)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    limit = time.monotonic() + START_LIMIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", number), timeout=5).close()
            break
        except OSError:
            assert server.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.1)
    yield number
    server.send_signal(signal.SIGINT)
    said, told = server.communicate(timeout=60)
    assert server.returncode == 0
    assert said == b""
    assert f"http://127.0.0.1:{number}/mcp" in told.decode()
    assert b"Traceback" not in told


def over_stdio(home: Path) -> AbstractAsyncContextManager[Client]:
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "ui", "mcp", "--home", str(home)],
        cwd=ROOT,
        env=dict(os.environ),
    )
    return Client(stdio_client(parameters))


@pytest.fixture(params=["stdio", "http"])
def meet(request: pytest.FixtureRequest, ready_home: Path) -> Meet[Any]:
    """Runs a conversation with the server, over each of its two ways."""
    number = request.getfixturevalue("port") if request.param == "http" else None

    def run(talk: Callable[[Client], Awaitable[Any]]) -> Any:
        async def conversation() -> Any:
            opened = Client(f"http://127.0.0.1:{number}/mcp") if number else over_stdio(ready_home)
            async with opened as client:
                return await talk(client)

        return awaited(conversation)

    return run


def test_a_client_is_told_what_the_work_is_and_what_the_tools_do(meet: Meet[Any]) -> None:
    async def talk(client: Client) -> Any:
        return client.instructions, (await client.list_tools()).tools

    instructions, tools = meet(talk)
    assert SHA256 in instructions
    assert "2.1: Тәуелсіз Қазақстанның" in instructions
    assert "silent" in instructions
    assert [tool.name for tool in tools] == ["ask", "search", "read", "conflicts"]
    for tool in tools:
        assert tool.description.endswith(".")
        assert tool.annotations.read_only_hint
        assert "work" in tool.output_schema["properties"]
        for argument in tool.input_schema["properties"].values():
            assert argument["description"]


def test_tools_answer_search_read_and_compare(meet: Meet[Any], work: Work) -> None:
    async def talk(client: Client) -> Any:
        asked = await client.call_tool("ask", {"question": QUESTION})
        found = await client.call_tool("search", {"query": QUESTION, "k": 2})
        place = found.structured_content["passages"][0]["place"]
        read = await client.call_tool("read", {"place": place})
        compared = await client.call_tool("conflicts", {"about": "БҰҰ", "language": "en"})
        return [asked, found, read, compared]

    results = meet(talk)
    assert not any(result.is_error for result in results)
    for result in results:
        assert result.structured_content["work"] == {"id": "multivector", "sha256": SHA256}
        # A client that knows no structured content reads the same as text.
        assert json.loads(result.content[0].text) == result.structured_content
    asked, found, read, compared = (result.structured_content for result in results)
    answer = Answer.from_dict(asked)
    assert answer.citations
    for citation in answer.citations:
        assert citation.quote == work.text[citation.start : citation.end]
    assert len(found["passages"]) == 2
    for piece in read["pieces"]:
        assert piece["text"] == work.text[piece["start"] : piece["end"]]
    assert compared["contradictions"]


def test_a_silent_work_is_an_abstention_and_a_bad_call_an_error_in_words(meet: Meet[Any]) -> None:
    bad: list[tuple[str, dict[str, Any], str]] = [
        ("ask", {"question": ""}, "The question is empty"),
        ("ask", {}, "question"),
        ("search", {"query": "ШЫҰ", "k": 900}, "1 to 50"),
        ("read", {"place": "9.9.9"}, "no section '9.9'"),
        ("conflicts", {"about": "ШЫҰ", "language": "de"}, "'kk'"),
    ]

    async def talk(client: Client) -> Any:
        silent = await client.call_tool("ask", {"question": SILENT})
        return silent, [await client.call_tool(name, given) for name, given, _ in bad]

    silent, refused = meet(talk)
    assert not silent.is_error
    assert silent.structured_content["status"] == "abstained"
    assert silent.structured_content["citations"] == []
    for result, (_, _, said) in zip(refused, bad, strict=True):
        assert result.is_error
        assert said in result.content[0].text
        assert "Traceback" not in result.content[0].text


def test_standard_output_is_the_protocol_and_nothing_else(dayek: Dayek, ready_home: Path) -> None:
    start = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    result = dayek("mcp", "--home", ready_home, stdin=json.dumps(start).encode() + b"\n")
    assert result.returncode == 0
    (line,) = result.stdout.decode().splitlines()
    said = json.loads(line)
    assert said["id"] == 1
    assert said["result"]["serverInfo"]["name"] == "dayek"
    assert result.stderr == b""


def test_without_an_index_it_says_what_to_type(dayek: Dayek, tmp_path: Path) -> None:
    result = dayek("mcp", "--home", tmp_path / "new")
    assert result.returncode == 2
    assert result.stdout == b""
    assert b"dayek index build" in result.stderr


def test_without_the_package_it_says_how_to_install_it(dayek: Dayek, tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError('No module', name='mcp')")
    path = os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])
    result = dayek("mcp", PYTHONPATH=path)
    assert result.returncode == 2
    assert result.stdout == b""
    assert b"dayek[mcp]" in result.stderr
    assert b"Traceback" not in result.stderr
