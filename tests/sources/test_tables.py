from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import Row, Table, Work, row_in_words
from tests.sources.made_up import FEW, data, work_of

BY_HAND: dict[str, dict[str, Any]] = data("tables.json")
WHOLE = [number for number, table in BY_HAND.items() if "rows" in table]
IN_PART = [number for number in BY_HAND if number not in WHOLE]

SMALL = """Бірінші абзац осында.
Кесте 1 - Елдер мен астаналар

\t№
\tЕл
\tАстана

\t1
\tҚазақстан
\tАстана

\t2
\tҚытай
\tБейжің
Кестеден кейінгі абзац.
"""


def cells(work: Work, row: Row) -> list[str]:
    return [work.text[cell.start : cell.end] for cell in row.cells]


def grid(work: Work, table: Table) -> list[list[str]]:
    return [cells(work, row) for row in table.rows]


def caption(work: Work, table: Table) -> str | None:
    return work.document.quote(table.caption) if table.caption else None


def table_of(work: Work, number: str | int) -> Table:
    table = work.outline.table(int(number))
    assert table
    return table


def test_the_work_has_its_nine_tables_and_no_other(work: Work) -> None:
    assert [table.number for table in work.outline.tables] == [int(number) for number in BY_HAND]
    assert work.outline.table(10) is None


@pytest.mark.parametrize("number", WHOLE)
def test_cell_by_cell(work: Work, number: str) -> None:
    table, hand = table_of(work, number), BY_HAND[number]
    assert cells(work, table.header) == hand["header"]
    assert grid(work, table) == hand["rows"]


@pytest.mark.parametrize("number", IN_PART)
def test_header_ends_and_counts(work: Work, number: str) -> None:
    table, hand = table_of(work, number), BY_HAND[number]
    assert cells(work, table.header) == hand["header"]
    assert cells(work, table.rows[0]) == hand["first_row"]
    assert cells(work, table.rows[-1]) == hand["last_row"]
    assert len(table.rows) == hand["rows_count"]
    assert {len(row.cells) for row in table.rows} == {hand["columns"]}


@pytest.mark.parametrize("number", BY_HAND)
def test_captions(work: Work, number: str) -> None:
    assert caption(work, table_of(work, number)) == BY_HAND[number]["caption"]


def test_rows_are_numbered_and_hold_their_cells(work: Work) -> None:
    for table in work.outline.tables:
        assert table.header.number == 0
        assert [row.number for row in table.rows] == list(range(1, len(table.rows) + 1))
        for row in (table.header, *table.rows):
            assert (row.start, row.end) == (row.cells[0].start, row.cells[-1].end)
            assert table.start <= row.start < row.end <= table.end
            assert all(cell == cell.strip() != "" for cell in cells(work, row))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_small_table(tmp_path: Path, newline: str) -> None:
    work = work_of(SMALL.replace("\n", newline), tmp_path)
    (table,) = work.outline.tables
    assert caption(work, table) == "Кесте 1 - Елдер мен астаналар"
    assert cells(work, table.header) == ["№", "Ел", "Астана"]
    assert grid(work, table) == [["1", "Қазақстан", "Астана"], ["2", "Қытай", "Бейжің"]]
    assert [block.kind for block in work.outline.blocks] == ["paragraph", "table", "paragraph"]
    assert row_in_words(work.text, table, table.rows[1]) == (
        "Кесте 1 - Елдер мен астаналар. 2; Ел: Қытай; Астана: Бейжің"
    )


def test_a_table_without_caption_is_numbered_by_its_place(tmp_path: Path) -> None:
    bare = SMALL.replace("Кесте 1 - Елдер мен астаналар\n\n", "")
    work = work_of(SMALL.replace("Кесте 1", "Кесте 6") + bare, tmp_path)
    assert [table.number for table in work.outline.tables] == [6, 7]
    second = work.outline.tables[1]
    assert second.caption is None
    assert grid(work, second)[0] == ["1", "Қазақстан", "Астана"]


def test_two_columns_of_one_name_keep_both_cells(tmp_path: Path) -> None:
    text = "Table 1. Two\n\tRisk\n\tAbout\n\tAbout\n\n\ta\n\tb\n\tc\n"
    work = work_of(text, tmp_path)
    (table,) = work.outline.tables
    assert row_in_words(work.text, table, table.rows[0]) == (
        "Table 1. Two. Risk: a; About: b; About: c"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Бірінші абзац.\t\tЕкінші абзац.\n\tҮшінші абзац.\n\tТөртінші.\n",
        "\tШегінген абзац.\n\n\tТағы бір абзац.\n",
        "Кесте 3- Аты бар, бірақ өзі жоқ\n\nБұл кесте емес.\n",
        "Кесте 3 көрсеткендей, сауда өсті.\n\n\tАбзац.\n",
        "Кесте 3- Бір баған\n\tА\n\n\tа\n\n\tб\n",
        "Кесте 3- Ұзын\n\tА\n\tБ\n\n\tа\n\t" + "б" * 500 + "\n",
        "\t№\n" * 300,
    ],
)
def test_prose_is_no_table(tmp_path: Path, text: str) -> None:
    assert work_of(text, tmp_path).outline.tables == ()


CELL = st.text(
    st.one_of(st.sampled_from("абвқ1 .,"), st.characters(exclude_categories=["C", "Z"])),
    min_size=1,
    max_size=30,
).filter(lambda cell: cell == cell.strip() and cell.strip("\ufeff"))
TABLES = st.integers(2, 7).flatmap(
    lambda columns: st.lists(
        st.lists(CELL, min_size=columns, max_size=columns), min_size=2, max_size=8
    )
)


def layout(rows: list[list[str]], newline: str, tab: str) -> str:
    """One cell a line, each led by a tab (in the header only the first need be), rows parted."""
    header = newline.join([f"\t{rows[0][0]}", *(f"{tab}{cell}" for cell in rows[0][1:])])
    others = [newline.join(f"\t{cell}" for cell in row) for row in rows[1:]]
    return (newline * 2).join([header, *others])


@FEW
@given(TABLES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["\t", ""]), st.integers(0, 2))
def test_any_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    newline: str,
    tab: str,
    blank: int,
) -> None:
    text = newline.join(
        [
            "Кіріспе сөз.",
            "Кесте 4 – Аты",
            *[""] * blank,
            layout(rows, newline, tab),
            "Кейінгі сөз.",
        ]
    )
    work = work_of(text, tmp_path_factory.mktemp("table"))
    (table,) = work.outline.tables
    assert table.number == 4
    assert [cells(work, table.header), *grid(work, table)] == rows
    assert [block.kind for block in work.outline.blocks] == ["paragraph", "table", "paragraph"]
