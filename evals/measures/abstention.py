"""Abstention: precision, recall, and refusing what could be answered.

`precision = right abstentions / abstentions`, `recall = abstentions / unanswerable questions`,
`over-refusal = abstentions / answerable questions`, each given here for one case and averaged
over the cases that it speaks about; the reading of SQuAD 2.0's no-answer questions (Rajpurkar et
al. 2018, arXiv 1806.03822) as a decision to answer or not (El-Yaniv and Wiener 2010).

A false premise may be met in two ways that are both right: abstain, or cite the place that
corrects it. An unanswerable question has one right reply.
"""

from __future__ import annotations

from evals.questions import Case


def abstention_precision(case: Case, *, abstained: bool) -> float | None:
    """For a question abstained from: 1 when that was right, else 0; None for an answered one."""
    return float(not case.answerable) if abstained else None


def abstention_recall(case: Case, *, abstained: bool) -> float | None:
    """For an unanswerable question: 1 when abstained from, else 0; None for any other."""
    return float(abstained) if case.kind == "unanswerable" else None


def over_refusal(case: Case, *, abstained: bool) -> float | None:
    """For an answerable question: 1 when abstained from, else 0; None for any other."""
    return float(abstained) if case.answerable else None
