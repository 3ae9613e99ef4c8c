"""The real assistant with a language model that says what a test tells it to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, Settings, open_writer
from assistant.phrases import UNCONFIRMED
from tests.assistant.scripted import KEY, Reply, Server, scripted

Script = Callable[[str], str | Reply]
"""The evidence as the model is shown it to what it says."""

PATIENT = dict.fromkeys(
    ("DAYEK_MODEL_FIRST_SECONDS", "DAYEK_MODEL_PAUSE_SECONDS", "DAYEK_MODEL_TOTAL_SECONDS"), "60"
)
HURRIED = {"DAYEK_MODEL_FIRST_SECONDS": "2", "DAYEK_MODEL_PAUSE_SECONDS": "1"}


@contextmanager
def modelled(
    assistant: Assistant, script: Script, **environment: str
) -> Iterator[tuple[Assistant, Server]]:
    """An assistant whose model says what `script` makes of the data that it is shown."""

    def answer(number: int, body: dict[str, Any]) -> Reply:
        said = script(body["messages"][1]["content"])
        return said if isinstance(said, Reply) else Reply(said)

    with scripted(answer) as server:
        yield assistant.written_by(open_writer(settings_for(server, **environment))), server


def settings_for(server: Server, **environment: str) -> Settings:
    named = {"DAYEK_MODEL": "m", "DAYEK_MODEL_URL": server.url, "DAYEK_MODEL_KEY": KEY}
    return Settings.from_environment(
        home=Path("/nowhere"), environment=named | PATIENT | environment
    )


def number_of(data: str, words: str) -> int:
    """The number of the first line of evidence that has some words."""
    for line in data.splitlines():
        found = re.match(r"\[(\d+)\] ", line)
        if found and words in line:
            return int(found[1])
    raise AssertionError(f"no evidence with {words!r} in\n{data}")


def keeps_its_word(answer: Answer, assistant: Assistant) -> None:
    """What holds for every answer, whatever a model did."""
    text = assistant.work.text
    for number, citation in enumerate(answer.citations, 1):
        assert citation.marker == number
        assert text[citation.start : citation.end] == citation.quote
    markers = {int(found) for found in re.findall(r"(?<!\\)\[(\d+)\]", answer.answer)}
    assert markers == {citation.marker for citation in answer.citations}
    for statement in answer.statements:
        assert statement.text in answer.answer
        mark = UNCONFIRMED[answer.language]
        assert (mark in statement.text) == (statement.verdict == "unconfirmed")
        if statement.verdict != "unconfirmed":
            assert statement.markers
            assert not statement.doubts
    if answer.engine == "extractive":
        assert {one.verdict for one in answer.statements} <= {"verbatim"}
        assert answer.removed == 0
    else:
        rest = answer.answer
        for statement in answer.statements:
            rest = rest.replace(statement.text, "", 1)
        assert not any(one.isalnum() for one in rest), "words that no statement holds"
        assert not re.search(r"<\w|!\[|\]\(|https?://|www\.", answer.answer)
    assert KEY not in answer.as_json()
