"""The conflicts of the text as a list with all places side by side (pure).

What was read by hand comes first; what a scan found is told apart as a hint, and a matter of the
first kind is not told again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import Disagreement, KnownConflict, Span
from ui.formatting import escape
from ui.reading.marks import Marks, marked
from ui.reading.section import toggle_markup
from ui.reading.view import ReadingView


@dataclass(frozen=True)
class Said:
    """One place of a side.

    Attributes:
        span: The whole sentence.
        value: The words in it that disagree.
    """

    span: Span
    value: Span


@dataclass(frozen=True)
class Matter:
    """A matter on which the text disagrees with itself.

    Attributes:
        title: What it is about; "" when nothing can be said.
        title_language: Of the title.
        sides: Two or more, each with its places in order.
    """

    title: str
    title_language: str
    sides: tuple[tuple[Said, ...], ...]


def conflicts_markup(view: ReadingView, found: Sequence[Disagreement] | None) -> str:
    """The whole list.

    Args:
        view: The work and the words of the page.
        found: What a scan found; None while it has not ended.
    """
    words = view.words
    known = [known_matter(one, view.language) for one in view.work.conflicts]
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
        f"{body}{_scanned(view, found)}</div></section>"
    )


def _scanned(view: ReadingView, found: Sequence[Disagreement] | None) -> str:
    words = view.words
    if found is None:
        return f'<p class="scanning" role="status">{escape(words.conflicts_scanning)}</p>'
    matters = [
        _found_matter(one, view.work.language) for one in unknown(found, view.work.conflicts)
    ]
    if not matters:
        return f'<p role="status">{escape(words.conflicts_scanned_none)}</p>'
    hint = f'<p class="hint">{escape(words.conflicts_scanned_text)}</p>'
    return _list(view, words.conflicts_scanned.format(count=len(matters)), matters, hint)


def unknown(
    found: Iterable[Disagreement], known: Iterable[KnownConflict]
) -> tuple[Disagreement, ...]:
    """What a scan found, without the matters that reading has found already.

    It is the same matter when two of its sides have a value that a known one has too.
    """
    sides = [[side.value for side in one.sides] for one in known]
    return tuple(
        one
        for one in found
        if not any(
            sum(
                any(_touch(said.value, value) for said in side.statements for value in values)
                for side in one.sides
            )
            >= 2
            for values in sides
        )
    )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def known_matter(conflict: KnownConflict, language: str) -> Matter:
    """A matter found by reading; sides that agree are put together."""
    sides: dict[int, list[Said]] = {}
    for place, side in enumerate(conflict.sides):
        mine = place if side.same_as is None else side.same_as
        sides.setdefault(mine, []).append(Said(side.span, side.value))
    topic = conflict.topic(language) or conflict.id
    ordered = (tuple(sorted(said, key=lambda one: one.span.start)) for said in sides.values())
    return Matter(topic, language, tuple(ordered))


def _found_matter(found: Disagreement, language: str) -> Matter:
    return Matter(
        " ".join(found.matter),
        language,
        tuple(
            tuple(Said(said.span, said.value) for said in side.statements) for side in found.sides
        ),
    )


def _list(view: ReadingView, title: str, matters: Sequence[Matter], hint: str = "") -> str:
    items = "".join(_matter(view, matter) for matter in matters)
    return f'<h3>{escape(title)}</h3>{hint}<ol class="matters">{items}</ol>'


def _matter(view: ReadingView, matter: Matter) -> str:
    sides = "".join(_side(view, side) for side in matter.sides)
    title = f'<h4 lang="{escape(matter.title_language)}">{escape(matter.title)}</h4>'
    return f'<li>{title}<div class="sides">{sides}</div></li>'


def _side(view: ReadingView, side: Sequence[Said]) -> str:
    value = side[0].value
    words = escape(view.work.text[value.start : value.end])
    places = "".join(
        f"<div>{view.link(said.span.start, said.span.end)}"
        f'<p class="quoted" {view.lang}>{_quotation(view, said)}</p></div>'
        for said in side
    )
    return f'<div class="side"><p class="value" {view.lang}>{words}</p>{places}</div>'


def _quotation(view: ReadingView, said: Said) -> str:
    return marked(view.work.text, said.span.start, said.span.end, Marks(hits=(said.value,)))
