"""A figure from run to run as a drawing (pure): SVG markup without script, and told in words too.

Two series may share a drawing; they differ in colour, in dash and in the shape of their points, so
that nobody needs to see colours. The drawing is as wide as a telephone and grows from there, so
its letters stay readable.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ui.formatting import escape

WIDTH, HEIGHT = 360, 236
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 348, 12, 190
_RADIUS = 4


@dataclass(frozen=True)
class Point:
    """One figure.

    Attributes:
        at: Place among the runs of the drawing, from 0.
        value: The figure.
        low: Lower end of its interval; None draws none.
        high: Upper end.
        told: What it is, for who points at it.
    """

    at: int
    value: float
    low: float | None
    high: float | None
    told: str


@dataclass(frozen=True)
class Series:
    """Figures that belong together, with the name they are known by."""

    name: str
    points: tuple[Point, ...]


def chart(title: str, series: Sequence[Series], places: int, ends: tuple[str, str]) -> str:
    """The drawing.

    Args:
        title: What it shows; its name to a screen reader.
        series: One or two; each with at least one point.
        places: How many runs there are from left to right.
        ends: What stands below the first place and below the last.
    """
    low, high = _range(series)
    scale = _Scale(places, low, high)
    drawn = "".join(_series(one, scale, number) for number, one in enumerate(series))
    last = "" if places == 1 else _text(_RIGHT, _BOTTOM + 18, ends[1], "end")
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}"'
    return (
        f'<svg class="chart" {box} role="img" aria-label="{escape(title)}">'
        f"{_grid(scale)}{drawn}{_text(_LEFT, _BOTTOM + 18, ends[0], 'start')}{last}"
        f"{_legend(series)}</svg>"
    )


@dataclass(frozen=True)
class _Scale:
    """From figures to places of the drawing."""

    places: int
    low: float
    high: float

    def x(self, at: int) -> float:
        if self.places == 1:
            return (_LEFT + _RIGHT) / 2
        return round(_LEFT + 8 + (_RIGHT - _LEFT - 16) * at / (self.places - 1), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(_BOTTOM - (_BOTTOM - _TOP) * share, 1)


def _range(series: Sequence[Series]) -> tuple[float, float]:
    """The tenths around all figures and intervals, at least two of them."""
    ends = [
        end
        for one in series
        for point in one.points
        for end in (point.value, point.low, point.high)
        if end is not None
    ]
    low, high = math.floor(min(ends) * 10) / 10, math.ceil(max(ends) * 10) / 10
    if high - low < 0.2:
        low, high = max(0.0, low - 0.1), high + 0.1
    return low, high


def _grid(scale: _Scale) -> str:
    steps = max(1, math.ceil((scale.high - scale.low) / 0.5))  # at most five lines and the lowest
    tenths = range(round(scale.low * 10), round(scale.high * 10) + 1, steps)
    return "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{y}" y2="{y}"/>'
        f"{_text(_LEFT - 6, y + 4, f'{tenth / 10:.1f}', 'end')}"
        for tenth in tenths
        for y in (scale.y(tenth / 10),)
    )


def _series(series: Series, scale: _Scale, number: int) -> str:
    line = " ".join(f"{scale.x(point.at)},{scale.y(point.value)}" for point in series.points)
    points = "".join(_point(point, scale, number) for point in series.points)
    return f'<g class="series s{number}"><polyline points="{line}"/>{points}</g>'


def _point(point: Point, scale: _Scale, number: int) -> str:
    x, y = scale.x(point.at), scale.y(point.value)
    whisker = ""
    if point.low is not None and point.high is not None:
        whisker = (
            f'<line class="whisker" x1="{x}" x2="{x}" y1="{scale.y(point.low)}" '
            f'y2="{scale.y(point.high)}"/>'
        )
    return f"<g><title>{escape(point.told)}</title>{whisker}{_shape(x, y, number)}</g>"


def _shape(x: float, y: float, number: int) -> str:
    if number == 0:
        return f'<circle cx="{x}" cy="{y}" r="{_RADIUS}"/>'
    side = 2 * _RADIUS
    return f'<rect x="{x - _RADIUS}" y="{y - _RADIUS}" width="{side}" height="{side}"/>'


def _legend(series: Sequence[Series]) -> str:
    parts = []
    x = _LEFT
    for number, one in enumerate(series):
        y = HEIGHT - 8
        parts.append(
            f'<g class="series s{number}"><polyline points="{x},{y - 4} {x + 26},{y - 4}"/>'
            f"{_shape(x + 13, y - 4, number)}</g>{_text(x + 32, y, one.name, 'start')}"
        )
        x += 160
    return "".join(parts)


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'
