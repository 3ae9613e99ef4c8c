"""The reference questions: what a case is, and where in the work its evidence stands.

Cases are data in `questions/*.jsonl`, one object a line, written from the text by hand. A case
quotes its evidence word for word and never by offset: a quotation stands for all its occurrences
in the work, and a case whose quotation is no longer in the work is refused by `evals.checking`,
not silently scored against nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from assistant import Turn
from sources import FixableError, Span

QUESTIONS = Path(__file__).parent / "questions"

KINDS = (
    "fact",
    "definition",
    "reason",
    "list",
    "table",
    "comparison",
    "attribution",
    "followup",
    "conflict",
    "unanswerable",
    "false_premise",
)
LANGUAGES = ("kk", "ru", "en")
SPLITS = ("dev", "test")

Gold = tuple[tuple[Span, ...], ...]
"""Evidence in the work: groups that are all needed, each the spans of which any will do."""

_FIELDS = (
    "id",
    "language",
    "kind",
    "question",
    "history",
    "answer",
    "key_facts",
    "evidence",
    "slip",
    "split",
    "note",
)


class QuestionsUnreadable(FixableError):
    """A file of reference questions that is missing, not JSON, or of another shape."""


@dataclass(frozen=True)
class Case:
    """One reference question.

    Attributes:
        id: Unique among all files.
        language: Of the question: one of `LANGUAGES`.
        kind: What is asked for: one of `KINDS`.
        question: As a student would type it.
        history: Earlier turns, oldest first; empty unless the kind is "followup".
        answer: What a right answer says, in the question's language.
        key_facts: Each fact as the wordings of which one must stand in the answer; empty for a
            question that the work does not answer.
        evidence: Verbatim quotations: groups that are all needed, each the alternatives of which
            one is enough; empty for an unanswerable question. For a false premise, the places
            that correct it.
        slip: The everyday slip that the question carries (a typo, letters left out, another
            script), in words; empty when it is written as it should be.
        split: "dev" or "test"; empty until drawn.
        note: For the reader of the file.
    """

    id: str
    language: str
    kind: str
    question: str
    history: tuple[Turn, ...]
    answer: str
    key_facts: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[str, ...], ...]
    slip: str = ""
    split: str = ""
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the work answers it; a question with a false premise is not answerable."""
        return self.kind not in ("unanswerable", "false_premise")

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Case:
        """The case of an object as it stands in a question file or a record.

        Raises:
            KeyError: A field is missing.
            TypeError: A field has another shape.
        """
        return cls(
            **{name: _words(told.get(name, "")) for name in _FIELDS if name not in _NESTED},
            history=tuple(
                Turn(_words(turn["question"]), _words(turn["answer"])) for turn in told["history"]
            ),
            key_facts=_groups(told["key_facts"]),
            evidence=_groups(told["evidence"]),
        )


class Line(NamedTuple):
    """A line of a question file: the file, the line's number from 1, what it says."""

    path: Path
    number: int
    text: str


def load_cases(folder: Path = QUESTIONS) -> tuple[Case, ...]:
    """All cases of a folder, in the order of its files and lines.

    Raises:
        QuestionsUnreadable: No question file there, or a line that is not a case.
    """
    cases = tuple(_case(line) for line in case_lines(folder))
    if not cases:
        raise QuestionsUnreadable(
            f"There are no reference questions in {folder}.",
            "Put *.jsonl files there, one case a line.",
        )
    return cases


def case_lines(folder: Path = QUESTIONS) -> Iterator[Line]:
    """The lines of a folder's question files that are not blank."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if text.strip():
                yield Line(path, number, text)


def select(
    cases: Iterable[Case],
    *,
    split: str | None = None,
    kind: str | None = None,
    language: str | None = None,
    limit: int | None = None,
) -> tuple[Case, ...]:
    """The cases asked for, in their order; None means any, `limit` keeps the first ones."""
    chosen = tuple(
        case
        for case in cases
        if split in (None, case.split)
        and kind in (None, case.kind)
        and language in (None, case.language)
    )
    return chosen if limit is None else chosen[: max(limit, 0)]


def occurrences(text: str, quotation: str) -> tuple[Span, ...]:
    """Every place where `quotation` stands in `text`, in order; empty when nowhere."""
    found: list[Span] = []
    at = text.find(quotation) if quotation else -1
    while at >= 0:
        found.append(Span(at, at + len(quotation)))
        at = text.find(quotation, at + 1)
    return tuple(found)


def resolve(case: Case, text: str) -> Gold:
    """Addresses of a case's evidence: each group with all occurrences of all its quotations.

    A group none of whose quotations is in the text is an empty tuple; empty for an unanswerable
    question.
    """
    return tuple(
        tuple(span for quotation in group for span in occurrences(text, quotation))
        for group in case.evidence
    )


def _case(line: Line) -> Case:
    try:
        told = json.loads(line.text)
    except json.JSONDecodeError as error:
        raise _unreadable(line, f"it is not JSON ({error.msg})") from error
    if not isinstance(told, dict):
        raise _unreadable(line, "it is not an object")
    optional = {"slip", "split", "note"}
    strange = [*(told.keys() - set(_FIELDS)), *(set(_FIELDS) - told.keys() - optional)]
    if strange:
        raise _unreadable(line, f"unknown or missing: {', '.join(sorted(strange))}")
    try:
        return Case.from_dict(told)
    except (KeyError, TypeError) as error:
        raise _unreadable(line, f"a field has another shape ({error})") from error


_NESTED = ("history", "key_facts", "evidence")


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _groups(value: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        raise TypeError("not a list of lists")
    return tuple(tuple(_words(item) for item in group) for group in value)


def _unreadable(line: Line, why: str) -> QuestionsUnreadable:
    return QuestionsUnreadable(
        f"{line.path.name}, line {line.number}: {why}.", "Mend that line and try again."
    )
