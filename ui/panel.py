"""The panel beside the chat: a cited place in its surroundings, as escaped markup (pure)."""

from __future__ import annotations

from assistant import Citation, Surroundings
from ui.formatting import escape
from ui.places import Opened, Target
from ui.view import View
from ui.wording import Words


def panel_markup(opened: Opened | None, view: View) -> str:
    """The place that is open, or how to open one.

    Args:
        opened: What to show; None shows the hint.
        view: Words, addresses and languages of the page.
    """
    words = view.words
    if opened is None:
        return (
            f'<section class="panel hint" aria-label="{escape(words.panel_label)}">'
            f'<p class="title">{escape(words.panel_hint_title)}</p>'
            f"<p>{escape(words.panel_hint)}</p></section>"
        )
    around = view.look(opened.place.start, opened.place.end)
    return (
        f'<section class="panel open" aria-labelledby="panel-address" '
        f'data-target="{opened.target}">{_head(opened, around, view)}'
        f'<div class="body" lang="{escape(view.work_language)}" tabindex="0" role="group" '
        f'aria-label="{escape(words.surroundings)}">{_passage(around)}</div>'
        f"{_foot(opened, words)}</section>"
    )


def _head(opened: Opened, around: Surroundings, view: View) -> str:
    words, number = view.words, opened.target.number
    name = words.citation if opened.target.kind == "cite" else words.nearest_one
    steps = _step(opened, number - 1, "previous", words.previous)
    steps += _step(opened, number + 1, "next", words.next)
    close = escape(words.close)
    heading = escape(" ".join(around.section_heading.split()))
    return (
        f'<header><div class="bar"><span class="which">{escape(name.capitalize())} '
        f"{number} / {opened.count}</span>{steps}"
        f'<button type="button" class="close" aria-label="{close}" title="{close}"></button></div>'
        f'<h2 id="panel-address" tabindex="-1">{escape(around.address)}</h2>'
        f'<p class="section" lang="{escape(view.work_language)}">{heading}</p>'
        f'<p class="onward"><a href="?p={around.start}-{around.end}">'
        f"{escape(view.talk.open_in_reader)}</a></p></header>"
    )


def _step(opened: Opened, number: int, kind: str, label: str) -> str:
    """A button to a neighbouring place; switched off where there is none."""
    target = Target(opened.target.kind, opened.target.exchange, number)
    off = "" if 1 <= number <= opened.count else " disabled"
    return (
        f'<button type="button" class="{kind}" data-target="{target}" '
        f'aria-label="{escape(label)}" title="{escape(label)}"{off}></button>'
    )


def _passage(around: Surroundings) -> str:
    """The text as it stands; the style sheet folds its runs of tabs. `mark` holds the quotation."""
    return (
        f'<p>{escape(around.before)}<mark id="cited">{escape(around.quote)}</mark>'
        f"{escape(around.after)}</p>"
    )


def _foot(opened: Opened, words: Words) -> str:
    """What is known of a citation besides its words: that they are exact, and whom they cite."""
    citation = opened.place
    if not isinstance(citation, Citation):
        return ""
    line = escape(words.line.format(line=citation.line))
    exact = f'<span class="exact">{escape(words.exact)}</span> · '
    foot = f"<p>{exact if citation.verdict == 'exact' else ''}{line}</p>"
    if citation.references:
        references = ", ".join(f"[{reference}]" for reference in citation.references)
        foot += f"<p>{escape(words.references.format(references=references))}</p>"
    return f"<footer>{foot}</footer>"
