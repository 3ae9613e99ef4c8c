"""A language model as a judge of answers: optional, advisory, and examined before it is believed.

Judges are unreliable in small languages, and nobody notices when one waves everything through. So a
judge first gets 20 planted answers in Kazakh of which it is known whether their evidence supports
them: good ones, plainly bad ones, and ones with a single figure, name or negation changed. Only one
that errs in at most `MOST_ERRORS` of them is used, and its error rate stands beside what it says.
Nothing of it is loaded unless somebody names a model for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from evals.intervals import Figure, figure
from evals.records import Record
from sources import FixableError

PLANTED = Path(__file__).parent / "planted.jsonl"
MOST_ERRORS = 0.1
"""Share of the planted answers that a judge may get wrong and still be used."""


class JudgeUnfit(FixableError):
    """A judge that gets too many planted answers wrong, cannot be reached, or is not installed."""


@dataclass(frozen=True)
class Planted:
    """An answer of which it is known whether its evidence supports it.

    Attributes:
        question: In Kazakh.
        answer: What the judge is shown.
        evidence: What the answer is said to rest on.
        kind: "good" (supported), "bad" (plainly not) or "subtle" (one thing changed).
        note: What was changed, for the reader of the file.
    """

    question: str
    answer: str
    evidence: str
    kind: Literal["good", "bad", "subtle"]
    note: str = ""

    @property
    def supported(self) -> bool:
        """Whether the evidence says what the answer says."""
        return self.kind == "good"


class Judge(Protocol):
    """Something that says whether evidence supports an answer."""

    @property
    def name(self) -> str:
        """For the report: the library and the model."""

    def supports(self, question: str, answer: str, evidence: Sequence[str]) -> bool:
        """Whether everything that the answer says stands in the evidence."""


@dataclass(frozen=True)
class Examination:
    """How a judge did on the planted answers.

    Attributes:
        judge: Its name.
        answers: How many there were.
        missed: Unsupported answers that it let through, by kind.
        doubted: Supported answers that it did not believe.
    """

    judge: str
    answers: int
    missed: dict[str, int]
    doubted: int

    @property
    def error_rate(self) -> float:
        """Share of the planted answers that it got wrong."""
        return (sum(self.missed.values()) + self.doubted) / self.answers

    @property
    def passed(self) -> bool:
        """Whether its word may be shown."""
        return self.error_rate <= MOST_ERRORS


@dataclass(frozen=True)
class Judgement:
    """What a judge said of the answers of a record.

    Attributes:
        examination: How far it is to be believed.
        supported: By case id, whether it holds the answer supported; abstentions are absent.
    """

    examination: Examination
    supported: dict[str, bool]

    def share(self) -> Figure:
        """Share of the answers that it holds supported."""
        return figure([float(one) for one in self.supported.values()])


def planted(path: Path = PLANTED) -> tuple[Planted, ...]:
    """The planted answers, in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Planted(**json.loads(line)) for line in lines if line.strip())


def examine(judge: Judge, answers: Sequence[Planted] | None = None) -> Examination:
    """Put the planted answers to a judge."""
    chosen = planted() if answers is None else answers
    missed = {"bad": 0, "subtle": 0}
    doubted = 0
    for one in chosen:
        believed = judge.supports(one.question, one.answer, [one.evidence])
        if one.supported:
            doubted += not believed
        elif believed:
            missed[one.kind] += 1
    return Examination(judge.name, len(chosen), missed, doubted)


def judge_record(
    judge: Judge,
    record: Record,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Judgement:
    """Examine a judge, and if it passes let it judge every answer of a record.

    Raises:
        JudgeUnfit: It got too many planted answers wrong.
    """
    examination = examine(judge)
    if not examination.passed:
        raise JudgeUnfit(
            f"{judge.name} got {examination.error_rate:.0%} of the {examination.answers} planted "
            f"answers wrong (let through: {examination.missed['bad']} plainly wrong, "
            f"{examination.missed['subtle']} subtly wrong; doubted {examination.doubted} right).",
            f"Choose a stronger model; at most {MOST_ERRORS:.0%} may be wrong.",
        )
    supported: dict[str, bool] = {}
    answered = [one for one in record.outcomes if one.answer and one.answer.status == "answered"]
    for done, outcome in enumerate(answered, start=1):
        assert outcome.answer is not None
        quotes = [citation.quote for citation in outcome.answer.citations]
        supported[outcome.case.id] = judge.supports(
            outcome.case.question, outcome.answer.plain_text, quotes
        )
        if progress:
            progress(done, len(answered))
    return Judgement(examination, supported)


def judgement_path(run: Path) -> Path:
    """Where a judgement is kept beside its run."""
    return run.with_suffix(".judged.json")


def save_judgement(judgement: Judgement, run: Path) -> Path:
    """Keep a judgement beside its run; the report shows it from there."""
    path = judgement_path(run)
    path.write_text(json.dumps(asdict(judgement), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def load_judgement(run: Path) -> Judgement | None:
    """The judgement kept beside a run; None when no judge was asked."""
    path = judgement_path(run)
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Judgement(Examination(**told["examination"]), told["supported"])


def judgement_text(judgement: Judgement) -> str:
    """What a judge said, never without how often it errs."""
    told = judgement.share()
    share = "-" if told.value is None else f"{told.value:.3f}"
    examined = judgement.examination
    return (
        f"{examined.judge}: holds {share} of {told.n} answers supported by their citations. "
        f"Advisory: on {examined.answers} planted answers it erred in {examined.error_rate:.0%}."
    )
