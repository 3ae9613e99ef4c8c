"""Records as plain text tables: one system, or two side by side on the same cases.

The text holds no square brackets: a terminal that reads `[...]` as mark-up must not find any, and
what a question file or a kind says is data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from evals.intervals import Comparison, Figure, compare
from evals.records import Record
from evals.scoring import LESS_IS_BETTER

LABELS = {
    "hit_1": "hit@1",
    "hit_5": "hit@5",
    "hit_10": "hit@10",
    "mrr_10": "MRR@10",
    "ndcg_10": "nDCG@10",
    "all_groups_10": "all groups@10",
    "citation_recall": "citation recall",
    "citation_precision": "citation precision",
    "exact_quotes": "exact quotations",
    "key_facts": "key facts",
    "key_facts_strict": "key facts, all of them",
    "key_facts_in_answer": "key facts in the answer itself",
    "key_facts_in_answer_strict": "  all of them",
    "abstention_precision": "abstention precision",
    "abstention_recall": "abstention recall",
    "hallucination": "hallucination rate",
    "over_refusal": "over-refusal",
    "conflict_recall": "conflict recall",
    "conflict_alarm": "conflict false alarms",
}
GROUPED = (
    "hit_1",
    "hit_5",
    "mrr_10",
    "citation_recall",
    "citation_precision",
    "key_facts",
    "over_refusal",
)
"""Measures of the tables by kind and by language."""


def figures_table(record: Record) -> str:
    """Every measure of one record with its interval and number of cases."""
    rows = [
        (_label(measure), _value(figure), _interval(figure.low, figure.high), str(figure.n))
        for measure, figure in record.figures().items()
        if figure.n
    ]
    return table(("measure", record.system, "95 %", "n"), rows)


def grouped_table(
    record: Record, name: str, groups: Iterable[str], figures: Callable[[str], dict[str, Figure]]
) -> str:
    """Some measures by kind or language, one group a line, with the group's number of cases."""
    rows = []
    for group in groups:
        told = figures(group)
        cases = sum(getattr(outcome.case, name) == group for outcome in record.outcomes)
        rows.append((group, str(cases), *(_value(told[measure]) for measure in GROUPED)))
    return table((name, "cases", *(LABELS[measure] for measure in GROUPED)), rows)


def side_by_side(first: Record, second: Record) -> str:
    """Two systems on the same cases: the measures that both have, and their difference.

    Raises:
        ValueError: The two records are not of the same cases.
    """
    if first.cases() != second.cases():
        raise ValueError("records of different cases cannot be compared")
    rows = []
    other = second.figures()
    for measure, figure in first.figures().items():
        if not figure.n or not other[measure].n:
            continue
        difference = compare(first.scores(measure), second.scores(measure))
        rows.append(
            (
                _label(measure),
                _value(figure),
                _value(other[measure]),
                *_difference(difference),
                str(difference.n),
            )
        )
    return table(("measure", first.system, second.system, "difference", "95 %", "p", "n"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns of plain text: the first to the left, the others to the right; no line ends blank.

    Brackets in a cell become parentheses.
    """
    cells = [[cell.translate(_PLAIN) for cell in line] for line in (head, *rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


_PLAIN = str.maketrans("[]\n\t", "()  ")


def _label(measure: str) -> str:
    return LABELS[measure] + (" (less is better)" if measure in LESS_IS_BETTER else "")


def _value(figure: Figure) -> str:
    return "-" if figure.value is None else f"{figure.value:.3f}"


def _interval(low: float | None, high: float | None, sign: str = "") -> str:
    return "-" if low is None or high is None else f"{low:{sign}.3f} .. {high:{sign}.3f}"


def _difference(told: Comparison) -> tuple[str, str, str]:
    if told.difference is None or told.p is None:
        return "-", "-", "-"
    chance = "< 0.001" if told.p < 0.001 else f"{told.p:.3f}"
    return f"{told.difference:+.3f}", _interval(told.low, told.high, "+"), chance
