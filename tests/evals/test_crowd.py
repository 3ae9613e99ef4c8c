"""A few visitors at once at the real page; what is measured is told, never asserted to be fast."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from evals.visiting import NotAnswered, Visitor
from tests.conftest import Dayek


def test_every_visitor_gets_an_answer_and_is_timed(dayek: Dayek, ready_home: Path) -> None:
    load = ("bench", "load", "--visitors", "3", "--questions", "1", "--json")
    result = dayek(*load, "--home", ready_home)
    assert result.returncode == 0, result.stderr.decode()
    told = json.loads(result.stdout)
    assert told["errors"] == []
    assert (told["visitors"], told["questions"]) == (3, 1)
    assert told["total"]["n"] == told["first"]["n"] == 3
    assert told["alone_total"]["n"] > 3
    assert told["alone_first"]["median"] <= told["alone_total"]["median"]
    assert 0 < told["first"]["median"] <= told["total"]["median"] <= told["total"]["most"]


class Full(BaseHTTPRequestHandler):
    """A page whose queue takes nobody."""

    config: ClassVar = {
        "components": [
            {"id": 1, "props": {"elem_id": "box", "value": ""}},
            {"id": 2, "props": {"elem_id": "send"}},
        ],
        "dependencies": [{"id": 0, "targets": [[2, "click"]], "inputs": [1], "queue": True}],
    }

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(self.config).encode())

    def do_POST(self) -> None:
        self.send_response(503)
        self.end_headers()
        self.wfile.write(b'{"detail": "Queue is full."}')

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on standard error."""


def test_a_queue_that_is_full_is_no_answer() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Full) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        visitor = Visitor(f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(NotAnswered, match=r"503.*full"):
            visitor.ask("не?")
        server.shutdown()
