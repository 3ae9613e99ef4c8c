"""The runs that were measured, as the page shows them: read from the files that evals wrote.

The page may not import the evaluation, so it reads the first line of each run's file, which holds
everything but the single questions, and asks the `dayek` command to compare two. Names of runs come
back from the browser, so they are looked up among the files that are there and nowhere else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = 2
"""Of the records that can be read; evals raises it when a name changes."""

MEASURES = (
    "hit_1", "hit_5", "mrr_10", "citation_recall", "citation_precision", "key_facts_in_answer",
    "hallucination", "over_refusal",
)  # fmt: skip
"""Measures that are shown, in this order."""

LESS_IS_BETTER = frozenset({"hallucination", "over_refusal", "conflict_alarm", "answer_words"})

PLAIN_SYSTEM = "default"
"""Name of the assistant as it is, among the systems of a run."""

COMPARED_WITHIN = 120.0
"""Seconds that a comparison may take; the largest run needs about twenty."""

_CHECKOUT = Path(__file__).parents[1]


class CannotCompare(Exception):
    """Two runs could not be compared; the message is the command's own."""


@dataclass(frozen=True)
class Figure:
    """A mean with its 95 % interval; None where nothing could be said."""

    value: float | None
    n: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class System:
    """What one system reached in a run.

    Attributes:
        name: Of the system.
        cases: How many questions it was asked.
        figures: By measure; those that spoke about no question are absent.
        median: Seconds half of the answers took at most; None without answers.
    """

    name: str
    cases: int
    figures: Mapping[str, Figure]
    median: float | None


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes:
        name: Of its file, without suffix; names sort by time.
        made: When, in UTC, ISO 8601.
        revision: Of the code, "+" after it when files differed; None when not known.
        split: "dev", "test", or "all".
        whole: Whether all questions of the split were asked.
        systems: In the order of the run; never empty.
    """

    name: str
    made: str
    revision: str | None
    split: str
    whole: bool
    systems: tuple[System, ...]

    def plain(self) -> System | None:
        """The assistant as it is; None when the run did not ask it."""
        return next((one for one in self.systems if one.name == PLAIN_SYSTEM), None)


@dataclass(frozen=True)
class Runs:
    """All that was measured.

    Attributes:
        told: Newest first.
        unreadable: How many files are none, or of another version.
        report: The newest report made of a run, None when none was.
    """

    told: tuple[Run, ...]
    unreadable: int
    report: Path | None


@dataclass(frozen=True)
class Difference:
    """Second run minus first in one measure, over the questions that both were asked.

    Attributes:
        measure: Its name.
        difference: Of the means.
        low: Lower end of its 95 % interval; None where it cannot be told.
        high: Upper end.
        p: Probability of a difference as large by chance (paired permutation test).
        n: Questions that both score.
    """

    measure: str
    difference: float
    low: float | None
    high: float | None
    p: float
    n: int

    @property
    def gain(self) -> float:
        """The difference, turned so that more is better."""
        return -self.difference if self.measure in LESS_IS_BETTER else self.difference


@dataclass(frozen=True)
class Change:
    """A question that came out otherwise in one measure."""

    id: str
    question: str
    language: str
    measure: str
    before: float
    after: float


@dataclass(frozen=True)
class Compared:
    """Two runs, question by question.

    Attributes:
        before: Name of the first.
        after: Name of the second.
        shared: Questions that both were asked.
        dropped: Questions that only one of them was asked.
        differences: By measure.
        worse: Questions that lost, the greatest loss first.
        better: Questions that gained, the greatest gain first.
    """

    before: str
    after: str
    shared: int
    dropped: int
    differences: tuple[Difference, ...]
    worse: tuple[Change, ...]
    better: tuple[Change, ...]


def read_runs(home: Path) -> Runs:
    """The runs of a data folder; none where nothing was measured."""
    folder = home / "evals"
    told: list[Run] = []
    unreadable = 0
    for path in sorted(folder.glob("*.jsonl"), reverse=True):
        run = _read(path)
        if run is None:
            unreadable += 1
        else:
            told.append(run)
    reports = [path for run in told if (path := folder / f"{run.name}.html").is_file()]
    return Runs(tuple(told), unreadable, reports[0] if reports else None)


def _read(path: Path) -> Run | None:
    """A run from the first line of its file; None when it is none."""
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
        if head["record"] != FORMAT:
            return None
        about = head["circumstances"]
        chosen = about["selection"]
        systems = tuple(_system(name, told) for name, told in head["systems"].items())
        return (
            Run(
                name=path.stem,
                made=str(about["made"]),
                revision=about["revision"],
                split=chosen["split"] or "all",
                whole=not any(chosen.get(name) for name in ("kind", "language", "limit")),
                systems=systems,
            )
            if systems
            else None
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _system(name: str, told: Mapping[str, Any]) -> System:
    figures = {key: Figure(**value) for key, value in told["figures"].items()}
    return System(
        name,
        int(told["cases"]),
        {key: figure for key, figure in figures.items() if figure.value is not None},
        told["seconds"]["median"],
    )


def compare(home: Path, before: str, after: str) -> Compared:
    """Compare two runs by their names.

    Raises:
        CannotCompare: There is no such run, or the comparison failed or took too long.
    """
    known = {run.name for run in read_runs(home).told}
    if not {before, after} <= known:
        raise CannotCompare("There is no such run.")
    command = [sys.executable, "-m", "ui", "eval", "compare", "--json", before, after]
    try:
        ended = subprocess.run(
            [*command, "--home", str(home.resolve())],
            cwd=_CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMPARED_WITHIN,
            check=False,
        )
        if ended.returncode:
            last = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise CannotCompare(" ".join(last))
        return _compared(before, after, json.loads(ended.stdout))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        raise CannotCompare(f"{type(error).__name__}: {error}") from error


def _compared(before: str, after: str, told: Mapping[str, Any]) -> Compared:
    return Compared(
        before=before,
        after=after,
        shared=int(told["shared"]),
        dropped=int(told["dropped"]),
        differences=tuple(Difference(**one) for one in told["measures"]),
        worse=tuple(map(_change, told["worse"])),
        better=tuple(map(_change, told["better"])),
    )


def _change(told: Mapping[str, Any]) -> Change:
    return Change(
        id=told["id"],
        question=told["question"],
        language=told["language"],
        measure=told["measure"],
        before=told["before"],
        after=told["after"],
    )
