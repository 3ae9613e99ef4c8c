"""`dayek conflicts`: where a work says two different things about one matter.

What is found by the scan is a hint, not a verdict; `--known` lists what was read by hand, for works
of the library that carry it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ui.commands.console import AsJson, Home, Source, tell

if TYPE_CHECKING:
    from assistant import Disagreement, Language
    from sources import KnownConflict, Span, Work


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

    work = open_work(Settings.from_environment(source=source, home=home).source)
    if known:
        facts = [_known_facts(work, one, language) for one in work.conflicts]
    else:
        facts = [_found_facts(work, one, language) for one in find_disagreements(work)]
    if as_json:
        told = {"work": {"id": work.id, "sha256": work.document.sha256}, "conflicts": facts}
        print(json.dumps(told, ensure_ascii=False))
        return
    _show(facts)


def _show(facts: Sequence[dict[str, Any]]) -> None:
    from ui.plain import harmless

    if not facts:
        tell("Nothing that disagrees was found.")
    for number, one in enumerate(facts, 1):
        sure = "" if one["score"] is None else f" ({one['score']:.2f})"
        print(harmless(f"{number}. {one['matter']}{sure}"))
        for side in one["sides"]:
            print(harmless(f"   = {side['value']}"))
            for said in side["statements"]:
                print(harmless("\n".join(_lines(said))))
        print()


def _lines(said: dict[str, Any]) -> Iterator[str]:
    yield f"     {said['address']} ({said['start']}:{said['end']})"
    yield f"       «{' '.join(said['quote'].split())}»"


def _found_facts(work: Work, found: Disagreement, language: Language) -> dict[str, Any]:
    return {
        "id": None,
        "matter": " ".join(found.matter),
        "score": found.score,
        "sides": [
            {
                "value": side.normal,
                "statements": [
                    _statement(work, said.span, said.value, language) for said in side.statements
                ],
            }
            for side in found.sides
        ],
    }


def _known_facts(work: Work, known: KnownConflict, language: Language) -> dict[str, Any]:
    """A known conflict in the same shape; the value of a side is in the words of the text."""
    sides: dict[int, list[dict[str, Any]]] = {}
    for place, side in enumerate(known.sides):
        mine = place if side.same_as is None else side.same_as
        sides.setdefault(mine, []).append(_statement(work, side.span, side.value, language))
    return {
        "id": known.id,
        "matter": known.topic(language) or known.id,
        "score": None,
        "sides": [
            {"value": said[0]["value"], "statements": sorted(said, key=lambda one: one["start"])}
            for said in sides.values()
        ],
    }


def _statement(work: Work, span: Span, value: Span, language: Language) -> dict[str, Any]:
    from assistant import address, place_of

    return {
        "address": address(language, place_of(work, span.start)),
        "line": work.document.line_of(span.start),
        "start": span.start,
        "end": span.end,
        "quote": work.document.quote(span),
        "value_start": value.start,
        "value_end": value.end,
        "value": work.document.quote(value),
    }
