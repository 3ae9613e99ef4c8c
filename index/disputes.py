"""Which known conflict of a work a question is about, told by the questions written on each.

A question is set against those written on a conflict and against those on anything else: it is
about the conflict when it is liker to the first. A question on nothing disputed whose answer is a
side of the conflict may ask for the very same, so it counts a little less.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.hits import Disputed
from sources import ConflictSide, Work

MOST = 4
"""Conflicts that are told of."""

AT_A_SIDE = 0.1
"""What is taken from the likeness of a question on nothing disputed that a side answers."""


class Disputes:
    """The questions written on the conflicts of a work.

    Args:
        work: The work; most have none.
    """

    def __init__(self, work: Work) -> None:
        places: dict[str, list[int]] = {}
        for place, question in enumerate(work.questions):
            if question.conflict is not None:
                places.setdefault(question.conflict, []).append(place)
        self._places: dict[str, NDArray[np.intp]] = {
            conflict: np.array(found, dtype=np.intp) for conflict, found in places.items()
        }
        sides = {conflict.id: conflict.sides for conflict in work.conflicts}
        self._less = {one: _less(work, sides.get(one, ())) for one in self._places}

    def likest(self, alike: Scores) -> tuple[Disputed, ...]:
        """The conflicts that were asked about in the likest words, likest first.

        Args:
            alike: How like each question written ahead is to the one asked.
        """
        best = {conflict: float(alike[asked].max()) for conflict, asked in self._places.items()}
        likest = sorted(best, key=lambda conflict: -best[conflict])[:MOST]
        return tuple(
            Disputed(one, best[one], best[one] - float((alike - self._less[one]).max()))
            for one in likest
        )


def _less(work: Work, sides: tuple[ConflictSide, ...]) -> Scores:
    """What each question's likeness is lessened by; questions on conflicts count as none."""
    starts = np.array([one.answer.start for one in work.questions])
    ends = np.array([one.answer.end for one in work.questions])
    less = np.zeros(len(work.questions), dtype=np.float32)
    for side in sides:
        less[(starts < side.span.end) & (ends > side.span.start)] = AT_A_SIDE
    less[[one.conflict is not None for one in work.questions]] = np.inf
    return less
