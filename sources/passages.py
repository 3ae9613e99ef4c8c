"""How a work is cut into passages, the pieces that are searched.

A passage is whole blocks of one section, about 900 characters: short neighbours are joined, long
ones are cut between sentences, a table row stands alone. What is embedded for a passage may say
more than what is cited from it: a row brings caption and column names, a list item its lead-in,
a paragraph the run-in heading that governs it. (A section title in front was measured to gain
nothing; see `evals/RESULTS.md`.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sources.blocks import Block, BlockKind
from sources.document import Span
from sources.outline import Outline
from sources.references import references
from sources.sentences import POINTS_BACK, Sentence, split_sentences
from sources.tables import Row, Table

CUTTING_RULES = "2"
"""Raised whenever the cutting changes, so that an index made by other rules is not used."""

PASSAGE_LENGTH = 900
"""Characters a passage aims not to exceed; measured against 1,000/200 windows in the design."""

SHORT_BLOCK = 400
"""A block below this many characters is joined to a short neighbour."""


@dataclass(frozen=True)
class Passage:
    """A piece of the work that is searched as one.

    Attributes:
        id: Made from address and text; the same for the same words at the same place.
        start: First code point.
        end: One past the last.
        section: Id of its section.
        paragraph: Number of its first block in the section.
        kind: Kind of its first block.
        table: Number of its table, None outside tables.
        row: Number of its row in the table, None outside tables.
        embedding_text: What is embedded for it.
        sentences: Indices of its sentences in the work's sentences, in order.
    """

    id: str
    start: int
    end: int
    section: str
    paragraph: int
    kind: BlockKind
    table: int | None
    row: int | None
    embedding_text: str
    sentences: tuple[int, ...]


def find_sentences(text: str, outline: Outline) -> tuple[Sentence, ...]:
    """Every sentence, list item and table row of a work in order; headings have none."""
    return tuple(
        sentence
        for index, block in enumerate(outline.blocks)
        if block.kind != "heading"
        for sentence in _block_sentences(text, outline, index, block)
    )


def _block_sentences(text: str, outline: Outline, index: int, block: Block) -> Iterator[Sentence]:
    if block.table:
        for row in block.table.rows:
            words = text[row.start : row.end]
            yield Sentence(
                row.start,
                row.end,
                index,
                references(words),
                row.number,
                row_in_words(text, block.table, row),
            )
    elif block.kind == "list":
        yield from _list_sentences(text, index, block, lead_in_of(text, outline, block))
    else:
        for span in split_sentences(text, block.start, block.end):
            words = text[span.start : span.end]
            yield Sentence(
                span.start,
                span.end,
                index,
                references(words),
                None,
                _with_context(block, block.start, span, one_line(words)),
            )


def _list_sentences(text: str, index: int, block: Block, lead_in: str) -> Iterator[Sentence]:
    for item in block.items:
        for span in split_sentences(text, item.start, item.end):
            words = text[span.start : span.end]
            said = one_line(words)
            is_lead = block.has_lead_in and item is block.items[0]
            embedded = (lead_in if is_lead else f"{lead_in} {said}") if lead_in else said
            yield Sentence(span.start, span.end, index, references(words), None, embedded)


def _with_context(block: Block, start: int, span: Span, words: str) -> str:
    """A sentence with the run-in heading that governs its block, unless it opens with it."""
    if not block.run_in or span.start == start or block.run_in in words:
        return words
    return f"{block.run_in}: {words}"


def lead_in_of(text: str, outline: Outline, block: Block) -> str:
    """The lead-in of a list on one line; empty when it has none.

    A lead-in that says nothing alone ("Олардың басты ерекшеліктері:") brings the sentence before.
    """
    if not block.has_lead_in:
        return ""
    lead_in = one_line(text[block.items[0].start : block.items[0].end])
    index = outline.block_index(block.start)
    before = outline.blocks[index - 1] if index else None
    if (
        before is None
        or before.section != block.section
        or before.kind != "paragraph"
        or not POINTS_BACK.match(lead_in)
    ):
        return lead_in
    last = split_sentences(text, before.start, before.end)[-1]
    return f"{one_line(text[last.start : last.end])} {lead_in}"


def one_line(words: str) -> str:
    """`words` with every run of white space as one space; for embedding, never for showing."""
    return " ".join(words.split())


def row_in_words(text: str, table: Table, row: Row) -> str:
    """A row as it is embedded: caption, then "column: cell" for each cell."""
    caption = one_line(text[table.caption.start : table.caption.end]) if table.caption else ""
    cells = []
    for name, cell in zip(table.header.cells, row.cells, strict=True):
        column = one_line(text[name.start : name.end]).rstrip(":")
        said = one_line(text[cell.start : cell.end])
        cells.append(said if column == "№" else f"{column}: {said}")
    return f"{caption}. {'; '.join(cells)}" if caption else "; ".join(cells)


def find_passages(
    text: str, outline: Outline, sentences: tuple[Sentence, ...]
) -> tuple[Passage, ...]:
    """Cut a work into passages, in order; together they hold every sentence once."""
    groups: list[list[int]] = []
    for block in _indices_by_block(sentences):
        for group in _cut(outline.blocks[sentences[block[0]].block], block, sentences):
            if groups and _joinable(outline, sentences, groups[-1], group):
                groups[-1].extend(group)
            else:
                groups.append(group)
    return tuple(_passage(text, outline, sentences, group) for group in groups)


def _indices_by_block(sentences: tuple[Sentence, ...]) -> Iterator[list[int]]:
    current: list[int] = []
    for index, sentence in enumerate(sentences):
        if current and sentences[current[-1]].block != sentence.block:
            yield current
            current = []
        current.append(index)
    if current:
        yield current


def _cut(block: Block, indices: list[int], sentences: tuple[Sentence, ...]) -> list[list[int]]:
    """A block's sentences in groups of about equal length, none much above the limit."""
    if block.table:
        return [[index] for index in indices]
    length = sentences[indices[-1]].end - sentences[indices[0]].start
    parts = -(-length // PASSAGE_LENGTH)
    target = length / parts
    groups: list[list[int]] = [[]]
    for index in indices:
        group = groups[-1]
        if group:
            begin = sentences[group[0]].start
            middle = (sentences[index].start + sentences[index].end) / 2 - begin
            too_long = sentences[index].end - begin > PASSAGE_LENGTH * 1.15
            if too_long or (len(groups) < parts and middle > target):
                groups.append([])
        groups[-1].append(index)
    return groups


def _joinable(
    outline: Outline, sentences: tuple[Sentence, ...], left: list[int], right: list[int]
) -> bool:
    first = outline.blocks[sentences[left[0]].block]
    last = outline.blocks[sentences[left[-1]].block]
    block = outline.blocks[sentences[right[0]].block]
    if last.kind == "table" or block.kind == "table" or last is block:
        return False
    if first.section != block.section or first.run_in != block.run_in:
        return False
    if block.number != last.number + 1:
        return False
    whole = sentences[right[-1]].end - sentences[left[0]].start
    return (
        whole <= PASSAGE_LENGTH
        and min(last.end - last.start, sentences[right[-1]].end - sentences[right[0]].start)
        < SHORT_BLOCK
    )


def _passage(
    text: str, outline: Outline, sentences: tuple[Sentence, ...], group: list[int]
) -> Passage:
    first, last = sentences[group[0]], sentences[group[-1]]
    block = outline.blocks[first.block]
    words = text[first.start : last.end]
    table = block.table
    if table:
        embedded = first.embedding_text
    else:
        lead_in = lead_in_of(text, outline, block)
        opening = lead_in if lead_in and first.start > block.items[0].start else ""
        run_in = block.run_in if block.run_in and block.run_in not in words[:120] else ""
        embedded = " ".join(
            part for part in (f"{run_in}:" if run_in else "", opening, one_line(words)) if part
        )
    name = hashlib.sha256(f"{first.start}:{last.end}:{words}".encode()).hexdigest()[:16]
    return Passage(
        id=name,
        start=first.start,
        end=last.end,
        section=block.section,
        paragraph=block.number,
        kind=block.kind,
        table=table.number if table else None,
        row=first.row,
        embedding_text=embedded,
        sentences=tuple(group),
    )
