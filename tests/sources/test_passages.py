from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from sources import Passage, Sentence, Work, lead_in_of, one_line, row_in_words, split_sentences
from tests.sources.made_up import FEW, spaceless, texts, work_of

LIMIT = 900
"""What a passage aims not to exceed, in characters; 15 % more is the most of whole sentences."""


def assert_well_cut(work: Work) -> None:
    """What holds for the passages and sentences of any text."""
    told = [index for passage in work.passages for index in passage.sentences]
    assert told == list(range(len(work.sentences)))
    assert len({passage.id for passage in work.passages}) == len(work.passages)
    pieces: tuple[Sentence | Passage, ...] = (*work.sentences, *work.passages)
    for piece in pieces:
        words = work.text[piece.start : piece.end]
        assert words
        assert words == words.strip()
        assert piece.embedding_text.strip()
    for passage in work.passages:
        first, last = work.sentences[passage.sentences[0]], work.sentences[passage.sentences[-1]]
        assert (passage.start, passage.end) == (first.start, last.end)
        block = work.outline.blocks[first.block]
        assert (passage.section, passage.paragraph, passage.kind) == (
            block.section,
            block.number,
            block.kind,
        )
        assert work.outline.blocks[last.block].section == passage.section
        assert passage.end - passage.start <= LIMIT * 1.15 or len(passage.sentences) == 1
        assert one_line(work.text[passage.start : passage.end]) in passage.embedding_text or (
            passage.table
        )
    at = 0
    for sentence in work.sentences:
        block = work.outline.blocks[sentence.block]
        assert at <= sentence.start < sentence.end
        assert block.start <= sentence.start < sentence.end <= block.end
        at = sentence.end


def test_the_work_is_well_cut(work: Work) -> None:
    assert_well_cut(work)
    assert 600 < len(work.passages) < 800
    assert 2_500 < len(work.sentences) < 3_500


@FEW
@given(texts)
def test_any_text_is_well_cut(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert_well_cut(work_of(text, tmp_path_factory.mktemp("text")))


@FEW
@given(texts)
def test_no_word_outside_headings_and_tops_of_tables_is_left_out(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    work = work_of(text, tmp_path_factory.mktemp("text"))
    held = "".join(work.text[s.start : s.end] for s in work.sentences)
    blocks = [b for b in work.outline.blocks if b.kind in ("paragraph", "list")]
    rows = [(row.start, row.end) for table in work.outline.tables for row in table.rows]
    ranges = sorted([*((block.start, block.end) for block in blocks), *rows])
    assert spaceless(held) == spaceless("".join(work.text[a:b] for a, b in ranges))


def test_passages_are_about_as_long_as_they_should_be(work: Work) -> None:
    lengths = sorted(p.end - p.start for p in work.passages if p.table is None)
    assert lengths[-1] <= LIMIT * 1.15
    assert 450 < lengths[len(lengths) // 2] < LIMIT


def test_a_long_paragraph_is_cut_between_sentences_in_even_parts(tmp_path: Path) -> None:
    text = " ".join(f"Қазақстан {1991 + n} жылы жаңа келісімге қол қойды." for n in range(60))
    work = work_of(text, tmp_path)
    lengths = [passage.end - passage.start for passage in work.passages]
    assert len(lengths) == -(-len(text) // LIMIT)
    assert max(lengths) - min(lengths) < 100
    assert {passage.paragraph for passage in work.passages} == {1}


def test_short_neighbours_of_one_section_are_joined(tmp_path: Path) -> None:
    short = "Екі ел келісімге қол қойды."
    work = work_of(f"1 БІРІНШІ\n{short}\n{short}\n2 ЕКІНШІ\n{short}\n", tmp_path)
    told = [(passage.section, len(passage.sentences)) for passage in work.passages]
    assert told == [("1", 2), ("2", 1)]


def test_what_different_run_in_headings_govern_is_not_joined(tmp_path: Path) -> None:
    work = work_of("Ресей: сауда өсті.\nҚытай: сауда кеміді.\n", tmp_path)
    assert [passage.embedding_text for passage in work.passages] == [
        "Ресей: сауда өсті.",
        "Қытай: сауда кеміді.",
    ]


def test_a_run_in_heading_goes_with_the_passages_it_governs(work: Work) -> None:
    carried = 0
    for passage in work.passages:
        block = work.outline.blocks[work.sentences[passage.sentences[0]].block]
        if block.run_in:
            assert block.run_in in passage.embedding_text
            carried += block.run_in not in work.text[passage.start : passage.end]
    assert carried > 50


def test_a_row_is_a_passage_with_caption_and_column_names(work: Work) -> None:
    rows = [passage for passage in work.passages if passage.kind == "table"]
    tables = work.outline.tables
    assert [(p.table, p.row) for p in rows] == [
        (t.number, r.number) for t in tables for r in t.rows
    ]
    for passage in rows:
        assert passage.table
        assert passage.row
        table = work.outline.table(passage.table)
        assert table
        row = table.rows[passage.row - 1]
        assert (passage.start, passage.end) == (row.start, row.end)
        assert passage.embedding_text == row_in_words(work.text, table, row)
        if table.caption:
            caption = one_line(work.document.quote(table.caption))
            assert passage.embedding_text.startswith(f"{caption}. ")
        for name, cell in zip(table.header.cells, row.cells, strict=True):
            column = work.text[name.start : name.end]
            assert one_line(work.text[cell.start : cell.end]) in passage.embedding_text
            assert column == "№" or one_line(column).rstrip(":") in passage.embedding_text


def test_an_item_carries_its_lead_in(work: Work) -> None:
    lists = [(n, block) for n, block in enumerate(work.outline.blocks) if block.kind == "list"]
    assert len(lists) == 19
    for index, block in lists:
        lead_in = lead_in_of(work.text, work.outline, block)
        assert one_line(work.document.quote(block.items[0])) in lead_in
        inside = [sentence for sentence in work.sentences if sentence.block == index]
        assert len(inside) >= len(block.items)
        assert all(sentence.embedding_text.startswith(lead_in) for sentence in inside)
    for passage in work.passages:
        block = work.outline.blocks[work.sentences[passage.sentences[0]].block]
        if block.kind == "list":
            lead_in = lead_in_of(work.text, work.outline, block)
            assert one_line(work.document.quote(block.items[0])) in passage.embedding_text
            assert passage.start == block.start or lead_in in passage.embedding_text


def test_a_lead_in_that_says_nothing_alone_brings_the_sentence_before(tmp_path: Path) -> None:
    text = "Саясат бар. Оның үш қыры белгілі.\nОлардың мәні:\n- бірінші;\n- екінші.\n"
    work = work_of(text, tmp_path)
    block = work.outline.blocks[1]
    assert lead_in_of(text, work.outline, block) == "Оның үш қыры белгілі. Олардың мәні:"


def test_a_list_that_opens_a_text_brings_nothing_from_its_end(tmp_path: Path) -> None:
    text = "Олардың мәні:\n- бірінші;\n- екінші.\nСоңғы сөйлем осы жерде тұр.\n"
    work = work_of(text, tmp_path)
    assert lead_in_of(text, work.outline, work.outline.blocks[0]) == "Олардың мәні:"


def test_lists_without_lead_in_say_only_themselves(tmp_path: Path) -> None:
    work = work_of("- бірінші тармақ;\n- екінші тармақ.\n", tmp_path)
    assert lead_in_of(work.text, work.outline, work.outline.blocks[0]) == ""
    assert [s.embedding_text for s in work.sentences] == ["- бірінші тармақ;", "- екінші тармақ."]


def test_passage_ids_are_made_of_place_and_words(tmp_path: Path) -> None:
    text = "Бірінші абзац осы.\nЕкінші абзац осы.\n"
    (one,) = work_of(text, tmp_path).passages
    (same,) = work_of(text, tmp_path).passages
    (moved,) = work_of("\n" + text, tmp_path).passages
    (other,) = work_of(text.replace("Екінші", "Үшінші"), tmp_path).passages
    assert one.id == same.id
    assert len({one.id, moved.id, other.id}) == 3


def test_sentences_of_paragraphs_are_those_of_the_splitter(work: Work) -> None:
    for index, block in enumerate(work.outline.blocks[:100]):
        if block.kind == "paragraph":
            told = [(s.start, s.end) for s in work.sentences if s.block == index]
            spans = split_sentences(work.text, block.start, block.end)
            assert told == [(span.start, span.end) for span in spans]
