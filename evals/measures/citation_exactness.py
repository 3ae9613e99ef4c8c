"""Citation exactness: is every quotation the text at its address, letter for letter.

`exactness = |{(span, quote) : text[span] = quote}| / |citations|`. This project's own contract;
anything below 1 is a fault of the program.
"""

from __future__ import annotations

from collections.abc import Sequence

from sources import Span


def citation_exactness(quotes: Sequence[tuple[Span, str]], text: str) -> float | None:
    """Share of citations whose quotation is the text at its address; None without citations."""
    if not quotes:
        return None
    return sum(text[span.start : span.end] == quote for span, quote in quotes) / len(quotes)
