"""What can be done with an answer, as buttons under it; and with a question (pure).

The chat strips `data-` and `aria-` attributes, so a button says by `name` what it does and by
`value` with which exchange; the page's script adds what screen readers need.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.chat import Exchange
from ui.copying import markdown_copy, plain_copy
from ui.formatting import escape
from ui.view import View
from ui.wording import TalkWords


@dataclass(frozen=True)
class Actions:
    """Which of them an exchange has.

    Attributes:
        index: Of the exchange in its talk, from 0.
        is_last: Whether nothing has been asked after it.
    """

    index: int
    is_last: bool


def actions_markup(exchange: Exchange, actions: Actions, view: View) -> str:
    """The row of buttons under a reply that has ended; the texts to copy lie hidden beside it."""
    words, index = view.talk, actions.index
    answer = exchange.answer
    buttons, copies = "", ""
    if answer is not None:
        buttons += _button("copy", index, words.copy)
        buttons += _button("copy-md", index, words.copy_markdown)
        copies = _copy("copy", plain_copy(answer, view)) + _copy(
            "copy-md", markdown_copy(answer, view)
        )
        if answer.status == "answered":
            buttons += _button("check", index, words.check)
    if actions.is_last:
        buttons += _button("retry", index, words.retry)
    if answer is not None:
        buttons += _thumb("good", index, words.good, exchange.liked is True)
        buttons += _thumb("bad", index, words.bad, exchange.liked is False)
        copies += _remark(exchange, index, words)
    said = f'<span class="said copied">{escape(words.copied)}</span>'
    said += f'<span class="said not-copied">{escape(words.not_copied)}</span>'
    return f'<div class="acts">{buttons}{said}</div>{copies}'


def edit_markup(index: int, words: TalkWords) -> str:
    """The button beside a question that takes it back into the box."""
    return _button("edit", index, words.edit, quiet=True)


def _button(name: str, index: int, label: str, *, quiet: bool = False) -> str:
    """A button; a quiet one shows a sign and says its label to screen readers and on pointing."""
    shown = f'<span class="heard">{escape(label)}</span>' if quiet else escape(label)
    return (
        f'<button type="button" class="act act-{name}" name="{name}" value="{index}" '
        f'title="{escape(label)}">{shown}</button>'
    )


def _thumb(name: str, index: int, label: str, on: bool) -> str:
    pressed = " on" if on else ""
    return (
        f'<button type="button" class="act thumb act-{name}{pressed}" name="{name}" '
        f'value="{index}" title="{escape(label)}">'
        f'<span class="heard">{escape(label)}</span></button>'
    )


def _copy(name: str, text: str) -> str:
    return f'<pre class="copied-text {name}">{escape(text)}</pre>'


def _remark(exchange: Exchange, index: int, words: TalkWords) -> str:
    """The line for a remark; it opens when a thumb is pressed, and stays where one was written."""
    shown = " open" if exchange.liked is not None else ""
    return (
        f'<div class="remarking{shown}"><label>{escape(words.remark)} '
        f'<input type="text" class="remark-text" name="remark-text" maxlength="1000" '
        f'value="{escape(exchange.remark)}" placeholder="{escape(words.remark_hint)}"></label>'
        f"{_button('remark', index, words.remark_save)}"
        f'<span class="said saved">{escape(words.remark_saved)}</span></div>'
    )
