"""Which known conflict of a work a question is about, told by the questions written on each.

A question is set against those written on a conflict and against those on anything else: it is
about the conflict when it is liker to the first. A question on nothing disputed may ask for the
very same: for a work says most things more than once, and one place of several is no side. So those
that are like one on the conflict do not count, and those that a side answers count less.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.hits import Disputed
from index.written import WrittenQuestions
from sources import ConflictSide, Work

MOST = 4
"""Conflicts that are told of."""

SAME = 0.65
"""Likeness from which two questions written ahead ask for the same."""

AT_A_SIDE = 0.2
"""What is taken from the likeness of a question on nothing disputed that a side answers."""


class Disputes:
    """The questions written on the conflicts of a work.

    Args:
        work: The work; most have none.
        written: Its questions, to be compared with one another; None for a work without any.
    """

    def __init__(self, work: Work, written: WrittenQuestions | None) -> None:
        places: dict[str, list[int]] = {}
        for place, question in enumerate(work.questions):
            if question.conflict is not None:
                places.setdefault(question.conflict, []).append(place)
        self._places: dict[str, NDArray[np.intp]] = {
            conflict: np.array(found, dtype=np.intp) for conflict, found in places.items()
        }
        sides = {conflict.id: conflict.sides for conflict in work.conflicts}
        self._less = {one: _less(work, sides.get(one, ())) for one in self._places}
        if written:
            for conflict, asked in self._places.items():
                self._less[conflict][written.likest_of(asked) >= SAME] = np.inf

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
