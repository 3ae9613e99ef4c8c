"""The little Markdown of an answer as parts of a document.

The same few forms that `ui.formatting` shows on the page: paragraphs, lists, tables, quotations,
`**bold**` and markers `[1]`. Everything else is text and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ui.exporting.layout import Grid, Items, Paragraph, Part, Run, Text, fit, on_one_line

Target = Callable[[int], str]
"""Number of a marker to the name of its citation; "" when the answer has none of that number."""

_SIGN = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])|\*\*|\[(\d{1,3})\]")
_ITEM = re.compile(r"(?:[-*•·]|(\d{1,3})[.)])\s+(.*)")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


def answer_parts(markdown: str, target: Target) -> tuple[Part, ...]:
    """An answer as paragraphs, lists and tables; () for an empty one."""
    return tuple(_part(lines, target) for lines in _groups(fit(markdown)))


def answer_line(markdown: str, target: Target) -> Text:
    """One statement on one line: a row of a table with its cells parted by dashes."""
    line = on_one_line(markdown)
    if line.startswith("|"):
        line = " — ".join(cell for cell in _cells(line) if cell)
    return _runs(line, target)


def statement_pieces(markdown: str) -> tuple[str, ...]:
    """The words of one statement without markers and Markdown: as a whole, or cell by cell."""
    line = " ".join(markdown.split())
    told = _cells(line) if line.startswith("|") else [line]
    runs = (_runs(piece, lambda marker: "marker") for piece in told)
    return tuple("".join(run.text for run in piece if not run.target).strip() for piece in runs)


def _kind(line: str) -> str:
    if line.startswith("|"):
        return "table"
    if line.startswith(">"):
        return "quotation"
    match = _ITEM.fullmatch(line)
    if match is None:
        return "text"
    return "number" if match[1] else "bullet"


def _groups(markdown: str) -> Iterator[list[str]]:
    """Runs of neighbouring lines of one kind."""
    group: list[str] = []
    for written in markdown.splitlines():
        line = " ".join(written.split())
        if group and (not line or _kind(line) != _kind(group[0])):
            yield group
            group = []
        if line:
            group.append(line)
    if group:
        yield group


def _part(lines: list[str], target: Target) -> Part:
    kind = _kind(lines[0])
    if kind == "table":
        return _table(lines, target)
    if kind in {"number", "bullet"}:
        matches = [match for line in lines if (match := _ITEM.fullmatch(line))]
        first = int(matches[0][1]) if kind == "number" else None
        return Items(tuple(_runs(match[2], target) for match in matches), first)
    told = [line.lstrip("> ") if kind == "quotation" else line for line in lines]
    return Paragraph(_runs(" ".join(told), target))


def _table(lines: list[str], target: Target) -> Grid:
    """A table whose first row is its header when a rule stands under it."""
    has_header = len(lines) > 1 and _RULE.fullmatch(lines[1]) is not None
    rows = [
        tuple(_runs(cell, target) for cell in _cells(line))
        for line in lines
        if not _RULE.fullmatch(line)
    ]
    header = rows.pop(0) if has_header and rows else None
    return Grid(header, tuple(rows))


def _cells(line: str) -> list[str]:
    cells = _CELL_EDGE.split(line)
    return [cell.strip() for cell in cells[1 : None if cells[-1].strip() else -1]]


def _runs(text: str, target: Target) -> Text:
    """A line with its bold words and markers; a bold mark without its fellow is dropped."""
    runs: list[Run] = []
    position, bold = 0, False
    for match in _SIGN.finditer(text):
        runs.append(Run(text[position : match.start()], bold))
        position = match.end()
        if match[1]:
            runs.append(Run(match[1], bold))
        elif match[2]:
            runs.append(Run(match[0], bold, target(int(match[2]))))
        else:
            bold = not bold
    runs.append(Run(text[position:], bold))
    return _joined(run for run in runs if run.text)


def _joined(runs: Iterator[Run]) -> Text:
    """Neighbours of one look as one run."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.bold, last.target) == (run.bold, run.target) == (run.bold, ""):
            joined[-1] = Run(last.text + run.text, run.bold)
        else:
            joined.append(run)
    return tuple(joined)
