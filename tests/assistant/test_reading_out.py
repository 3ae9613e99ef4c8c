"""What is read from the outputs in `tests/data/model_outputs.jsonl`: good ones and the others."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.markup import LINK, marked_up, plain
from assistant.reading_out import LONGEST, Reader, Said, read
from tests.conftest import ROOT

OUTPUTS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "model_outputs.jsonl").read_text("utf-8").splitlines()
]
WITHOUT_THOUGHTS = [one for one in OUTPUTS if "</think>" not in one["said"]]
by_name = pytest.mark.parametrize("output", OUTPUTS, ids=[one["id"] for one in OUTPUTS])


def pairs(said: tuple[Said, ...]) -> list[list[object]]:
    return [[one.text, list(one.numbers)] for one in said]


def fed(text: str, size: int, *, cut: bool) -> tuple[Said, ...]:
    """The statements of a text that comes in pieces."""
    reader = Reader()
    found: list[Said] = []
    for at in range(0, len(text), size):
        found += reader.feed(text[at : at + size])
    found += reader.complete() if cut else reader.finish()
    return tuple(found)


def test_there_are_enough_of_every_sort_and_language() -> None:
    assert len(OUTPUTS) >= 60
    assert len({one["id"] for one in OUTPUTS}) == len(OUTPUTS)
    sorts = Counter(one["sort"] for one in OUTPUTS)
    assert all(sorts[sort] >= 8 for sort in ("good", "sloppy", "hostile", "cut off")), sorts
    languages = Counter(one["language"] for one in OUTPUTS)
    assert all(languages[language] >= 15 for language in ("kk", "ru", "en")), languages


@by_name
def test_an_output_says_what_is_written_beside_it(output: dict[str, Any]) -> None:
    reading = read(output["said"], finished=not output["cut"])
    assert pairs(reading.statements) == output["statements"]
    assert reading.no_answer == output["no_answer"]


@by_name
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_it_says_the_same_whatever_pieces_it_comes_in(output: dict[str, Any], size: int) -> None:
    assert pairs(fed(output["said"], size, cut=output["cut"])) == output["statements"]


def test_a_statement_is_read_as_soon_as_the_next_one_begins() -> None:
    reader = Reader()
    assert reader.feed("Саммит Астанада өтті [3]") == ()
    assert pairs(reader.feed(". Ол маңызды")) == [["Саммит Астанада өтті.", [3]]]
    assert reader.feed(" болды [4].") == ()
    assert pairs(reader.finish()) == [["Ол маңызды болды.", [4]]]


def test_an_endless_answer_is_read_up_to_a_limit() -> None:
    reader = Reader()
    while not reader.full:
        reader.feed("слово " * 100)
    assert reader.feed("ещё") == ()
    assert sum(len(one.text) for one in reader.reading().statements) <= LONGEST


@given(st.text(max_size=200), st.integers(1, 20))
def test_no_output_breaks_the_reader_or_is_read_twice(text: str, size: int) -> None:
    found = fed(text, size, cut=False)
    assert len(found) <= len(text)
    for one in found:
        assert one.text == plain(one.text).strip()
        assert any(letter.isalnum() for letter in one.text)
        assert "\n" not in one.text


@settings(deadline=None)
@given(st.lists(st.sampled_from(WITHOUT_THOUGHTS), min_size=1, max_size=3), st.integers(1, 9))
def test_outputs_in_a_row_are_read_in_pieces_as_in_one(
    outputs: list[dict[str, Any]], size: int
) -> None:
    assume(not any(one["cut"] for one in outputs[:-1]))  # nothing follows where a model was cut off
    text = "\n".join(one["said"] for one in outputs)
    assert pairs(fed(text, size, cut=False)) == pairs(read(text, finished=True).statements)


@given(st.text(alphabet="ab []()<>!*_`#|&;:/\\~https://www.", max_size=80))
def test_of_markdown_only_bold_is_left(text: str) -> None:
    words = plain(text)
    assert "<" not in words
    assert ">" not in words
    assert "`" not in words
    shown = marked_up(words)
    assert shown.count("**") % 2 == 0
    bare = shown.replace("\\\\", "").replace("**", "")
    for special in "*[]_|":
        assert bare.count(special) == bare.count(f"\\{special}"), shown


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/a",
        "https://x.y",
        "www.evil.example",
        "javascript:alert(1)",
        "ftp://a.b",
    ],
)
def test_no_address_is_left_that_a_program_would_follow(address: str) -> None:
    assert LINK.search(address)
    assert not LINK.search(plain(f"See {address} and ![x]({address}) and [y]({address})."))
