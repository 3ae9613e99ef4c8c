"""Hallucination rate: how often a question without an answer in the work gets one.

`rate = answered / (unanswerable + false premise)`, where a false premise answered with every
place that corrects it does not count as answered. An extractive answer never invents words; what
it can invent is that they answer, and this is where it shows.
"""

from __future__ import annotations

from evals.questions import Case


def hallucination(case: Case, *, abstained: bool, shown: float | None) -> float | None:
    """For a question without an answer in the work: 1 when it got one, else 0.

    Args:
        case: The case; an answerable one gives None.
        abstained: Whether the reply was an abstention.
        shown: Citation recall; a false premise answered with all the places that correct it is
            no hallucination.
    """
    if case.answerable:
        return None
    return float(not abstained and shown != 1)
