"""Reciprocal rank; its mean over questions is MRR.

`RR = 1 / rank of the first hit`, 0 when none of the first `depth` is one (Voorhees 1999, The
TREC-8 Question Answering Track Report).
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.measures.coverage import first_ranks
from evals.questions import Gold
from sources import Span


def reciprocal_rank(retrieved: Sequence[Span], gold: Gold, depth: int = 10) -> float | None:
    """1 over the rank of the first hit among the first `depth`, 0 for none; None without gold."""
    if not gold:
        return None
    ranks = [rank for rank in first_ranks(retrieved[:depth], gold) if rank is not None]
    return 1 / min(ranks) if ranks else 0.0
