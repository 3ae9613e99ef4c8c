"""The two curves of a report as points of a drawing, ready for SVG.

Coordinates are units of the drawing that `FRAME` describes, its origin at SVG's upper left. The
template draws the same frame, so that both agree where an axis runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from evals.measures import area_under, percentile, risk_coverage
from evals.records import Outcome


@dataclass(frozen=True)
class Frame:
    """A drawing and, within it, the edges of the plotted area; the rest is for words."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


FRAME = Frame(width=440, height=260, left=52, right=418, top=32, bottom=208)


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Curve:
    """A curve ready to be drawn.

    Attributes:
        title: What it shows, also for who cannot see it.
        summary: Its message in one sentence.
        x_name: What goes to the right.
        y_name: What goes up.
        points: "x,y x,y ..." as SVG's polyline takes them.
        x_ticks: Marks below.
        y_ticks: Marks to the left.
    """

    title: str
    summary: str
    x_name: str
    y_name: str
    points: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


def risk_curve(outcomes: Sequence[Outcome]) -> Curve | None:
    """How often the first passage is wrong if only the surest share is answered; None for none.

    Confidence is known for abstentions too, so the whole curve is drawn, not only its answered
    part; right means that the work answers and the first passage found is the one that does.
    """
    replies = [
        (outcome.answer.confidence, outcome.case.answerable and outcome.scores.hit_1 == 1)
        for outcome in outcomes
        if outcome.answer is not None
    ]
    points = risk_coverage(replies)
    if not points:
        return None
    area = area_under(points) or 0.0
    # No threshold answers a part of what is equally sure: stairs, as the area is summed.
    before = (0.0, *(point.coverage for point in points))
    steps = [
        (at, point.risk)
        for start, point in zip(before, points, strict=False)
        for at in (start, point.coverage)
    ]
    # A low curve on an axis up to 100% is a line along the floor.
    highest = ceil(max(0.01, *(risk for _, risk in steps)) * 5) / 5
    return Curve(
        title="Risk against coverage",
        summary=f"Mean risk over coverage {area:.3f}; answering everything errs in "
        f"{points[-1].risk:.1%}, the surest half in "
        f"{next(point.risk for point in points if point.coverage >= 0.5):.1%}.",
        x_name="share answered, surest first",
        y_name="wrong among these",
        points=_polyline(steps, 1.0, highest),
        x_ticks=_right(1.0, 4, "{:.0%}"),
        y_ticks=_up(highest, 4, "{:.0%}"),
    )


def latency_curve(outcomes: Sequence[Outcome]) -> Curve | None:
    """Share of the replies that came within a time; None for none."""
    seconds = sorted(outcome.seconds for outcome in outcomes)
    middle, slow = percentile(seconds, 0.5), percentile(seconds, 0.95)
    if middle is None or slow is None:
        return None
    longest = max(seconds[-1], 1e-3)
    step = _round_step(longest / 5)
    parts = ceil(longest / step - 1e-9)
    reached = [(0.0, 0.0), *((one, (at + 1) / len(seconds)) for at, one in enumerate(seconds))]
    # A share rises at a reply, not on the way to it: stairs, no slopes.
    stairs = [at for before, after in pairwise(reached) for at in ((after[0], before[1]), after)]
    return Curve(
        title="Seconds a question",
        summary=f"Median {middle:.3f} s, 95th percentile {slow:.3f} s, longest {longest:.3f} s.",
        x_name="seconds",
        y_name="answered within",
        points=_polyline([(0.0, 0.0), *stairs, (parts * step, 1.0)], parts * step, 1.0),
        x_ticks=_right(parts * step, parts, "{:.4g}"),
        y_ticks=_up(1.0, 4, "{:.0%}"),
    )


def _round_step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is no less."""
    power = 10.0 ** floor(log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least)


def _polyline(points: Sequence[tuple[float, float]], x_most: float, y_most: float) -> str:
    return " ".join(f"{_x(x / x_most):.1f},{_y(y / y_most):.1f}" for x, y in points)


def _x(share: float) -> float:
    return FRAME.left + share * (FRAME.right - FRAME.left)


def _y(share: float) -> float:
    return FRAME.bottom - share * (FRAME.bottom - FRAME.top)


def _right(most: float, parts: int, shown: str) -> tuple[Tick, ...]:
    return tuple(
        Tick(round(_x(part / parts), 1), shown.format(most * part / parts))
        for part in range(parts + 1)
    )


def _up(most: float, parts: int, shown: str) -> tuple[Tick, ...]:
    return tuple(
        Tick(round(_y(part / parts), 1), shown.format(most * part / parts))
        for part in range(parts + 1)
    )
