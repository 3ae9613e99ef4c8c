"""The little Markdown that answers are written in, read once for every form they are shown in.

An answer is text with `**bold**`, lists, tables, quotations and markers `[1]`. The page
(`ui.formatting`) and exported documents (`ui.exporting.answer_text`) write what is read here, so
that both show the same. Everything else is text and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_SIGN = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])|\*\*|\[(\d{1,3})\]")
_ITEM = re.compile(r"(?:[-*•·]|(\d{1,3})[.)])\s+(.*)")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_QUOTED = re.compile(r"^[>\s]+")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Piece:
    """A stretch of a line of one look.

    Attributes:
        text: As it is read, without signs of Markdown; of a marker as it is written, "[1]".
        bold: Whether it is emphasised.
        marker: Number of a marker; None for words.
    """

    text: str
    bold: bool = False
    marker: int | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Lines:
    """A paragraph, or a quotation; at least one line."""

    lines: tuple[Line, ...]
    quoted: bool = False


@dataclass(frozen=True)
class Items:
    """A list; `first` is the number of its first item, None for bullets."""

    items: tuple[Line, ...]
    first: int | None = None


@dataclass(frozen=True)
class Table:
    """A table with at least one row; `header` is None where no rule stands under the first."""

    header: tuple[Line, ...] | None
    rows: tuple[tuple[Line, ...], ...]


Block = Lines | Items | Table
_Kind = Literal["text", "quotation", "bullet", "number", "table"]


def blocks_of(markdown: str) -> Iterator[Block]:
    """The blocks of an answer, finished or as far as it has come; none of an empty one."""
    for kind, lines in _groups(markdown):
        if kind == "table":
            yield _table(lines)
        elif kind in ("bullet", "number"):
            matches = [match for line in lines if (match := _ITEM.fullmatch(line))]
            first = int(matches[0][1]) if kind == "number" else None
            yield Items(tuple(line_of(match[2]) for match in matches), first)
        else:
            told = [_QUOTED.sub("", line) for line in lines] if kind == "quotation" else lines
            yield Lines(tuple(map(line_of, told)), kind == "quotation")


def line_of(text: str) -> Line:
    """One line with its bold words and markers; a bold mark without its fellow is dropped."""
    pieces: list[Piece] = []
    position, bold = 0, False
    for match in _SIGN.finditer(text):
        pieces.append(Piece(text[position : match.start()], bold))
        position = match.end()
        if match[1]:
            pieces.append(Piece(match[1], bold))
        elif match[2]:
            pieces.append(Piece(match[0], bold, int(match[2])))
        else:
            bold = not bold
    pieces.append(Piece(text[position:], bold))
    return tuple(piece for piece in pieces if piece.text)


def cells_of(line: str) -> list[str]:
    """The cells of a row that begins with "|"; the bar at its end may be missing."""
    cells = _CELL_EDGE.split(line)
    return [cell.strip() for cell in cells[1 : None if cells[-1].strip() else -1]]


def _kind(line: str) -> _Kind:
    if line.startswith("|") and cells_of(line):
        return "table"
    if line.startswith(">"):
        return "quotation"
    match = _ITEM.fullmatch(line)
    if match is None:
        return "text"
    return "number" if match[1] else "bullet"


def _groups(markdown: str) -> Iterator[tuple[_Kind, list[str]]]:
    """Runs of neighbouring lines of one kind."""
    group: list[str] = []
    kind: _Kind = "text"
    for line in map(str.strip, markdown.splitlines()):
        if group and (not line or _kind(line) != kind):
            yield kind, group
            group = []
        if line:
            kind = _kind(line)
            group.append(line)
    if group:
        yield kind, group


def _table(lines: list[str]) -> Table | Lines:
    """A table; a rule that stands alone is none."""
    rows = [tuple(map(line_of, cells_of(line))) for line in lines if not _RULE.fullmatch(line)]
    if not rows:
        return Lines(tuple(map(line_of, lines)))
    has_header = len(lines) > 1 and _RULE.fullmatch(lines[1]) is not None
    return Table(rows[0], tuple(rows[1:])) if has_header else Table(None, tuple(rows))
