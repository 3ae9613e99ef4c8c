"""`dayek mentions`: every place where the work mentions something, in the order of the text.

Searching by meaning ranks and may miss; this lists. Names are found under every spelling of the
table, words in every form.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ui.commands.console import AsJson, Source, tell

if TYPE_CHECKING:
    from assistant import Gathered, Language, Mention
    from sources import Work


def mentions(
    words: Annotated[
        str,
        typer.Argument(help="A name, a word or a phrase; in quotation marks it is taken exactly."),
    ],
    language: Annotated[
        Literal["kk", "ru", "en"], typer.Option(help="Language of the addresses.")
    ] = "kk",
    as_json: AsJson = False,
    source: Source = None,
) -> None:
    """List every sentence, list item and table row that mentions a name or words.

    Needs no index and no model.
    """
    from assistant import Settings, gather
    from sources import open_work

    work = open_work(Settings.from_environment(source=source).source)
    gathered = gather(work, words)
    if as_json:
        print(json.dumps(_facts(work, gathered, language), ensure_ascii=False))
    else:
        _show(work, gathered, language)


def _show(work: Work, gathered: Gathered, language: Language) -> None:
    from sources import one_line
    from ui.plain import harmless

    if not gathered.places:
        tell(f"The work never mentions {gathered.asked!r}.")
        return
    for section, places in gathered.by_section():
        title = one_line(work.outline.section(section).title)
        print(harmless(f"{section} {title} ({len(places)})\n"))
        for place in places:
            one = _place(work, place, language)
            print(f"  {one['address']} ({place.start}:{place.end})")
            print(harmless(f"    «{one_line(one['quote'])}»\n"))
    names = ", ".join(gathered.spellings)
    tell(f"{len(gathered.places)} places, {len(gathered.matches)} mentions of {names}.")


def _facts(work: Work, gathered: Gathered, language: Language) -> dict[str, Any]:
    return {
        "work": {"id": work.id, "sha256": work.document.sha256},
        "asked": gathered.asked,
        "term": gathered.term,
        "spellings": list(gathered.spellings),
        "mentions": len(gathered.matches),
        "places": [_place(work, place, language) for place in gathered.places],
    }


def _place(work: Work, place: Mention, language: Language) -> dict[str, Any]:
    from assistant import address, place_of
    from sources import Span

    return {
        "address": address(language, place_of(work, place.start)),
        "section": place.section,
        "line": work.document.line_of(place.start),
        "start": place.start,
        "end": place.end,
        "quote": work.document.quote(Span(place.start, place.end)),
        "matches": [{"start": match.start, "end": match.end} for match in place.matches],
    }
