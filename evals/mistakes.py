"""What went wrong with a question, by the step at which it went wrong.

One word a question, so that whoever mends something knows where to look: a passage that was not
found is a matter of the search, one that was found and not chosen of the evidence, and so on.
"""

from __future__ import annotations

from typing import Literal, get_args

from evals.measures import first_ranks
from evals.records import Outcome

Mistake = Literal[
    "invented",
    "wrongly refused",
    "not found",
    "found, not chosen",
    "chosen, cut",
    "one side only",
    "conflict not told",
    "beside the point",
]
"""In the order of how much they harm a reader."""

MISTAKES: tuple[Mistake, ...] = get_args(Mistake)


def mistake_of(outcome: Outcome) -> Mistake | None:
    """What went wrong with a reply; None when nothing did, or only a search was run.

    - "invented": the work does not answer, and the reply does.
    - "wrongly refused": the work answers, and the reply abstains.
    - "not found": no right passage is among those retrieved.
    - "found, not chosen": one is, and no citation shows it.
    - "one side only": of several places that are needed some are not cited.
    - "conflict not told": all sides are cited, but not as a contradiction.
    - "chosen, cut": the right place is cited, and a key fact is missing from the answer.
    - "beside the point": the answer is right, and most of what it cites is not the evidence.
    """
    answer, scores, case = outcome.answer, outcome.scores, outcome.case
    if answer is None:
        return None
    if not case.answerable:
        return "invented" if scores.hallucination else None
    if answer.status == "abstained":
        return "wrongly refused"
    shown = scores.citation_recall or 0.0
    if shown == 0:
        found = any(rank is not None for rank in first_ranks(outcome.retrieved, outcome.gold))
        return "found, not chosen" if found else "not found"
    return _of_an_answer(outcome, shown)


def _of_an_answer(outcome: Outcome, shown: float) -> Mistake | None:
    scores = outcome.scores
    if shown < 1:
        return "one side only"
    if scores.conflict_recall == 0:
        return "conflict not told"
    if scores.key_facts_in_answer_strict == 0:
        return "chosen, cut"
    if (scores.citation_precision or 0.0) < 0.5:
        return "beside the point"
    return None
