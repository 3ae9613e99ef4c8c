"""The little Markdown of an answer as escaped markup (pure).

Gradio's own Markdown would do more than answers need (`ui.answer_grammar`): it makes links and
pictures out of whatever stands in the text, and a picture is a request to another host. So the few
forms that answers use are turned into markup here, everything else is escaped and shown as it
stands, and the chat gets finished HTML.

The markup holds no line end: a blank line would hand the rest back to the chat's Markdown.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from itertools import groupby

from ui.answer_grammar import Block, Items, Line, Lines, Table, blocks_of, line_of

Mark = Callable[[int], str | None]
"""Number of a marker to its markup; None when the answer has no such citation."""


def escape(text: str) -> str:
    """The text as markup that shows exactly it, on one line of source."""
    return html.escape(text).replace("\r\n", "&#10;").replace("\n", "&#10;").replace("\r", "&#10;")


def blocks(markdown: str, mark: Mark) -> str:
    """Paragraphs, lists, tables and quotations of an answer; "" for an empty one.

    Args:
        markdown: The answer, finished or as far as it has come.
        mark: What to put where a marker stands.
    """
    return "".join(_block(block, mark) for block in blocks_of(markdown))


def inline(text: str, mark: Mark) -> str:
    """One line with its bold words and markers; a bold mark without its fellow is dropped."""
    return _line(line_of(text), mark)


def _line(line: Line, mark: Mark) -> str:
    parts: list[str] = []
    for bold, pieces in groupby(line, key=lambda piece: piece.bold):
        told = "".join(
            (piece.marker is not None and mark(piece.marker)) or escape(piece.text)
            for piece in pieces
        )
        parts.append(f"<strong>{told}</strong>" if bold else told)
    return "".join(parts)


def _block(block: Block, mark: Mark) -> str:
    match block:
        case Table():
            return _table(block, mark)
        case Items(items, first):
            told = "".join(f"<li>{_line(item, mark)}</li>" for item in items)
            return f"<ul>{told}</ul>" if first is None else f'<ol start="{first}">{told}</ol>'
        case Lines(lines, quoted):
            told = "<br>".join(_line(line, mark) for line in lines)
            return f"<blockquote>{told}</blockquote>" if quoted else f"<p>{told}</p>"


def _table(table: Table, mark: Mark) -> str:
    head = "" if table.header is None else _row(table.header, "th", mark)
    body = "".join(_row(row, "td", mark) for row in table.rows)
    told = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<div class="table" tabindex="0">{told}</div>'


def _row(cells: tuple[Line, ...], tag: str, mark: Mark) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    body = "".join(f"<{tag}{scope}>{_line(cell, mark)}</{tag}>" for cell in cells)
    return f"<tr>{body}</tr>"
