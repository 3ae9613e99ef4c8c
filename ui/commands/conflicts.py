"""`dayek conflicts`: where a work says two different things about one matter.

What is found by the scan is a hint, not a verdict; `--known` lists what was read by hand, for works
of the library that carry it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.commands.console import AsJson, Home, Source, tell

if TYPE_CHECKING:
    from ui.contradictions import Contradiction, Said


def conflicts(
    known: Annotated[
        bool, typer.Option("--known", help="List those found by reading instead of scanning.")
    ] = False,
    language: Annotated[
        Literal["kk", "ru", "en"], typer.Option(help="Language of the addresses and topics.")
    ] = "kk",
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """List statements that disagree on a date or a figure.

    Needs no index and no model. About two of three that it lists are real; read both places.
    """
    from assistant import Settings, find_disagreements
    from sources import open_work
    from ui.contradictions import read_by_hand, scanned

    work = open_work(Settings.from_environment(source=source, home=home).source)
    told = (
        read_by_hand(work, language) if known else scanned(work, find_disagreements(work), language)
    )
    if as_json:
        label = {"id": work.id, "sha256": work.document.sha256}
        print(json.dumps({"work": label, "conflicts": list(map(asdict, told))}, ensure_ascii=False))
        return
    _show(told)


def _show(told: Sequence[Contradiction]) -> None:
    from ui.plain import harmless

    if not told:
        tell("Nothing that disagrees was found.")
    for number, one in enumerate(told, 1):
        sure = "" if one.score is None else f" ({one.score:.2f})"
        print(harmless(f"{number}. {one.matter}{sure}"))
        for side in one.sides:
            print(harmless(f"   = {side.value}"))
            for said in side.statements:
                print(harmless("\n".join(_lines(said))))
        print()


def _lines(said: Said) -> Iterator[str]:
    yield f"     {said.address} ({said.start}:{said.end})"
    yield f"       «{' '.join(said.quote.split())}»"
