"""A document as Markdown (CommonMark with the tables of GitHub's flavour).

Every sign that could become markup is escaped, so that a reader of the file sees the very text:
no picture, link or tag comes out of a work, a question or a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ui.exporting.layout import Facts, Grid, Heading, Items, Paragraph, Part, Quoted, Text

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~&#!$]|(?<=[Ww][Ww][Ww])\.|:(?=//)")
_LINE_BEGINS = re.compile(r"^(?:[+=-]|(\d{1,9})(?=[.)](?:\s|$)))")


def markdown_bytes(parts: Iterable[Part]) -> bytes:
    """The document in UTF-8."""
    return ("\n\n".join(_part(part) for part in parts) + "\n").encode()


def escaped(text: str) -> str:
    """One line of text inside a line of Markdown that shows exactly it."""
    return _SIGNS.sub(r"\\\g<0>", text)


def escaped_line(text: str) -> str:
    """The same where the text begins a line: no list, rule or heading comes of it."""
    line = escaped(text)
    begins = _LINE_BEGINS.match(line)
    if begins is None:
        return line
    number = begins[1] or ""
    return f"{number}\\{line[len(number) :]}"


def _part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return f"{'#' * level} {escaped_line(text)}"
        case Paragraph(text, _):
            return _line(text)
        case Items(items, first):
            signs = ("-" if first is None else f"{first + at}." for at in range(len(items)))
            return "\n".join(f"{s} {_line(item)}" for s, item in zip(signs, items, strict=True))
        case Facts(pairs):
            return "\n".join(f"- {escaped_line(name)}: {escaped(value)}" for name, value in pairs)
        case Quoted(label, _, words, source):
            return f"**{escaped(label)}** «{escaped(words)}»\\\n{escaped_line(source)}"
        case Grid():
            return _grid(part)


def _grid(grid: Grid) -> str:
    columns = grid.columns
    header = grid.header or ((),) * columns
    lines = [_row(header, columns), "|" + " --- |" * columns]
    return "\n".join([*lines, *(_row(row, columns) for row in grid.rows)])


def _row(cells: tuple[Text, ...], columns: int) -> str:
    padded = (*cells, *((),) * (columns - len(cells)))
    return "|" + "".join(f" {_inline(cell)} |" for cell in padded)


def _line(text: Text) -> str:
    """Runs that begin a line."""
    if text and not text[0].bold and not text[0].target:
        return escaped_line(text[0].text) + _inline(text[1:])
    return _inline(text)


def _inline(text: Text) -> str:
    return "".join(_bold(run.text) if run.bold else escaped(run.text) for run in text)


def _bold(text: str) -> str:
    """Bold; the spaces at its ends stay outside, or the stars would be stars."""
    bare = text.strip()
    if not bare:
        return text
    before = text[: len(text) - len(text.lstrip())]
    return f"{before}**{escaped(bare)}**{text[len(text.rstrip()) :]}"
