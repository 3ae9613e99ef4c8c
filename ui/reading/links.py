"""Permanent links to places of the work, made and understood (pure).

A link is the query of the page's address, so that it works wherever the page is served:
`?p=2.1.14` (section 2.1, paragraph 14), `?p=intro.5`, `?p=2.1` (a whole section), `?p=2.0.1` (the
first paragraph of chapter 2, before its first section), `?p=t4.3` (table 4, row 3), `?p=101-205`
(code points of the text) and `?p=2.1.14&q=101-205`, where the span decides. What comes back from
the browser may be anything: what names no place raises `NoSuchPlace`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from assistant import NoSuchPlace, Span, Work, place_of

_NUMBERS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_TABLE = re.compile(r"t(\d{1,3})(?:\.(\d{1,4}))?", re.ASCII)
_PARAGRAPH = re.compile(r"([\w.]{1,40})\.(\d{1,5})", re.ASCII)


@dataclass(frozen=True)
class Spot:
    """A place that a link names.

    Attributes:
        section: Id of the section that is shown.
        span: What is highlighted; None for a whole section.
    """

    section: str
    span: Span | None = None


def paragraph_link(section: str, number: int) -> str:
    """The link to a paragraph; number 0, a heading, is the section itself."""
    if not number:
        return f"?p={section}"
    # `2.1` is a section, so the first paragraph of chapter 2 needs another name.
    return f"?p={section}.0.{number}" if section.isdigit() else f"?p={section}.{number}"


def span_link(work: Work, start: int, end: int) -> str:
    """The link to some words: the paragraph for people, the span for the program."""
    place = place_of(work, start)
    if place.table is not None:
        row = f".{place.row}" if place.row else ""
        return f"?p=t{place.table}{row}&q={start}-{end}"
    return f"{paragraph_link(place.section, place.paragraph)}&q={start}-{end}"


def everything_link(words: str, shown: int | None = None) -> str:
    """The link to everything that the work says on something."""
    return f"?about={quote(words)}" + (f"&n={shown}" if shown else "")


CONFLICTS_LINK = "?conflicts=all"


@dataclass(frozen=True)
class Request:
    """What an address asks the reader for; at most one is set.

    Attributes:
        place: The place as written in the link; None when it names none.
        span: `q` as written.
        about: What to gather places on.
        shown: How many of them to show; None means as many as usual.
        conflicts: Whether the conflicts of the text are asked for.
    """

    place: str | None = None
    span: str | None = None
    about: str | None = None
    shown: int | None = None
    conflicts: bool = False

    @property
    def written(self) -> str:
        """The place as a person sees it in the link."""
        return " ".join(filter(None, (self.place, self.span)))


def understood(query: str) -> Request:
    """What the query part of an address asks for; nothing when it is no link of ours."""
    parts = {name: values[0] for name, values in parse_qs(query.lstrip("?")).items()}
    if "p" in parts:
        return Request(place=parts["p"].strip(), span=parts.get("q", "").strip() or None)
    if "about" in parts:
        number = parts.get("n", "")
        shown = int(number) if re.fullmatch(r"\d{1,6}", number, re.ASCII) else None
        return Request(about=parts["about"], shown=shown)
    return Request(conflicts="conflicts" in parts)


def spot(work: Work, place: str, span: str | None = None) -> Spot:
    """The place that a link names.

    Args:
        work: The work.
        place: What stands after `p=`.
        span: What stands after `q=`; it decides where both are given.

    Raises:
        NoSuchPlace: The work has no such place.
    """
    numbers = _NUMBERS.fullmatch(span or place)
    if numbers:
        found = Span(int(numbers[1]), int(numbers[2]))
        work.document.quote(found)
        return Spot(work.outline.block_at(found.start).section, found)
    if span:
        raise NoSuchPlace(f"{span!r} is no span.", "A span is START-END, like 101-205.")
    table = _TABLE.fullmatch(place)
    if table:
        return _table_spot(work, int(table[1]), table[2])
    if place in {section.id for section in work.outline.sections}:
        return Spot(place)
    return _paragraph_spot(work, place)


def _paragraph_spot(work: Work, place: str) -> Spot:
    found = _PARAGRAPH.fullmatch(place)
    if not found:
        raise NoSuchPlace(f"{place!r} names no place.", "A paragraph is like 2.1.14 or intro.5.")
    section = found[1].removesuffix(".0")
    block = work.outline.paragraph(section, int(found[2]))
    return Spot(block.section, Span(block.start, block.end) if block.number else None)


def _table_spot(work: Work, number: int, row: str | None) -> Spot:
    table = work.outline.table(number)
    if table is None:
        raise NoSuchPlace(f"The work has no table {number}.", "Choose one from the outline.")
    section = work.outline.block_at(table.start).section
    if row is None:
        caption = table.caption or Span(table.header.start, table.header.end)
        return Spot(section, caption)
    for one in table.rows:
        if one.number == int(row):
            return Spot(section, Span(one.start, one.end))
    raise NoSuchPlace(f"Table {number} has no row {row}.", f"Its rows are 1 to {len(table.rows)}.")
