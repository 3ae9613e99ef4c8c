"""`dayek index`: making the index, and seeing whether it is sound."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.console import UNFIT, AsJson, Home, Source, group, tell
from ui.commands.progress import Advance, counted, progress

if TYPE_CHECKING:
    from assistant import Settings
    from index import BuildProgress, BuildSummary, Embedder, IndexStatus

index_app = group(no_args_is_help=True, help="Build the index, and see whether it is sound.")

STAGES = {
    "model": "loading the model",
    "embed": "embedding",
    "store": "storing",
    "check": "checking",
}
MAKING = "making the model"


def build_if_needed(settings: Settings, *, rebuild: bool = False) -> BuildSummary:
    """Make model and index where they are missing or do not fit, with bars on standard error.

    The model is made even when no text needs it now: the first question will.
    """
    from index import build_index
    from sources import open_work

    work = open_work(settings.source)
    with progress() as advance:
        embedder = _embedder(settings, advance)

        def told(report: BuildProgress) -> None:
            advance(STAGES[report.stage], report.done, report.total, report.seconds_left)

        summary = build_index(
            work,
            embedder,
            settings.home,
            progress=told,
            rebuild=rebuild,
            chroma=settings.chroma,
        )
        embedder.prepare()
    return summary


def _embedder(settings: Settings, advance: Advance) -> Embedder:
    from index import open_embedder

    making = counted(advance, MAKING)
    return open_embedder(settings.embedder, settings.models, making, threads=settings.threads)


@index_app.command()
def build(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make everything anew, even what has not changed.")
    ] = False,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Make the index, or bring it up to date.

    Takes no time when nothing has changed.
    """
    summary = build_if_needed(_settings(source, home), rebuild=rebuild)
    if as_json:
        print(json.dumps(asdict(summary), default=str))
        return
    counts = f"{summary.passages} passages, {summary.sentences} sentences"
    if summary.state == "unchanged":
        print(f"The index is up to date: {counts}.")
        return
    print(
        f"The index was {summary.state} in {summary.seconds:.1f} s: {counts}; "
        f"{summary.embedded} texts embedded, {summary.travelled} vectors came with the work, "
        f"{summary.reused} from the former index."
    )


@index_app.command()
def status(as_json: AsJson = False, source: Source = None, home: Home = None) -> None:
    """Show whether there is an index and whether it fits.

    Exit status 1 when it does not.
    """
    from index import index_status
    from sources import open_work

    settings = _settings(source, home)
    with progress() as advance:
        embedder = _embedder(settings, advance)
        told = index_status(
            open_work(settings.source), embedder, settings.home, chroma=settings.chroma
        )
    print(json.dumps(asdict(told), default=str) if as_json else _status_in_text(told))
    if told.condition.state != "fresh":
        raise typer.Exit(UNFIT)


def _status_in_text(told: IndexStatus) -> str:
    condition = told.condition
    why = {
        "fresh": "The index is up to date.",
        "missing": "There is no index.",
        "stale": f"The index does not fit any more: {', '.join(condition.changes)} changed.",
        "unreadable": f"The index cannot be read: {condition.damage}.",
    }[condition.state]
    if condition.state != "fresh":
        why += " Run: dayek index build"
    lines = [why]
    if told.manifest:
        made = told.manifest
        lines += [
            f"  work        {made.work} {made.sha256[:12]}",
            f"  embedder    {made.embedder}",
            f"  passages    {made.passages}",
            f"  sentences   {made.sentences}",
            f"  built       {made.built_at} in {made.seconds:.1f} s",
            f"  store       {made.store}",
            f"  folder      {told.folder}, {told.size / 1e6:.1f} MB",
        ]
    return "\n".join(lines)


@index_app.command()
def verify(as_json: AsJson = False, source: Source = None, home: Home = None) -> None:
    """Compare the index with the text.

    Every passage, sentence, table cell and vector. Exit status 1 when something differs.
    """
    from index import verify_index
    from sources import open_work

    settings = _settings(source, home)
    with progress() as advance:
        embedder = _embedder(settings, advance)
        report = verify_index(
            open_work(settings.source), embedder, settings.home, chroma=settings.chroma
        )
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        for difference in report.differences:
            print(difference)
        print(
            f"{report.passages} passages, {report.sentences} sentences and {report.cells} table "
            f"cells compared with the text, {report.embedded_again} embedded again (least cosine "
            f"{report.least_cosine:.5f}): {len(report.differences)} differences "
            f"({report.seconds:.1f} s)."
        )
    if report.differences:
        raise typer.Exit(UNFIT)


@index_app.command()
def vectors(source: Source = None, home: Home = None) -> None:
    """Write the vectors that travel with a work.

    For works of the library; part of a release when text, cutting or model have changed.
    """
    from index import known_vectors, travelling_folder, write_travelling
    from sources import FixableError, open_work

    settings = _settings(source, home)
    work = open_work(settings.source)
    folder = travelling_folder(work)
    if folder is None:
        raise FixableError(
            "Vectors travel with works of the library only.", "Name one with --source."
        )
    with progress() as advance:
        embedder = _embedder(settings, advance)

        def told(report: BuildProgress) -> None:
            advance(STAGES[report.stage], report.done, report.total, report.seconds_left)

        known = known_vectors(work, embedder, settings.home)
        path = write_travelling(work, embedder, folder, known=known, progress=told)
    tell(f"{path.stat().st_size / 1e6:.1f} MB")
    print(path)


def _settings(source: str | None, home: Path | None) -> Settings:
    from assistant import Settings

    return Settings.from_environment(source=source, home=home)
