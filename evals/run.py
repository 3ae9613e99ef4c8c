"""Cases through the assistant into one record: what is measured is what the student gets.

The default system is entered at the assistant's own door. The baseline searches the same words:
for a follow-up it is given the standalone question that our rewriting made, which the tutorial
RAG would not have, so the comparison is one of searches and leans to the baseline's side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import Assistant, Conversation, Settings, assemble
from evals.checking import Problem, check_cases
from evals.circumstances import Circumstances, machine, now, revision, versions
from evals.questions import Case, load_cases, resolve, select
from evals.records import Outcome, Record, save
from evals.report import figures_table, grouped_table, side_by_side
from evals.scoring import score_answer, score_search
from index import open_embedder
from sources import FixableError, Span, Work, open_work

Progress = Callable[[int, int], None]
"""Called after each case with the number done and the number of all."""

Searcher = Callable[[str, int], Sequence[Span]]
"""A question and how many; the spans found, best first."""

DEPTH = 10


class NoCases(FixableError):
    """No reference question is of the kind, language and split asked for."""


class CasesOfAnotherWork(FixableError):
    """The reference questions quote words that the work does not have."""


@dataclass(frozen=True)
class Evaluation:
    """What `dayek eval` found.

    Attributes:
        records: The default system, and after it the baseline if it was asked for.
        paths: Where they were saved, in the same order.
    """

    records: tuple[Record, ...]
    paths: tuple[Path, ...]


def evaluate(
    settings: Settings,
    *,
    split: str = "dev",
    baseline: bool = False,
    kind: str | None = None,
    language: str | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Ask the reference questions, score the replies, save the record.

    Args:
        settings: Of the assistant.
        split: "dev", "test", or "all".
        baseline: Also search with the quick-start RAG, side by side.
        kind: Only questions of this kind; None means all.
        language: Only questions in this language; None means all.
        limit: Only the first so many; None means all.
        progress: Called after each question.

    Raises:
        NoCases: Nothing is left to ask.
        CasesOfAnotherWork: The questions were written from another work.
        FixableError: The assistant cannot be assembled.
    """
    wanted = None if split == "all" else split
    cases = select(load_cases(), split=wanted, kind=kind, language=language, limit=limit)
    if not cases:
        raise NoCases(
            f"There is no reference question for split {split}, kind {kind or 'any'}, "
            f"language {language or 'any'}.",
            "Ask for fewer conditions.",
        )
    _refuse_other_work(cases, open_work(settings.source))
    assistant = assemble(settings)
    chosen = {"split": wanted, "kind": kind, "language": language, "limit": limit}
    told = _circumstances(assistant, settings, chosen)
    total = len(cases) * (2 if baseline else 1)
    made = [run_cases(assistant, cases, told, progress=_counted(progress, 0, total))]
    if baseline:
        counted = _counted(progress, len(cases), total)
        made.append(_run_quick_start(assistant, settings, made[0], progress=counted))
    folder = settings.home / "evals"
    return Evaluation(tuple(made), tuple(save(record, folder) for record in made))


def run_cases(
    assistant: Assistant,
    cases: Sequence[Case],
    told: Circumstances,
    *,
    progress: Progress | None = None,
) -> Record:
    """Ask every case and score the replies."""
    outcomes = []
    for number, case in enumerate(cases, start=1):
        begun = time.perf_counter()
        answer = assistant.ask(case.question, Conversation(case.history), id=case.id)
        seconds = time.perf_counter() - begun
        gold = resolve(case, assistant.work.text)
        outcomes.append(
            Outcome(
                case=case,
                gold=gold,
                asked=answer.standalone_question,
                retrieved=tuple(Span(hit.start, hit.end) for hit in answer.retrieved[:DEPTH]),
                answer=answer,
                seconds=seconds,
                scores=score_answer(case, gold, answer, assistant.work.text),
            )
        )
        if progress:
            progress(number, len(cases))
    return Record("default", told, tuple(outcomes))


def run_retrieval(
    searcher: Searcher,
    cases: Sequence[Case],
    work: Work,
    told: Circumstances,
    *,
    system: str,
    asked: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Record:
    """Search for every case and score what is found; nothing is answered.

    Args:
        searcher: The search.
        cases: The questions.
        work: What is searched.
        told: What explains the run.
        system: Name of the search.
        asked: Words to search by case id, for questions that lean on earlier turns; others are
            searched as they are asked.
        progress: Called after each question.
    """
    outcomes = []
    for number, case in enumerate(cases, start=1):
        words = (asked or {}).get(case.id, case.question)
        begun = time.perf_counter()
        found = tuple(searcher(words, DEPTH))
        seconds = time.perf_counter() - begun
        gold = resolve(case, work.text)
        scores = score_search(found, gold)
        outcomes.append(Outcome(case, gold, words, found, None, seconds, scores))
        if progress:
            progress(number, len(cases))
    return Record(system, told, tuple(outcomes))


def render(evaluation: Evaluation) -> str:
    """The tables of an evaluation as plain text."""
    first = evaluation.records[0]
    parts = [figures_table(first)]
    for second in evaluation.records[1:]:
        parts.append(side_by_side(first, second))
    parts.append(grouped_table(first, "kind", first.kinds(), lambda kind: first.figures(kind=kind)))
    parts.append(
        grouped_table(
            first,
            "language",
            first.languages(),
            lambda language: first.figures(language=language),
        )
    )
    parts.append("\n".join(f"saved: {path}" for path in evaluation.paths))
    return "\n\n".join(parts)


def _run_quick_start(
    assistant: Assistant, settings: Settings, ours: Record, *, progress: Progress | None
) -> Record:
    # Brings LangChain's vector store along, which only the baseline needs.
    from evals.baselines import open_quick_start

    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    quick_start = open_quick_start(assistant.work, embedder, settings.home / "evals")
    return run_retrieval(
        quick_start.search,
        ours.cases(),
        assistant.work,
        replace(ours.circumstances, index=quick_start.fingerprint),
        system="quickstart",
        asked={outcome.case.id: outcome.asked for outcome in ours.outcomes},
        progress=progress,
    )


def _circumstances(
    assistant: Assistant, settings: Settings, selection: dict[str, str | int | None]
) -> Circumstances:
    return Circumstances(
        made=now(),
        selection=selection,
        work=assistant.work.id,
        sha256=assistant.work.document.sha256,
        cutting=assistant.work.cutting,
        embedder=open_embedder(settings.embedder, settings.models).fingerprint,
        index=assistant.index_fingerprint,
        # Where things lie on this machine explains nothing and is nobody's business.
        settings={
            name: value
            for name, value in settings.as_dict().items()
            if name not in ("home", "source")
        },
        revision=revision(),
        versions=versions(),
        machine=machine(),
    )


def check(settings: Settings) -> tuple[Problem, ...]:
    """Everything wrong with the reference questions; empty when they can be used.

    Raises:
        FixableError: The work or a question file cannot be read.
    """
    return tuple(check_cases(open_work(settings.source)))


def _refuse_other_work(cases: Sequence[Case], work: Work) -> None:
    for case in cases:
        if any(not group for group in resolve(case, work.text)):
            raise CasesOfAnotherWork(
                f"The reference questions were not written from this work: it does not have the "
                f"words that {case.id} quotes.",
                "Evaluate the work they were written from, or mend what evals.check finds.",
            )


def _counted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """`progress` over all systems together."""
    return progress and (lambda done, _: progress(before + done, total))
