"""Support rate: how much of what a language model stated the text bears out.

`rate = |statements that passed every check| / (|statements shown| + |statements taken out|)`. What
is counted are the statements of an answer that was given; where too many failed there is none, and
`model_answers` tells how often. With `unsupported_rate` and the share taken out it makes 1. The
same idea as attribution to identified sources (AIS, Rashkin et al. 2023), with the checks of
`assistant.support` in the place of raters.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import StatementVerdict


def support_rate(verdicts: Sequence[StatementVerdict], removed: int) -> float | None:
    """Share of a model's statements that are supported; None when it stated nothing.

    Args:
        verdicts: Of the statements that are shown.
        removed: How many were taken out because they contradict their evidence.
    """
    said = len(verdicts) + removed
    return sum(one != "unconfirmed" for one in verdicts) / said if said else None
