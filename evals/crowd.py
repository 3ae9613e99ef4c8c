"""Many visitors at once: how long they wait, and whether each gets an answer.

The page is served by a process of its own, as `dayek serve` serves it. First one visitor asks
alone, then all of them press the button in the same moment, several times over. Measured by who
asks, and never asserted by a test.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from assistant import Settings
from evals.children import served
from evals.circumstances import machine, now, revision, versions
from evals.measures import percentile
from evals.questions import load_cases, select
from evals.report import table
from evals.speed import fresh_home, options
from evals.visiting import NotAnswered, Visitor, Waited

ALONE = 12
"""Questions of the visitor who asks alone; the first, which finds a cold page, is not counted."""

FIRST_AT_MOST, P95_AT_MOST = 0.5, 5.0
"""Seconds that the project promises: first words for one visitor, the whole answer for all."""

Progress = Callable[[int, int], None]
"""Called after each answer with the number done and the number of all."""


@dataclass(frozen=True)
class Waits:
    """Seconds that visitors waited.

    Attributes:
        n: Questions that were answered.
        median: Half of them waited no longer; None without any.
        p95: 95 of 100 waited no longer.
        most: The longest.
    """

    n: int
    median: float | None
    p95: float | None
    most: float | None


@dataclass(frozen=True)
class LoadReport:
    """What came of a number of visitors.

    Attributes:
        made: When, in UTC, ISO 8601.
        revision: Of the checkout, "+" after it when files differ; None outside one.
        versions: Of Python and the packages that matter.
        machine: Processor, cores, memory.
        visitors: How many asked at once.
        questions: How many each of them asked, one after the other.
        alone_first: First words, for one visitor alone.
        alone_total: The whole answer, likewise.
        first: First words, for all at once, time in the queue counted.
        total: The whole answer, likewise.
        errors: What came instead of an answer, one each; empty when all were answered.
    """

    made: str
    revision: str | None
    versions: dict[str, str]
    machine: dict[str, str | int | float]
    visitors: int
    questions: int
    alone_first: Waits
    alone_total: Waits
    first: Waits
    total: Waits
    errors: tuple[str, ...]


def measure_load(
    settings: Settings,
    visitors: int = 20,
    questions: int = 5,
    *,
    progress: Progress | None = None,
) -> LoadReport:
    """Serve the page and let visitors ask, first one, then all at once.

    Args:
        settings: Of the assistant; its index must exist.
        visitors: How many ask at once.
        questions: How many each asks; none waits between an answer and the next question.
        progress: Called after each answer.

    Raises:
        ChildFailed: The page could not be served.
        NotAnswered: The visitor who asks alone got no answer.
    """
    asked = [case.question for case in select(load_cases(), split="dev") if not case.history]
    counted = _Counted(ALONE + visitors * questions, progress)
    # In a data folder of their own: nobody wants these conversations among his.
    with fresh_home(settings, index=True) as home, served(*options(settings, home)) as page:
        alone = _ask_all(Visitor(page.address), asked[:ALONE], counted)
        opened = [Visitor(page.address) for _ in range(visitors)]
        together = threading.Barrier(visitors)

        def ask(number: int) -> list[Waited | NotAnswered]:
            # Everybody asks something else, as a class does.
            own = [asked[(number * questions + at) % len(asked)] for at in range(questions)]
            together.wait()
            return _ask_all(opened[number], own, counted)

        with ThreadPoolExecutor(max_workers=visitors) as crowd:
            came = [one for told in crowd.map(ask, range(visitors)) for one in told]
    return _report(visitors, questions, alone[1:], came)


class _Counted:
    """Counts the answers of all threads."""

    def __init__(self, all_of_them: int, progress: Progress | None) -> None:
        self._lock = threading.Lock()
        self._done = 0
        self._all = all_of_them
        self._progress = progress

    def one(self) -> None:
        with self._lock:
            self._done += 1
            if self._progress:
                self._progress(self._done, self._all)


def _ask_all(
    visitor: Visitor, questions: Sequence[str], counted: _Counted
) -> list[Waited | NotAnswered]:
    came: list[Waited | NotAnswered] = []
    for question in questions:
        try:
            came.append(visitor.ask(question))
        except NotAnswered as error:
            came.append(error)
        counted.one()
    return came


def _report(
    visitors: int,
    questions: int,
    alone: Sequence[Waited | NotAnswered],
    came: Sequence[Waited | NotAnswered],
) -> LoadReport:
    errors = [str(one) for one in (*alone, *came) if isinstance(one, NotAnswered)]
    one_by_one = [one for one in alone if isinstance(one, Waited)]
    at_once = [one for one in came if isinstance(one, Waited)]
    return LoadReport(
        made=now(),
        revision=revision(),
        versions=versions(),
        machine=machine(),
        visitors=visitors,
        questions=questions,
        alone_first=_waits([one.first for one in one_by_one]),
        alone_total=_waits([one.total for one in one_by_one]),
        first=_waits([one.first for one in at_once]),
        total=_waits([one.total for one in at_once]),
        errors=tuple(errors),
    )


def _waits(seconds: Sequence[float]) -> Waits:
    if not seconds:
        return Waits(0, None, None, None)
    return Waits(len(seconds), median(seconds), percentile(seconds, 0.95), max(seconds))


def load_text(report: LoadReport) -> str:
    """The waits as a plain text table, under the machine they were measured on."""
    told = report.machine
    head = (
        f"{told.get('processor', told['system'])}, {told['cores']} cores, "
        f"{told.get('memory_gib', '?')} GiB, Python {report.versions['python']}, "
        f"revision {report.revision or 'unknown'}, {report.made}"
    )
    crowd = f"{report.visitors} at once"
    rows = [
        _row("first words, one visitor", report.alone_first, FIRST_AT_MOST),
        _row("whole answer, one visitor", report.alone_total, None),
        _row(f"first words, {crowd}", report.first, None),
        _row(f"whole answer, {crowd}", report.total, P95_AT_MOST),
    ]
    said = [head, table(("seconds", "median", "p95", "most", "p95 at most", "", "n"), rows)]
    said.append(f"{len(report.errors)} errors")
    said += sorted({f"  {error}" for error in report.errors})
    return "\n\n".join(said[:2]) + "\n\n" + "\n".join(said[2:])


def _row(name: str, waits: Waits, at_most: float | None) -> tuple[str, ...]:
    kept = at_most is not None and waits.p95 is not None and waits.p95 <= at_most
    return (
        name,
        *(
            "-" if value is None else f"{value:.2f}"
            for value in (waits.median, waits.p95, waits.most)
        ),
        "" if at_most is None else f"{at_most:.1f}",
        "" if at_most is None else "kept" if kept else "missed",
        str(waits.n),
    )
