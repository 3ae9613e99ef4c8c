"""Ask, search, read and conflicts, as a program calls them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, FixableError
from sources import Work, open_work
from ui.contradictions import Side
from ui.extracts import READ_LIMIT, Extract, PlaceUnclear, extract, place_name
from ui.reading.links import paragraph_link
from ui.tools import ArgumentUnfit, Tools

SHA256 = "e70c291eedf8479e06a9e291ccac61439707aa692106de13f10621ddf5ef575a"

CHAPTERS = """1 КІТАПХАНА

Кітапхана дүйсенбі күні жабық.

Басқа күндері ол таңғы тоғыздан кешкі алтыға дейін ашық.

1.1 Оқу залы

Оқу залында отыз орын бар.
"""


@pytest.fixture(scope="module")
def tools(assistant: Assistant) -> Tools:
    return Tools(assistant)


@pytest.fixture
def chapters(tmp_path: Path) -> Work:
    """A chapter with two paragraphs of its own, before its only section."""
    (tmp_path / "library.txt").write_text(CHAPTERS, encoding="utf-8")
    return open_work(tmp_path / "library.txt")


def words(found: Extract, work: Work) -> None:
    """Every piece is the text at its address."""
    for piece in found.pieces:
        assert piece.text == work.text[piece.start : piece.end]
        assert found.start <= piece.start < piece.end <= found.end


# --- ask and search ---------------------------------------------------------------------------


def test_an_answer_is_the_assistants_and_becomes_json(tools: Tools, assistant: Assistant) -> None:
    question = "Көпвекторлы сыртқы саясат дегеніміз не?"
    answer = tools.ask(question)
    assert answer.citations == assistant.ask(question).citations
    told = json.loads(json.dumps(asdict(answer)))
    assert told["work"] == {"id": "multivector", "sha256": SHA256}


def test_earlier_turns_count(tools: Tools) -> None:
    first = "Шанхай ынтымақтастық ұйымы қашан құрылды?"
    answer = tools.ask("Ал оған қандай елдер кіреді?", [[first, "2001 жылы [1]"]])
    assert answer.standalone_question != answer.question


def test_a_search_gives_exact_passages_that_can_be_read_again(tools: Tools, work: Work) -> None:
    found = tools.search("Шанхай ынтымақтастық ұйымы қашан құрылды?", k=7)
    assert found.work.sha256 == SHA256
    assert found.language == "kk"
    assert [one.rank for one in found.passages] == list(range(1, 8))
    assert sorted((one.score for one in found.passages), reverse=True) == [
        one.score for one in found.passages
    ]
    for one in found.passages:
        assert one.quote == work.text[one.start : one.end]
        read = tools.read(one.place)
        assert read.start <= one.start < read.end


def test_a_search_names_the_words_that_the_work_never_uses(tools: Tools) -> None:
    assert tools.search("Қазақстандағы динозаврлар туралы").unknown_words == ("динозаврлар",)


@pytest.mark.parametrize("k", [0, -1, 51, 2.5, "3", True, None])
def test_a_number_of_passages_that_is_none_is_refused(tools: Tools, k: Any) -> None:
    with pytest.raises(ArgumentUnfit, match="1 to 50"):
        tools.search("ШЫҰ", k)


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ("before", "pairs"),
        ({"question": "a"}, "pairs"),
        ([["a"]], "Turn 1"),
        ([["a", "b"], ["a", 7]], "turn 2"),
        ([["a", "\ud83d"]], "surrogate"),
        ([["a", "b"]] * 101, "100 pairs"),
        ([["a", "b" * 20_001]], "20000"),
    ],
)
def test_a_history_that_is_none_is_refused(tools: Tools, history: Any, said: str) -> None:
    with pytest.raises(ArgumentUnfit, match=said):
        tools.ask("не?", history)


@pytest.mark.parametrize("question", [None, 7, ["a"], "", "???", "қ" * 2001, "\ud83d"])
def test_a_question_that_is_none_is_refused_alike_everywhere(tools: Tools, question: Any) -> None:
    for tool in (tools.ask, tools.search):
        with pytest.raises(FixableError):
            tool(question)


# --- read -------------------------------------------------------------------------------------


def test_a_paragraph_is_read_by_its_number(tools: Tools, work: Work) -> None:
    found = tools.read("2.1.14")
    block = work.outline.paragraph("2.1", 14)
    assert (found.start, found.end, found.next) == (block.start, block.end, None)
    (piece,) = found.pieces
    assert piece.place == "2.1.14"
    assert piece.address == "2.1-бөлім, 14-абзац"
    assert tools.read("?p=2.1.14") == Extract(**{**vars(found), "place": "?p=2.1.14"})
    assert tools.read("?p=1.1.1&q=101-205").pieces == tools.read("101-205").pieces
    assert tools.read("2.1.14", "en").pieces[0].address == "section 2.1, paragraph 14"


def test_a_row_and_a_table_are_read_as_cells(tools: Tools, work: Work) -> None:
    (row,) = tools.read("t4.3").pieces
    assert row.place == "t4.3"
    assert row.address == "4-кесте, 3-жол"
    assert row.table is not None
    assert [one.number for one in row.table.rows] == [3]
    assert row.table.rows[0].cells[1] == "2001–2010"
    assert len(row.table.columns) == len(row.table.rows[0].cells)
    (table,) = tools.read("T4").pieces
    known = work.outline.table(4)
    assert table.table is not None
    assert known is not None
    assert table.place == "t4"
    assert len(table.table.rows) == len(known.rows)
    (bare,) = tools.read("t7").pieces
    assert bare.table is not None
    assert bare.table.caption is None


@pytest.mark.parametrize("place", ["intro", "2.1", "кіріспе", "3"])
def test_a_section_is_read_to_its_end_part_by_part(tools: Tools, work: Work, place: str) -> None:
    section = work.outline.section(place)
    read = ""
    at: str | None = place
    parts = 0
    while at is not None:
        found = tools.read(at)
        words(found, work)
        assert sum(len(piece.text) for piece in found.pieces) <= READ_LIMIT
        read += "".join(piece.text for piece in found.pieces)
        at = found.next
        parts += 1
    blocks = [block for block in work.outline.blocks if block.section == section.id]
    assert read == "".join(work.text[block.start : block.end] for block in blocks)
    assert (parts > 1) == (len(read) > READ_LIMIT)


@given(data=st.data())
def test_any_range_is_read_whole_however_small_the_parts(work: Work, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(work.text) - 2))
    end = data.draw(st.integers(start + 1, min(len(work.text), start + 3000)))
    limit = data.draw(st.integers(40, 900))
    if not any(b.start < end and b.end > start for b in work.outline.blocks):
        with pytest.raises(PlaceUnclear):
            extract(work, f"{start}-{end}", "kk")
        return
    read: list[str] = []
    at: str | None = f"{start}-{end}"
    while at is not None:
        found = extract(work, at, "kk", limit)
        words(found, work)
        assert sum(len(piece.text) for piece in found.pieces) <= limit
        read += [piece.text for piece in found.pieces]
        at = found.next
    wanted = [
        work.text[max(start, block.start) : min(end, block.end)]
        for block in work.outline.blocks
        if block.start < end and block.end > start
    ]
    assert "".join(read) == "".join(wanted)


def test_every_block_has_a_place_that_leads_back_to_it(work: Work) -> None:
    for block in work.outline.blocks:
        found = extract(work, place_name(work, block.start), "kk", 10_000)
        assert (found.start, found.end) == (block.start, block.end)


def test_a_paragraph_of_a_chapter_is_never_taken_for_its_section(chapters: Work) -> None:
    second = chapters.outline.paragraph("1", 2)
    assert place_name(chapters, second.start) == "1.2"
    assert "тоғыздан" in extract(chapters, "1.2", "kk").pieces[0].text
    first = chapters.outline.paragraph("1", 1)
    assert place_name(chapters, first.start) == f"{first.start}-{first.end}"
    assert extract(chapters, paragraph_link("1", 1), "kk").pieces[0].start == first.start
    assert [piece.kind for piece in extract(chapters, "1.1", "kk").pieces] == [
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "No place"),
        ("9.9", "no section '9'"),
        ("2.1.9999", "no paragraph 9999"),
        ("t99", "no table 99"),
        ("t4.99", "no row 99"),
        ("9-5", "no characters"),
        ("5-5", "no characters"),
        ("0-99999999", "no characters"),
        ("somewhere", "no section"),
        ("<script>", "no section"),
        (7, "not text"),
    ],
)
def test_a_place_that_is_none_is_refused_with_what_there_is(
    tools: Tools, place: Any, said: str
) -> None:
    with pytest.raises(FixableError, match=said):
        tools.read(place)


def test_a_language_that_is_none_is_refused(tools: Tools) -> None:
    for language in ("de", "", None, ["kk"]):
        with pytest.raises(ArgumentUnfit, match="kk, ru, en"):
            tools.read("2.1.14", language)  # type: ignore[arg-type]


# --- conflicts --------------------------------------------------------------------------------


def test_every_contradiction_has_two_sides_that_stand_in_the_text(tools: Tools, work: Work) -> None:
    found = tools.conflicts()
    assert found.work.sha256 == SHA256
    by = [one.found_by for one in found.contradictions]
    assert by == sorted(by)  # "reading" before "scan"
    assert by.count("reading") == len(work.conflicts)
    assert "scan" in by
    for one in found.contradictions:
        assert len(one.sides) > 1
        for side in one.sides:
            for said in side.statements:
                assert said.quote == work.text[said.start : said.end]
                assert said.value == work.text[said.value_start : said.value_end]


def _disputed(side: Side) -> set[int]:
    """The code points of the words that a side is about."""
    return {at for said in side.statements for at in range(said.value_start, said.value_end)}


def test_what_was_read_by_hand_is_not_told_again_by_the_scan(tools: Tools) -> None:
    told = tools.conflicts().contradictions
    known = [one for one in told if one.found_by == "reading"]
    for one in told:
        if one.found_by == "scan":
            words = [_disputed(side) for side in one.sides]
            for other in known:
                told_already = set[int]().union(*map(_disputed, other.sides))
                assert sum(bool(side & told_already) for side in words) < 2


def test_a_matter_is_found_by_its_words_whatever_their_endings(tools: Tools) -> None:
    everything = tools.conflicts().contradictions
    some = tools.conflicts(about="БҰҰ мүшелікке").contradictions
    assert 0 < len(some) < len(everything)
    assert "un-entry" in {one.id for one in some}
    assert tools.conflicts(about="динозавр").contradictions == ()


def test_topics_come_in_the_language_asked_for(tools: Tools) -> None:
    kazakh = tools.conflicts("", "kk").contradictions[0]
    english = tools.conflicts("", "en").contradictions[0]
    assert kazakh.matter != english.matter
    assert kazakh.sides[0].statements[0].quote == english.sides[0].statements[0].quote
