"""What an empty chat offers to ask, and what could be asked next (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.formatting import escape
from ui.view import View


@dataclass(frozen=True)
class Chapter:
    """A chapter or section of the work, as a reader finds it.

    Attributes:
        id: Section id.
        name: Number and title.
        questions: Questions on it; None when they have not been asked for.
    """

    id: str
    name: str
    questions: tuple[str, ...] | None = None


def welcome_markup(examples: Sequence[str], view: View, chapters: Sequence[Chapter] = ()) -> str:
    """What an empty chat shows: what this is, and questions that can be pressed.

    Args:
        examples: Questions from the card of the work.
        view: Words and languages of the page.
        chapters: Chapters with questions; none for a work without written questions.
    """
    words = view.words
    buttons = "".join(
        f'<li><button type="button" class="example" value="{index}">{escape(example)}</button></li>'
        for index, example in enumerate(examples)
    )
    asked = f'<p class="label">{escape(words.examples)}</p><ul>{buttons}</ul>' if buttons else ""
    return (
        f'<div class="welcome"><h2>{escape(words.invitation)}</h2>'
        f"<p>{escape(words.promise)}</p>{asked}{_chapters(chapters, view)}</div>"
    )


def _chapters(chapters: Sequence[Chapter], view: View) -> str:
    """A button for each chapter; its questions come to stand above the box when it is pressed."""
    if not chapters:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="chapter" name="{escape(chapter.id)}" '
        f'lang="{escape(view.work_language)}">{escape(chapter.name)}</button></li>'
        for chapter in chapters
    )
    return (
        f'<details class="chapters"><summary>{escape(view.talk.by_chapter)}</summary>'
        f"<ul>{buttons}</ul></details>"
    )


def offers_markup(label: str, questions: Sequence[str], language: str) -> str:
    """Questions that can be pressed, above the box; "" for none.

    Args:
        label: What they are.
        questions: At most a handful.
        language: Of the questions, for screen readers.
    """
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="offer" data-offer="{index}" '
        f'lang="{escape(language)}">{escape(question)}</button></li>'
        for index, question in enumerate(questions)
    )
    return (
        f'<section class="offers" aria-label="{escape(label)}"><p class="label">{escape(label)}</p>'
        f"<ul>{buttons}</ul></section>"
    )
