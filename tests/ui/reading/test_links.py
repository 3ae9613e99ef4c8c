from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import NoSuchPlace
from sources import Span, Work
from ui.reading.links import (
    Request,
    Spot,
    everything_link,
    paragraph_link,
    span_link,
    spot,
    understood,
)


def opened(work: Work, link: str) -> Spot:
    request = understood(link)
    assert request.place is not None
    return spot(work, request.place, request.span)


def test_every_paragraph_opens_by_its_link(work: Work) -> None:
    for block in work.outline.blocks:
        if block.number:
            found = opened(work, paragraph_link(block.section, block.number))
            assert found == Spot(block.section, Span(block.start, block.end))


def test_every_section_opens_by_its_link(work: Work) -> None:
    for section in work.outline.sections:
        assert opened(work, paragraph_link(section.id, 0)) == Spot(section.id)


def test_a_chapter_before_its_sections_has_links_of_its_own(work: Work) -> None:
    block = work.outline.paragraph("2", 1)
    assert paragraph_link("2", 1) == "?p=2.0.1"
    assert opened(work, "?p=2.0.1") == Spot("2", Span(block.start, block.end))
    assert opened(work, "?p=2.1") == Spot("2.1")


def test_every_sentence_opens_by_its_link(work: Work) -> None:
    for sentence in work.sentences[::7]:
        found = opened(work, span_link(work, sentence.start, sentence.end))
        section = work.outline.blocks[sentence.block].section
        assert found == Spot(section, Span(sentence.start, sentence.end))


def test_a_span_alone_and_a_span_with_its_paragraph_are_one_place(work: Work) -> None:
    block = work.outline.paragraph("2.1", 14)
    span = f"{block.start + 3}-{block.start + 9}"
    assert opened(work, f"?p={span}") == opened(work, f"?p=2.1.14&q={span}")
    assert opened(work, f"?p={span}") == opened(work, f"?p=1.1.1&q={span}"), "the span decides"


def test_tables_and_rows_open_by_their_links(work: Work) -> None:
    for table in work.outline.tables:
        caption = table.caption or Span(table.header.start, table.header.end)
        assert opened(work, f"?p=t{table.number}").span == caption
        for row in table.rows:
            found = opened(work, f"?p=t{table.number}.{row.number}")
            assert found.span == Span(row.start, row.end)


@pytest.mark.parametrize(
    "link",
    [
        "?p=", "?p=9.9.9", "?p=2.1.999", "?p=2.1.x", "?p=t10", "?p=t4.99", "?p=5-5", "?p=9-5",
        "?p=0-99999999", "?p=2.1.14&q=x", "?p=2.1.14&q=9-5", "?p=2.1.-1", "?p=٢.١",
    ],
)  # fmt: skip
def test_what_names_no_place_is_refused(work: Work, link: str) -> None:
    request = understood(link)
    if request.place is not None:
        with pytest.raises(NoSuchPlace):
            spot(work, request.place, request.span)


@given(st.text(max_size=60), st.none() | st.text(max_size=20))
def test_any_link_opens_a_place_or_is_refused(work: Work, place: str, span: str | None) -> None:
    try:
        found = spot(work, place, span)
    except NoSuchPlace:
        return
    assert found.section in {section.id for section in work.outline.sections}


@given(st.text(max_size=60))
def test_any_address_is_understood(query: str) -> None:
    request = understood(query)
    assert sum((request.place is not None, request.about is not None, request.conflicts)) <= 1


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_what_is_gathered_survives_the_link(words: str) -> None:
    try:
        words.encode()
    except UnicodeEncodeError:
        return
    assert understood(everything_link(words, 500)) == Request(about=words, shown=500)
