"""Whether the questions written ahead of a work do what they are for, and give nothing away.

A good one finds its passage without itself, so that what it adds is another way of asking and not a
note to the search; and none may say what an evaluation question says, or the evaluation would
measure memory.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant import Assistant, understand
from evals.questions import Case
from evals.splits import near_pairs
from index import Hidden

FIRST = 10
"""Places among which a question must find its passage."""

WANTED = {"kk": 3, "ru": 2, "en": 1}
"""Questions of each language that a passage should have."""


@dataclass(frozen=True)
class AheadReport:
    """What was found of the questions written ahead.

    Attributes:
        questions: How many there are.
        languages: How many of each language.
        thin: Passages with fewer than `WANTED`.
        searched: How many were searched without themselves.
        lost: Those of them that do not find their passage among the first ten.
        unanswered: How many questions there are that the work does not answer.
        leaks: Written questions of both sorts with an evaluation question that they are nearly
            equal to.
    """

    questions: int
    languages: dict[str, int]
    thin: int
    searched: int
    lost: tuple[str, ...]
    unanswered: int
    leaks: tuple[tuple[str, str], ...]


def check_ahead(
    assistant: Assistant,
    cases: Sequence[Case],
    *,
    sample: int | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> AheadReport:
    """Check the questions written ahead of a work.

    Args:
        assistant: Over the work.
        cases: Every evaluation question, of both splits.
        sample: How many to search; None searches all (about a minute for a thousand).
        seed: Of the sample.
        progress: Called after each search.
    """
    written = assistant.work.questions
    numbers = list(range(len(written)))
    if sample is not None:
        numbers = random.Random(seed).sample(numbers, min(sample, len(numbers)))
    lost: list[str] = []
    for done, number in enumerate(numbers, start=1):
        if not _found(assistant, number):
            lost.append(written[number].text)
        if progress:
            progress(done, len(numbers))
    return AheadReport(
        questions=len(written),
        languages=dict(Counter(one.language for one in written)),
        thin=_thin(assistant),
        searched=len(numbers),
        lost=tuple(lost),
        unanswered=len(assistant.work.unanswered),
        leaks=tuple(_leaks(assistant, cases)),
    )


def _leaks(assistant: Assistant, cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    work = assistant.work
    texts = [one.text for one in work.questions] + [one.text for one in work.unanswered]
    for at, other in near_pairs(texts, [case.question for case in cases]):
        yield texts[at], cases[other].id


def ahead_text(report: AheadReport) -> str:
    """The report as plain text."""
    told = ", ".join(f"{n} {language}" for language, n in sorted(report.languages.items()))
    found = report.searched - len(report.lost)
    share = found / report.searched if report.searched else 0.0
    lines = [
        f"{report.questions} questions written ahead ({told})",
        f"{report.unanswered} questions that the work does not answer",
        f"{report.thin} passages have fewer than {sum(WANTED.values())} of them in three languages",
        f"{found} of {report.searched} ({share:.1%}) find their passage among the first {FIRST} "
        "without themselves",
        f"{len(report.leaks)} say nearly what an evaluation question says",
    ]
    lines += [f"  {text}: as {case}" for text, case in report.leaks]
    return "\n".join(lines)


def _found(assistant: Assistant, number: int) -> bool:
    work, searcher = assistant.work, assistant.searcher
    written = work.questions[number]
    asked = understand(written.text, searcher.vocabulary)
    search = searcher.search(
        asked.text,
        asked.language,
        FIRST,
        table=asked.table,
        lists=asked.kind == "list",
        hidden=Hidden(frozenset((number,))),
    )
    home = searcher.owner_of_sentence(work.sentences_in(written.answer).start)
    return any(home in (hit.ordinal, *hit.repeats) for hit in search.hits)


def _thin(assistant: Assistant) -> int:
    """Passages that lack questions of some language."""
    work, searcher = assistant.work, assistant.searcher
    counts: Counter[tuple[int, str]] = Counter(
        (searcher.owner_of_sentence(work.sentences_in(one.answer).start), one.language)
        for one in work.questions
    )
    return sum(
        any(counts[ordinal, language] < wanted for language, wanted in WANTED.items())
        for ordinal in range(len(work.passages))
    )
