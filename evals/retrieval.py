"""How well the right passage is found: pure functions of ranked spans and gold spans.

A retrieved span is a hit when it covers at least half of a gold span's characters. The same rule
judges passages, windows and anything else with an address, so two ways of cutting are compared
fairly. A case without gold (unanswerable) is not scored: None, never zero.

Where a case needs several groups of evidence, any of them makes a hit, as in a search page where
one good result starts the reading; `all_groups_at` asks for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

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


def hit_at(retrieved: Sequence[Span], gold: Gold, k: int) -> float | None:
    """1 when one of the first `k` is a hit for any group, else 0; None without gold."""
    if not gold:
        return None
    return float(any(rank is not None and rank <= k for rank in first_ranks(retrieved, gold)))


def all_groups_at(retrieved: Sequence[Span], gold: Gold, k: int) -> float | None:
    """1 when the first `k` hit every group, else 0; None for fewer than two groups."""
    if len(gold) < 2:
        return None
    return float(all(rank is not None and rank <= k for rank in first_ranks(retrieved, gold)))


def reciprocal_rank(retrieved: Sequence[Span], gold: Gold, depth: int = 10) -> float | None:
    """1 over the rank of the first hit among the first `depth`, 0 for none; None without gold."""
    if not gold:
        return None
    ranks = [rank for rank in first_ranks(retrieved[:depth], gold) if rank is not None]
    return 1 / min(ranks) if ranks else 0.0


def ndcg_at(retrieved: Sequence[Span], gold: Gold, k: int = 10) -> float | None:
    """Discounted gain of the first `k` against the ideal order, 0 to 1; None without gold.

    Each group gains once, at the first span that covers it: overlapping windows of one place earn
    nothing twice. The ideal finds one group a rank; a span that covers several cannot pass 1.
    """
    if not gold:
        return None
    ranks = [rank for rank in first_ranks(retrieved[:k], gold) if rank is not None]
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(gold), k) + 1))
    return min(1.0, sum(1 / log2(rank + 1) for rank in ranks) / ideal)
