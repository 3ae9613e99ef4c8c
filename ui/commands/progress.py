"""How far something has come, on standard error: a moving bar, or a line now and then in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from ui.commands.console import tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LINES = 10
"""Lines that one stage may write into a log."""


class Advance(Protocol):
    """Told how far a stage has come; the first report of a label begins its stage."""

    def __call__(self, label: str, done: int, total: int, left: float | None = None) -> None:
        """Report.

        Args:
            label: What is being done.
            done: Of `total`.
            total: All of it.
            left: Seconds left in this stage; None leaves the estimate to the bar.
        """


@contextmanager
def progress() -> Iterator[Advance]:
    """A bar for each stage with the time that is left; nothing is shown before the first report."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description:<12}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Progress(*columns, console=console) as bar:
        yield _Bars(bar)


def counted(advance: Advance, label: str) -> Callable[[int, int], None]:
    """The reports of one stage, for those who only count: number done, number of all."""
    return lambda done, total: advance(label, done, total)


class _Bars:
    """One bar a stage."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, label: str, done: int, total: int, left: float | None = None) -> None:
        if label not in self._tasks:
            self._tasks[label] = self._bar.add_task(label, total=total, left="")
        task = self._tasks[label]
        self._bar.update(task, completed=done, total=total)
        if left is None:
            left = next(one for one in self._bar.tasks if one.id == task).time_remaining
        said = "" if left is None or done >= total else f"{_clock(left)} left"
        self._bar.update(task, left=said)


class _Lines:
    """A line at each tenth of a stage."""

    def __init__(self) -> None:
        self._told: dict[str, int] = {}

    def __call__(self, label: str, done: int, total: int, left: float | None = None) -> None:
        tenth = LINES * done // max(total, 1)
        if self._told.get(label) != tenth:
            self._told[label] = tenth
            rest = "" if left is None or done >= total else f", {_clock(left)} left"
            tell(f"{label}: {done}/{total}{rest}")


def _clock(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
