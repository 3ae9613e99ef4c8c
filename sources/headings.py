"""Which lines are headings, and the sections that they open.

A heading has no mark in plain text: it is known by its number and its capitals. Numbers must
follow one another, so that a list item ("1. Қалыптасу кезеңі") or a figure at the start of a line
is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from sources.document import Document, Span, trimmed
from sources.tables import Table, table_lines

INTRODUCTION = "intro"
CONCLUSION = "conclusion"
PREAMBLE = "start"
"""Section id of what stands before the first heading; the whole of a text without headings."""

NAMED_CHAPTERS = {
    "кіріспе": INTRODUCTION,
    "введение": INTRODUCTION,
    "introduction": INTRODUCTION,
    "қорытынды": CONCLUSION,
    "заключение": CONCLUSION,
    "conclusion": CONCLUSION,
}
"""Chapters without a number: their title in lower case, and their id."""

_SECTION = re.compile(r"(\d{1,2}\.\d{1,2})\.?\s+(?=\S)(?P<title>.{3,200}?)\s*\.?\s*$")
_CHAPTER = re.compile(r"(\d{1,2})\.?\s+(?P<title>.{3,200}?)\s*\.?\s*$")
_HEADING_LIMIT = 220


@dataclass(frozen=True)
class Section:
    """A chapter or a section of it.

    Attributes:
        id: "intro", "2", "2.1", "conclusion"; "start" for what stands before any heading.
        title: The heading without its number, final stop and outer white space.
        level: 1 for a chapter, 2 for a section of one.
        start: First code point of the heading.
        end: One past the last before the next heading (a chapter ends where its first
            section begins).
        heading: Address of the heading; None for "start".
        line: Line of the heading in the file, from 1.
    """

    id: str
    title: str
    level: int
    start: int
    end: int
    heading: Span | None
    line: int


def find_sections(document: Document, tables: tuple[Table, ...]) -> tuple[Section, ...]:
    """The sections of a text in order; none of their headings stands inside a table.

    Together they hold every character from the first heading on; what stands before it is a
    section of its own, "start", if there is anything. Empty only for a text of white space.
    """
    inside_tables = table_lines(tables)
    found: list[Section] = []
    for line in range(len(document.line_starts)):
        if line in inside_tables:
            continue
        span = trimmed(document.text, document.line_span(line))
        told = _heading(document.text[span.start : span.end], {section.id for section in found})
        if told:
            id, title = told
            level = 2 if "." in id else 1
            found.append(Section(id, title, level, span.start, span.end, span, line + 1))
    first = trimmed(document.text, Span(0, found[0].start if found else len(document.text)))
    if first.start < first.end:
        found.insert(0, Section(PREAMBLE, "", 1, first.start, first.end, None, 1))
    ends = [*(section.start for section in found[1:]), len(document.text)]
    return tuple(replace(section, end=end) for section, end in zip(found, ends, strict=True))


def _heading(line: str, taken: Collection[str]) -> tuple[str, str] | None:
    """Id and title when a line is the heading of a chapter or section, else None.

    A section is numbered "2.1"; a chapter is "2" and all capitals; introduction and conclusion
    are single words in capitals. `taken`: the ids of the sections before.
    """
    if not line or "\t" in line or len(line) > _HEADING_LIMIT:
        return None
    return _named_chapter(line, taken) or _section(line, taken) or _chapter(line, taken)


def _named_chapter(line: str, taken: Collection[str]) -> tuple[str, str] | None:
    title = line.rstrip(". ")
    id = NAMED_CHAPTERS.get(title.casefold())
    return (id, title) if id and id not in taken and title.isupper() else None


def _section(line: str, taken: Collection[str]) -> tuple[str, str] | None:
    found = _SECTION.fullmatch(line)
    if not found or not found["title"][0].isupper() or found[1] in taken:
        return None
    chapter, _, number = found[1].partition(".")
    follows = number == "1" or f"{chapter}.{int(number) - 1}" in taken
    return (found[1], found["title"]) if follows else None


def _chapter(line: str, taken: Collection[str]) -> tuple[str, str] | None:
    found = _CHAPTER.fullmatch(line)
    if not found or not found["title"].isupper() or found[1] in taken:
        return None
    follows = found[1] == "1" or str(int(found[1]) - 1) in taken
    return (found[1], found["title"]) if follows else None
