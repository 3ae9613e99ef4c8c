"""`dayek outline` and `dayek read`: the work itself, without a question."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ui.commands.console import AsJson, Source

if TYPE_CHECKING:
    from assistant import Language
    from sources import Section, Table, Work


def outline(as_json: AsJson = False, source: Source = None) -> None:
    """Show chapters, sections and tables."""
    work = _open(source)
    sections = [_section_facts(work, section) for section in work.outline.sections]
    tables = [_table_facts(work, table) for table in work.outline.tables]
    if as_json:
        told = {"id": work.id, "title": work.title, "sections": sections, "tables": tables}
        print(json.dumps(told, ensure_ascii=False))
        return
    from ui.plain import harmless

    print(harmless(work.title))
    print("\n" + _line("section", "line", "lines", "paragraphs", "title"))
    for one in sections:
        title = "  " * (one["level"] - 1) + harmless(one["title"])
        print(_line(one["id"], one["line"], one["lines"], one["paragraphs"], title))
    if tables:
        print("\n" + _line("table", "line", "lines", "rows", "caption"))
    for one in tables:
        caption = harmless(one["caption"] or "(no caption in the text)")
        print(_line(one["number"], one["line"], one["lines"], one["rows"], caption))


def _line(name: object, line: object, lines: object, parts: object, title: str) -> str:
    return f"{name!s:<10}  {line!s:>5}  {lines!s:>5}  {parts!s:>10}  {title}"


def read(
    section: Annotated[str | None, typer.Argument(help="2.1, intro, conclusion ...")] = None,
    paragraph: Annotated[
        int | None, typer.Argument(min=0, help="Its number in the section; 0 is the heading.")
    ] = None,
    span: Annotated[
        str | None, typer.Option(metavar="START:END", help="Characters of the text instead.")
    ] = None,
    language: Annotated[
        Literal["kk", "ru", "en"], typer.Option(help="Language of the address.")
    ] = "kk",
    as_json: AsJson = False,
    source: Source = None,
) -> None:
    """Show a paragraph by its address.

    Lists and tables count as paragraphs. The words are those of the text, letter for letter.
    """
    work = _open(source)
    if span is not None:
        if section is not None:
            raise typer.BadParameter("Give a section and a paragraph, or --span, not both.")
        start, end = _ends(span)
    elif section is None or paragraph is None:
        raise typer.BadParameter("Give a section and a paragraph (2.1 14), or --span START:END.")
    else:
        block = work.outline.paragraph(section, paragraph)
        start, end = block.start, block.end
    _show(work, start, end, language, as_json=as_json)


def _show(work: Work, start: int, end: int, language: Language, *, as_json: bool) -> None:
    from assistant import address, place_of
    from sources import Span
    from ui.plain import harmless

    text = work.document.quote(Span(start, end))
    block = work.outline.block_at(start)
    place = place_of(work, start)
    if (start, end) == (block.start, block.end):
        place = replace(place, row=None)  # a whole table, not its first row
    where = address(language, place)
    if as_json:
        line = work.document.line_of(start)
        facts = {"start": start, "end": end, "kind": block.kind, "line": line, "address": where}
        print(json.dumps(asdict(place) | facts | {"text": text}, ensure_ascii=False))
        return
    print(f"{where} ({start}:{end})\n\n{harmless(text)}")


def _ends(span: str) -> tuple[int, int]:
    """START and END of `START:END`."""
    match = re.fullmatch(r"(\d{1,12}):(\d{1,12})", span.strip(), re.ASCII)
    if match is None:
        raise typer.BadParameter("--span is START:END, two numbers of characters, like 101:205.")
    return int(match[1]), int(match[2])


def _section_facts(work: Work, section: Section) -> dict[str, Any]:
    inside = [block.number for block in work.outline.blocks if block.section == section.id]
    return {
        "id": section.id,
        "title": " ".join(section.title.split()),
        "level": section.level,
        "start": section.start,
        "end": section.end,
        "line": section.line,
        "lines": _last_line(work, section.end) - section.line + 1,
        "paragraphs": max(inside, default=0),
    }


def _table_facts(work: Work, table: Table) -> dict[str, Any]:
    from sources import one_line

    first = work.document.line_of(table.start)
    return {
        "number": table.number,
        "caption": one_line(work.document.quote(table.caption)) if table.caption else None,
        "section": work.outline.block_at(table.start).section,
        "start": table.start,
        "end": table.end,
        "line": first,
        "lines": _last_line(work, table.end) - first + 1,
        "rows": len(table.rows),
    }


def _last_line(work: Work, end: int) -> int:
    """Line of the last character before `end`."""
    return work.document.line_of(max(0, end - 1))


def _open(source: str | None) -> Work:
    from assistant import Settings
    from sources import open_work

    return open_work(Settings.from_environment(source=source).source)
