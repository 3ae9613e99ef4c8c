"""What was looked for in the work: beside the text, and everything on one matter (pure)."""

from __future__ import annotations

from assistant import Gathered, Mention
from ui.exporting import FORM_NAMES
from ui.formatting import escape
from ui.reading.links import everything_link, span_link
from ui.reading.marks import Marks, marked
from ui.reading.section import toggle_markup
from ui.reading.view import ReadingView

LISTED = 100
"""How many places are listed beside the text at first, and how many more each time."""

GATHERED = 250
"""The same for everything on one matter, which fills the page."""


def found_markup(view: ReadingView, found: Gathered | None, shown: int = LISTED) -> str:
    """The places found, as a list of links that open them.

    Args:
        view: The work and the words of the page.
        found: What was found; None shows nothing.
        shown: How many places to list.
    """
    if found is None or not found.asked:
        return '<div class="found" role="status"></div>'
    words = view.words
    close = escape(words.close_search)
    return (
        f'<div class="found"><div class="head"><p role="status">{_counts(view, found)}</p>'
        f'<button type="button" class="close" aria-label="{close}" title="{close}"></button></div>'
        f'<ol class="places">{"".join(_result(view, one) for one in found.places[:shown])}</ol>'
        f"{_more_listed(view, found, shown)}</div>"
    )


def _counts(view: ReadingView, found: Gathered) -> str:
    """How much was found, and what was looked for when it is not what was typed."""
    words = view.words
    if not found.places:
        return escape(words.found_none.format(words=found.asked))
    counts = escape(words.found.format(places=len(found.places), matches=len(found.matches)))
    return f"{counts}{_mended(view, found)}{_spellings(view, found)}"


def _mended(view: ReadingView, found: Gathered) -> str:
    if not found.mended:
        return ""
    said = view.words.mended.format(words=found.asked, term=found.term)
    return f'<span class="also">{escape(said)}</span>'


def _spellings(view: ReadingView, found: Gathered) -> str:
    """The spellings under which the text has it, where they tell something."""
    if not found.spellings or found.spellings == (found.asked,):
        return ""
    said = view.words.spellings.format(spellings=", ".join(found.spellings))
    return f'<span class="also">{escape(said)}</span>'


def _result(view: ReadingView, place: Mention) -> str:
    first = place.matches[0]
    href = escape(span_link(view.work, first.start, first.end))
    return (
        f'<li><a href="{href}"><span class="address">{escape(view.address(place.start))}</span>'
        f'<span class="quoted" {view.lang}>{_quotation(view, place)}</span></a></li>'
    )


def _quotation(view: ReadingView, place: Mention) -> str:
    return marked(view.work.text, place.start, place.end, Marks(hits=place.matches))


def _more_listed(view: ReadingView, found: Gathered, shown: int) -> str:
    if shown >= len(found.places):
        return ""
    first = escape(view.words.found_first.format(shown=shown))
    more = escape(view.words.more)
    return (
        f'<p class="rest">{first} <button type="button" class="more" '
        f'value="{shown + LISTED}">{more}</button></p>'
    )


def everything_markup(view: ReadingView, gathered: Gathered, shown: int = GATHERED) -> str:
    """Everything that the work says on one matter, by section, with counts and a way to save it.

    Args:
        view: The work and the words of the page.
        gathered: What was found.
        shown: How many places to show.
    """
    words = view.words
    if not gathered.places:
        said = escape(words.everything_none.format(words=gathered.asked))
        return _page(view, f'<h2 tabindex="-1">{said}</h2>')
    title = escape(words.everything_title.format(term=gathered.term))
    return _page(
        view,
        f'<h2 tabindex="-1">{title}</h2><p class="counts">{_counts(view, gathered)}</p>'
        f"{_save(view)}{_jumps(view, gathered)}{_groups(view, gathered, shown)}"
        f"{_more_gathered(view, gathered, shown)}",
    )


def _page(view: ReadingView, inside: str) -> str:
    label = escape(view.words.everything_button)
    return (
        f'<section class="reading gathered" aria-label="{label}">'
        f'<div class="bar">{toggle_markup(view)}</div>'
        f'<div class="body" role="region" tabindex="0" aria-label="{label}">{inside}</div>'
        "</section>"
    )


def _save(view: ReadingView) -> str:
    label = escape(view.words.save_as)
    buttons = "".join(
        f'<button type="button" value="{kind}" aria-label="{label}: {name}">{name}</button>'
        for kind, name in FORM_NAMES.items()
    )
    return (
        f'<div class="save" role="group" aria-label="{label}"><span aria-hidden="true">{label}:'
        f"</span>{buttons}</div>"
    )


def _jumps(view: ReadingView, gathered: Gathered) -> str:
    """How many places each section has."""
    items = "".join(
        f"<li><span {view.lang}>{escape(view.heading(section))}</span> "
        f'<span class="count">{len(places)}</span></li>'
        for section, places in gathered.by_section()
    )
    label = escape(view.words.by_section)
    return f'<details class="by-section"><summary>{label}</summary><ul>{items}</ul></details>'


def _groups(view: ReadingView, gathered: Gathered, shown: int) -> str:
    groups, left = "", shown
    for section, places in gathered.by_section():
        if left <= 0:
            break
        items = "".join(_gathered(view, place) for place in places[:left])
        left -= len(places)
        heading = f"<span {view.lang}>{escape(view.heading(section))}</span>"
        count = f'<span class="count">{len(places)}</span>'
        groups += f'<section><h3>{heading} {count}</h3><ol class="places">{items}</ol></section>'
    return groups


def _gathered(view: ReadingView, place: Mention) -> str:
    return (
        f"<li>{view.link(place.start, place.end)}"
        f'<p class="quoted" {view.lang}>{_quotation(view, place)}</p></li>'
    )


def _more_gathered(view: ReadingView, gathered: Gathered, shown: int) -> str:
    if shown >= len(gathered.places):
        return ""
    first = escape(view.words.found_first.format(shown=shown))
    href = escape(everything_link(gathered.asked, shown + GATHERED))
    return f'<p class="rest">{first} <a href="{href}">{escape(view.words.more)}</a></p>'
