"""What can be measured: the assistant, the assistant without one of its parts, and baselines.

Every system takes the same cases and is judged by the same rule. One that answers is entered at
the assistant's own door, so what is measured is what the student gets. One that only searches is
given, for a follow-up, the standalone question that our rewriting made, which a tutorial pipeline
would not have: the comparison is one of searches and leans to the baseline's side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant import Assistant, Conversation, Settings, greet, open_writer
from evals.questions import Case, resolve
from evals.records import Outcome
from evals.scoring import score_answer, score_model, score_search
from index import ABLATIONS, open_embedder
from sources import FixableError, Span, Work

DEPTH = 10

Search = Callable[[str, int], Sequence[Span]]
"""A question and how many; the spans found, best first."""


class SystemUnknown(FixableError):
    """There is no system of that name."""


class System(Protocol):
    """Something that a case can be put to."""

    def outcome(self, case: Case) -> Outcome:
        """Put one case to it and score what comes back."""


@dataclass(frozen=True)
class AnsweringSystem:
    """An assistant, measured as a student meets it."""

    assistant: Assistant

    def outcome(self, case: Case) -> Outcome:
        """See `System`."""
        begun = time.perf_counter()
        answer = self.assistant.ask(case.question, Conversation(case.history), id=case.id)
        seconds = time.perf_counter() - begun
        text = self.assistant.work.text
        gold = resolve(case, text)
        return Outcome(
            case=case,
            gold=gold,
            asked=answer.standalone_question,
            retrieved=tuple(Span(hit.start, hit.end) for hit in answer.retrieved[:DEPTH]),
            answer=answer,
            seconds=seconds,
            scores=score_answer(case, gold, answer, text),
        )


@dataclass(frozen=True)
class ModelSystem:
    """An assistant whose answers a language model writes, beside the same one without a model.

    Attributes:
        assistant: Has the model.
        extractive: Answers with the work's own sentences; asked after the clock has stopped.
    """

    assistant: Assistant
    extractive: Assistant

    def outcome(self, case: Case) -> Outcome:
        """See `System`."""
        told = AnsweringSystem(self.assistant).outcome(case)
        plain = AnsweringSystem(self.extractive).outcome(case)
        assert told.answer
        assert plain.answer
        return replace(told, scores=score_model(told.scores, told.answer, plain.answer))


@dataclass(frozen=True)
class SearchingSystem:
    """A search that answers nothing.

    Attributes:
        search: The search.
        work: What is searched.
        alone: Makes a follow-up stand alone.
    """

    search: Search
    work: Work
    alone: Callable[[Case], str]

    def outcome(self, case: Case) -> Outcome:
        """See `System`."""
        words = self.alone(case)
        begun = time.perf_counter()
        found = tuple(self.search(words, DEPTH))
        seconds = time.perf_counter() - begun
        gold = resolve(case, self.work.text)
        return Outcome(case, gold, words, found, None, seconds, score_search(found, gold))


BASELINES = ("quickstart", "bm25")
SYSTEMS = ("default", *ABLATIONS, *BASELINES)
MODEL = "model:"
"""What the name of a language model is written after, to name the system that it makes."""


def check_systems(names: Sequence[str]) -> tuple[str, ...]:
    """The systems of some names, each once; "all" stands for every one that needs no model.

    Raises:
        SystemUnknown: One is none of `SYSTEMS`, and no "model:NAME" either.
    """
    wanted = [name for given in names for name in (SYSTEMS if given == "all" else (given,))]
    for name in wanted:
        if name not in SYSTEMS and not (name.startswith(MODEL) and name != MODEL):
            raise SystemUnknown(
                f"There is no system {name!r} to measure.",
                f"Say one of: all, {', '.join(SYSTEMS)}, model:NAME.",
            )
    return tuple(dict.fromkeys(wanted))


def open_system(name: str, assistant: Assistant, settings: Settings) -> System:
    """The system of a name.

    Args:
        name: One of `SYSTEMS`, or "model:NAME" with NAME as in DAYEK_MODEL.
        assistant: The default one; ablations share its parts.
        settings: Of the assistant; baselines keep what is costly in its data folder, and a model
            is asked as they say but for its name.

    Raises:
        ModelError: The model cannot be used; found out now, not after hours of fallbacks.
    """
    if name.startswith(MODEL):
        named = replace(settings, model=name.removeprefix(MODEL))
        greet(named, named.model_first)
        return ModelSystem(assistant.written_by(open_writer(named)), assistant)
    if name == "default":
        return AnsweringSystem(assistant)
    if name in ABLATIONS:
        return AnsweringSystem(assistant.following(ABLATIONS[name]))

    def alone(case: Case) -> str:
        return assistant.stand_alone(case.question, Conversation(case.history))

    return SearchingSystem(_baseline(name, assistant.work, settings), assistant.work, alone)


def _baseline(name: str, work: Work, settings: Settings) -> Search:
    # They bring libraries along that only they need.
    if name == "bm25":
        from evals.bm25 import open_bm25

        return open_bm25(work).search
    from evals.quickstart import open_quick_start

    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    return open_quick_start(work, embedder, settings.home / "evals").search
