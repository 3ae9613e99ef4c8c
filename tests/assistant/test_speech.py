from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from assistant import Limits, ModelError, Settings, Speaker, open_speaker
from assistant.errors import (
    ModelBrokeOff,
    ModelRefused,
    ModelTooSlow,
    ModelUnreadable,
)
from assistant.prompting import FORM
from assistant.speech import Speech
from tests.assistant.scripted import KEY, Reply, Server, scripted

SAID = "Қазақстан БҰҰ-ға 1992 жылы мүше болды [1]."
SOON = Limits(first=0.4, pause=0.4, total=5)


def speaker_at(server: Server, retries: int = 2, **environment: str) -> Speaker:
    named = {"DAYEK_MODEL": "m", "DAYEK_MODEL_URL": server.url, "DAYEK_MODEL_KEY": KEY}
    settings = Settings.from_environment(home=Path("/nowhere"), environment=named | environment)
    return open_speaker(settings, time_limit=30, retries=retries)


def heard(speech: Speech) -> str:
    return "".join(speech)


def problem(server: Server, limits: Limits = SOON, retries: int = 2) -> ModelError:
    """What is wrong with a stream, in our words."""
    speaker = speaker_at(server, retries)
    with pytest.raises(Exception) as raised:  # noqa: PT011  (whatever the client raises)
        heard(speaker.stream("a", "b", limits=limits))
    return speaker.trouble(raised.value)


def test_words_come_in_pieces_and_add_up_to_what_was_said() -> None:
    with scripted(lambda number, body: Reply(SAID)) as server:
        speech = speaker_at(server).stream("Do this.", "{data}")
        pieces = [piece for piece in speech if piece]
    assert "".join(pieces) == SAID
    assert len(pieces) > 3
    assert speech.finish == "stop"
    (body,) = server.asked
    assert [one["content"] for one in body["messages"]] == ["Do this.", "{data}"]
    assert server.keys == [f"Bearer {KEY}"]


def test_tokens_are_counted_by_the_server_or_not_at_all() -> None:
    replies = [Reply(SAID, tokens=(120, 34)), Reply(SAID)]
    counted = []
    with scripted(lambda number, body: replies[number - 1]) as server:
        for _ in replies:
            speech = speaker_at(server).stream("a", "b")
            heard(speech)
            counted.append((speech.input_tokens, speech.output_tokens))
    assert counted == [(120, 34), (None, None)]


def test_a_server_that_cannot_count_is_asked_without_and_remembered() -> None:
    def answer(number: int, body: dict[str, object]) -> Reply:
        if "stream_options" in body:
            return Reply("unknown field stream_options", status=400)
        return Reply(SAID)

    with scripted(answer) as server:
        speaker = speaker_at(server)
        assert heard(speaker.stream("a", "b")) == SAID
        assert heard(speaker.stream("a", "b")) == SAID
    assert ["stream_options" in body for body in server.asked] == [True, False, False]


def test_a_form_is_asked_for_where_it_is_set_and_given_up_where_it_is_not_understood() -> None:
    def answer(number: int, body: dict[str, object]) -> Reply:
        return Reply("no json_schema", status=400) if "response_format" in body else Reply(SAID)

    with scripted(answer) as server:
        assert heard(speaker_at(server).stream("a", "b", FORM)) == SAID
        speaker = speaker_at(server, DAYEK_MODEL_FORM="json")
        assert heard(speaker.stream("a", "b", FORM)) == SAID
        assert heard(speaker.stream("a", "b", FORM)) == SAID
    formed = ["response_format" in body for body in server.asked]
    assert formed == [False, True, False, False]
    asked = server.asked[1]
    assert asked["response_format"]["json_schema"]["schema"] == FORM.schema
    assert FORM.note in asked["messages"][0]["content"]
    assert FORM.note not in server.asked[2]["messages"][0]["content"]


def test_an_answer_in_a_form_is_streamed_too() -> None:
    told = json.dumps({"no_answer": False, "statements": [{"text": "a", "numbers": [1]}]})
    with scripted(lambda number, body: Reply(told)) as server:
        speech = speaker_at(server, DAYEK_MODEL_FORM="json").stream("a", "b", FORM)
        pieces = [piece for piece in speech if piece]
    assert "".join(pieces) == told
    assert len(pieces) > 3


def test_stopping_closes_the_request_before_the_first_word() -> None:
    with scripted(lambda number, body: Reply(hangs=True)) as server:
        speech = speaker_at(server).stream("a", "b")
        assert next(speech) == ""
        speech.close()
        assert server.dropped.wait(60)
        assert list(speech) == []


def test_stopping_closes_the_request_in_the_middle_of_the_words() -> None:
    with scripted(lambda number, body: Reply("слово ", endless=True)) as server:
        speech = speaker_at(server).stream("a", "b")
        assert next(piece for piece in speech if piece)
        speech.close()
        assert server.dropped.wait(60)


@pytest.mark.parametrize(
    ("reply", "limits"),
    [
        (Reply(hangs=True), Limits(first=0.3, pause=5, total=5)),
        (Reply(SAID, stalls_after=2), Limits(first=5, pause=0.3, total=5)),
        (Reply("слово ", endless=True), Limits(first=5, pause=5, total=0.5)),
    ],
    ids=["no first word", "a pause", "no end"],
)
def test_each_limit_ends_the_waiting_and_closes_the_request(reply: Reply, limits: Limits) -> None:
    with scripted(lambda number, body: reply) as server:
        assert isinstance(problem(server, limits), ModelTooSlow)
        assert server.dropped.wait(60)


def test_a_slow_server_is_not_asked_twice() -> None:
    with scripted(lambda number, body: Reply(hangs=True)) as server:
        problem(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("reply", [Reply(SAID, dies_after=3), Reply(SAID, ends_early=True)])
def test_an_answer_that_breaks_off_is_told_apart_from_one_that_ends(reply: Reply) -> None:
    with scripted(lambda number, body: reply) as server:
        assert isinstance(problem(server), ModelBrokeOff)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_or_one_at_fault_is_asked_again(status: int) -> None:
    replies = [Reply("busy", status=status), Reply(SAID)]
    with scripted(lambda number, body: replies[number - 1]) as server:
        assert heard(speaker_at(server).stream("a", "b")) == SAID
    assert len(server.asked) == 2


def test_a_server_that_asks_for_more_patience_than_there_is_is_given_up_at_once() -> None:
    began = time.monotonic()
    with scripted(lambda number, body: Reply("busy", 429, retry_after="600")) as server:
        found = problem(server, Limits(first=60, pause=60, total=60))
    assert isinstance(found, ModelRefused)
    assert "429" in found.message
    assert len(server.asked) == 1
    assert time.monotonic() - began < 30


def test_waiting_for_another_attempt_can_be_stopped() -> None:
    with scripted(lambda number, body: Reply("busy", 429, retry_after="20")) as server:
        speech = speaker_at(server).stream("a", "b")
        assert next(speech) == ""
        speech.close()
        assert list(speech) == []
    assert len(server.asked) == 1


@pytest.mark.parametrize("raw", [b"data: {not json}\n\n", b"data: [1]\n\n"])
def test_a_stream_that_is_not_the_protocols(raw: bytes) -> None:
    with scripted(lambda number, body: Reply(raw=raw)) as server:
        assert isinstance(problem(server), ModelUnreadable | ModelBrokeOff)


def test_many_streams_at_once_do_not_mix() -> None:
    def answer(number: int, body: dict[str, object]) -> Reply:
        messages = body["messages"]
        assert isinstance(messages, list)
        return Reply(f"{messages[1]['content']} " * 5)

    with scripted(answer) as server:
        speaker = speaker_at(server)
        speeches = [speaker.stream("a", f"word{number}") for number in range(8)]
        for number, speech in enumerate(speeches):
            assert heard(speech) == f"word{number} " * 5
