"""The words of the work as markup, with what is opened, found and cited marked in them (pure).

What is shown is always `text[start:end]`, character by character: marks only go around it. Each
piece carries its address (`data-start`), by which the page's script makes links to chosen words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant import Span
from ui.formatting import escape


@dataclass(frozen=True)
class CitedHere:
    """A citation of an answer of this conversation.

    Attributes:
        start: First code point of the quotation.
        end: One past the last.
        label: How the answer is told apart from others, in the reader's language or as asked.
        href: Link back to the marker in the answer, `#cite-EXCHANGE-MARKER`.
    """

    start: int
    end: int
    label: str
    href: str


@dataclass(frozen=True)
class Marks:
    """What is marked in the text.

    Attributes:
        opened: The place that was opened; None when none is.
        hits: What was looked for, in order, none overlapping.
        cited: Citations of this conversation, in any order; may overlap.
    """

    opened: Span | None = None
    hits: tuple[Span, ...] = ()
    cited: tuple[CitedHere, ...] = ()
    _starts: tuple[int, ...] = field(repr=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(hit.start for hit in self.hits))

    def in_(self, start: int, end: int) -> list[tuple[Span, str]]:
        """The marks that touch a range, each with its class in the markup."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        found: list[tuple[Span, str]] = [(hit, "hit") for hit in self.hits[first:last]]
        found += [(Span(one.start, one.end), "cited") for one in self.cited]
        if self.opened is not None:
            found.append((self.opened, "opened"))
        return [(span, name) for span, name in found if span.start < end and start < span.end]


def marked(text: str, start: int, end: int, marks: Marks) -> str:
    """`text[start:end]` as escaped markup with its marks; nothing else is put between the words."""
    around = marks.in_(start, end)
    edges = {start, end}
    for span, _ in around:
        edges |= {max(start, span.start), min(end, span.end)}
    cuts = sorted(edges)
    parts: list[str] = []
    for first, last in pairwise(cuts):
        names = sorted({name for span, name in around if span.start <= first and last <= span.end})
        parts.append(_segment(escape(text[first:last]), names))
    return "".join(parts)


def _segment(words: str, names: Sequence[str]) -> str:
    if not names:
        return words
    tag = "span" if names == ["cited"] else "mark"
    focus = ' tabindex="-1"' if "opened" in names else ""
    return f'<{tag} class="{" ".join(names)}"{focus}>{words}</{tag}>'


def addressed(tag: str, text: str, start: int, end: int, marks: Marks, extra: str = "") -> str:
    """An element that holds `text[start:end]` and nothing else, and knows its address.

    Args:
        tag: Name of the element.
        text: The text of the work.
        start: First code point.
        end: One past the last.
        marks: What is marked.
        extra: Further attributes as markup, with a space before.
    """
    inside = marked(text, start, end, marks)
    return f'<{tag} data-start="{start}"{extra}>{inside}</{tag}>'
