"""Citation recall: is the evidence that the answer needs cited.

`recall = |{g : the union of all citations covers half of an alternative of g}| / |gold|`.

An adaptation of ALCE's citation recall (Gao et al. 2023, arXiv 2305.14627) to spans. ALCE asks a
language model whether the cited passages entail each statement; no such judge is to be had for
Kazakh, and this project's cases quote their evidence, so the question becomes one of characters.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.measures.coverage import merged, overlap
from evals.questions import Gold
from sources import Span


def citation_recall(cited: Sequence[Span], gold: Gold) -> float | None:
    """Share of evidence groups that the citations show, 0 to 1.

    A group is shown when the union of all citations covers at least half the characters of one of
    its alternatives. No citations show nothing: 0. None without gold.
    """
    if not gold:
        return None
    union = merged(cited)
    return sum(any(_half_shown(wanted, union) for wanted in group) for group in gold) / len(gold)


def _half_shown(wanted: Span, union: Sequence[Span]) -> bool:
    return 2 * sum(overlap(wanted, span) for span in union) >= wanted.end - wanted.start
