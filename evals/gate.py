"""The floors below which no change may fall: what was reached, less half the interval's width.

The floors stand in `gate.toml`, one a measure, on the development questions. They are raised by
`dayek eval gate --raise` when the product got better, and never lowered by a command: whoever
lowers one edits the file and says why in the commit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.records import Record
from evals.scoring import LESS_IS_BETTER, MEASURES
from sources import FixableError

GATE = Path(__file__).parent / "gate.toml"

GUARDED = (
    "hit_1",
    "hit_5",
    "mrr_10",
    "citation_recall",
    "citation_precision",
    "exact_quotes",
    "key_facts_in_answer",
    "abstention_recall",
    "hallucination",
    "over_refusal",
    "conflict_recall",
)
"""Measures that have a floor (a ceiling, where less is better)."""

_HEAD = """\
# Floors of `dayek eval gate` on the development questions: what was reached, less half the width of
# its 95 % interval (more, where less is better). Raised by `dayek eval gate --raise`, lowered only
# by hand, with the reason in the commit.

[floors]
"""


class GateUnreadable(FixableError):
    """The file of floors is missing or not what it should be."""


@dataclass(frozen=True)
class Floor:
    """One measure against its floor.

    Attributes:
        measure: Its name.
        value: What was reached; None when no question was scored.
        floor: What must be reached; the most that is allowed where less is better.
    """

    measure: str
    value: float | None
    floor: float

    @property
    def kept(self) -> bool:
        """Whether it was reached; an unscored measure keeps nothing."""
        if self.value is None:
            return False
        less = self.measure in LESS_IS_BETTER
        return self.value <= self.floor if less else self.value >= self.floor


def read_floors(path: Path = GATE) -> dict[str, float]:
    """The floors by measure.

    Raises:
        GateUnreadable: The file is missing, no TOML, or names a measure that there is none of.
    """
    try:
        floors = tomllib.loads(path.read_text(encoding="utf-8"))["floors"]
        known = {str(name): float(value) for name, value in floors.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as e:
        raise GateUnreadable(
            f"{path} is no file of floors ({e}).", "Write it: dayek eval gate --raise"
        ) from e
    if strange := known.keys() - set(MEASURES):
        raise GateUnreadable(
            f"{path} names no measure of ours: {', '.join(sorted(strange))}.",
            f"Name some of: {', '.join(MEASURES)}.",
        )
    return known


def judge(record: Record, floors: Mapping[str, float]) -> tuple[Floor, ...]:
    """Every floor with what was reached, in their order."""
    figures = record.figures()
    return tuple(Floor(name, figures[name].value, floor) for name, floor in floors.items())


def raised(record: Record, floors: Mapping[str, float]) -> dict[str, float]:
    """The floors after a record: none falls; one that has no floor yet gets its first."""
    figures = record.figures()
    found: dict[str, float] = {}
    for measure in GUARDED:
        reached = figures[measure]
        if reached.value is None:
            if measure in floors:
                found[measure] = floors[measure]
            continue
        # Exactness has no interval: anything below 1 is a fault.
        ends = (reached.low, reached.high) if measure != "exact_quotes" else (None, None)
        half = 0.0 if ends[0] is None or ends[1] is None else (ends[1] - ends[0]) / 2
        less = measure in LESS_IS_BETTER
        new = round(min(1.0, reached.value + half) if less else max(0.0, reached.value - half), 3)
        old = floors.get(measure)
        found[measure] = new if old is None else (min(old, new) if less else max(old, new))
    return found


def write_floors(floors: Mapping[str, float], path: Path = GATE) -> None:
    """Write the file of floors."""
    lines = "".join(f"{measure} = {value:.3f}\n" for measure, value in floors.items())
    path.write_text(_HEAD + lines, encoding="utf-8")
