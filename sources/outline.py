"""The shape of a work: chapters, sections, paragraphs, lists and tables, each with its address.

The dissertation came as plain text: headings have no markup, several paragraphs share a line and
are parted by runs of tabs (one tab to twenty-three, also one inside a sentence), list items are
known by their bullets and sometimes have none, and some paragraphs open with a heading run into
them ("Ресей: …") that governs the lines after it. Everything downstream addresses words through
the blocks made here: a block is the n-th of its section, and that number never changes for a
given file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from sources.document import Document, Span
from sources.errors import NoSuchPlace
from sources.sentences import split_sentences
from sources.tables import Table, find_tables

BlockKind = Literal["heading", "paragraph", "list", "table"]

INTRODUCTION = "intro"
CONCLUSION = "conclusion"
PREAMBLE = "start"
"""Section id of what stands before the first heading; the whole of a text without headings."""

_NAMED_CHAPTERS = {
    "кіріспе": INTRODUCTION,
    "введение": INTRODUCTION,
    "introduction": INTRODUCTION,
    "қорытынды": CONCLUSION,
    "заключение": CONCLUSION,
    "conclusion": CONCLUSION,
}
_SECTION = re.compile(r"(\d{1,2}\.\d{1,2})\.?\s+(?=\S)(?P<title>.{3,200}?)\s*\.?\s*$")
_CHAPTER = re.compile(r"(\d{1,2})\.?\s+(?P<title>.{3,200}?)\s*\.?\s*$")
_BULLET = re.compile(r"\s*(?:[·•▪‣*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_LABEL = re.compile(r"\s*([А-ЯЁӘІҢҒҮҰҚӨҺA-Z][^.:;!?\[\]«»\"]{1,58}):\s*(?=\S)")
_TITLE_SENTENCE = re.compile(r"\s*([^.:;!?]{3,80})\.[\u00a0\t]+\s*(?=\S)")
_RUN_IN_TITLE = re.compile(r"\S+(?: \S+){0,3}\.")
_FINISHED = re.compile(r"[.!?…:;](?:[»”\"’)\]]|\s*\[[\d\s,;–—-]+\])*\s*$")
_SHORT_LEAD_IN = 200
_LONG_LEAD_IN = 300
_SUBHEADING_LIMIT = 130


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


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list or table.

    Attributes:
        kind: Which of them.
        start: First code point, white space left out.
        end: One past the last.
        section: Id of its section.
        number: Running number in its section from 1; 0 for a heading.
        line: Line of the file where it begins, from 1.
        run_in: The run-in heading that governs it, None when there is none.
        items: For a list its lead-in, if it has one, and then its items; else empty.
        has_lead_in: Whether the first of `items` is a lead-in.
        table: The table, None for other kinds.
    """

    kind: BlockKind
    start: int
    end: int
    section: str
    number: int
    line: int
    run_in: str | None = None
    items: tuple[Span, ...] = ()
    has_lead_in: bool = False
    table: Table | None = None


@dataclass(frozen=True)
class RunIn:
    """A run-in heading known to govern more than its own paragraph, from the card of a work.

    Attributes:
        start: First code point that it governs.
        end: One past the last.
        label: Its words.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Outline:
    """The sections, blocks and tables of a work, in the order of the text."""

    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    _starts: tuple[int, ...] = field(repr=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(block.start for block in self.blocks))

    def section(self, id: str) -> Section:
        """The section of that id; a chapter's or section's heading is understood too.

        Raises:
            NoSuchPlace: There is none; the remedy names those there are.
        """
        wanted = id.strip().casefold().removesuffix(".")
        wanted = _NAMED_CHAPTERS.get(wanted, wanted)
        for section in self.sections:
            if wanted in (section.id, section.title.casefold()):
                return section
        raise NoSuchPlace(
            f"The work has no section {id!r}.",
            "It has: " + ", ".join(section.id for section in self.sections) + ".",
        )

    def paragraph(self, section: str, number: int) -> Block:
        """The block with that number in that section; number 0 is its heading.

        Raises:
            NoSuchPlace: The section has no such block.
        """
        place = self.section(section)
        inside = [block for block in self.blocks if block.section == place.id]
        for block in inside:
            if block.number == number:
                return block
        last = max((block.number for block in inside), default=0)
        raise NoSuchPlace(
            f"Section {place.id} has no paragraph {number}.", f"Its paragraphs are 1 to {last}."
        )

    def table(self, number: int) -> Table | None:
        """The table of that number, None when the work has none such."""
        return next((table for table in self.tables if table.number == number), None)

    def block_index(self, offset: int) -> int:
        """Index of the block that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def block_at(self, offset: int) -> Block:
        """The block that holds `offset`, or the last one before it."""
        return self.blocks[self.block_index(offset)]


@dataclass(frozen=True)
class _Piece:
    """A stretch of one line that is a paragraph, an item or a heading of its own."""

    start: int
    end: int
    line: int
    section: str
    heading: bool = False


def make_outline(document: Document, run_ins: tuple[RunIn, ...] = ()) -> Outline:
    """Find the shape of a text.

    Args:
        document: The text.
        run_ins: Run-in headings whose reach is known from the work's card.

    Returns:
        Its outline. A text without headings is one section, "start".
    """
    tables = find_tables(document)
    sections = _sections(document, tables)
    pieces = list(_pieces(document, sections, tables))
    blocks = sorted(
        [*_text_blocks(document, pieces), *_table_blocks(document, sections, tables)],
        key=lambda block: block.start,
    )
    return Outline(sections, tuple(_govern(document, _number(blocks), run_ins)), tables)


def _line_span(document: Document, line: int) -> Span:
    starts = document.line_starts
    end = starts[line + 1] - 1 if line + 1 < len(starts) else len(document.text)
    return Span(starts[line], end)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    bare = piece.strip("\ufeff \t\r\n\u00a0\f\v")
    if not bare:
        return Span(start, start)
    begin = start + piece.index(bare)
    return Span(begin, begin + len(bare))


def _table_lines(tables: tuple[Table, ...]) -> frozenset[int]:
    return frozenset(line for table in tables for line in range(table.first_line, table.end_line))


def _sections(document: Document, tables: tuple[Table, ...]) -> tuple[Section, ...]:
    inside_tables = _table_lines(tables)
    found: list[Section] = []
    for line in range(len(document.line_starts)):
        if line in inside_tables:
            continue
        span = _trimmed(document.text, *_ends(_line_span(document, line)))
        heading = _heading(document.text[span.start : span.end], found)
        if heading:
            id, title = heading
            level = 2 if "." in id else 1
            found.append(Section(id, title, level, span.start, span.end, span, line + 1))
    first = _trimmed(document.text, 0, found[0].start if found else len(document.text))
    if first.start < first.end:
        found.insert(0, Section(PREAMBLE, "", 1, first.start, first.end, None, 1))
    ends = [*(section.start for section in found[1:]), len(document.text)]
    return tuple(replace(section, end=end) for section, end in zip(found, ends, strict=True))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _heading(line: str, before: list[Section]) -> tuple[str, str] | None:
    """Id and title when a line is the heading of a chapter or section, else None.

    A section is numbered "2.1"; a chapter is "2" and all capitals; introduction and conclusion
    are single words in capitals. Numbers must follow those before, so that a list item
    ("1. Қалыптасу кезеңі") or a figure at the start of a line is not taken for one.
    """
    if not line or "\t" in line or len(line) > 220:
        return None
    name = _NAMED_CHAPTERS.get(line.rstrip(". ").casefold())
    if name and line.rstrip(". ").isupper() and all(section.id != name for section in before):
        return name, line.rstrip(". ")
    taken = {section.id for section in before}
    section = _SECTION.fullmatch(line)
    if section and section["title"][0].isupper() and section[1] not in taken:
        chapter, _, number = section[1].partition(".")
        if number == "1" or f"{chapter}.{int(number) - 1}" in taken:
            return section[1], section["title"]
    chapter_match = _CHAPTER.fullmatch(line)
    if chapter_match and chapter_match["title"].isupper():
        number = chapter_match[1]
        if number not in taken and (number == "1" or str(int(number) - 1) in taken):
            return number, chapter_match["title"]
    return None


def _pieces(
    document: Document, sections: tuple[Section, ...], tables: tuple[Table, ...]
) -> Iterator[_Piece]:
    """Headings, and the other lines outside tables cut where tabs part paragraphs."""
    inside_tables = _table_lines(tables)
    headings = {section.line - 1: section for section in sections if section.heading}
    current = sections[0].id if sections else PREAMBLE
    for line in range(len(document.line_starts)):
        if line in inside_tables:
            continue
        if line in headings:
            current = headings[line].id
            span = _trimmed(document.text, *_ends(_line_span(document, line)))
            yield _Piece(span.start, span.end, line + 1, current, heading=True)
            continue
        span = _line_span(document, line)
        for piece in _paragraphs(document.text, span):
            yield _Piece(piece.start, piece.end, line + 1, current)


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    """A line cut at the runs of tabs that part paragraphs.

    A run parts two paragraphs unless what follows goes on in lower case
    (`«экономикалық ғажайып»<TAB>қалыптастырған`) or what stands before is a run-in title.
    """
    begin = span.start
    for tabs in re.finditer(r"[ \u00a0]*\t[\t \u00a0]*", text[span.start : span.end]):
        cut, go_on = span.start + tabs.start(), span.start + tabs.end()
        before = _trimmed(text, begin, cut)
        after = text[go_on : span.end].lstrip()
        if before.start == before.end or not after or after[0].islower():
            continue
        if _RUN_IN_TITLE.fullmatch(text, before.start, before.end):
            continue
        yield before
        begin = go_on
    last = _trimmed(text, begin, span.end)
    if last.start < last.end:
        yield last


def _text_blocks(document: Document, pieces: list[_Piece]) -> Iterator[Block]:
    text = document.text
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.heading:
            yield Block("heading", piece.start, piece.end, piece.section, 0, piece.line)
            at += 1
            continue
        items = _list_from(text, pieces, at)
        if items:
            yield from _list_blocks(document, piece, items)
            at += len(items) + (0 if _BULLET.match(text, piece.start) else 1)
        else:
            yield _plain(text, piece)
            at += 1


def _plain(text: str, piece: _Piece) -> Block:
    kind: BlockKind = "heading" if _is_subheading(text, piece) else "paragraph"
    return Block(kind, piece.start, piece.end, piece.section, 0, piece.line)


def _is_subheading(text: str, piece: _Piece) -> bool:
    """A short line of its own without a final stop: a heading below the section's."""
    words = text[piece.start : piece.end]
    return (
        len(words) <= _SUBHEADING_LIMIT
        and words[0].isupper()
        and not _FINISHED.search(words)
        and words[-1] not in '»”"’)]'
        and text[piece.end :].lstrip(" \u00a0")[:1] == "\n"
        and text[: piece.start].rstrip(" \u00a0\t")[-1:] in ("", "\n")
    )


def _list_from(text: str, pieces: list[_Piece], at: int) -> list[_Piece]:
    """The items of the list that begins at a piece, which is its lead-in or first item."""
    first = pieces[at]
    bulleted = bool(_BULLET.match(text, first.start))
    items = [first] if bulleted else []
    colon = text[first.start : first.end].rstrip().endswith(":")
    follow = at + 1
    while follow < len(pieces):
        piece = pieces[follow]
        if (
            piece.heading
            or piece.section != first.section
            or not _is_item(text, pieces, follow, colon=colon, begun=bool(items))
        ):
            break
        items.append(piece)
        follow += 1
    return items if len(items) >= 2 else []


def _is_item(text: str, pieces: list[_Piece], at: int, *, colon: bool, begun: bool) -> bool:
    piece = pieces[at]
    words = text[piece.start : piece.end]
    if _BULLET.match(words):
        return True
    label = _LABEL.match(words)
    if label and len(label[1].split()) <= 4 and (colon or begun):
        # An item that lost its bullet: "Сын-қатерлері: …" below "· Мүмкіндіктері: …".
        return True
    if not colon or len(words) > _SHORT_LEAD_IN:
        return False
    next_is_bullet = at + 1 < len(pieces) and bool(_BULLET.match(text, pieces[at + 1].start))
    return words.endswith(";") or (not begun and next_is_bullet)


def _list_blocks(document: Document, first: _Piece, items: list[_Piece]) -> Iterator[Block]:
    """The list, and the paragraph before it when only its last sentence leads in."""
    text = document.text
    spans = tuple(Span(item.start, item.end) for item in items)
    end = spans[-1].end
    if items[0] is first:
        yield Block("list", first.start, end, first.section, 0, first.line, items=spans)
        return
    lead = Span(first.start, first.end)
    words = text[lead.start : lead.end]
    limit = _LONG_LEAD_IN if words.endswith(":") else _SHORT_LEAD_IN
    if len(words) > limit:
        lead = split_sentences(text, lead.start, lead.end)[-1]
        if lead.start > first.start:
            before = _trimmed(text, first.start, lead.start)
            yield Block("paragraph", before.start, before.end, first.section, 0, first.line)
    yield Block(
        "list",
        lead.start,
        end,
        first.section,
        0,
        first.line,
        items=(lead, *spans),
        has_lead_in=True,
    )


def _table_blocks(
    document: Document, sections: tuple[Section, ...], tables: tuple[Table, ...]
) -> Iterator[Block]:
    starts = [section.start for section in sections]
    for table in tables:
        section = sections[max(0, bisect_right(starts, table.start) - 1)].id
        yield Block(
            "table", table.start, table.end, section, 0, document.line_of(table.start), table=table
        )


def _number(blocks: list[Block]) -> list[Block]:
    counts: dict[str, int] = {}
    numbered: list[Block] = []
    for block in blocks:
        if block.kind != "heading":
            counts[block.section] = counts.get(block.section, 0) + 1
            block = replace(block, number=counts[block.section])
        numbered.append(block)
    return numbered


def _govern(document: Document, blocks: list[Block], run_ins: tuple[RunIn, ...]) -> Iterator[Block]:
    """Give each block the run-in heading that governs it.

    A subheading line governs the paragraphs after it up to a heading, a table or a paragraph with
    a heading of its own; a label or title run into a paragraph governs that paragraph alone.
    Where the card says how far a run-in heading reaches, the card is right.
    """
    subheading: str | None = None
    section = ""
    for block in blocks:
        if block.section != section:
            section, subheading = block.section, None
        if block.kind == "heading":
            own = document.text[block.start : block.end]
            subheading = None if _heads_section(block, blocks) else own
            yield block
            continue
        label = _own_label(document.text, block)
        if label or block.kind == "table":
            subheading = None
        known = [run.label for run in run_ins if run.start <= block.start < run.end]
        # The innermost of nested run-in headings began last.
        yield replace(block, run_in=known[-1] if known else label or subheading)


def _heads_section(block: Block, blocks: list[Block]) -> bool:
    """Whether a heading block is the first block of its section."""
    return next(other for other in blocks if other.section == block.section) is block


def _own_label(text: str, block: Block) -> str | None:
    if block.kind != "paragraph":
        return None
    words = text[block.start : block.end]
    label = _LABEL.match(words)
    if label and len(label[1].split()) <= 6:
        return label[1].strip()
    title = _TITLE_SENTENCE.match(words)
    return title[1].strip() if title and len(title[1].split()) <= 9 else None
