"""Normalised discounted cumulative gain with one gain a group of evidence.

`nDCG@k = Σ 1/log2(rank_g + 1) / Σ_{i=1..min(|gold|, k)} 1/log2(i + 1)`, where rank_g is the rank
of the first span that covers group g (Järvelin and Kekäläinen 2002, Cumulated gain-based
evaluation of IR techniques, binary gains).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, log2

from evals.measures.coverage import first_ranks
from evals.questions import Gold
from sources import Span


def ndcg_at(retrieved: Sequence[Span], gold: Gold, k: int = 10) -> float | None:
    """Discounted gain of the first `k` against the ideal order, 0 to 1; None without gold.

    Each group gains once, at the first span that covers it: overlapping windows of one place earn
    nothing twice. The ideal finds one group a rank; a span that covers several cannot pass 1.
    """
    if not gold:
        return None
    ranks = [rank for rank in first_ranks(retrieved[:k], gold) if rank is not None]
    ideal = fsum(1 / log2(rank + 1) for rank in range(1, min(len(gold), k) + 1))
    return min(1.0, fsum(1 / log2(rank + 1) for rank in ranks) / ideal)
