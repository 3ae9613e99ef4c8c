"""The conflicts of the text as a list with all places side by side (pure).

What was read by hand comes first; what a scan found is told apart as a hint, and a matter of the
first kind is not told again.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Disagreement, Span
from ui.contradictions import Contradiction, Said, Side, not_known, read_by_hand, scanned
from ui.formatting import escape
from ui.reading.marks import Marks, marked
from ui.reading.section import toggle_markup
from ui.reading.view import ReadingView


def conflicts_markup(view: ReadingView, found: Sequence[Disagreement] | None) -> str:
    """The whole list.

    Args:
        view: The work and the words of the page.
        found: What a scan found; None while it has not ended.
    """
    words = view.words
    known = read_by_hand(view.work, view.language)
    body = f'<h2 tabindex="-1">{escape(words.conflicts)}</h2>'
    body += f"<p>{escape(words.conflicts_text)}</p>"
    if known:
        body += _list(view, words.conflicts_read.format(count=len(known)), known)
    else:
        body += f"<p>{escape(words.conflicts_read_none)}</p>"
    label = escape(words.conflicts)
    return (
        f'<section class="reading conflicts" aria-label="{label}">'
        f'<div class="bar">{toggle_markup(view)}</div>'
        f'<div class="body" role="region" tabindex="0" aria-label="{label}">'
        f"{body}{_scanned(view, found, known)}</div></section>"
    )


def _scanned(
    view: ReadingView, found: Sequence[Disagreement] | None, known: Sequence[Contradiction]
) -> str:
    words = view.words
    if found is None:
        return f'<p class="scanning" role="status">{escape(words.conflicts_scanning)}</p>'
    matters = not_known(scanned(view.work, found, view.language), known)
    if not matters:
        return f'<p role="status">{escape(words.conflicts_scanned_none)}</p>'
    hint = f'<p class="hint">{escape(words.conflicts_scanned_text)}</p>'
    return _list(view, words.conflicts_scanned.format(count=len(matters)), matters, hint)


def _list(view: ReadingView, title: str, matters: Sequence[Contradiction], hint: str = "") -> str:
    items = "".join(_matter(view, matter) for matter in matters)
    return f'<h3>{escape(title)}</h3>{hint}<ol class="matters">{items}</ol>'


def _matter(view: ReadingView, told: Contradiction) -> str:
    sides = "".join(_side(view, side) for side in told.sides)
    # A scan names a matter in words of the text.
    language = view.language if told.found_by == "reading" else view.work.language
    title = f'<h4 lang="{escape(language)}">{escape(told.matter)}</h4>'
    return f'<li>{title}<div class="sides">{sides}</div></li>'


def _side(view: ReadingView, side: Side) -> str:
    words = escape(side.statements[0].value)
    places = "".join(
        f"<div>{view.link(said.start, said.end)}"
        f'<p class="quoted" {view.lang}>{_quotation(view, said)}</p></div>'
        for said in side.statements
    )
    return f'<div class="side"><p class="value" {view.lang}>{words}</p>{places}</div>'


def _quotation(view: ReadingView, said: Said) -> str:
    value = Span(said.value_start, said.value_end)
    return marked(view.work.text, said.start, said.end, Marks(hits=(value,)))
