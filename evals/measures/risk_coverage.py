"""The risk–coverage curve: what is answered wrongly if only the surest share is answered.

Replies are ordered by confidence, surest first. At the k-th, `coverage = k / n` and
`risk = wrong among the first k / k` (El-Yaniv and Wiener 2010, On the foundations of noise-free
selective classification); equal confidences are one step. `area_under` is the mean risk over
coverage (AURC, Geifman et al. 2019), less is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class RiskPoint:
    """One point of the curve.

    Attributes:
        threshold: Confidence from which is answered.
        coverage: Share of all questions that then are answered.
        risk: Share of these that are wrong.
    """

    threshold: float
    coverage: float
    risk: float


def risk_coverage(replies: Sequence[tuple[float, bool]]) -> tuple[RiskPoint, ...]:
    """The curve from (confidence, whether the answer would be right); empty for no replies.

    A question that the work does not answer has no right answer: answering it is always wrong.
    """
    ordered = sorted(replies, key=lambda reply: -reply[0])
    points: list[RiskPoint] = []
    seen = wrong = 0
    for threshold, same in groupby(ordered, key=lambda reply: reply[0]):
        for _, right in same:
            seen += 1
            wrong += not right
        points.append(RiskPoint(threshold, seen / len(ordered), wrong / seen))
    return tuple(points)


def area_under(points: Sequence[RiskPoint]) -> float | None:
    """Mean risk over coverage, 0 to 1, each point standing for the step up to it; None for none."""
    if not points:
        return None
    before, area = 0.0, 0.0
    for point in points:
        area += (point.coverage - before) * point.risk
        before = point.coverage
    return area / before
