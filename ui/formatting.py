"""The little Markdown of an answer as escaped markup (pure).

An answer is text with `**bold**`, lists, tables, quotations and markers `[1]`. Gradio's own
Markdown would do more than that: it makes links and pictures out of whatever stands in the text,
and a picture is a request to another host. So the few forms that answers use are turned into
markup here, everything else is escaped and shown as it stands, and the chat gets finished HTML.

The markup holds no line end: a blank line would hand the rest back to the chat's Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

Mark = Callable[[int], str | None]
"""Number of a marker to its markup; None when the answer has no such citation."""

_INLINE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])|\*\*|\[(\d{1,3})\]")
_ITEM = re.compile(r"\s*(?:[-*•·]|(\d{1,3})[.)])\s+(.*)")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


def escape(text: str) -> str:
    """The text as markup that shows exactly it, on one line of source."""
    return html.escape(text).replace("\r\n", "&#10;").replace("\n", "&#10;").replace("\r", "&#10;")


def blocks(markdown: str, mark: Mark) -> str:
    """Paragraphs, lists, tables and quotations of an answer; "" for an empty one.

    Args:
        markdown: The answer, finished or as far as it has come.
        mark: What to put where a marker stands.
    """
    return "".join(_block(lines, mark) for lines in _groups(markdown))


def inline(text: str, mark: Mark) -> str:
    """One line with its bold words and markers; a bold mark without its fellow is dropped."""
    parts: list[str] = []
    position, bold = 0, False
    for match in _INLINE.finditer(text):
        parts.append(escape(text[position : match.start()]))
        position = match.end()
        if match[1]:
            parts.append(escape(match[1]))
        elif match[2]:
            parts.append(mark(int(match[2])) or escape(match[0]))
        else:
            bold = not bold
            parts.append("<strong>" if bold else "</strong>")
    parts.append(escape(text[position:]))
    if bold:
        parts.append("</strong>")
    return "".join(parts)


def _kind(line: str) -> str:
    if line.lstrip().startswith("|"):
        return "table"
    if line.lstrip().startswith(">"):
        return "quotation"
    return "item" if _ITEM.fullmatch(line) else "text"


def _groups(markdown: str) -> Iterator[list[str]]:
    """Runs of neighbouring lines of one kind."""
    group: list[str] = []
    for line in markdown.splitlines():
        continues = bool(group) and _kind(line) == _kind(group[0])
        if group and (not line.strip() or not continues):
            yield group
            group = []
        if line.strip():
            group.append(line)
    if group:
        yield group


def _block(lines: list[str], mark: Mark) -> str:
    kind = _kind(lines[0])
    if kind == "table":
        return _table(lines, mark)
    if kind == "item":
        return _list(lines, mark)
    if kind == "quotation":
        body = "<br>".join(inline(line.lstrip().lstrip(">").strip(), mark) for line in lines)
        return f"<blockquote>{body}</blockquote>"
    return f"<p>{'<br>'.join(inline(line.strip(), mark) for line in lines)}</p>"


def _list(lines: list[str], mark: Mark) -> str:
    matches = [match for line in lines if (match := _ITEM.fullmatch(line))]
    items = "".join(f"<li>{inline(match[2], mark)}</li>" for match in matches)
    first = matches[0][1]
    return f'<ol start="{int(first)}">{items}</ol>' if first else f"<ul>{items}</ul>"


def _table(lines: list[str], mark: Mark) -> str:
    """A table whose first row is its header when a rule stands under it."""
    header = len(lines) > 1 and bool(_RULE.fullmatch(lines[1].strip()))
    rows = [_cells(line) for line in lines if not _RULE.fullmatch(line.strip())]
    head = _row(rows.pop(0), "th", mark) if header and rows else ""
    body = "".join(_row(row, "td", mark) for row in rows)
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<div class="table" tabindex="0">{table}</div>'


def _cells(line: str) -> list[str]:
    cells = _CELL_EDGE.split(line.strip())
    return [cell.strip() for cell in cells[1 : None if cells[-1].strip() else -1]]


def _row(cells: list[str], tag: str, mark: Mark) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    body = "".join(f"<{tag}{scope}>{inline(cell, mark)}</{tag}>" for cell in cells)
    return f"<tr>{body}</tr>"
