"""The page and an exported document read one grammar: both show the same words of an answer."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.exporting.answer_text import answer_parts, statement_pieces
from ui.exporting.layout import Grid, Items, Paragraph, Part, Text
from ui.formatting import blocks

SIGNS = "аб1[]|*>-. \\\t\n"
KINDS = {"p": Paragraph, "blockquote": Paragraph, "ul": Items, "ol": Items, "table": Grid}


def texts(part: Part) -> tuple[Text, ...]:
    match part:
        case Paragraph(text, _):
            return (text,)
        case Items(items, _):
            return items
        case Grid(header, rows, _):
            return tuple(cell for row in (*((header,) if header else ()), *rows) for cell in row)
    raise AssertionError(part)


def letters(text: str) -> str:
    """The text without white space, which the two forms set differently."""
    return "".join(text.split())


def shown(page: str) -> str:
    return letters(unescape(re.sub("<[^>]*>", "", page)))


@given(st.text(alphabet=st.sampled_from(SIGNS), max_size=120))
@example(">\t>")
def test_a_document_says_what_the_page_shows(text: str) -> None:
    page = blocks(text, lambda marker: f"<a>[{marker}]</a>")
    parts = answer_parts(text, lambda marker: "c")
    runs = [run for part in parts for one in texts(part) for run in one]
    assert letters("".join(run.text for run in runs)) == shown(page)
    assert [type(part) for part in parts] == [
        KINDS[tag] for tag in re.findall("<(p|blockquote|ul|ol|table)[ >]", page)
    ]
    markers = [run.text for run in runs if run.target]
    assert markers == re.findall(r"<a>(.*?)</a>", page)
    bold = letters("".join(run.text for run in runs if run.bold))
    assert bold == shown("".join(re.findall("<strong>(.*?)</strong>", page)))


@pytest.mark.parametrize("text", ["|", "| --- |", "а\n|\nә", "|---|\n|---|"])
def test_bars_without_cells_are_no_table(text: str) -> None:
    (part,) = answer_parts(text, lambda marker: "")
    assert isinstance(part, Paragraph)


def test_bullets_and_numbers_are_two_lists() -> None:
    parts = answer_parts("- а\n3. ә\n4. б", lambda marker: "")
    assert [(len(part.items), part.first) for part in parts if isinstance(part, Items)] == [
        (1, None),
        (2, 3),
    ]
    page = blocks("- а\n3. ә\n4. б", lambda marker: None)
    assert page == '<ul><li>а</li></ul><ol start="3"><li>ә</li><li>б</li></ol>'


def test_a_statement_is_held_against_the_text_cell_by_cell_and_without_markers() -> None:
    assert statement_pieces("| 2001 | **Көп** векторлы [1] |") == ("2001", "Көп векторлы")
    assert statement_pieces("Көп [1] векторлы \\[150\\] [2]") == ("Көп  векторлы [150]",)
