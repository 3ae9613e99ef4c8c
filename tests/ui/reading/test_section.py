from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Concordance, Gathered
from sources import Span, Work, open_work
from tests.ui.reading.shown import Shown
from ui.reading.marks import CitedHere, Marks, marked
from ui.reading.outline import outline_markup
from ui.reading.section import section_markup, step
from ui.reading.view import ReadingView

HOSTILE = '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(2)> ${1+1} {{value}}'


@pytest.fixture(scope="module")
def view(work: Work) -> ReadingView:
    return ReadingView(work, "kk")


def drawn(view: ReadingView, section: str, marks: Marks | None = None) -> Shown:
    return Shown(section_markup(view, view.work.outline.section(section), marks or Marks()))


def test_every_word_of_the_work_is_shown_as_it_stands(work: Work, view: ReadingView) -> None:
    shown: list[tuple[int, str]] = []
    for section in work.outline.sections:
        shown += drawn(view, section.id).pieces
    for start, words in shown:
        assert words == work.text[start : start + len(words)]
    ranges = [(start, start + len(words)) for start, words in shown]
    assert ranges == sorted(ranges)
    left = "".join(
        work.text[end:start]
        for (_, end), (start, _) in zip([(0, 0), *ranges], ranges, strict=False)
    )
    assert left.strip() == "", "some of the work is not shown"


@pytest.fixture(scope="module")
def found(work: Work) -> Gathered:
    return Concordance(work).find("саясат")


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_marks_never_change_the_words(
    work: Work, view: ReadingView, found: Gathered, data: st.DataObject
) -> None:
    section = work.outline.section(data.draw(st.sampled_from(["2.1", "3.1", "intro"])))

    def span() -> Span:
        start = data.draw(st.integers(section.start, section.end - 2))
        return Span(start, data.draw(st.integers(start + 1, min(section.end, start + 900))))

    opened = span()
    cited = tuple(CitedHere(one.start, one.end, "[1]", "#cite-0-1") for one in (span(), span()))
    hits = found.matches if data.draw(st.booleans()) else ()
    shown = drawn(view, section.id, Marks(opened, hits, cited))
    assert shown.pieces == drawn(view, section.id).pieces
    inside = "".join(
        work.text[max(start, opened.start) : min(start + len(words), opened.end)]
        for start, words in shown.pieces
        if start < opened.end and opened.start < start + len(words)
    )
    assert shown.marked.get("opened", "") == inside


def test_the_opened_words_are_marked_exactly(work: Work, view: ReadingView) -> None:
    block = work.outline.paragraph("2.1", 14)
    opened = Span(block.start + 7, block.start + 31)
    shown = drawn(view, "2.1", Marks(opened))
    assert shown.marked["opened"] == work.document.quote(opened)


def test_what_stands_in_a_work_is_shown_and_never_run(tmp_path: Path) -> None:
    file = tmp_path / "work.txt"
    file.write_text(f"{HOSTILE} сөз.\n\nЕкінші абзац {HOSTILE}\n", encoding="utf-8")
    work = open_work(file)
    shown = drawn(ReadingView(work, "en"), "start", Marks(Span(0, 12)))
    assert not {"script", "img"} & shown.tags
    assert HOSTILE in "".join(words for _, words in shown.pieces)


def test_labels_of_answers_are_escaped(view: ReadingView) -> None:
    block = view.work.outline.paragraph("2.1", 3)
    cited = CitedHere(block.start, block.end, HOSTILE, '"><script>')
    markup = section_markup(view, view.work.outline.section("2.1"), Marks(cited=(cited,)))
    assert not {"script", "img"} & Shown(markup).tags


def test_every_paragraph_and_row_has_a_link(work: Work, view: ReadingView) -> None:
    links = drawn(view, "2.1").links
    numbers = [block.number for block in work.outline.blocks if block.section == "2.1"]
    table = work.outline.table(4)
    assert table is not None
    for number in filter(None, numbers):
        block = work.outline.paragraph("2.1", number)
        assert (f"?p=2.1.{number}" in links) == (block.table is None)
    assert {f"?p=t4.{row.number}" for row in table.rows} < set(links)


def test_the_outline_names_every_section_and_table(work: Work, view: ReadingView) -> None:
    shown = Shown(outline_markup(view))
    assert [link for link in shown.links if link.startswith("?p=") and "t" not in link[3:4]] == [
        f"?p={section.id}" for section in work.outline.sections
    ]
    assert [link for link in shown.links if link.startswith("?p=t")] == [
        f"?p=t{table.number}" for table in work.outline.tables
    ]


def test_touching_marks_are_told_apart() -> None:
    hits = Marks(opened=Span(2, 4), hits=(Span(0, 2), Span(3, 6)))
    assert marked("abcdefgh", 0, 8, hits) == (
        '<mark class="hit">ab</mark><mark class="opened" tabindex="-1">c</mark>'
        '<mark class="hit opened" tabindex="-1">d</mark><mark class="hit">ef</mark>gh'
    )


def test_steps_walk_in_the_order_of_the_text() -> None:
    spans = (Span(10, 12), Span(20, 25), Span(40, 41))
    at = step(spans, spans[1], 0)
    assert (at.number, at.count, at.previous, at.next) == (2, 3, spans[0], spans[2])
    between = step(spans, Span(30, 31), 0)
    assert (between.number, between.previous, between.next) == (0, spans[1], spans[2])
    unopened = step(spans, None, 20)
    assert (unopened.previous, unopened.next) == (spans[0], spans[1])
    assert step(spans, spans[0], 0).previous is None
    assert step(spans, spans[2], 0).next is None
    assert step((), None, 0).count == 0
