"""A real HTTP server on loopback that speaks OpenAI's protocol and says what a test tells it to."""

from __future__ import annotations

import json
import select
import socket
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
        hangs: Keeps the connection without a word until the client gives up or the server ends.
        piece: Characters of one piece of a stream.
        stalls_after: Pieces of a stream after which it hangs; None for never.
        dies_after: Pieces of a stream after which the connection breaks; None for never.
        ends_early: The stream closes as if it were whole, without a reason for its end.
        endless: The stream says the same again and again until the client goes away.
        finish: The reason for the end of a stream.
        tokens: Read and written, told at the end of a stream to who asks for them.
        retry_after: Seconds that a busy server asks to wait.
    """

    said: str = ""
    status: int = 200
    raw: bytes | None = None
    hangs: bool = False
    piece: int = 7
    stalls_after: int | None = None
    dies_after: int | None = None
    ends_early: bool = False
    endless: bool = False
    finish: str = "stop"
    tokens: tuple[int, int] | None = None
    retry_after: str = "0.01"


@dataclass
class Server:
    """What was asked of it, and where it is.

    Attributes:
        url: Its address, as `DAYEK_MODEL_URL`.
        asked: The requests, in order.
        keys: What each brought as its key.
        closing: Set when it ends.
        dropped: Set when a client went away before it was answered.
    """

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    dropped: threading.Event = field(default_factory=threading.Event)

    def data(self) -> list[dict[str, Any]]:
        """The user's messages of all requests, read as JSON."""
        told = (message for body in self.asked for message in body["messages"])
        return [json.loads(one["content"]) for one in told if one["role"] == "user"]


class _Handler(BaseHTTPRequestHandler):
    told: Server
    answer: Callable[[int, dict[str, Any]], Reply]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.asked.append(body)
        self.told.keys.append(self.headers["Authorization"])
        reply = self.answer(len(self.told.asked), body)
        if reply.hangs:
            self.hang()
            return
        if body.get("stream") and reply.status == 200 and reply.raw is None:
            self.stream(reply, counts=bool(body.get("stream_options")))
            return
        content = _protocol(reply)
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if reply.status == 429:
            self.send_header("Retry-After", reply.retry_after)
        self.end_headers()
        self.wfile.write(content)

    def hang(self) -> None:
        while not self.told.closing.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.02)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.told.dropped.set()
                return

    def stream(self, reply: Reply, *, counts: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for event in _events(reply, counts=counts):
                if event is None:
                    self.hang()
                    return
                data = event.encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                if reply.endless and self.told.closing.wait(0.001):
                    return
            if reply.dies_after is not None:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.told.dropped.set()

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def scripted(answer: Callable[[int, dict[str, Any]], Reply]) -> Iterator[Server]:
    """A server that answers each request as `answer(its number from 1, its body)` says."""
    server = Server("")
    handler = type("Handler", (_Handler,), {"answer": staticmethod(answer), "told": server})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


def _events(reply: Reply, *, counts: bool) -> Iterator[str | None]:
    """The lines of a stream; None where it begins to hang."""
    pieces = [reply.said[at : at + reply.piece] for at in range(0, len(reply.said), reply.piece)]
    yield _event({"role": "assistant", "content": ""})
    while True:
        for place, piece in enumerate(pieces):
            if place == reply.dies_after:
                return
            if place == reply.stalls_after:
                yield None
                return
            yield _event({"content": piece})
        if not reply.endless:
            break
    if reply.ends_early:
        return
    yield _event({}, finish=reply.finish)
    if counts and reply.tokens:
        read, written = reply.tokens
        told = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        yield _line({"object": "chat.completion.chunk", "choices": [], "usage": told})
    yield "data: [DONE]\n\n"


def _event(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _line({"object": "chat.completion.chunk", "model": "m", "choices": [choice]})


def _line(told: dict[str, Any]) -> str:
    return f"data: {json.dumps({'id': '1', 'created': 1, **told})}\n\n"


def _protocol(reply: Reply) -> bytes:
    if reply.raw is not None:
        return reply.raw
    if reply.status != 200:
        return json.dumps({"error": {"message": reply.said}}).encode()
    message = {"role": "assistant", "content": reply.said}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json.dumps({"object": "chat.completion", "model": "m", "choices": [choice]}).encode()
