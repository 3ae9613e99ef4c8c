"""Conflicts of the work: are both sides shown, and only where there are two.

`recall = told and all sides cited / conflict questions`; `alarm = told / other answered
questions`. This project's own: no benchmark known to us asks for it.
"""

from __future__ import annotations

from evals.questions import Case


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
