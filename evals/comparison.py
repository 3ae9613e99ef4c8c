"""What got better and what got worse between two records, question by question, and by chance.

Two systems of one run, or one system of two runs, on the questions that both were asked. A single
question that changed proves nothing; the paired permutation test says whether all of them together
do (see `intervals`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from evals.intervals import Comparison, compare
from evals.records import Outcome, Record
from evals.scoring import LESS_IS_BETTER, MEASURES

JUDGED = ("mrr_10", "citation_recall", "key_facts_in_answer", "hallucination", "over_refusal")
"""Measures by which a question counts as better or worse."""


@dataclass(frozen=True)
class Change:
    """One question that came out otherwise.

    Attributes:
        measure: In which respect.
        before: Outcome of the first record.
        after: Outcome of the second.
        gain: Second minus first, turned so that more is better.
    """

    measure: str
    before: Outcome
    after: Outcome
    gain: float

    def as_dict(self) -> dict[str, Any]:
        """The question, and its score before and after."""
        case = self.before.case
        return {
            "id": case.id,
            "question": case.question,
            "language": case.language,
            "kind": case.kind,
            "measure": self.measure,
            "before": getattr(self.before.scores, self.measure),
            "after": getattr(self.after.scores, self.measure),
            "gain": self.gain,
        }


@dataclass(frozen=True)
class Compared:
    """Two records against one another.

    Attributes:
        shared: Questions that both were asked.
        dropped: Questions that only one of them was asked, or that were worded otherwise.
        measures: Second minus first, for every measure that both scored.
        changes: Questions that came out otherwise, the greatest loss first.
    """

    shared: int
    dropped: int
    measures: tuple[tuple[str, Comparison], ...]
    changes: tuple[Change, ...]

    @property
    def worse(self) -> tuple[Change, ...]:
        """Questions that lost, the greatest loss first."""
        return tuple(change for change in self.changes if change.gain < 0)

    @property
    def better(self) -> tuple[Change, ...]:
        """Questions that gained, the greatest gain first."""
        return tuple(change for change in reversed(self.changes) if change.gain > 0)

    def as_dict(self) -> dict[str, Any]:
        """All of it as plain JSON types; the page reads it, so the names are a contract."""
        return {
            "shared": self.shared,
            "dropped": self.dropped,
            "measures": [{"measure": name, **asdict(told)} for name, told in self.measures],
            "worse": [change.as_dict() for change in self.worse],
            "better": [change.as_dict() for change in self.better],
        }


def compare_records(first: Record, second: Record) -> Compared:
    """Compare the second record with the first, on the questions that both have word for word."""
    others = {outcome.case.id: outcome for outcome in second.outcomes}
    pairs = [
        (outcome, others[outcome.case.id])
        for outcome in first.outcomes
        if outcome.case.id in others and _same_question(outcome, others[outcome.case.id])
    ]
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    measures = [
        (measure, compare(_scores(after, measure), _scores(before, measure)))
        for measure in MEASURES
    ]
    changes = sorted(
        (change for one, other in pairs for change in _changes(one, other)),
        key=lambda change: (change.gain, change.before.case.id, change.measure),
    )
    return Compared(
        shared=len(pairs),
        dropped=len(first.outcomes) + len(second.outcomes) - 2 * len(pairs),
        measures=tuple((name, told) for name, told in measures if told.n),
        changes=tuple(changes),
    )


def _same_question(one: Outcome, other: Outcome) -> bool:
    return (one.case.question, one.gold, one.case.key_facts) == (
        other.case.question,
        other.gold,
        other.case.key_facts,
    )


def _scores(outcomes: Iterable[Outcome], measure: str) -> list[float | None]:
    return [getattr(outcome.scores, measure) for outcome in outcomes]


def _changes(one: Outcome, other: Outcome) -> Iterable[Change]:
    for measure in JUDGED:
        before, after = getattr(one.scores, measure), getattr(other.scores, measure)
        if before is None or after is None or before == after:
            continue
        gain = before - after if measure in LESS_IS_BETTER else after - before
        yield Change(measure, one, other, gain)
