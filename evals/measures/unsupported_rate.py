"""Unsupported rate: how much of what a language model stated is shown marked as unconfirmed.

`rate = |statements shown marked| / (|statements shown| + |statements taken out|)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import StatementVerdict


def unsupported_rate(verdicts: Sequence[StatementVerdict], removed: int) -> float | None:
    """Share of a model's statements that failed a check; None when it stated nothing.

    Args:
        verdicts: Of the statements that are shown.
        removed: How many were taken out because they contradict their evidence.
    """
    said = len(verdicts) + removed
    return sum(one == "unconfirmed" for one in verdicts) / said if said else None
