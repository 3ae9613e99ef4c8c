"""The shape of a work: chapters, sections, paragraphs, lists and tables, each with its address.

The dissertation came as plain text without markup. Everything downstream addresses words through
the blocks put together here: a block is the n-th of its section, and that number never changes
for a given file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sources.blocks import Block, BlockKind
from sources.document import Document
from sources.errors import NoSuchPlace
from sources.headings import NAMED_CHAPTERS, Section, find_sections
from sources.lists import list_blocks, list_from
from sources.paragraphs import Piece, find_pieces
from sources.runins import RunIn, govern
from sources.subheadings import find_subheadings
from sources.tables import Table, find_tables


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
        wanted = NAMED_CHAPTERS.get(wanted, wanted)
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


def make_outline(document: Document, run_ins: tuple[RunIn, ...] = ()) -> Outline:
    """Find the shape of a text.

    Args:
        document: The text.
        run_ins: Run-in headings whose reach is known from the work's card.

    Returns:
        Its outline. A text without headings is one section, "start".
    """
    tables = find_tables(document)
    sections = find_sections(document, tables)
    pieces = list(find_pieces(document, sections, tables))
    blocks = sorted(
        [*_text_blocks(document.text, pieces), *_table_blocks(document, sections, tables)],
        key=lambda block: block.start,
    )
    return Outline(sections, tuple(govern(document.text, _numbered(blocks), run_ins)), tables)


def _text_blocks(text: str, pieces: Sequence[Piece]) -> Iterator[Block]:
    subheadings = find_subheadings(text, pieces)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        items = [] if piece.heading else list_from(text, pieces, at)
        if items:
            yield from list_blocks(text, piece, items)
            at += len(items) + (0 if items[0] is piece else 1)
        else:
            kind: BlockKind = "heading" if piece.heading or at in subheadings else "paragraph"
            yield Block(kind, piece.span.start, piece.span.end, piece.section, 0, piece.line)
            at += 1


def _table_blocks(
    document: Document, sections: Sequence[Section], tables: Sequence[Table]
) -> Iterator[Block]:
    starts = [section.start for section in sections]
    for table in tables:
        section = sections[max(0, bisect_right(starts, table.start) - 1)].id
        line = document.line_of(table.start)
        yield Block("table", table.start, table.end, section, 0, line, table=table)


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their running numbers; a heading takes none."""
    counts: dict[str, int] = {}
    numbered: list[Block] = []
    for block in blocks:
        if block.kind != "heading":
            counts[block.section] = counts.get(block.section, 0) + 1
            block = replace(block, number=counts[block.section])
        numbered.append(block)
    return numbered
