"""Whether an answer is grounded in the right words: pure functions of cited and gold spans.

An adaptation of ALCE's citation recall and precision (Gao et al. 2023, arXiv 2305.14627) to
spans. ALCE asks a language model whether the cited passages entail each statement; no such judge
is to be had for Kazakh, and this project's cases quote their evidence, so the question becomes
one of characters: recall, is the evidence that the answer needs cited; precision, does what is
cited touch that evidence. It is stricter than entailment: a citation of another sentence that
happens to say the same counts as wrong unless the case lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.questions import Gold
from evals.retrieval import overlap
from sources import Span


def citation_recall(cited: Sequence[Span], gold: Gold) -> float | None:
    """Share of evidence groups that the citations show, 0 to 1.

    A group is shown when the union of all citations covers at least half the characters of one of
    its alternatives. No citations show nothing: 0. None without gold.
    """
    if not gold:
        return None
    union = merged(cited)
    return sum(any(_half_shown(wanted, union) for wanted in group) for group in gold) / len(gold)


def citation_precision(cited: Sequence[Span], gold: Gold) -> float | None:
    """Share of citations that overlap a gold span by at least half of the shorter of the two.

    None without gold or without citations: nothing was said that could be right or wrong.
    """
    if not gold or not cited:
        return None
    wanted = [span for group in gold for span in group]
    return sum(any(_same_place(span, right) for right in wanted) for span in cited) / len(cited)


def exactness(quotes: Sequence[tuple[Span, str]], text: str) -> float | None:
    """Share of citations whose quotation is the text at its address; None without citations."""
    if not quotes:
        return None
    return sum(text[span.start : span.end] == quote for span, quote in quotes) / len(quotes)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans as disjoint spans in order."""
    union: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if union and span.start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, span.end))
        else:
            union.append(span)
    return tuple(union)


def _half_shown(wanted: Span, union: Sequence[Span]) -> bool:
    return 2 * sum(overlap(wanted, span) for span in union) >= wanted.end - wanted.start


def _same_place(one: Span, other: Span) -> bool:
    return 2 * overlap(one, other) >= min(one.end - one.start, other.end - other.start)
