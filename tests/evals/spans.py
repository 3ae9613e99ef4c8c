"""Strategies for ranked spans and gold spans."""

from __future__ import annotations

from hypothesis import strategies as st

from sources import Span


def span(longest: int = 60) -> st.SearchStrategy[Span]:
    return st.builds(
        lambda start, length: Span(start, start + length),
        st.integers(0, 300),
        st.integers(1, longest),
    )


def spans(most: int = 12) -> st.SearchStrategy[list[Span]]:
    return st.lists(span(), max_size=most)


def gold(least: int = 1) -> st.SearchStrategy[tuple[tuple[Span, ...], ...]]:
    group = st.lists(span(), min_size=1, max_size=3).map(tuple)
    return st.lists(group, min_size=least, max_size=3).map(tuple)
