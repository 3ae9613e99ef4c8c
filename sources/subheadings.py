"""Which short lines are headings below those of chapters and sections.

They have neither number nor capitals ("Энергетика"), only their place: a line of its own, without
a final stop, above a body of text. Lines of a poem, of a list of names or of a hard-wrapped file
look alike but stand above lines as short as themselves; they must stay text, since headings are
not searched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sources.document import Span
from sources.lists import is_bulleted
from sources.paragraphs import Piece

_FINISHED = re.compile(r"[.!?…:;](?:[»”\"’)\]]|\s*\[[\d\s,;–—-]+\])*\s*$")
_REST_OF_LINE = re.compile(r"[ \u00a0]*\r?\n")
_LIMIT = 130
"""Longest subheading, in characters; a longer piece is a body of text."""


def find_subheadings(text: str, pieces: Sequence[Piece]) -> frozenset[int]:
    """Indices of the pieces that are subheadings: of a body of text or of a subheading."""
    found: set[int] = set()
    above_body = False
    for at in reversed(range(len(pieces))):
        piece = pieces[at]
        if above_body and not piece.heading and _stands_alone(text, piece.span):
            found.add(at)
        else:
            above_body = not piece.heading and _is_body(text, piece)
    return frozenset(found)


def _stands_alone(text: str, span: Span) -> bool:
    """Whether a piece is a short line of its own without a final stop."""
    words = text[span.start : span.end]
    line_start = text.rfind("\n", 0, span.start) + 1
    return (
        len(words) <= _LIMIT
        and words[0].isupper()
        and not _FINISHED.search(words)
        and words[-1] not in '»”"’)]'
        and bool(_REST_OF_LINE.match(text, span.end))
        and not text[line_start : span.start].strip(" \u00a0\t")
    )


def _is_body(text: str, piece: Piece) -> bool:
    """Whether a piece may stand below a subheading: a long paragraph, or the top of a list."""
    words = text[piece.span.start : piece.span.end]
    if is_bulleted(text, piece) or words.endswith(":"):
        return True
    return len(words) > _LIMIT and not words[0].islower()
