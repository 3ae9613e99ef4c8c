"""`dayek eval` and `dayek bench`: how good, and how fast."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer

from ui.commands.console import UNFIT, AsJson, Home, Source, group, tell
from ui.commands.progress import counted, progress

eval_app = group(invoke_without_command=True, help="Measure on the reference questions.")


@eval_app.callback()
def evaluate(
    ctx: typer.Context,
    split: Annotated[
        Literal["dev", "test", "all"], typer.Option(help="Which questions; test is for releases.")
    ] = "dev",
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Also run the quick-start RAG, side by side.")
    ] = False,
    kind: Annotated[str | None, typer.Option(help="Only questions of this kind.")] = None,
    language: Annotated[
        Literal["kk", "ru", "en"] | None, typer.Option(help="Only questions in this language.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many.")] = None,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Measure on the reference questions; the record is kept in the data folder."""
    if ctx.invoked_subcommand:
        return
    import evals
    from assistant import Settings

    with progress() as advance:
        evaluation = evals.evaluate(
            Settings.from_environment(source=source, home=home),
            split=split,
            baseline=baseline,
            kind=kind,
            language=language,
            limit=limit,
            progress=counted(advance, "asking"),
        )
    if not as_json:
        print(evals.render(evaluation))
        return
    for path in evaluation.paths:
        with path.open(encoding="utf-8") as record:
            # The first line of a record holds everything but the single cases.
            print(record.readline(), end="")


@eval_app.command("check")
def check(source: Source = None, home: Home = None) -> None:
    """See whether the reference questions are sound.

    Their quotations must stand in the text, and no question may be in two splits.
    """
    import evals
    from assistant import Settings

    problems = evals.check(Settings.from_environment(source=source, home=home))
    for problem in problems:
        print(problem)
    tell(f"{len(problems)} problems." if problems else "The reference questions are sound.")
    if problems:
        raise typer.Exit(UNFIT)


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer repeats, about a minute.")] = False,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Measure speed and memory on this machine."""
    import evals
    from assistant import Settings

    with progress() as advance:
        report = evals.bench(
            Settings.from_environment(source=source, home=home),
            quick=quick,
            progress=counted(advance, "measuring"),
        )
    print(json.dumps(asdict(report), ensure_ascii=False) if as_json else evals.render_bench(report))
