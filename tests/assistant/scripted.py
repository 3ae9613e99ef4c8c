"""A real HTTP server on loopback that speaks OpenAI's protocol and says what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-its-own-key"


@dataclass(frozen=True)
class Reply:
    """One answer of the server.

    Attributes:
        said: What the model says; for a status other than 200, the complaint.
        status: Of the HTTP answer.
        raw: Sent instead of what the protocol asks for.
        hangs: Keeps the connection without a word until the server is closed.
    """

    said: str = ""
    status: int = 200
    raw: bytes | None = None
    hangs: bool = False


@dataclass
class Server:
    """What was asked of it, and where it is."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def data(self) -> list[dict[str, Any]]:
        """The user's messages of all requests, read as JSON."""
        told = (message for body in self.asked for message in body["messages"])
        return [json.loads(one["content"]) for one in told if one["role"] == "user"]


@contextmanager
def scripted(answer: Callable[[int, dict[str, Any]], Reply]) -> Iterator[Server]:
    """A server that answers each request as `answer(its number from 1, its body)` says."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(body)
            server.keys.append(self.headers["Authorization"])
            reply = answer(len(server.asked), body)
            if reply.hangs:
                server.closing.wait(60)
                return
            content = _protocol(reply)
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if reply.status == 429:
                self.send_header("Retry-After", "0.01")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Server(f"http://127.0.0.1:{http.server_port}/v1")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


def _protocol(reply: Reply) -> bytes:
    if reply.raw is not None:
        return reply.raw
    if reply.status != 200:
        return json.dumps({"error": {"message": reply.said}}).encode()
    message = {"role": "assistant", "content": reply.said}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json.dumps({"object": "chat.completion", "model": "m", "choices": [choice]}).encode()
