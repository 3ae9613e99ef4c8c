"""What a run leaves behind: every case with its reply, and all that is needed to explain it.

A run is one or more systems on the same cases, written into one file of JSON lines under
`<home>/evals/`: first a header (`"record": 2`) with fingerprints, settings, revision, versions and
each system's figures, then one line a system and case with question, gold spans, what was
retrieved, the whole answer and its scores. The page reads these files without importing anything
from here, so their names are a contract; raise `FORMAT` when one changes. While a run goes on its
lines stand in a file of its own, so that one that was broken off goes on where it stopped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant import Answer
from evals.circumstances import Circumstances
from evals.intervals import Figure, figure
from evals.measures import percentile
from evals.questions import KINDS, LANGUAGES, Case, Gold
from evals.scoring import MEASURES, Scores
from sources import FixableError, Span

FORMAT = 2
SUFFIX = ".jsonl"
_PARTIAL = ".partial"


class RunUnreadable(FixableError):
    """A file that is no record of a run, or one of another version."""


@dataclass(frozen=True)
class Outcome:
    """One case and what came of it.

    Attributes:
        case: The question.
        gold: Where its evidence stands.
        asked: The question as it was searched: rewritten for a follow-up, else as it is.
        retrieved: The spans found, best first, at most ten.
        answer: The reply; None when only the search was run.
        seconds: Wall time of the reply, or of the search.
        scores: What the measures say.
    """

    case: Case
    gold: Gold
    asked: str
    retrieved: tuple[Span, ...]
    answer: Answer | None
    seconds: float
    scores: Scores


@dataclass(frozen=True)
class Record:
    """What one system made of the cases.

    Attributes:
        system: Its name, see `evals.systems`.
        outcomes: One a case, in the order of the cases.
    """

    system: str
    outcomes: tuple[Outcome, ...]

    def cases(self) -> tuple[Case, ...]:
        """The cases, in their order."""
        return tuple(outcome.case for outcome in self.outcomes)

    def scores(self, measure: str) -> tuple[float | None, ...]:
        """What a measure says, one value a case in their order."""
        return tuple(getattr(outcome.scores, measure) for outcome in self.outcomes)

    def seconds(self, share: float) -> float | None:
        """The time within which that share of the replies came; None without any."""
        return percentile([outcome.seconds for outcome in self.outcomes], share)

    def figures(self, *, kind: str | None = None, language: str | None = None) -> dict[str, Figure]:
        """Every measure over the cases of a kind and language; None means all."""
        chosen = [
            outcome.scores
            for outcome in self.outcomes
            if kind in (None, outcome.case.kind) and language in (None, outcome.case.language)
        ]
        return {
            measure: figure([getattr(scores, measure) for scores in chosen]) for measure in MEASURES
        }

    def kinds(self) -> tuple[str, ...]:
        """The kinds that occur, in their usual order."""
        present = {outcome.case.kind for outcome in self.outcomes}
        return tuple(kind for kind in KINDS if kind in present)

    def languages(self) -> tuple[str, ...]:
        """The languages that occur, in their usual order."""
        present = {outcome.case.language for outcome in self.outcomes}
        return tuple(language for language in LANGUAGES if language in present)


@dataclass(frozen=True)
class Run:
    """Systems side by side on the same cases.

    Attributes:
        circumstances: What explains it.
        records: One a system, in the order asked for; never empty.
    """

    circumstances: Circumstances
    records: tuple[Record, ...]

    def record(self, system: str | None = None) -> Record:
        """What a system did; None means the first.

        Raises:
            RunUnreadable: The run has no such system.
        """
        for record in self.records:
            if system in (None, record.system):
                return record
        known = ", ".join(record.system for record in self.records)
        raise RunUnreadable(f"That run has no system {system!r}.", f"It has: {known}.")


def run_name(circumstances: Circumstances, systems: tuple[str, ...]) -> str:
    """Name of a run's file without its suffix: time, split, systems."""
    made = circumstances.made.replace("-", "").replace(":", "")[:15]
    split = circumstances.selection.get("split") or "all"
    shown = systems[0] if len(systems) == 1 else f"{len(systems)}-systems"
    shown = re.sub(r"[^\w.+-]+", "_", shown)  # a model's name may hold colons and slashes
    return f"{made}-{split}-{shown}"


def save(run: Run, folder: Path) -> Path:
    """Write a run as JSON lines; the file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    name = run_name(run.circumstances, tuple(record.system for record in run.records))
    path = folder / f"{name}{SUFFIX}"
    lines = [
        header(run),
        *(outcome_line(one, record.system) for record in run.records for one in record.outcomes),
    ]
    partial = path.with_suffix(".new")
    partial.write_text("".join(map(_json_line, lines)), encoding="utf-8")
    partial.replace(path)
    return path


def load(path: Path) -> Run:
    """Read what `save` wrote.

    Raises:
        RunUnreadable: It is no record of a run, or one of another version.
    """
    try:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        told = json.loads(first)
        if not isinstance(told, dict) or told.get("record") != FORMAT:
            raise RunUnreadable(
                f"{path} is not a record of this version.",
                "Run the evaluation again: dayek eval run",
            )
        outcomes: dict[str, list[Outcome]] = {name: [] for name in told["systems"]}
        for line in lines:
            system, outcome = _outcome(json.loads(line))
            outcomes[system].append(outcome)
        circumstances = Circumstances(**told["circumstances"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunUnreadable(
            f"{path} cannot be read as a record of a run ({error}).",
            "Name a file that dayek eval run has written; dayek eval runs lists them.",
        ) from error
    return Run(circumstances, tuple(Record(name, tuple(of)) for name, of in outcomes.items()))


class Unfinished:
    """The lines of a run that goes on, kept so that it can go on later.

    Args:
        folder: Of the runs.
        key: Digest of everything that decides what comes out; another key is another run.
    """

    def __init__(self, folder: Path, key: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{key}{_PARTIAL}"

    def done(self) -> dict[tuple[str, str], Outcome]:
        """What is there already, by system and case; a line cut short by a kill is left out."""
        found: dict[tuple[str, str], Outcome] = {}
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                try:
                    system, outcome = _outcome(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    continue
                found[system, outcome.case.id] = outcome
        return found

    def add(self, system: str, outcome: Outcome) -> None:
        """Keep one more; it is on the disk when this returns."""
        with self._path.open("a", encoding="utf-8") as file:
            # A line before it may have been cut short.
            file.write(("\n" if file.tell() else "") + _json_line(outcome_line(outcome, system)))

    def remove(self) -> None:
        """Forget it: the run is complete."""
        self._path.unlink(missing_ok=True)


def runs(folder: Path) -> Iterator[Path]:
    """The runs of a folder, newest first."""
    yield from sorted(folder.glob(f"*{SUFFIX}"), reverse=True)


def header(run: Run) -> dict[str, Any]:
    """The first line of a run's file."""
    return {
        "record": FORMAT,
        "circumstances": asdict(run.circumstances),
        "systems": {record.system: _figures(record) for record in run.records},
    }


def _figures(record: Record) -> dict[str, Any]:
    return {
        "cases": len(record.outcomes),
        "figures": _plain(record.figures()),
        "by_kind": {kind: _plain(record.figures(kind=kind)) for kind in record.kinds()},
        "by_language": {
            language: _plain(record.figures(language=language)) for language in record.languages()
        },
        "seconds": {"median": record.seconds(0.5), "p95": record.seconds(0.95)},
    }


def _plain(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {measure: asdict(value) for measure, value in figures.items()}


def outcome_line(outcome: Outcome, system: str) -> dict[str, Any]:
    """An outcome as its line of the file."""
    return {
        "system": system,
        "case": asdict(outcome.case),
        "gold": [[[span.start, span.end] for span in group] for group in outcome.gold],
        "asked": outcome.asked,
        "retrieved": [[span.start, span.end] for span in outcome.retrieved],
        "answer": None if outcome.answer is None else outcome.answer.as_dict(),
        "seconds": outcome.seconds,
        "scores": asdict(outcome.scores),
    }


def _outcome(told: Mapping[str, Any]) -> tuple[str, Outcome]:
    return told["system"], Outcome(
        case=Case.from_dict(told["case"]),
        gold=tuple(tuple(Span(*span) for span in group) for group in told["gold"]),
        asked=told["asked"],
        retrieved=tuple(Span(*span) for span in told["retrieved"]),
        answer=None if told["answer"] is None else Answer.from_dict(told["answer"]),
        seconds=told["seconds"],
        scores=Scores(**told["scores"]),
    )


def _json_line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"
