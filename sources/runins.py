"""Which run-in heading governs a block: the words that say what a paragraph speaks of.

Some paragraphs open with a heading run into them ("Ресей: …", "Зерттеу нысаны. …"), some stand
below a subheading on a line of its own. How far such a heading reaches the text does not always
show; where the card of a work says so, the card is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sources.blocks import Block

_LABEL = re.compile(r"\s*([А-ЯЁӘІҢҒҮҰҚӨҺA-Z][^.:;!?\[\]«»\"]{1,58}):\s*(?=\S)")
_TITLE_SENTENCE = re.compile(r"\s*([^.:;!?]{3,80})\.[\u00a0\t]+\s*(?=\S)")
_LABEL_WORDS = 6
_TITLE_WORDS = 9


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


def opening_label(words: str) -> str | None:
    """The label that a paragraph opens with ("Ресей" of "Ресей: …"), None when it has none."""
    found = _LABEL.match(words)
    return found[1].strip() if found else None


def govern(text: str, blocks: Sequence[Block], run_ins: tuple[RunIn, ...]) -> Iterator[Block]:
    """Give each block the run-in heading that governs it.

    A subheading line governs the paragraphs after it up to a heading, a table or a paragraph with
    a heading of its own; a label or title run into a paragraph governs that paragraph alone.

    Args:
        text: The canonical text.
        blocks: All blocks of the work in order.
        run_ins: What the work's card says; where two reach a block, the later one in the card is
            the inner one and governs it.
    """
    subheading: str | None = None
    section: str | None = None
    for block in blocks:
        opens_section = block.section != section
        if opens_section:
            section, subheading = block.section, None
        if block.kind == "heading":
            # The heading of a section is known by its section, not carried as a run-in one.
            subheading = None if opens_section else text[block.start : block.end]
            yield block
            continue
        label = _own_label(text, block)
        if label or block.kind == "table":
            subheading = None
        known = [run.label for run in run_ins if run.start <= block.start < run.end]
        yield replace(block, run_in=known[-1] if known else label or subheading)


def _own_label(text: str, block: Block) -> str | None:
    """The label or title that a paragraph opens with."""
    if block.kind != "paragraph":
        return None
    words = text[block.start : block.end]
    label = opening_label(words)
    if label and len(label.split()) <= _LABEL_WORDS:
        return label
    title = _TITLE_SENTENCE.match(words)
    return title[1].strip() if title and len(title[1].split()) <= _TITLE_WORDS else None
