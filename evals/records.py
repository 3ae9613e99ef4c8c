"""What a run leaves behind: every case with its reply, and all that is needed to explain it.

A record is a value; two equal ones are equal. On disk it is JSON lines under `<home>/evals/`:
first a header (`"record": 1`) with system, fingerprints, settings, revision, versions and all
figures, then one line a case with question, gold spans, what was retrieved, the whole answer and
its scores. The page reads these files without importing anything from here, so their names are a
contract; raise `FORMAT` when one changes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant import Answer
from evals.circumstances import Circumstances
from evals.intervals import Figure, figure
from evals.questions import KINDS, LANGUAGES, Case, Gold
from evals.scoring import MEASURES, Scores
from sources import Span

FORMAT = 1


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
    """One run of one system.

    Attributes:
        system: "default" or "quickstart".
        circumstances: What explains it.
        outcomes: One a case, in the order of the cases.
    """

    system: str
    circumstances: Circumstances
    outcomes: tuple[Outcome, ...]

    def cases(self) -> tuple[Case, ...]:
        """The cases, in their order."""
        return tuple(outcome.case for outcome in self.outcomes)

    def scores(self, measure: str) -> tuple[float | None, ...]:
        """What a measure says, one value a case in their order."""
        return tuple(getattr(outcome.scores, measure) for outcome in self.outcomes)

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


def save(record: Record, folder: Path) -> Path:
    """Write a record as JSON lines; the file is there whole or not at all.

    Returns:
        Its path: time, system and split make its name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = record.circumstances.made.replace("-", "").replace(":", "")[:15]
    split = record.circumstances.selection.get("split") or "all"
    path = folder / f"{made}-{record.system}-{split}.jsonl"
    lines = [_header(record), *(_outcome(outcome) for outcome in record.outcomes)]
    partial = path.with_suffix(".partial")
    partial.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    partial.replace(path)
    return path


def _header(record: Record) -> dict[str, Any]:
    return {
        "record": FORMAT,
        "system": record.system,
        "cases": len(record.outcomes),
        **asdict(record.circumstances),
        "figures": _plain(record.figures()),
        "by_kind": {kind: _plain(record.figures(kind=kind)) for kind in record.kinds()},
        "by_language": {
            language: _plain(record.figures(language=language)) for language in record.languages()
        },
    }


def _plain(figures: dict[str, Figure]) -> dict[str, Any]:
    return {measure: asdict(value) for measure, value in figures.items()}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "case": asdict(outcome.case),
        "gold": [[[span.start, span.end] for span in group] for group in outcome.gold],
        "asked": outcome.asked,
        "retrieved": [[span.start, span.end] for span in outcome.retrieved],
        "answer": None if outcome.answer is None else outcome.answer.as_dict(),
        "seconds": outcome.seconds,
        "scores": asdict(outcome.scores),
    }
