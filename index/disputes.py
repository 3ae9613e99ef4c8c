"""Which known conflict of a work a question is about, told by the questions written on each.

A question is set against those written on a conflict and against those on anything else: it is
about the conflict when it is liker to the first. A question on nothing disputed may ask for the
very same: for a work says most things more than once, and one place of several is no side. So those
that are like one on the conflict do not count, and those that a side answers count less.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.hits import Disputed
from index.written import WrittenQuestions
from sources import Work

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
        self._less = dict(zip(self._places, self._lessened(work, written), strict=True))

    def _lessened(self, work: Work, written: WrittenQuestions | None) -> Iterator[Scores]:
        """For each conflict what each question's likeness is lessened by; `inf` counts as none."""
        sides = {conflict.id: conflict.sides for conflict in work.conflicts}
        starts = np.array([one.answer.start for one in work.questions])
        ends = np.array([one.answer.end for one in work.questions])
        disputed = np.array([one.conflict is not None for one in work.questions], dtype=np.bool_)
        groups = list(self._places.values())
        alike = written.likest_of(groups) if written and groups else None
        for at, conflict in enumerate(self._places):
            less = np.zeros(len(work.questions), dtype=np.float32)
            for side in sides.get(conflict, ()):
                less[(starts < side.span.end) & (ends > side.span.start)] = AT_A_SIDE
            less[disputed] = np.inf
            if alike is not None:
                less[alike[at] >= SAME] = np.inf
            yield less

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
