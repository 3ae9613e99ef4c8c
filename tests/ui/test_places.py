from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.samples import abstained, answered
from ui.chat import Exchange, Talk
from ui.places import find

ANSWER, SILENCE = answered(), abstained()
TALK = Talk(
    (
        Exchange("а", "answered", "а", ANSWER.answer, ANSWER),
        Exchange("б", "answered", "б", SILENCE.answer, SILENCE),
        Exchange("в", "writing"),
    )
)


def test_citations_and_nearest_passages_are_found_by_name() -> None:
    cited, near = find(TALK, "cite-0-1"), find(TALK, "near-1-3")
    assert cited is not None
    assert near is not None
    assert (cited.place, cited.count, str(cited.target)) == (ANSWER.citations[0], 1, "cite-0-1")
    assert (near.place, near.count, str(near.target)) == (SILENCE.retrieved[2], 3, "near-1-3")


@pytest.mark.parametrize(
    "name",
    ["", "cite-0-2", "cite-9-1", "near-1-4", "cite-1-1", "cite-2-1", "cite-0-0", "cite--1-1",
     "cite-0-1 ", "evil", "cite-0-1-1", "near-²-1"],
)  # fmt: skip
def test_a_made_up_name_finds_nothing(name: str) -> None:
    assert find(TALK, name) is None


@given(st.text(max_size=30))
def test_no_name_breaks_the_search(name: str) -> None:
    found = find(TALK, name)
    assert found is None or str(found.target) == name
