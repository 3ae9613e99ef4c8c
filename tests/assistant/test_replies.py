from __future__ import annotations

import json
from typing import Any

import pytest

from assistant import Answer, Assistant

ANSWER = (
    "id question standalone_question language kind status answer confidence conflict citations "
    "retrieved engine notice seconds work index statements removed usage"
).split()
CITATION = (
    "marker quote start end passage_start passage_end section section_title paragraph kind table "
    "row references line verdict"
).split()
RETRIEVED = "rank start end score signals".split()
SIGNALS = "passage sentence words question".split()
SECONDS = "search answer total".split()


@pytest.fixture(scope="module")
def answered(assistant: Assistant) -> Answer:
    return assistant.ask("Қазақстан БҰҰ-ға қашан мүше болды?", id="q7")


@pytest.fixture(scope="module")
def abstained(assistant: Assistant) -> Answer:
    return assistant.ask("Бешбармақты қалай пісіреді?")


def keys_as_in_the_contract(told: dict[str, Any]) -> None:
    assert list(told) == ANSWER
    assert list(told["seconds"]) == SECONDS
    assert list(told["work"]) == ["id", "sha256"]
    for citation in told["citations"]:
        assert list(citation) == CITATION
    for retrieved in told["retrieved"]:
        assert list(retrieved) == RETRIEVED
        assert list(retrieved["signals"]) == SIGNALS


def test_an_answer_has_exactly_the_keys_of_the_contract(answered: Answer) -> None:
    told = answered.as_dict()
    keys_as_in_the_contract(told)
    assert told["citations"]
    assert (told["status"], told["id"], told["engine"]) == ("answered", "q7", "extractive")
    assert {citation["verdict"] for citation in told["citations"]} == {"exact"}


def test_an_abstention_has_the_same_keys_and_no_citation(abstained: Answer) -> None:
    told = abstained.as_dict()
    keys_as_in_the_contract(told)
    assert (told["status"], len(told["citations"]), told["id"]) == ("abstained", 0, None)
    assert told["answer"]
    assert len(told["retrieved"]) == 10


def test_json_is_one_line_with_letters_as_they_are(answered: Answer, abstained: Answer) -> None:
    for answer in (answered, abstained):
        line = answer.as_json()
        assert "\n" not in line
        assert "\\u" not in line
        told = json.loads(line)
        keys_as_in_the_contract(told)
        assert told == json.loads(json.dumps(answer.as_dict()))
        assert told["question"] == answer.question


def test_the_answer_names_work_and_index(answered: Answer, assistant: Assistant) -> None:
    assert answered.work.id == "multivector"
    assert answered.work.sha256 == assistant.work.document.sha256
    assert answered.index == assistant.index_fingerprint


def test_seconds_add_up(answered: Answer) -> None:
    spent = answered.seconds
    assert 0 <= spent.search <= spent.total
    assert 0 <= spent.answer <= spent.total


def test_plain_text_takes_the_markdown_off(answered: Answer) -> None:
    assert "**" in answered.answer
    assert "\\[4\\]" in answered.answer
    assert "**" not in answered.plain_text
    assert "\\" not in answered.plain_text
    assert "[4]" in answered.plain_text
    for citation in answered.citations:
        assert citation.quote in answered.plain_text
