"""Whether an answer says what it should, and keeps silent when it should: pure functions.

A question is answered or abstained from, and was answerable, unanswerable or of a false premise.
Each measure gives a number for the cases that it speaks about and None for all others, so that a
mean never counts what was not asked ("unscored is not zero").

A false premise may be met in two ways that are both right: abstain, or cite the place that
corrects it. An unanswerable question has one right reply, abstention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evals.questions import Case
from sources import search_form

_BOLD = re.compile(r"\*\*|__")


def key_fact_recall(facts: Sequence[Sequence[str]], said: Iterable[str]) -> float | None:
    """Share of the facts of which one wording stands in `said`, 0 to 1; None without facts.

    Letters are compared in search form (case, alphabets, dashes, spaces), emphasis is taken off,
    and a number does not stand inside a longer number: "19" is not in "1991".
    """
    if not facts:
        return None
    texts = [search_form(_BOLD.sub("", text)) for text in said]
    return sum(any(_stands(wording, texts) for wording in fact) for fact in facts) / len(facts)


def strict(recall: float | None) -> float | None:
    """1 when nothing is missing, else 0; None stays None."""
    return None if recall is None else float(recall == 1)


def abstention_precision(case: Case, *, abstained: bool) -> float | None:
    """For a question abstained from: 1 when that was right, else 0; None for an answered one."""
    return float(not case.answerable) if abstained else None


def abstention_recall(case: Case, *, abstained: bool) -> float | None:
    """For an unanswerable question: 1 when abstained from, else 0; None for any other."""
    return float(abstained) if case.kind == "unanswerable" else None


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


def over_refusal(case: Case, *, abstained: bool) -> float | None:
    """For an answerable question: 1 when abstained from, else 0; None for any other."""
    return float(abstained) if case.answerable else None


def conflict_recall(case: Case, *, told: bool, shown: float | None) -> float | None:
    """Where the work says two things: 1 when both are cited and the reader is told, else 0.

    Args:
        case: The case; None is returned unless its kind is "conflict".
        told: Whether the answer says that the work contradicts itself.
        shown: Citation recall over both sides.
    """
    return float(told and shown == 1) if case.kind == "conflict" else None


def conflict_alarm(case: Case, *, told: bool, abstained: bool) -> float | None:
    """For an answered question without a conflict: 1 when one is reported all the same, else 0."""
    return None if abstained or case.kind == "conflict" else float(told)


def _stands(wording: str, texts: Sequence[str]) -> bool:
    folded = search_form(wording)
    if not folded:
        return False
    before = r"(?<!\d)" if folded[0].isdigit() else ""
    after = r"(?!\d)" if folded[-1].isdigit() else ""
    pattern = re.compile(before + re.escape(folded) + after)
    return any(pattern.search(text) for text in texts)
