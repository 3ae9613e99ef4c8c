"""A block: the smallest piece of a work that has a human address.

Kept apart from how blocks are found, so that every finder can make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sources.document import Span
from sources.tables import Table

BlockKind = Literal["heading", "paragraph", "list", "table"]


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
