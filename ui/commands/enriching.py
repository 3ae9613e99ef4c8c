"""`dayek enrich`: have a language model write ahead what readers will ask about a work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.console import Home, Source, tell
from ui.commands.progress import counted, progress

if TYPE_CHECKING:
    from assistant import Enriched, Settings
    from sources import Work


def enrich(
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask about at most this many passages, then stop.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="File to write; else where the work is opened with it."),
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=1, help="Seconds to wait for one answer of the model.")
    ] = 120,
    source: Source = None,
    home: Home = None,
) -> None:
    """Write questions that a work answers, so that it is found by a student's own words.

    Needs a language model (DAYEK_MODEL); sends it the whole text. Broken off, it goes on where it
    stopped.
    """
    from assistant import Settings
    from sources import open_work

    settings = Settings.from_environment(source=source, home=home)
    work = open_work(settings.source)
    file = to or work.card.questions_file
    done = _enriched(work, settings, file, limit, time_limit)
    for line in _lines(done, work):
        tell(line)
    if file.exists():
        print(file)


def _enriched(
    work: Work, settings: Settings, file: Path, limit: int | None, time_limit: float
) -> Enriched:
    import assistant

    speaker = assistant.open_speaker(settings, time_limit=time_limit)
    try:
        with progress() as advance:
            return assistant.enrich(
                work, speaker, file, limit=limit, progress=counted(advance, "asking")
            )
    except assistant.ModelError:
        if file.exists():
            tell(f"What was written is kept in {file}; the same command goes on from there.")
        raise


def _lines(done: Enriched, work: Work) -> list[str]:
    lines = [f"{done.written} questions on {done.asked} passages were written."]
    if done.dropped:
        reasons = ", ".join(f"{count} {why}" for why, count in done.dropped.most_common())
        lines.append(f"Not taken: {reasons}.")
    if done.fallen:
        lines.append(f"{done.fallen} former questions no longer stand in the text.")
    if done.left:
        lines.append(f"{done.left} passages have no question yet; the same command asks on.")
    if done.written and done.file == work.card.questions_file:
        lines.append("The search uses them once the index is up to date: dayek index build")
    return lines
