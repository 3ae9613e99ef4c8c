"""When a found span counts as found: the rule that all measures of places share.

A found span is a hit when it covers at least half of a gold span's characters,
`2 |found ∩ gold| ≥ |gold|`. The same rule judges passages, windows and anything else with an
address, so two ways of cutting are compared fairly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.questions import Gold
from sources import Span


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share; 0 when none."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def covers(found: Span, wanted: Span) -> bool:
    """Whether `found` holds at least half of the characters of `wanted`."""
    return 2 * overlap(found, wanted) >= wanted.end - wanted.start


def first_ranks(retrieved: Sequence[Span], gold: Gold) -> tuple[int | None, ...]:
    """For each group the rank, from 1, of the first span that covers one of its alternatives.

    None for a group that nothing covers. `retrieved` is in order, best first.
    """
    return tuple(
        next(
            (
                rank
                for rank, found in enumerate(retrieved, start=1)
                if any(covers(found, wanted) for wanted in group)
            ),
            None,
        )
        for group in gold
    )


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans as disjoint spans in order."""
    union: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if union and span.start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, span.end))
        else:
            union.append(span)
    return tuple(union)
