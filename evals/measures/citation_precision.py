"""Citation precision: does what is cited touch the evidence.

`precision = |{c : 2 |c ∩ g| ≥ min(|c|, |g|) for a gold span g}| / |citations|`.

The other half of ALCE adapted to spans (see citation_recall). It is stricter than entailment: a
citation of another sentence that happens to say the same counts as wrong unless the case lists it.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.measures.coverage import overlap
from evals.questions import Gold
from sources import Span


def citation_precision(cited: Sequence[Span], gold: Gold) -> float | None:
    """Share of citations that overlap a gold span by at least half of the shorter of the two.

    None without gold or without citations: nothing was said that could be right or wrong.
    """
    if not gold or not cited:
        return None
    wanted = [span for group in gold for span in group]
    return sum(any(_same_place(span, right) for right in wanted) for span in cited) / len(cited)


def _same_place(one: Span, other: Span) -> bool:
    return 2 * overlap(one, other) >= min(one.end - one.start, other.end - other.start)
