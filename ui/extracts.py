"""Reading a work by address: what stands at "2.1.14", "t4.3", "101-205" or in all of "2.1".

Programs and language models read the work through this, so a place is one word, what comes back
is limited in length and says where to read on, and every piece carries the place by which it is
found again. The words are those of the text, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import (
    Block,
    FixableError,
    Language,
    Row,
    Table,
    Work,
    WorkLabel,
    address,
    place_of,
)
from ui.reading.links import understood

READ_LIMIT = 12_000
"""Characters of one extract: about 2,700 tokens of Kazakh, so that a reader is not flooded."""

_SPAN = re.compile(r"(\d{1,12})[-–:](\d{1,12})", re.ASCII)
_TABLE = re.compile(r"t(\d{1,6})(?:\.(\d{1,6}))?", re.ASCII)
_PARAGRAPH = re.compile(r"(.+)\.(\d{1,6})", re.ASCII)
_FORMS = (
    'A place is a paragraph "2.1.14", a section "2.1", a table "t4" or its row "t4.3", '
    'or characters "101-205".'
)


class PlaceUnclear(FixableError):
    """What was given as a place is none, or the work has nothing there."""


@dataclass(frozen=True)
class RowRead:
    """One row of a table.

    Attributes:
        number: From 1.
        start: First code point.
        end: One past the last.
        cells: Their words as they stand, in order.
    """

    number: int
    start: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class TableRead:
    """A table, or those of its rows that were asked for.

    Attributes:
        number: Of the table.
        caption: As it stands; None when the text gives it none.
        columns: The column names.
        rows: In order; empty when none lies in what was asked for.
    """

    number: int
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[RowRead, ...]


@dataclass(frozen=True)
class Piece:
    """A heading, paragraph, list or table, or the part of it that was asked for.

    Attributes:
        place: By which it can be read again; a paragraph as "2.1.14".
        address: The same as a person says it.
        section: Id of its section.
        section_title: Heading of that section.
        kind: "heading", "paragraph", "list" or "table".
        line: Line of the file where it begins, from 1.
        start: First code point.
        end: One past the last.
        text: The words, equal to the text at `[start, end)`.
        table: Its cells, None for other kinds.
    """

    place: str
    address: str
    section: str
    section_title: str
    kind: str
    line: int
    start: int
    end: int
    text: str
    table: TableRead | None


@dataclass(frozen=True)
class Extract:
    """What stands at a place.

    Attributes:
        work: Which work, in which state.
        place: What was asked for.
        start: First code point of it.
        end: One past its last.
        pieces: In the order of the text; at least one.
        next: The place to read on, None when this is all of it.
    """

    work: WorkLabel
    place: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    next: str | None


def extract(work: Work, place: str, language: Language, limit: int = READ_LIMIT) -> Extract:
    """What stands at a place: whole blocks as far as they fit, a longer one cut between words.

    Args:
        work: The work.
        place: See `PlaceUnclear`'s remedy for the forms; or the query of a link of the reader.
        language: Of the addresses.
        limit: Most characters of text.

    Raises:
        PlaceUnclear: It is no place, or nothing stands there.
        NoSuchPlace: The work has no such section or paragraph.
    """
    start, end = _range(work, place)
    pieces: list[Piece] = []
    unread: int | None = None
    left = limit
    for block in work.outline.blocks:
        first, last = max(block.start, start), min(block.end, end)
        if first >= last:
            continue
        if pieces and last - first > left:
            unread = first
            break
        if last - first > left:
            last = unread = _cut(work.text, first, first + left)
        pieces.append(_piece(work, block, first, last, language))
        if unread is not None:
            break
        left -= last - first
    if not pieces:
        raise PlaceUnclear(f"No words stand at {place!r}.", _FORMS)
    rest = None if unread is None else f"{unread}-{end}"
    label = WorkLabel(work.id, work.document.sha256)
    return Extract(label, place, start, end, tuple(pieces), rest)


def place_name(work: Work, offset: int) -> str:
    """The place of a code point in a word: "2.1.14", or "t4.3" in a table.

    Where that word would mean something else (a heading; paragraph 1 of chapter 2 beside section
    2.1) it is the range of the block.
    """
    block = work.outline.block_at(offset)
    place = place_of(work, offset)
    if place.table is not None:
        return f"t{place.table}.{place.row}" if place.row else f"t{place.table}"
    name = f"{block.section}.{block.number}"
    sections = {section.id for section in work.outline.sections}
    if block.number == 0 or name in sections:
        return f"{block.start}-{block.end}"
    return name


def _range(work: Work, place: str) -> tuple[int, int]:
    """First code point of a place, and one past its last."""
    word = place.strip()
    if word.startswith("?"):
        link = understood(word)
        word = link.span or link.place or ""
    if span := _SPAN.fullmatch(word):
        return _checked(work, int(span[1]), int(span[2]))
    if table := _TABLE.fullmatch(word.lower()):
        return _table_range(work, int(table[1]), None if table[2] is None else int(table[2]))
    if not word:
        raise PlaceUnclear("No place was given.", _FORMS)
    sections = {section.id for section in work.outline.sections}
    numbered = _PARAGRAPH.fullmatch(word)
    if numbered and word not in sections:
        # A link writes paragraph 1 of chapter 2 as 2.0.1, because 2.1 is a section.
        block = work.outline.paragraph(numbered[1].removesuffix(".0"), int(numbered[2]))
        return block.start, block.end
    section = work.outline.section(word)
    return section.start, section.end


def _checked(work: Work, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start < end <= len(work.text):
        raise PlaceUnclear(
            f"The text has no characters {start}-{end}.",
            f"The first number must be smaller than the second, and that at most {len(work.text)}.",
        )
    return start, end


def _table_range(work: Work, number: int, row: int | None) -> tuple[int, int]:
    table = work.outline.table(number)
    if table is None:
        known = ", ".join(str(one.number) for one in work.outline.tables) or "none"
        raise PlaceUnclear(f"The work has no table {number}.", f"Its tables: {known}.")
    if row is None:
        return table.start, table.end
    for one in (table.header, *table.rows):
        if one.number == row:
            return one.start, one.end
    raise PlaceUnclear(
        f"Table {number} has no row {row}.", f"Its rows are 1 to {len(table.rows)}; 0 is its head."
    )


def _cut(text: str, start: int, end: int) -> int:
    """The end of the last whole word before `end`, or `end` itself within one endless word."""
    at = end
    while at > start and not text[at].isspace():
        at -= 1
    return at if at > start else end


def _piece(work: Work, block: Block, start: int, end: int, language: Language) -> Piece:
    return Piece(
        place=_name_of(work, block, start, end),
        address=address(language, place_of(work, start)),
        section=block.section,
        section_title=" ".join(work.outline.section(block.section).title.split()),
        kind=block.kind,
        line=work.document.line_of(start),
        start=start,
        end=end,
        text=work.text[start:end],
        table=_table(work, block.table, start, end) if block.table else None,
    )


def _name_of(work: Work, block: Block, start: int, end: int) -> str:
    if block.table is None:
        return place_name(work, start)
    rows = [row.number for row in block.table.rows if (row.start, row.end) == (start, end)]
    return f"t{block.table.number}.{rows[0]}" if rows else f"t{block.table.number}"


def _table(work: Work, table: Table, start: int, end: int) -> TableRead:
    return TableRead(
        number=table.number,
        caption=work.document.quote(table.caption).strip() if table.caption else None,
        columns=_cells(work, table.header),
        rows=tuple(
            RowRead(row.number, row.start, row.end, _cells(work, row))
            for row in _rows_in(table, start, end)
        ),
    )


def _rows_in(table: Table, start: int, end: int) -> Iterator[Row]:
    return (row for row in table.rows if row.start < end and row.end > start)


def _cells(work: Work, row: Row) -> tuple[str, ...]:
    return tuple(work.text[cell.start : cell.end] for cell in row.cells)
