"""How a table laid out one cell a line becomes caption, header and rows again.

The dissertation's nine tables lost their grid on the way to plain text: one cell a line, most led
by a tab, rows parted by empty lines. A cell alone says nothing ("БҰҰ, ЕҚЫҰ"), so a row is the unit
that is searched and cited, and its column names travel with it. What varies: the blank after the
caption, header cells without their tab and parted by lone tabs (table 2), no empty line after the
last row (table 1), a number column or none (5, 6), and no caption at all (table 7, known by its
header that begins with `№` and by its place between 6 and 8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.document import Document, Span

_CAPTION = re.compile(r"\s*(?:Кесте|Таблица|Table)\s*(\d{1,3})\s*[-–—.:]\s*\S")
_CELL_LIMIT = 400
"""Longest line that can be a cell, in characters; the longest of the dissertation has 324."""

_COLUMN_LIMIT = 30
"""Most columns of a table; without one, each caption would be tried against the whole text."""


@dataclass(frozen=True)
class Cell:
    """One cell: its address without the white space around it."""

    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """One row: its number from 1 (0 for the header), its address, and its cells in order."""

    number: int
    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        number: As captioned, or by its place when the text gives it no caption.
        caption: Address of the caption line, None when there is none.
        header: The column names, as row 0.
        rows: In order, numbered from 1.
        start: First character of caption or header.
        end: One past the last cell.
        first_line: Index of its first line in the file, from 0.
        end_line: One past its last line.
    """

    number: int
    caption: Span | None
    header: Row
    rows: tuple[Row, ...]
    start: int
    end: int
    first_line: int
    end_line: int


@dataclass(frozen=True)
class _Line:
    index: int
    start: int
    raw: str

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def tabbed(self) -> bool:
        return self.raw.lstrip(" ").startswith("\t")

    def cell(self) -> Cell:
        begin = self.start + len(self.raw) - len(self.raw.lstrip())
        return Cell(begin, begin + len(self.text))


def find_tables(document: Document) -> tuple[Table, ...]:
    """All tables of a text in order; empty when it has none."""
    lines = _lines(document)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        table = _table_at(lines, at, tables[-1].number + 1 if tables else 1)
        if table is None:
            at += 1
        else:
            tables.append(table)
            at = table.end_line
    return tuple(tables)


def table_lines(tables: tuple[Table, ...]) -> frozenset[int]:
    """Indices (from 0) of the lines that belong to tables."""
    return frozenset(line for table in tables for line in range(table.first_line, table.end_line))


def _lines(document: Document) -> list[_Line]:
    spans = map(document.line_span, range(len(document.line_starts)))
    return [
        _Line(index, span.start, document.text[span.start : span.end].removesuffix("\r"))
        for index, span in enumerate(spans)
    ]


def _table_at(lines: list[_Line], at: int, next_number: int) -> Table | None:
    """The table whose caption, or whose `№` where it has no caption, stands on line `at`."""
    caption = _CAPTION.match(lines[at].raw) if not lines[at].tabbed else None
    if caption is None and not (lines[at].tabbed and lines[at].text == "№"):
        return None
    top = at + 1 if caption else at
    while caption and top < len(lines) and not lines[top].text and top < at + 3:
        top += 1
    header_cells, below = _header(lines, top)
    if len(header_cells) < 2:
        return None
    rows, bottom = _rows(lines, below, len(header_cells))
    if not rows:
        return None
    first = lines[at].cell() if caption else header_cells[0]
    return Table(
        number=int(caption[1]) if caption else next_number,
        caption=Span(first.start, first.end) if caption else None,
        header=_row(0, header_cells),
        rows=tuple(rows),
        start=first.start,
        end=rows[-1].end,
        first_line=at,
        end_line=bottom,
    )


def _header(lines: list[_Line], at: int) -> tuple[list[Cell], int]:
    """The cells up to the next empty line; a lone tab parts cells and is none itself.

    No cells when the lines are more than a table may have columns, counting the lone tabs.
    """
    top = at
    cells: list[Cell] = []
    while at < len(lines) and lines[at].raw and len(lines[at].raw) <= _CELL_LIMIT:
        if at - top == 2 * _COLUMN_LIMIT:
            return [], at
        if not cells and not lines[at].tabbed:
            break
        if lines[at].text:
            cells.append(lines[at].cell())
        at += 1
    return cells, at


def _rows(lines: list[_Line], at: int, columns: int) -> tuple[list[Row], int]:
    """The rows below a header and the line after the table.

    A row has exactly as many tabbed lines as the header has cells; the first group of lines that
    has not is prose and ends the table.
    """
    rows: list[Row] = []
    end = at
    while at < len(lines):
        if not lines[at].text:
            at += 1
            continue
        group = lines[at : at + columns]
        if len(group) < columns or not all(
            line.tabbed and line.text and len(line.raw) <= _CELL_LIMIT for line in group
        ):
            break
        rows.append(_row(len(rows) + 1, [line.cell() for line in group]))
        at += columns
        end = at
    return rows, end


def _row(number: int, cells: list[Cell]) -> Row:
    return Row(number, cells[0].start, cells[-1].end, tuple(cells))
