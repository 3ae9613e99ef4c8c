"""`dayek eval` and `dayek bench`: how good, and how fast."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.commands.console import UNFIT, AsJson, Home, Source, group, tell
from ui.commands.progress import counted, progress

if TYPE_CHECKING:
    from assistant import Settings
    from evals import Record, Run, Selection

eval_app = group(no_args_is_help=True, help="Measure on the reference questions.")

Split = Annotated[
    Literal["dev", "test", "all"], typer.Option(help="Which questions; test is for releases.")
]
RunName = Annotated[
    str,
    typer.Argument(help="A run: its file, its name, or 'latest'; :SYSTEM picks a system of it."),
]


@eval_app.command("run")
def run(
    split: Split = "dev",
    kind: Annotated[str | None, typer.Option(help="Only questions of this kind.")] = None,
    language: Annotated[
        Literal["kk", "ru", "en"] | None, typer.Option(help="Only questions in this language.")
    ] = None,
    system: Annotated[
        list[str] | None,
        typer.Option(
            help="What to measure, several times or 'all'; by default the assistant. model:NAME is "
            "the assistant with that language model, asked as the DAYEK_MODEL… settings say."
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N questions.")] = None,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Ask the reference questions; the record is kept in the data folder.

    Broken off, it goes on where it stopped.
    """
    import evals
    from assistant import Settings

    chosen = evals.Selection(None if split == "all" else split, kind, language, limit)
    done, path = _evaluate(Settings.from_environment(source=source, home=home), chosen, system)
    if as_json:
        with path.open(encoding="utf-8") as record:
            # The first line of a record holds everything but the single cases.
            print(record.readline(), end="")
        return
    print(evals.run_text(done))
    tell(f"saved: {path}")


@eval_app.command("runs")
def runs(home: Home = None) -> None:
    """The runs that are kept, newest first."""
    import evals
    from assistant import Settings

    for path in evals.runs(evals.runs_folder(Settings.from_environment(home=home))):
        print(path.stem)


@eval_app.command("report")
def report(
    run: RunName = "latest",
    to: Annotated[Path | None, typer.Option(help="File to write; else beside the run.")] = None,
    home: Home = None,
) -> None:
    """Make one HTML file of a run that a person can read and keep."""
    import evals
    from assistant import Settings
    from sources import open_work

    settings = Settings.from_environment(home=home)
    path, system = _found(run, settings)
    loaded = evals.load(path)
    work = open_work(loaded.circumstances.work)
    written = to or path.with_suffix(".html")
    judgement = None if system else evals.load_judgement(path)
    page = evals.report_page(loaded, work, system, judgement)
    written.write_text(page, encoding="utf-8")
    print(written)


@eval_app.command("compare")
def compare(before: RunName, after: RunName, as_json: AsJson = False, home: Home = None) -> None:
    """What got better and what got worse, question by question, and whether it is chance."""
    import evals
    from assistant import Settings

    settings = Settings.from_environment(home=home)
    records = [_record(name, settings) for name in (before, after)]
    compared = evals.compare_records(records[0], records[1])
    if as_json:
        print(json.dumps(compared.as_dict(), ensure_ascii=False))
        return
    print(evals.compared_text(compared, (before, after)))


@eval_app.command("ahead")
def ahead(
    sample: Annotated[
        int | None, typer.Option(min=1, help="Search only this many of them, drawn by chance.")
    ] = None,
    source: Source = None,
    home: Home = None,
) -> None:
    """See whether the questions written ahead find their passages and give nothing away."""
    import evals
    from assistant import Settings, assemble

    assistant = assemble(Settings.from_environment(source=source, home=home))
    with progress() as advance:
        report = evals.check_ahead(
            assistant, evals.load_cases(), sample=sample, progress=counted(advance, "searching")
        )
    print(evals.ahead_text(report))
    if report.leaks:
        raise typer.Exit(UNFIT)


@eval_app.command("fit")
def fit(
    off_topic: Annotated[
        Path | None,
        typer.Option(help="More questions without an answer: JSON lines with a question each."),
    ] = None,
    source: Source = None,
    home: Home = None,
) -> None:
    """Learn the weights of sentences and of confidence, from the questions written ahead.

    Takes some minutes; writes assistant/weights.json.
    """
    import evals
    from assistant import Settings

    settings = Settings.from_environment(source=source, home=home)
    silent = [*evals.silent_questions(), *(evals.silent_questions(off_topic) if off_topic else ())]
    dev = evals.Selection(split="dev").cases()
    with progress() as advance:
        told = evals.fit_weights(settings, dev, silent=silent, progress=advance)
    print(json.dumps(told, indent=1))


@eval_app.command("judge")
def judge(
    run: RunName = "latest",
    model: Annotated[str, typer.Option(help="Model of an OpenAI-compatible server.")] = "",
    url: Annotated[str, typer.Option(help="Its address.")] = "http://127.0.0.1:8080/v1",
    home: Home = None,
) -> None:
    """Let a language model judge the answers of a run: advisory, and examined first.

    A judge that errs on more than a tenth of the planted answers is not used.
    """
    import evals
    from assistant import Settings
    from sources import FixableError

    if not model:
        raise FixableError("No model is named to judge.", "Say --model NAME and --url ADDRESS.")
    path, system = _found(run, Settings.from_environment(home=home))
    record = evals.load(path).record(system)
    with progress() as advance:
        judgement = evals.judge_record(
            evals.open_judge(model, url), record, progress=counted(advance, "judging")
        )
    if system is None:
        tell(f"saved: {evals.save_judgement(judgement, path)}")
    print(evals.judgement_text(judgement))


@eval_app.command("gate")
def gate(
    raises: Annotated[
        bool, typer.Option("--raise", help="Write what was reached as the new floors.")
    ] = False,
    home: Home = None,
) -> None:
    """See whether the development questions come out as well as they did."""
    import evals
    from assistant import Settings

    settings = Settings.from_environment(home=home)
    floors = {} if raises and not evals.GATE.exists() else evals.read_floors()
    done, _ = _evaluate(settings, evals.Selection(split="dev"), None)
    if raises:
        floors = evals.raised(done.record(), floors)
        evals.write_floors(floors)
    judged = evals.judge(done.record(), floors)
    print(evals.gate_text(judged))
    if not all(floor.kept for floor in judged):
        tell("Worse than the floors of evals/gate.toml.")
        raise typer.Exit(UNFIT)


@eval_app.command("check")
def check(
    draw: Annotated[
        bool, typer.Option("--draw", help="First draw a split for the questions that have none.")
    ] = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """See whether the reference questions are sound, and how they are spread.

    Their quotations must stand in the text, and no question may be in two splits.
    """
    import evals
    from assistant import Settings
    from sources import open_work

    work = open_work(Settings.from_environment(source=source, home=home).source)
    if draw:
        tell(f"{evals.write_splits(work)} questions were given a split.")
    problems = evals.check_cases(work)
    for problem in problems:
        print(problem)
    print(evals.mix_text(evals.mix_of(evals.load_cases(), work.text)))
    tell(f"Problems: {len(problems)}." if problems else "The reference questions are sound.")
    if problems:
        raise typer.Exit(UNFIT)


@eval_app.command("outside")
def outside(
    file: Annotated[Path, typer.Argument(help="Passages, queries and judgements as JSON lines.")],
    squad: Annotated[
        bool, typer.Option("--squad", help="The file has a title, context and question a line.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Measure the search on somebody else's collection."""
    import evals
    from assistant import Settings

    settings = Settings.from_environment(home=home)
    if squad:
        lines = evals.convert_squad(file)
        file = evals.runs_folder(settings) / "outside" / f"{file.stem}.beir.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        file.write_text(text, encoding="utf-8")
        tell(f"converted: {file}")
    collection = evals.read_collection(file)
    with progress() as advance:
        told = evals.measure_outside(
            collection,
            settings,
            building=lambda step: advance(step.stage, step.done, step.total, step.seconds_left),
            progress=counted(advance, "searching"),
        )
    print(json.dumps(asdict(told)) if as_json else evals.outside_text(told))


def _evaluate(settings: Settings, chosen: Selection, systems: list[str] | None) -> tuple[Run, Path]:
    import evals

    with progress() as advance:
        return evals.evaluate(
            settings, chosen, systems or ["default"], progress=counted(advance, "asking")
        )


def _found(name: str, settings: Settings) -> tuple[Path, str | None]:
    """The file of a run and the system that is meant, None for its first.

    Raises:
        RunUnreadable: There is no such run.
    """
    import evals

    if Path(name).is_file():
        return Path(name), None
    bare, _, system = name.partition(":")  # a system may be model:provider:name
    folder = evals.runs_folder(settings)
    kept = list(evals.runs(folder))
    path = kept[0] if bare == "latest" and kept else Path(bare)
    if not path.is_file():
        path = folder / f"{bare}.jsonl"
    if not path.is_file():
        raise evals.RunUnreadable(f"There is no run {bare}.", "See them: dayek eval runs")
    return path, system or None


def _record(name: str, settings: Settings) -> Record:
    import evals

    path, system = _found(name, settings)
    return evals.load(path).record(system)


def tune(source: Source = None, home: Home = None) -> None:
    """Learn from the questions written ahead of a work how its readers ask.

    Of 20,000 questions it takes half an hour on two cores.
    """
    import evals
    from assistant import Settings

    settings = Settings.from_environment(source=source, home=home)
    with progress() as advance:
        for path in evals.tune(settings, progress=advance):
            print(path)


bench_app = group(
    invoke_without_command=True,
    help="Measure speed and memory on this machine; `load` measures many visitors at once.",
)


@bench_app.callback()
def bench(
    context: typer.Context,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer repeats, about a minute.")] = False,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Measure speed and memory on this machine."""
    if context.invoked_subcommand:
        return
    import evals
    from assistant import Settings

    with progress() as advance:
        report = evals.bench(
            Settings.from_environment(source=source, home=home),
            quick=quick,
            progress=counted(advance, "measuring"),
        )
    print(json.dumps(asdict(report), ensure_ascii=False) if as_json else evals.render_bench(report))


@bench_app.command("load")
def load(
    visitors: Annotated[int, typer.Option(min=1, max=200, help="How many ask at once.")] = 20,
    questions: Annotated[int, typer.Option(min=1, max=100, help="How many each asks.")] = 5,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Serve the page and let many visitors ask at once: how long each waits.

    Exit status 1 when a question got no answer.
    """
    import evals
    from assistant import Settings

    with progress() as advance:
        report = evals.measure_load(
            Settings.from_environment(source=source, home=home),
            visitors,
            questions,
            progress=counted(advance, "asking"),
        )
    print(json.dumps(asdict(report), ensure_ascii=False) if as_json else evals.load_text(report))
    if report.errors:
        raise typer.Exit(UNFIT)
