"""Search box and outline beside the text, as escaped markup (pure)."""

from __future__ import annotations

from assistant import WORDS_LIMIT, Section, table_title
from ui.formatting import escape
from ui.reading.links import CONFLICTS_LINK, paragraph_link
from ui.reading.view import ReadingView


def search_markup(view: ReadingView, typed: str = "") -> str:
    """The search box with its two buttons: find in the text, gather all that is said.

    Args:
        view: Words of the page.
        typed: What stands in the box.
    """
    words = view.words
    return (
        f'<form class="search" role="search" aria-label="{escape(words.find)}">'
        f'<label for="reading-words">{escape(words.find)}</label>'
        f'<input id="reading-words" type="search" name="words" maxlength="{WORDS_LIMIT}" '
        f'autocomplete="off" spellcheck="false" value="{escape(typed)}" '
        f'placeholder="{escape(words.find_placeholder)}">'
        f'<div class="buttons"><button type="submit" class="find">'
        f"{escape(words.find_button)}</button>"
        f'<button type="button" class="gather">{escape(words.everything_button)}</button>'
        "</div></form>"
    )


def outline_markup(view: ReadingView) -> str:
    """Chapters with their sections, tables, and the way to the conflicts of the text.

    The script of the page marks the section that is open.
    """
    work, words = view.work, view.words
    label = escape(words.outline)
    chapters = "".join(_chapter(view, chapter, inside) for chapter, inside in _chapters(view))
    nav = (
        f'<nav class="outline" aria-label="{label}"><h2>{label}</h2>'
        f'<ol class="chapters" {view.lang}>{chapters}</ol>'
    )
    if work.outline.tables:
        rows = "".join(_table(view, table.number) for table in work.outline.tables)
        nav += f'<h3>{escape(words.tables)}</h3><ol class="tables" {view.lang}>{rows}</ol>'
    conflicts = escape(words.conflicts)
    return f'{nav}<p class="more"><a href="{CONFLICTS_LINK}">{conflicts}</a></p></nav>'


def _chapters(view: ReadingView) -> list[tuple[Section, list[Section]]]:
    """Chapters, each with its sections."""
    chapters: list[tuple[Section, list[Section]]] = []
    for section in view.work.outline.sections:
        if section.level > 1 and chapters:
            chapters[-1][1].append(section)
        else:
            chapters.append((section, []))
    return chapters


def _chapter(view: ReadingView, chapter: Section, inside: list[Section]) -> str:
    sections = "".join(f"<li>{_link(view, section)}</li>" for section in inside)
    below = f"<ol>{sections}</ol>" if sections else ""
    return f"<li>{_link(view, chapter)}{below}</li>"


def _link(view: ReadingView, section: Section) -> str:
    href = escape(paragraph_link(section.id, 0))
    return (
        f'<a href="{href}" data-section="{escape(section.id)}">'
        f"{escape(view.heading(section.id))}</a>"
    )


def _table(view: ReadingView, number: int) -> str:
    table = view.work.outline.table(number)
    said = None
    if table is not None and table.caption is not None:
        said = " ".join(view.work.document.quote(table.caption).split())
    name = escape(table_title(view.language, number, said))
    return f'<li><a href="?p=t{number}">{name}</a></li>'
