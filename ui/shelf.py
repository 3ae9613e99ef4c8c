"""The list of a visitor's conversations, as escaped markup (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.exporting import FORM_NAMES
from ui.formatting import escape
from ui.wording import TalkWords


@dataclass(frozen=True)
class Entry:
    """One conversation in the list.

    Attributes:
        id: Under which it is kept.
        title: By which its owner finds it.
        count: How many questions it has.
        day: When it was last changed, "2026-11-24".
    """

    id: str
    title: str
    count: int
    day: str


def shelf_markup(entries: Sequence[Entry], current: str, sought: str, words: TalkWords) -> str:
    """The list with what can be done with each.

    Args:
        entries: Newest first.
        current: Id of the open conversation; "" when a new one is open.
        sought: What the list was searched for; "" when it was not.
        words: Words of the page.
    """
    items = "".join(_item(entry, entry.id == current, words) for entry in entries)
    empty = words.none_found if sought else words.none_kept
    shown = f"<ul>{items}</ul>" if items else f'<p class="none">{escape(empty)}</p>'
    return (
        f'<nav class="shelf" aria-label="{escape(words.conversations)}">'
        f'<button type="button" class="new">{escape(words.new)}</button>'
        f'<label class="heard" for="shelf-find">{escape(words.find)}</label>'
        f'<input type="search" id="shelf-find" value="{escape(sought)}" maxlength="200" '
        f'placeholder="{escape(words.find_hint)}">{shown}</nav>'
    )


def _item(entry: Entry, current: bool, words: TalkWords) -> str:
    """A conversation; its two small forms stay hidden until they are asked for."""
    id, title = escape(entry.id), escape(entry.title)
    here = ' aria-current="true"' if current else ""
    about = f"{escape(entry.day)} · {escape(words.questions.format(count=entry.count))}"
    return (
        f'<li data-id="{id}"><button type="button" class="open"{here}><span class="title">{title}'
        f'</span><span class="about">{about}</span></button><span class="tools">'
        f"{_tool('rename', words.rename, title)}{_tool('delete', words.delete, title)}</span>"
        f'<form class="renaming" hidden><label><span class="heard">{escape(words.title_label)}'
        f'</span><input name="title" value="{title}" maxlength="120" required></label>'
        f'<button type="submit">{escape(words.save)}</button>'
        f'<button type="button" class="cancel">{escape(words.cancel)}</button></form>'
        f'<div class="deleting" role="alertdialog" aria-label="{escape(words.delete_sure)}" hidden>'
        f'<p>{escape(words.delete_sure)}</p><button type="button" class="sure">'
        f'{escape(words.yes)}</button><button type="button" class="cancel">{escape(words.no)}'
        f"</button></div></li>"
    )


def _tool(name: str, label: str, title: str) -> str:
    return (
        f'<button type="button" class="{name}" aria-label="{escape(label)}: {title}" '
        f'title="{escape(label)}"></button>'
    )


def bar_markup(title: str, can_export: bool, words: TalkWords) -> str:
    """The line above the chat: the switch of the list, the title, what can be downloaded."""
    formats = "".join(
        f'<button type="button" class="export" data-format="{name}">{label}</button>'
        for name, label in FORM_NAMES.items()
    )
    export = (
        f'<details class="export-menu"><summary>{escape(words.export)}</summary>'
        f'<div class="formats">{formats}</div></details>'
    )
    return (
        f'<div class="bar"><button type="button" class="shelf-switch" aria-expanded="false" '
        f'aria-controls="shelf">{escape(words.show_conversations)}</button>'
        f'<span class="talk-title">{escape(title)}</span>{export if can_export else ""}</div>'
    )
