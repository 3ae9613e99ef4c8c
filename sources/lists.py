"""Lists: which pieces are items, and which words lead in to them.

An item says nothing without its lead-in ("Мүмкіндіктері: …" — of what?), so both are one block.
Items are known by their bullets; some lost theirs and are known by a label, by the semicolon they
end on, or by the bullet after them. Where the lead-in is the end of a long paragraph, only its
last sentence goes with the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.blocks import Block
from sources.document import Span, trimmed
from sources.paragraphs import Piece
from sources.runins import opening_label
from sources.sentences import split_sentences

_BULLET = re.compile(r"\s*(?:[·•▪‣*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_ITEM_LIMIT = 200
"""Longest item, in characters, that only a colon before it makes one."""

_LEAD_IN_LIMIT = 200
_COLON_LEAD_IN_LIMIT = 300
"""Longest lead-in, in characters: of a longer paragraph only the last sentence leads in."""

_LABEL_WORDS = 4


def is_bulleted(text: str, piece: Piece) -> bool:
    """Whether a piece begins with a bullet, a dash or the number of an item."""
    return bool(_BULLET.match(text, piece.span.start))


def list_from(text: str, pieces: Sequence[Piece], at: int) -> list[Piece]:
    """The items of the list that begins at a piece, which is its lead-in or its first item.

    Empty when no list begins there: two items make one.
    """
    first = pieces[at]
    items = [first] if is_bulleted(text, first) else []
    colon = text[first.span.start : first.span.end].rstrip().endswith(":")
    for follow in range(at + 1, len(pieces)):
        piece = pieces[follow]
        if (
            piece.heading
            or piece.section != first.section
            or not _is_item(text, pieces, follow, colon=colon, begun=bool(items))
        ):
            break
        items.append(piece)
    return items if len(items) >= 2 else []


def list_blocks(text: str, first: Piece, items: Sequence[Piece]) -> Iterator[Block]:
    """The block of a list, after a block for the paragraph that only its last sentence leaves.

    Args:
        text: The canonical text.
        first: The piece that the list begins with: its lead-in or its first item.
        items: As `list_from` gives them; not empty.
    """
    spans = tuple(item.span for item in items)
    end = spans[-1].end
    start = first.span.start
    if items[0] is first:
        yield Block("list", start, end, first.section, 0, first.line, items=spans)
        return
    lead = _lead_in(text, first.span)
    if lead.start > start:
        before = trimmed(text, Span(start, lead.start))
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


def _lead_in(text: str, span: Span) -> Span:
    """The part of the paragraph before the items that leads in to them."""
    words = text[span.start : span.end]
    limit = _COLON_LEAD_IN_LIMIT if words.endswith(":") else _LEAD_IN_LIMIT
    return span if len(words) <= limit else split_sentences(text, span.start, span.end)[-1]


def _is_item(text: str, pieces: Sequence[Piece], at: int, *, colon: bool, begun: bool) -> bool:
    """Whether a piece is an item, after a lead-in that ends on a colon or items already begun."""
    piece = pieces[at]
    if is_bulleted(text, piece):
        return True
    words = text[piece.span.start : piece.span.end]
    label = opening_label(words)
    if label and len(label.split()) <= _LABEL_WORDS and (colon or begun):
        # An item that lost its bullet: "Сын-қатерлері: …" below "· Мүмкіндіктері: …".
        return True
    if not colon or len(words) > _ITEM_LIMIT:
        return False
    next_is_bullet = at + 1 < len(pieces) and is_bulleted(text, pieces[at + 1])
    return words.endswith(";") or (not begun and next_is_bullet)
