"""A visitor of the served page, without a browser: the same requests as the page's own scripts.

What a person waits for at the page is not what a function takes: a question goes through Gradio's
queue and comes back as a stream of drawings. So a visitor here reads the page's configuration,
presses the button that asks, follows the stream, and afterwards triggers what the page triggers by
itself after an answer. Nothing of the page's code is known but two ids of its elements and the
class that a reply has.
"""

from __future__ import annotations

import http.client
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

BOX, BUTTON = "box", "send"
"""Ids of the elements where a question is typed, and pressed to be asked."""

_WORDS = ("reply writing", "reply answered", "reply abstained")
_ENDS = ("reply answered", "reply abstained")
_TIMEOUT = 120.0


class NotAnswered(Exception):
    """The page did not answer a question; the message says what came instead."""


@dataclass(frozen=True)
class Waited:
    """How long one question took, in seconds from pressing the button.

    Attributes:
        first: Until the first words of the answer are drawn.
        total: Until the answer is whole.
    """

    first: float
    total: float


class Visitor:
    """One open page.

    Args:
        address: Of the page, "http://host:port".
    """

    def __init__(self, address: str) -> None:
        self._place = urlsplit(address)
        self._session = ""
        config = json.loads(self._fetch("GET", "/config"))
        self._values = {one["id"]: one["props"].get("value") for one in config["components"]}
        names = {one["props"].get("elem_id"): one["id"] for one in config["components"]}
        self._box = names[BOX]
        self._events = {one["id"]: one for one in config["dependencies"]}
        self._asking = next(
            event
            for event in self._events.values()
            if [names[BUTTON], "click"] in [list(target) for target in event["targets"]]
        )

    def ask(self, question: str) -> Waited:
        """Ask, wait for the whole answer, and let the page do what it does after one.

        Each question begins a conversation of its own, so that the reply drawn is the one to it.

        Raises:
            NotAnswered: It came to nothing.
        """
        self._session = secrets.token_hex(6)
        begun = time.perf_counter()
        first: float | None = None
        ended = False
        try:
            for message in self._trigger(self._asking, {self._box: question}):
                drawn = json.dumps(message.get("output"), ensure_ascii=False)
                if first is None and any(words in drawn for words in _WORDS):
                    first = time.perf_counter() - begun
                ended = ended or any(words in drawn for words in _ENDS)
            total = time.perf_counter() - begun
            if first is None or not ended:
                raise NotAnswered("the page drew no answer")
            self._follow(self._asking["id"])
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotAnswered(f"{type(error).__name__}: {error}") from error
        return Waited(first, total)

    def _follow(self, event: int) -> None:
        """Trigger what the page triggers by itself after an event, and what follows from that."""
        for other in self._events.values():
            if other.get("trigger_after") == event:
                for _ in self._trigger(other, {}):
                    pass
                self._follow(other["id"])

    def _trigger(
        self, event: Mapping[str, Any], typed: Mapping[int, str]
    ) -> Iterator[Mapping[str, Any]]:
        """The messages that an event brings, in order."""
        body = {
            "fn_index": event["id"],
            "data": [typed.get(one, self._values.get(one)) for one in event["inputs"]],
            "session_hash": self._session,
            "event_data": None,
            "trigger_id": None,
        }
        if event["queue"] is False:
            yield {"output": json.loads(self._fetch("POST", "/gradio_api/run/predict", body))}
            return
        joined = json.loads(self._fetch("POST", "/gradio_api/queue/join", body))
        yield from self._heard(joined["event_id"])

    def _heard(self, event: str) -> Iterator[Mapping[str, Any]]:
        connection = self._connection()
        try:
            connection.request("GET", f"/gradio_api/queue/data?session_hash={self._session}")
            for line in _answer_of(connection):
                if not line.startswith(b"data:"):
                    continue
                message = json.loads(line[5:])
                if message.get("event_id") not in (None, event):
                    continue
                if message["msg"] in ("process_generating", "process_completed"):
                    if message.get("success") is False:
                        raise NotAnswered(f"the page failed: {message['output'].get('error')}")
                    yield message
                if message["msg"] == "unexpected_error":
                    raise NotAnswered(f"the page failed: {message.get('message')}")
                if message["msg"] in ("process_completed", "close_stream"):
                    return
        finally:
            connection.close()

    def _fetch(self, method: str, path: str, told: Mapping[str, Any] | None = None) -> bytes:
        connection = self._connection()
        try:
            body = None if told is None else json.dumps(told).encode()
            connection.request(method, path, body, {"Content-Type": "application/json"})
            return _answer_of(connection).read()
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(
            self._place.hostname or "127.0.0.1", self._place.port, timeout=_TIMEOUT
        )


def _answer_of(connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
    """What came back.

    Raises:
        NotAnswered: The server refused, as when too many are waiting.
    """
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        said = answer.read(300).decode("utf-8", "replace")
        raise NotAnswered(f"status {answer.status}: {said}")
    return answer
