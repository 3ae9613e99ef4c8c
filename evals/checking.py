"""Whether the reference questions can be trusted.

A wrong reference question is worse than none: it punishes right answers. So every quotation must
stand in the work, every key fact in the quoted evidence, and no question twice or on both sides of
the split. And a good question alone is no good suite: the mix of kinds and languages, and how much
of the text is the evidence of some question, are told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.questions import KINDS, LANGUAGES, SPLITS, Case, load_cases, occurrences, resolve
from evals.splits import leaks
from sources import Work, search_form

What = Literal[
    "empty field",
    "unknown value",
    "duplicate id",
    "duplicate question",
    "quotation not in the work",
    "key fact not in the evidence",
    "same question in both splits",
    "split not drawn",
]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a reference question.

    Attributes:
        case: Id of the case.
        what: The rule it breaks.
        detail: The words concerned.
    """

    case: str
    what: What
    detail: str

    def __str__(self) -> str:
        return f"{self.case}: {self.what}: {self.detail}"


def check_cases(work: Work, cases: Sequence[Case] | None = None) -> list[Problem]:
    """Everything wrong with the reference questions of a work; empty when they can be used.

    Args:
        work: The work they were written from.
        cases: The cases; None means those of the project.

    Raises:
        QuestionsUnreadable: A file is not readable as cases at all.
    """
    chosen = load_cases() if cases is None else cases
    problems: list[Problem] = []
    for case in chosen:
        problems += _field_problems(case)
        problems += _evidence_problems(case, work.text)
    return [
        *problems,
        *_repeated_ids(chosen),
        *_repeated_questions(chosen),
        *_leaked(chosen, work.text),
    ]


STRETCH = 2_000
"""Characters of a stretch of the text; every one should be the evidence of some question."""

_TOUCHED = 20
"""Characters of evidence that a stretch must hold to count as covered."""


@dataclass(frozen=True)
class Mix:
    """How the questions are spread.

    Attributes:
        cases: How many there are.
        kinds: Number by kind, in the usual order; kinds without a question are there with 0.
        languages: Number by language.
        splits: Number by split.
        unanswered: Number of unanswerable and false-premise questions together.
        slips: Number of questions that carry an everyday slip.
        stretches: Stretches of the text.
        uncovered: Number, from 0, of the stretches that are the evidence of no question.
    """

    cases: int
    kinds: dict[str, int]
    languages: dict[str, int]
    splits: dict[str, int]
    unanswered: int
    slips: int
    stretches: int
    uncovered: tuple[int, ...]


def mix_of(cases: Sequence[Case], text: str) -> Mix:
    """Count what the questions ask for, and which stretches of the text they rest on."""
    covered = {
        number
        for case in cases
        for group in resolve(case, text)
        for span in group
        for number in range(span.start // STRETCH, (span.end - 1) // STRETCH + 1)
        if min(span.end, (number + 1) * STRETCH) - max(span.start, number * STRETCH) >= _TOUCHED
    }
    stretches = -(-len(text) // STRETCH)
    return Mix(
        cases=len(cases),
        kinds={kind: sum(case.kind == kind for case in cases) for kind in KINDS},
        languages={one: sum(case.language == one for case in cases) for one in LANGUAGES},
        splits={split: sum(case.split == split for case in cases) for split in SPLITS},
        unanswered=sum(not case.answerable for case in cases),
        slips=sum(bool(case.slip) for case in cases),
        stretches=stretches,
        uncovered=tuple(number for number in range(stretches) if number not in covered),
    )


def _field_problems(case: Case) -> Iterator[Problem]:
    for name, value in (("question", case.question), ("answer", case.answer), ("id", case.id)):
        if not value.strip():
            yield Problem(case.id, "empty field", name)
    for name, value, known in (
        ("kind", case.kind, KINDS),
        ("language", case.language, LANGUAGES),
    ):
        if value not in known:
            yield Problem(case.id, "unknown value", f"{name} {value!r}")
    if not case.split:
        yield Problem(case.id, "split not drawn", "write it with evals.write_splits")
    elif case.split not in SPLITS:
        yield Problem(case.id, "unknown value", f"split {case.split!r}")
    yield from _shape_problems(case)


def _shape_problems(case: Case) -> Iterator[Problem]:
    """What must and must not be there for a kind, and blanks inside the lists."""
    if case.kind == "unanswerable":
        if case.evidence or case.key_facts:
            yield Problem(case.id, "unknown value", "evidence or key facts of an unanswerable case")
    elif not case.evidence:
        yield Problem(case.id, "empty field", "evidence")
    if case.answerable and not case.key_facts:
        yield Problem(case.id, "empty field", "key_facts")
    if (case.kind == "followup") != bool(case.history):
        yield Problem(case.id, "empty field", "a follow-up has a history, another kind has none")
    for name, groups in (("key_facts", case.key_facts), ("evidence", case.evidence)):
        if any(not group or not all(item.strip() for item in group) for group in groups):
            yield Problem(case.id, "empty field", f"a blank in {name}")


def _evidence_problems(case: Case, text: str) -> Iterator[Problem]:
    for group in case.evidence:
        for quotation in group:
            if not occurrences(text, quotation):
                yield Problem(case.id, "quotation not in the work", quotation)
    quoted = [search_form(quotation) for group in case.evidence for quotation in group]
    for fact in case.key_facts:
        if not any(search_form(wording) in said for wording in fact for said in quoted):
            yield Problem(case.id, "key fact not in the evidence", " | ".join(fact))


def _repeated_ids(cases: Sequence[Case]) -> list[Problem]:
    seen: set[str] = set()
    repeated: list[Problem] = []
    for case in cases:
        if case.id in seen:
            repeated.append(Problem(case.id, "duplicate id", case.question))
        seen.add(case.id)
    return repeated


def _repeated_questions(cases: Sequence[Case]) -> list[Problem]:
    seen: dict[tuple[str, ...], str] = {}
    repeated: list[Problem] = []
    for case in cases:
        said = (*(search_form(turn.question) for turn in case.history), search_form(case.question))
        if said in seen:
            repeated.append(Problem(case.id, "duplicate question", f"as {seen[said]}"))
        seen.setdefault(said, case.id)
    return repeated


def _leaked(cases: Sequence[Case], text: str) -> list[Problem]:
    return [
        Problem(one.id, "same question in both splits", other.id)
        for one, other in leaks(cases, text)
    ]
