"""One section of the work to read: headings, numbered paragraphs, lists and tables (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Block, Section, Span
from ui.formatting import escape
from ui.reading.links import paragraph_link, span_link
from ui.reading.marks import CitedHere, Marks, addressed
from ui.reading.table import table_markup
from ui.reading.view import ReadingView


@dataclass(frozen=True)
class Step:
    """Where the reader stands among hits or citations.

    Attributes:
        number: Of the one that is open, from 1; 0 when none is.
        count: How many there are.
        previous: The one before, or the last one before the place that is open; None at the end.
        next: The one after, likewise.
    """

    number: int
    count: int
    previous: Span | None
    next: Span | None


def step(spans: tuple[Span, ...], opened: Span | None, from_: int) -> Step:
    """The neighbours of a place among some spans.

    Args:
        spans: In order of their beginnings, without repeats.
        opened: What is open.
        from_: Where the text that is shown begins; counts when nothing is open.
    """
    here = opened.start if opened else from_
    number = spans.index(opened) + 1 if opened in spans else 0
    before = [span for span in spans if span.start < here]
    after = [span for span in spans if (span.start > here if number else span.start >= here)]
    return Step(number, len(spans), before[-1] if before else None, after[0] if after else None)


def section_markup(view: ReadingView, section: Section, marks: Marks, problem: str = "") -> str:
    """A section with its bar of steps.

    Args:
        view: The work and the words of the page.
        section: What is shown.
        marks: What is marked in it.
        problem: A place that a link named and the work does not have; "" when there is none.
    """
    blocks = [block for block in view.work.outline.blocks if block.section == section.id]
    body = "".join(_block(view, block, marks) for block in blocks)
    if section.heading is None:
        body = f'<h2 class="title" tabindex="-1">{escape(view.work.title)}</h2>{body}'
    label = escape(view.words.section_text)
    return (
        f'<article class="reading" data-section="{escape(section.id)}">'
        f"{_bar(view, section, marks)}"
        f'<div class="body" role="region" tabindex="0" aria-label="{label}">'
        f"{problem_markup(view, problem)}{body}{_neighbours(view, section)}</div></article>"
    )


def problem_markup(view: ReadingView, place: str) -> str:
    """What is said of a link that names no place; "" for no place."""
    if not place:
        return ""
    text = view.words.no_such_place_text.format(place=place)
    return (
        f'<div class="problem" role="alert" tabindex="-1">'
        f"<p><strong>{escape(view.words.no_such_place)}</strong></p><p>{escape(text)}</p></div>"
    )


# --- the bar ----------------------------------------------------------------------------------


def toggle_markup(view: ReadingView) -> str:
    """The button that shows contents and search on a narrow screen."""
    return (
        '<button type="button" class="toggle" aria-expanded="false" aria-controls="reading-side">'
        f"{escape(view.words.contents_and_search)}</button>"
    )


def _bar(view: ReadingView, section: Section, marks: Marks) -> str:
    words, opened = view.words, marks.opened
    sections = view.work.outline.sections
    at = sections.index(section)
    position = words.position.format(number=at + 1, count=len(sections))
    steps = _steps(
        "sections",
        position,
        (words.previous_section, paragraph_link(sections[at - 1].id, 0) if at else None),
        (
            words.next_section,
            paragraph_link(sections[at + 1].id, 0) if at + 1 < len(sections) else None,
        ),
    )
    if marks.hits:
        among = step(marks.hits, opened, section.start)
        steps += _among(view, "hits", words.hit, among, (words.previous_hit, words.next_hit))
    if marks.cited:
        spans = sorted({(one.start, one.end) for one in marks.cited})
        among = step(tuple(Span(*span) for span in spans), opened, section.start)
        steps += _among(
            view,
            "citations",
            words.citation,
            among,
            (words.previous_citation, words.next_citation),
        )
    copy = escape(words.copy_selected)
    return (
        f'<div class="bar">{toggle_markup(view)}{steps}'
        f'<button type="button" class="copy-selected" disabled>{copy}</button>'
        f'<span class="heard" role="status" data-copied="{escape(words.copied)}" '
        f'data-failed="{escape(words.not_copied)}"></span></div>'
    )


def _among(view: ReadingView, kind: str, said: str, among: Step, labels: tuple[str, str]) -> str:
    """Steps among hits or citations."""
    number = str(among.number) if among.number else "–"
    links = [
        (label, span_link(view.work, span.start, span.end) if span else None)
        for label, span in zip(labels, (among.previous, among.next), strict=True)
    ]
    return _steps(kind, said.format(number=number, count=among.count), links[0], links[1])


def _steps(
    kind: str, said: str, previous: tuple[str, str | None], next_: tuple[str, str | None]
) -> str:
    return (
        f'<div class="steps {kind}">{_arrow("previous", *previous)}'
        f"<span>{escape(said)}</span>{_arrow('next', *next_)}</div>"
    )


def _arrow(kind: str, label: str, href: str | None) -> str:
    """A link to a neighbour; where there is none a link that leads nowhere and says so."""
    name = escape(label)
    if href is None:
        return f'<a class="{kind}" role="link" aria-disabled="true" aria-label="{name}"></a>'
    return f'<a class="{kind}" href="{escape(href)}" aria-label="{name}" title="{name}"></a>'


def _neighbours(view: ReadingView, section: Section) -> str:
    """Links to the sections before and after, below the text, by their titles."""
    sections = view.work.outline.sections
    at = sections.index(section)
    links = ""
    for kind, label, neighbour in (
        ("previous", view.words.previous_section, at - 1),
        ("next", view.words.next_section, at + 1),
    ):
        if 0 <= neighbour < len(sections):
            one = sections[neighbour]
            links += (
                f'<a class="{kind}" href="{escape(paragraph_link(one.id, 0))}">'
                f"<span>{escape(label)}</span> <span {view.lang}>{escape(view.heading(one.id))}"
                "</span></a>"
            )
    return f'<div class="neighbours">{links}</div>'


# --- blocks -----------------------------------------------------------------------------------


def _block(view: ReadingView, block: Block, marks: Marks) -> str:
    if block.kind == "heading":
        return _heading(view, block, marks)
    if block.table is not None:
        body = table_markup(view, block.table, marks)
    elif block.kind == "list":
        body = _list(view, block, marks)
    else:
        body = addressed("p", view.work.text, block.start, block.end, marks, f" {view.lang}")
    cited = [one for one in marks.cited if one.start < block.end and block.start < one.end]
    return (
        f'<div class="block {block.kind}" data-number="{block.number}">{_number(view, block)}'
        f'<div class="words">{body}{_cited(view, cited)}</div></div>'
    )


def _heading(view: ReadingView, block: Block, marks: Marks) -> str:
    heads = {section.start for section in view.work.outline.sections if section.heading}
    tag = "h2" if block.start in heads else "h3"
    extra = f' class="title" tabindex="-1" {view.lang}'
    return addressed(tag, view.work.text, block.start, block.end, marks, extra)


def _number(view: ReadingView, block: Block) -> str:
    """The paragraph's number: its permanent link, and the button that copies it."""
    href = escape(paragraph_link(block.section, block.number))
    if block.table is not None:
        href = f"?p=t{block.table.number}"
    label = escape(view.address(block.start))
    copy = escape(view.words.copy_link.format(address=view.address(block.start)))
    return (
        f'<div class="margin"><a class="number" href="{href}" aria-label="{label}" '
        f'title="{label}">{block.number}</a><button type="button" class="copy" '
        f'data-link="{href}" aria-label="{copy}" title="{copy}"></button></div>'
    )


def _list(view: ReadingView, block: Block, marks: Marks) -> str:
    """A list with its own marks as the text has them; its lead-in stands before it."""
    text = view.work.text
    lead, items = "", block.items
    if block.has_lead_in:
        first, items = block.items[0], block.items[1:]
        lead = addressed("p", text, first.start, first.end, marks, f" {view.lang}")
    body = "".join(addressed("li", text, item.start, item.end, marks) for item in items)
    return f'{lead}<ul role="list" {view.lang}>{body}</ul>'


def _cited(view: ReadingView, cited: list[CitedHere]) -> str:
    """The note that answers of this conversation cite a paragraph; "" when none does."""
    if not cited:
        return ""
    links = ", ".join(
        f'<a href="{escape(one.href)}">{escape(one.label)}</a>'
        for one in sorted(cited, key=lambda one: one.start)
    )
    return f'<p class="cited-in">{escape(view.words.cited)} {links}</p>'
