"""Cases through one or more systems into one record.

A run may be broken off at any moment and goes on where it stopped when the same run is asked for
again: same cases, systems, text, index, settings and code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant import Assistant, Settings, assemble
from evals.circumstances import Circumstances, machine, now, revision, source_digest, versions
from evals.questions import Case, load_cases, resolve, select
from evals.records import Outcome, Record, Run, Unfinished, save
from evals.systems import System, check_systems, open_system
from index import open_embedder
from sources import FixableError, Work, open_work

Progress = Callable[[int, int], None]
"""Called after each case with the number done and the number of all."""


class NoCases(FixableError):
    """No reference question is of the kind, language and split asked for."""


class CasesOfAnotherWork(FixableError):
    """The reference questions quote words that the work does not have."""


@dataclass(frozen=True)
class Selection:
    """Which reference questions: None means any.

    Attributes:
        split: "dev" or "test".
        kind: One of `KINDS`.
        language: One of `LANGUAGES`.
        limit: Only the first so many.
    """

    split: str | None = None
    kind: str | None = None
    language: str | None = None
    limit: int | None = None

    def cases(self) -> tuple[Case, ...]:
        """The questions that are meant.

        Raises:
            NoCases: There is none.
            QuestionsUnreadable: A file of them cannot be read.
        """
        cases = select(
            load_cases(),
            split=self.split,
            kind=self.kind,
            language=self.language,
            limit=self.limit,
        )
        if not cases:
            raise NoCases(
                f"There is no reference question for split {self.split or 'any'}, "
                f"kind {self.kind or 'any'}, language {self.language or 'any'}.",
                "Ask for fewer conditions.",
            )
        return cases


def evaluate(
    settings: Settings,
    selection: Selection,
    systems: Sequence[str] = ("default",),
    *,
    progress: Progress | None = None,
) -> tuple[Run, Path]:
    """Put the reference questions to some systems and keep the record.

    Args:
        settings: Of the assistant.
        selection: Which questions.
        systems: Names, see `evals.systems`; "all" means every one.
        progress: Called after each question.

    Returns:
        The run and the file that keeps it.

    Raises:
        NoCases: Nothing is left to ask.
        SystemUnknown: A system is not known.
        CasesOfAnotherWork: The questions were written from another work.
        FixableError: The assistant cannot be assembled.
        ModelError: A language model that is to be measured cannot be used.
    """
    names = check_systems(systems)
    cases = selection.cases()
    _refuse_other_work(cases, open_work(settings.source))
    assistant = assemble(settings, with_model=False)
    told = _circumstances(assistant, settings, selection)
    folder = runs_folder(settings)
    unfinished = Unfinished(folder, _key(told, names, cases))
    done = unfinished.done()
    records = []
    for at, name in enumerate(names):
        system: System | None = None
        outcomes: list[Outcome] = []
        for case in cases:
            outcome = done.get((name, case.id))
            if outcome is None:
                system = system or open_system(name, assistant, settings)
                outcome = system.outcome(case)
                unfinished.add(name, outcome)
            outcomes.append(outcome)
            if progress:
                progress(at * len(cases) + len(outcomes), len(names) * len(cases))
        records.append(Record(name, tuple(outcomes)))
    run = Run(told, tuple(records))
    path = save(run, folder)
    unfinished.remove()
    return run, path


def run_cases(system: System, cases: Sequence[Case], name: str = "default") -> Record:
    """Put every case to one system; nothing is kept."""
    return Record(name, tuple(system.outcome(case) for case in cases))


def runs_folder(settings: Settings) -> Path:
    """Where the records of runs are kept."""
    return settings.home / "evals"


def _key(told: Circumstances, systems: Sequence[str], cases: Sequence[Case]) -> str:
    """Digest of all that decides what comes out; the time of the run does not."""
    said = asdict(told) | {"made": None}
    parts = [said, list(systems), [asdict(case) for case in cases], source_digest()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _circumstances(assistant: Assistant, settings: Settings, selection: Selection) -> Circumstances:
    return Circumstances(
        made=now(),
        selection=asdict(selection),
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


def _refuse_other_work(cases: Sequence[Case], work: Work) -> None:
    for case in cases:
        if any(not group for group in resolve(case, work.text)):
            raise CasesOfAnotherWork(
                f"The reference questions were not written from this work: it does not have the "
                f"words that {case.id} quotes.",
                "Evaluate the work they were written from, or mend what dayek eval check finds.",
            )
