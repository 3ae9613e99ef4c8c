"""Hit@k (success@k): is a right passage among the first k.

`hit@k = 1 if any of the first k spans covers a gold span (see coverage), else 0`, averaged over
questions; the success@k of TREC (Buckley and Voorhees 2005, TREC: Experiment and Evaluation in
Information Retrieval, ch. 3). Where a case needs several groups of evidence, any of them makes a
hit, as in a search page where one good result starts the reading; `all_groups_at` asks for all.
A case without gold is not scored: None, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.measures.coverage import first_ranks
from evals.questions import Gold
from sources import Span


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
