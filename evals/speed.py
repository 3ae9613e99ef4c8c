"""How fast it is and what it needs on this machine, measured and never asserted by a test.

Everything runs in child processes, one after the other: cold answers and index builds as `dayek`
commands from start to end, warm answers in one process that has assembled the assistant, memory
in the process that serves the page. What depends on the machine stands beside the same work done
by the quick-start baseline in the same process, as a ratio.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Literal

from assistant import Settings, assemble
from evals.children import memory_of, served, time_dayek
from evals.circumstances import machine, now, revision, versions
from evals.measures import percentile
from evals.questions import Case, load_cases, select
from evals.report import table
from index import open_embedder
from sources import open_work

Unit = Literal["s", "GB", "ratio"]


@dataclass(frozen=True)
class Reading:
    """One measured thing.

    Attributes:
        name: What was measured.
        value: In `unit`; None where this system does not tell.
        unit: "s" seconds, "GB" 10**9 bytes, "ratio" ours to the baseline's.
        at_most: What the project promises; None without a promise.
        n: How many times it was measured (the value is their median unless the name says else).
    """

    name: str
    value: float | None
    unit: Unit
    at_most: float | None
    n: int


@dataclass(frozen=True)
class BenchReport:
    """What `dayek bench` found.

    Attributes:
        made: When, in UTC, ISO 8601.
        revision: Of the checkout, "+" after it when files differ; None outside one.
        versions: Of Python and the packages that matter.
        machine: Processor, cores, memory.
        load: Processes that wanted a core, on average over the minute before measuring: figures
            taken on a busy machine show it here. None where the system does not tell.
        readings: In the order of measuring.
    """

    made: str
    revision: str | None
    versions: dict[str, str]
    machine: dict[str, str | int | float]
    load: float | None
    readings: tuple[Reading, ...]


def bench(
    settings: Settings,
    *,
    quick: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BenchReport:
    """Measure cold and warm answers, index builds and memory.

    The index must exist; the first builds are made in a data folder of their own, with the same
    embedding model, and taken away again.

    Args:
        settings: Of the assistant; its home's index is the one that answers.
        quick: Fewer repeats, and no build without travelling vectors or model: about a minute.
        progress: Called after each part with the number done and the number of all.

    Raises:
        ChildFailed: One of the commands failed.
        FixableError: The assistant cannot be assembled.
    """
    parts: list[Callable[[], list[Reading]]] = [
        lambda: _cold(settings, 1 if quick else 5),
        lambda: _warm(settings, quick=quick),
        lambda: _serving(settings, 3 if quick else 20),
        lambda: _builds(settings),
    ]
    if not quick:
        parts += [lambda: _build_without_vectors(settings), lambda: _build_from_nothing(settings)]
    load = _load()
    readings: list[Reading] = []
    for done, part in enumerate(parts, start=1):
        readings += part()
        if progress:
            progress(done, len(parts))
    return BenchReport(now(), revision(), versions(), machine(), load, tuple(readings))


def render_bench(report: BenchReport) -> str:
    """The readings as a plain text table, under the machine they were taken on."""
    told = report.machine
    head = (
        f"{told.get('processor', told['system'])}, {told['cores']} cores, "
        f"{told.get('memory_gib', '?')} GiB, Python {report.versions['python']}, "
        f"revision {report.revision or 'unknown'}, {report.made}, "
        f"load before {'?' if report.load is None else format(report.load, '.1f')}"
    )
    rows = [
        (
            reading.name,
            _shown(reading.value, reading.unit),
            _shown(reading.at_most, reading.unit) if reading.at_most is not None else "",
            _verdict(reading),
            str(reading.n),
        )
        for reading in report.readings
    ]
    return f"{head}\n\n{table(('measure', 'value', 'at most', '', 'n'), rows)}"


def _shown(value: float | None, unit: Unit) -> str:
    if value is None:
        return "-"
    digits = 3 if unit == "s" and value < 1 else 2
    return f"{value:.{digits}f}" + ("" if unit == "ratio" else f" {unit}")


def _verdict(reading: Reading) -> str:
    if reading.at_most is None or reading.value is None:
        return ""
    return "kept" if reading.value <= reading.at_most else "missed"


# --- the parts --------------------------------------------------------------------------------


def _cold(settings: Settings, repeats: int) -> list[Reading]:
    cases = _questions(repeats)
    seconds = [time_dayek("ask", case.question, *options(settings)) for case in cases]
    return [Reading("cold dayek ask, process start to end", median(seconds), "s", 5.0, repeats)]


@dataclass(frozen=True)
class _Warm:
    """Seconds of each question in one process, and what the process weighed."""

    answers: tuple[float, ...]
    searches: tuple[float, ...]
    baseline: tuple[float, ...]
    bytes_before_baseline: int | None


def _warm(settings: Settings, *, quick: bool) -> list[Reading]:
    questions = tuple(case.question for case in _questions(12 if quick else None))
    # A process of its own: nothing that this one has loaded or cached helps or hinders.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        told = pool.submit(_ask_warm, settings, questions).result()
    n = len(questions)
    ratio = median(told.searches) / median(told.baseline)
    return [
        Reading("warm answer", median(told.answers), "s", 0.2, n),
        Reading("warm answer, 95th percentile", percentile(told.answers, 0.95), "s", None, n),
        Reading("warm search", median(told.searches), "s", None, n),
        Reading("warm search of the quick-start baseline", median(told.baseline), "s", None, n),
        Reading("warm search, ours to the baseline's", ratio, "ratio", None, n),
        Reading("memory of an answering process", _gb(told.bytes_before_baseline), "GB", 1.5, 1),
    ]


def _ask_warm(settings: Settings, questions: Sequence[str]) -> _Warm:
    """Runs in a child: answers first, then our search and the baseline's by turns."""
    assistant = assemble(settings, with_model=False)
    assistant.ask(questions[0])
    answers = [_seconds(partial(assistant.ask, asked)) for asked in questions]
    memory = memory_of(os.getpid())
    # Brings LangChain's vector store along, which nothing before may have paid for.
    from evals.quickstart import open_quick_start

    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    quick_start = open_quick_start(assistant.work, embedder, settings.home / "evals")
    quick_start.search(questions[0])
    searches, baseline = [], []
    for asked in questions:
        searches.append(_seconds(partial(assistant.search, asked, 10)))
        baseline.append(_seconds(partial(quick_start.search, asked, 10)))
    return _Warm(tuple(answers), tuple(searches), tuple(baseline), memory.peak if memory else None)


def _serving(settings: Settings, asked: int) -> list[Reading]:
    with served(*options(settings)) as page:
        page.open_page()
        for case in _questions(asked):
            page.ask(case.question)
        memory = page.memory()
    name = f"memory of the serving process, page open, {asked} questions asked"
    return [
        Reading(name, _gb(memory.now if memory else None), "GB", 1.5, 1),
        Reading("the most it ever was", _gb(memory.peak if memory else None), "GB", None, 1),
    ]


def _builds(settings: Settings) -> list[Reading]:
    with fresh_home(settings) as home:
        build = partial(time_dayek, "index", "build", "--home", home, *_source(settings))
        first = build()
        again = [build() for _ in range(3)]
    return [
        Reading("first index build", first, "s", 180.0, 1),
        Reading("rebuild without a change", median(again), "s", 3.0, len(again)),
    ]


def _build_without_vectors(settings: Settings) -> list[Reading]:
    with fresh_home(settings) as home:
        # The same text as a file of nobody's library has no vectors that travel with it.
        copy = home / "text.txt"
        copy.write_bytes(open_work(settings.source).text.encode("utf-8"))
        seconds = time_dayek("index", "build", "--home", home, "--source", copy)
    return [Reading("first index build without travelling vectors", seconds, "s", 180.0, 1)]


def _build_from_nothing(settings: Settings) -> list[Reading]:
    with TemporaryDirectory(prefix="dayek-bench-") as home:
        seconds = time_dayek("index", "build", "--home", home, *_source(settings))
    return [Reading("first index build on a new machine, model made too", seconds, "s", 180.0, 1)]


# --- what they share --------------------------------------------------------------------------


@contextmanager
def fresh_home(settings: Settings, *, index: bool = False) -> Iterator[Path]:
    """A data folder with the model, for as long as the block runs.

    Args:
        settings: Whose model it is.
        index: Whether it has the index of these settings too.
    """
    with TemporaryDirectory(prefix="dayek-bench-") as folder:
        home = Path(folder)
        for part in (settings.models, *([settings.home / "index"] if index else [])):
            if part.exists():
                (home / part.name).symlink_to(part.resolve(), target_is_directory=True)
        yield home


def _questions(limit: int | None) -> tuple[Case, ...]:
    """Development questions that lean on nothing before them."""
    alone = [case for case in select(load_cases(), split="dev") if not case.history]
    return tuple(alone[:limit])


def options(settings: Settings, home: Path | None = None) -> tuple[str, ...]:
    """What to say to a `dayek` command so that it has the same work, and the same data folder.

    Args:
        settings: Ours.
        home: Another data folder; None for that of the settings.
    """
    return "--home", str((home or settings.home).resolve()), *_source(settings)


def _source(settings: Settings) -> tuple[str, ...]:
    if settings.source is None:
        return ()
    path = Path(settings.source)
    return "--source", str(path.resolve() if path.exists() else path)


def _load() -> float | None:
    try:
        return round(os.getloadavg()[0], 1)
    except OSError:
        return None


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _gb(value: int | None) -> float | None:
    return None if value is None else value / 1e9
