"""The places that the panel can open, and the names by which links speak of them (pure).

A target names one place of one talk: `cite-2-1` is marker 1 of the third exchange, `near-2-1`
the passage of rank 1 under it. Targets come back from the browser, so they are looked up in the
visitor's own talk and nowhere else: a made-up one finds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant import Citation, Retrieved
from ui.chat import Talk

NEAREST_SHOWN = 3
"""How many of the nearest passages an abstention offers."""

_TARGET = re.compile(r"(cite|near)-(\d{1,6})-(\d{1,6})", re.ASCII)


@dataclass(frozen=True)
class Target:
    """The name of one place.

    Attributes:
        kind: "cite" for a citation, "near" for one of the nearest passages of an abstention.
        exchange: Index of the exchange, from 0.
        number: Marker or rank, from 1.
    """

    kind: Literal["cite", "near"]
    exchange: int
    number: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.exchange}-{self.number}"


@dataclass(frozen=True)
class Opened:
    """A place that the panel shows.

    Attributes:
        target: Its name.
        count: How many such places its exchange has; their numbers run from 1 to `count`.
        place: What stands there.
    """

    target: Target
    count: int
    place: Citation | Retrieved


def find(talk: Talk, name: str) -> Opened | None:
    """The place of that name in this talk; None when there is none."""
    match = _TARGET.fullmatch(name)
    if match is None or int(match[2]) >= len(talk.exchanges):
        return None
    exchange = talk.exchanges[int(match[2])]
    answer = exchange.answer
    target = Target("cite" if match[1] == "cite" else "near", int(match[2]), int(match[3]))
    places: dict[int, Citation | Retrieved]
    if target.kind == "cite":
        cited = exchange.citations if answer is None else answer.citations
        places = {citation.marker: citation for citation in cited}
    else:
        nearest = () if answer is None else answer.retrieved
        places = {passage.rank: passage for passage in nearest[:NEAREST_SHOWN]}
    place = places.get(target.number)
    return None if place is None else Opened(target, len(places), place)
