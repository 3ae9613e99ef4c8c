"""The little Markdown of an answer (`ui.answer_grammar`) as parts of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ui import answer_grammar as grammar
from ui.exporting.layout import Grid, Items, Paragraph, Part, Run, Text, fit, on_one_line

Target = Callable[[int], str]
"""Number of a marker to the name of its citation; "" when the answer has none of that number."""


def answer_parts(markdown: str, target: Target) -> tuple[Part, ...]:
    """An answer as paragraphs, lists and tables; () for an empty one."""
    spaced = "\n".join(" ".join(line.split()) for line in fit(markdown).splitlines())
    return tuple(_part(block, target) for block in grammar.blocks_of(spaced))


def answer_line(markdown: str, target: Target) -> Text:
    """One statement on one line: a row of a table with its cells parted by dashes."""
    line = on_one_line(markdown)
    if line.startswith("|"):
        line = " — ".join(cell for cell in grammar.cells_of(line) if cell)
    return _text(grammar.line_of(line), target)


def statement_pieces(markdown: str) -> tuple[str, ...]:
    """The words of one statement without markers and Markdown: as a whole, or cell by cell."""
    line = " ".join(markdown.split())
    told = grammar.cells_of(line) if line.startswith("|") else [line]
    return tuple(
        "".join(one.text for one in grammar.line_of(part) if one.marker is None).strip()
        for part in told
    )


def _part(block: grammar.Block, target: Target) -> Part:
    match block:
        case grammar.Table(header, rows):
            return Grid(
                None if header is None else _texts(header, target),
                tuple(_texts(row, target) for row in rows),
            )
        case grammar.Items(items, first):
            return Items(_texts(items, target), first)
        case grammar.Lines(lines):
            return Paragraph(_text(_in_one(lines), target))


def _in_one(lines: tuple[grammar.Line, ...]) -> Iterator[grammar.Piece]:
    """Lines as one, with a space between them."""
    for number, line in enumerate(lines):
        if number:
            yield grammar.Piece(" ")
        yield from line


def _texts(lines: tuple[grammar.Line, ...], target: Target) -> tuple[Text, ...]:
    return tuple(_text(line, target) for line in lines)


def _text(line: Iterable[grammar.Piece], target: Target) -> Text:
    """Neighbours of one look as one run."""
    runs: list[Run] = []
    for piece in line:
        run = Run(piece.text, piece.bold, "" if piece.marker is None else target(piece.marker))
        last = runs[-1] if runs else None
        if last and (last.bold, last.target) == (run.bold, run.target) == (run.bold, ""):
            runs[-1] = Run(last.text + run.text, run.bold)
        else:
            runs.append(run)
    return tuple(runs)
