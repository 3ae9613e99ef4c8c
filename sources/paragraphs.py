"""How lines become paragraphs: cut where runs of tabs stand for lost line breaks.

The dissertation lost breaks on the way to plain text: several paragraphs share a line and are
parted by one tab to twenty-three, and single tabs also stand inside sentences. So the length of a
run says nothing, and what follows it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.document import Document, Span, trimmed
from sources.headings import PREAMBLE, Section
from sources.tables import Table, table_lines

# Looking behind keeps the time of a long run of spaces in proportion to it.
_TABS = re.compile(r"(?<![ \u00a0])[ \u00a0]*\t[\t \u00a0]*")
_RUN_IN_TITLE = re.compile(r"\S+(?: \S+){0,3}\.")


@dataclass(frozen=True)
class Piece:
    """A stretch of one line that is a paragraph, a list item or a heading of its own.

    Attributes:
        span: Its address, white space left out; never empty.
        line: Line of the file, from 1.
        section: Id of the section that it stands in.
        heading: Whether it opens that section.
    """

    span: Span
    line: int
    section: str
    heading: bool = False


def find_pieces(
    document: Document, sections: tuple[Section, ...], tables: tuple[Table, ...]
) -> Iterator[Piece]:
    """Section headings, and the other lines outside tables cut into paragraphs, in order."""
    inside_tables = table_lines(tables)
    headings = {section.line - 1: section for section in sections if section.heading}
    current = sections[0].id if sections else PREAMBLE
    for line in range(len(document.line_starts)):
        if line in inside_tables:
            continue
        span = document.line_span(line)
        if line in headings:
            current = headings[line].id
            yield Piece(trimmed(document.text, span), line + 1, current, heading=True)
            continue
        for paragraph in _paragraphs(document.text, span):
            yield Piece(paragraph, line + 1, current)


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    """A line cut at the runs of tabs that part paragraphs.

    A run parts two paragraphs unless what follows goes on in lower case
    (`«экономикалық ғажайып»<TAB>қалыптастырған`) or what stands before is a run-in title.
    """
    begin = span.start
    for tabs in _TABS.finditer(text[span.start : span.end]):
        cut, go_on = span.start + tabs.start(), span.start + tabs.end()
        before = trimmed(text, Span(begin, cut))
        after = text[go_on : span.end].lstrip()
        if before.start == before.end or not after or after[0].islower():
            continue
        if _RUN_IN_TITLE.fullmatch(text, before.start, before.end):
            continue
        yield before
        begin = go_on
    last = trimmed(text, Span(begin, span.end))
    if last.start < last.end:
        yield last
