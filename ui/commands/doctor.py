"""`dayek doctor`: what is set, whether everything that an answer needs is sound, what to type."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.console import UNFIT, AsJson, Home, Source

if TYPE_CHECKING:
    from ui.commands.checkup import Finding

_WIDTH = 96
_STATES = {"well": "well", "mend": "MEND", "not there": "-"}


def doctor(
    wait: Annotated[
        float,
        typer.Option(
            min=0.1, max=600, help="Seconds that the language model may take for a first word."
        ),
    ] = 30.0,
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Show every setting, and see whether all that an answer needs is sound.

    A language model that is set is really asked, for one word. No key is ever shown. Exit status
    1 when something is to be mended; what to type stands beside it.
    """
    from assistant import Settings
    from ui.commands.checkup import examine, shown_settings, versions

    settings = Settings.from_environment(source=source, home=home)
    findings = list(examine(settings, wait))
    well = all(one.state != "mend" for one in findings)
    if as_json:
        told = {
            "well": well,
            "settings": shown_settings(settings),
            "versions": versions(),
            "findings": [asdict(one) for one in findings],
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(_in_text(shown_settings(settings), versions(), findings))
    if not well:
        raise typer.Exit(UNFIT)


def _in_text(
    settings: Mapping[str, str | float | None],
    versions: Mapping[str, str],
    findings: Sequence[Finding],
) -> str:
    width = max(map(len, settings))
    lines = ["Settings"]
    lines += [
        f"  {name:{width}}  {'-' if value is None else value}" for name, value in settings.items()
    ]
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    lines += [
        "",
        "Versions",
        *textwrap.wrap(
            told, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        ),
    ]
    lines += ["", "Checks"]
    widest = max(len(one.part) for one in findings)
    for one in findings:
        lines.append(f"  {_STATES[one.state]:4}  {one.part:{widest}}  {one.said}")
        if one.remedy:
            lines.append(f"  {'':4}  {'':{widest}}  {one.remedy}")
    wrong = sum(one.state == "mend" for one in findings)
    lines += ["", f"To mend: {wrong}." if wrong else "All is well."]
    return "\n".join(lines)
