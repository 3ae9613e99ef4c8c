"""A table of the work as a real table, every row with its permanent link (pure)."""

from __future__ import annotations

from assistant import Row, Table, table_title
from ui.formatting import escape
from ui.reading.marks import Marks, addressed
from ui.reading.view import ReadingView


def table_markup(view: ReadingView, table: Table, marks: Marks) -> str:
    """Caption, header and rows.

    A caption or cell is shown as it stands; a table without a caption says so in the language of
    the page.

    Args:
        view: The work and the words of the page.
        table: The table.
        marks: What is marked in it.
    """
    text = view.work.text
    name = escape(table_title(view.language, table.number, None))
    if table.caption is not None:
        caption = f"<caption {view.lang}>" + addressed(
            "span", text, table.caption.start, table.caption.end, marks
        )
        name = escape(" ".join(view.work.document.quote(table.caption).split()))
    else:
        caption = f'<caption class="missing">{name}'
    head = "".join(
        addressed("th", text, cell.start, cell.end, marks, ' scope="col"')
        for cell in table.header.cells
    )
    rows = "".join(_row(view, table, row, marks) for row in table.rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{name}">'
        f"<table>{caption}</caption><thead><tr>"
        f'<th scope="col" class="number">{escape(view.words.row)}</th>{head}</tr></thead>'
        f"<tbody {view.lang}>{rows}</tbody></table></div>"
    )


def _row(view: ReadingView, table: Table, row: Row, marks: Marks) -> str:
    cells = "".join(
        addressed("td", view.work.text, cell.start, cell.end, marks) for cell in row.cells
    )
    label = escape(view.address(row.start))
    link = (
        f'<a class="number" href="?p=t{table.number}.{row.number}" aria-label="{label}" '
        f'title="{label}">{row.number}</a>'
    )
    return f'<tr><td class="number">{link}</td>{cells}</tr>'
