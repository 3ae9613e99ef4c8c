"""Exchanges and the frame of the page as escaped markup (pure).

Nothing here asks the assistant, keeps state or knows Gradio: values and words go in, markup
comes out. Whatever comes from the work, the question or the assistant is escaped; tags are
written here only. The chat strips `data-` and `aria-` attributes from what it shows; therefore
markers carry their target in `href`, and their spoken name as hidden text (class "heard").
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from assistant import CONFIDENT, LIKELY, Answer, Citation, Language
from ui.actions import Actions, actions_markup, edit_markup
from ui.chat import UNFINISHED, Exchange, Talk
from ui.formatting import blocks, escape
from ui.places import NEAREST_SHOWN, Target
from ui.reading.marks import CitedHere
from ui.view import View
from ui.wording import TalkWords, Words

Message = dict[str, str]

_QUOTATION_SHOWN = 320
_PASSAGE_SHOWN = 180
_QUESTION_SHOWN = 60
_DOUBT = re.compile(r"\(⚠[^()<>]*\)")
"""How the assistant marks, in its own words, what the text does not confirm."""


def messages(talk: Talk, view: View, *, is_whole: bool = True) -> list[Message]:
    """The talk as the chat's messages, two an exchange.

    Args:
        talk: What was asked and answered.
        view: How the page is looked at.
        is_whole: Whether nothing comes after it.
    """
    last = len(talk.exchanges) - 1 if is_whole else len(talk.exchanges)
    return [
        message
        for index in range(len(talk.exchanges))
        for message in _exchanged(talk, index, view, is_last=index == last)
    ]


def last_messages(talk: Talk, view: View) -> list[Message]:
    """The two messages of the last exchange: all that changes while an answer is written."""
    return _exchanged(talk, len(talk.exchanges) - 1, view, is_last=True)


def _exchanged(talk: Talk, index: int, view: View, *, is_last: bool) -> list[Message]:
    exchange, actions = talk.exchanges[index], Actions(index, is_last)
    return [
        {"role": "user", "content": question_markup(exchange, index, view)},
        {"role": "assistant", "content": reply_markup(exchange, actions, view)},
    ]


def question_markup(exchange: Exchange, index: int, view: View) -> str:
    """The question as it was typed, line ends kept, and the button that takes it up again."""
    edit = "" if exchange.stage in UNFINISHED else edit_markup(index, view.talk)
    return (
        f'<div class="asked">{edit}<div class="question">{_heard(view.words.question_said)}'
        f"<span>{escape(exchange.question)}</span></div></div>"
    )


def reply_markup(exchange: Exchange, actions: Actions, view: View) -> str:
    """What stands under a question: the work in progress, the answer, the silence or the fault.

    Args:
        exchange: The exchange.
        actions: Its place in the talk, which is part of its targets, and what can be done with it.
        view: Words, addresses and languages of the page.
    """
    style: str = exchange.stage
    if exchange.stage in ("cannot", "fault"):
        body = _problem(exchange, view.words)
    elif exchange.answer is None:
        body = _unfinished(exchange, actions.index, view)
    else:
        style = exchange.answer.status
        write = _answered if style == "answered" else _abstained
        body = _understood(exchange, view.words) + write(exchange.answer, actions.index, view)
        style += " conflict" if exchange.answer.conflict else ""
    if exchange.stage not in UNFINISHED:
        body += actions_markup(exchange, actions, view)
    return f'<div class="reply {style}">{_heard(view.words.answer_said)}{body}</div>'


def _heard(name: str) -> str:
    """Words for screen readers only."""
    return f'<span class="heard">{escape(name)}: </span>'


def _understood(exchange: Exchange, words: Words) -> str:
    if not exchange.rewritten:
        return ""
    said = escape(words.understood_as)
    return f'<p class="understood">{said} <q>{escape(exchange.rewritten)}</q></p>'


def _problem(exchange: Exchange, words: Words) -> str:
    """What a person can put right, or that the program is at fault; neither looks like silence."""
    title, text = words.fault, words.fault_text
    if exchange.stage == "cannot":
        title, text = words.cannot, exchange.problem
    return f'<p class="verdict">{escape(title)}</p><p>{escape(text)}</p>'


def _unfinished(exchange: Exchange, index: int, view: View) -> str:
    words = view.words
    live = {citation.marker: citation for citation in exchange.citations}

    def mark(number: int) -> str:
        if number in live:
            return _marker(live[number], index, view)
        return f'<span class="marker">[{number}]</span>'

    text = blocks(exchange.text, mark)
    states: dict[str, str] = {
        "searching": words.searching,
        "found": words.found,
        "writing": words.writing,
        "stopped": words.stopped,
    }
    state = escape(states.get(exchange.stage, ""))
    return f'{_understood(exchange, words)}{text}<p class="state">{state}</p>'


def _answered(answer: Answer, index: int, view: View) -> str:
    cited = {citation.marker: citation for citation in answer.citations}

    def mark(number: int) -> str | None:
        citation = cited.get(number)
        return None if citation is None else _marker(citation, index, view)

    return _text(answer, mark, view) + _sources(answer, index, view)


def _abstained(answer: Answer, index: int, view: View) -> str:
    verdict = f'<p class="verdict">{escape(view.words.abstained)}</p>'
    text = _text(answer, lambda number: None, view)
    places = "".join(
        _place(Target("near", index, passage.rank), passage.start, passage.end, view)
        for passage in answer.retrieved[:NEAREST_SHOWN]
    )
    if not places:
        return verdict + text
    label = f'<p class="label">{escape(view.words.nearest)}</p>'
    return f'{verdict}{text}{label}<ol class="places">{places}</ol>'


def _text(answer: Answer, mark: Callable[[int], str | None], view: View) -> str:
    """The assistant's own words, in the language of the question."""
    notice = f'<p class="notice">{escape(answer.notice)}</p>' if answer.notice else ""
    text = _DOUBT.sub(r'<span class="doubt">\g<0></span>', blocks(answer.answer, mark))
    return f'<div class="text" lang="{escape(answer.language)}">{text}{notice}</div>'


def _marker(citation: Citation, index: int, view: View) -> str:
    """The link that opens the panel; pointed at, it shows the quotation (chat.js)."""
    name = f'<span class="heard">{escape(view.words.citation)} </span>'
    target = Target("cite", index, citation.marker)
    return f'<a class="marker" href="#{target}">{name}[{citation.marker}]</a>'


def _sources(answer: Answer, index: int, view: View) -> str:
    """The citations once more, as a list that can be unfolded: number, address, quotation."""
    places = "".join(
        _place(Target("cite", index, citation.marker), citation.start, citation.end, view)
        for citation in answer.citations
    )
    count = f"{escape(view.words.citations)}: {len(answer.citations)}"
    sure = f'<span class="sure">{escape(confidence_in_words(answer.confidence, view.words))}</span>'
    return (
        f'<details class="sources"><summary>{count}{sure}</summary>'
        f'<ol class="places">{places}</ol></details>'
    )


def _place(target: Target, start: int, end: int, view: View) -> str:
    """One line of a list of places: its address opens the panel, its words follow."""
    around = view.look(start, end)
    limit = _QUOTATION_SHOWN if target.kind == "cite" else _PASSAGE_SHOWN
    words = escape(_shortened(around.quote, limit))
    link = f'<a class="place" href="#{target}">{escape(around.address)}</a>'
    quoted = f'<span class="quoted" lang="{escape(view.work_language)}">{words}</span>'
    return f'<li value="{target.number}">{link}{quoted}</li>'


def confidence_in_words(confidence: float, words: Words) -> str:
    """How sure an answer is, from 0 to 1, as a reader is told."""
    if confidence >= CONFIDENT:
        return words.confidence_high
    return words.confidence_medium if confidence >= LIKELY else words.confidence_low


def _shortened(text: str, limit: int) -> str:
    """The text on one line, cut at a word when it is longer than `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def brand_markup(title: str, language: Language, view: View) -> str:
    """The head of the page; it also tells the page's script which language is shown.

    Args:
        title: Title of the work.
        language: Language of the page.
        view: Words of that language, language of the work.
    """
    carried = json.dumps(
        {
            "language": language,
            "builtIn": view.words.built_in,
            "languages": view.words.language_label,
        },
        ensure_ascii=False,
    )
    return (
        f'<div class="brand" data-page="{escape(carried)}">'
        f'<h1 lang="kk">{escape(view.words.name)}</h1>'
        f'<p lang="{escape(view.work_language)}">{escape(title)}</p></div>'
    )


def account_markup(user: str | None, words: TalkWords) -> str:
    """Who has signed in, and the way out; "" where nobody has to."""
    if not user:
        return ""
    return (
        f'<form class="account" method="post" action="logout"><span>{escape(user)}</span>'
        f'<button type="submit">{escape(words.sign_out)}</button></form>'
    )


def theme_markup(words: Words) -> str:
    """The switch between light and dark; the page's script keeps its state."""
    label = escape(words.dark)
    return (
        f'<button type="button" class="theme" aria-pressed="false" aria-label="{label}" '
        f'title="{label}"></button>'
    )


def banner_markup(text: str) -> str:
    """A message above the question box that is read out at once; "" shows nothing."""
    return f'<div class="banner" role="alert">{escape(text)}</div>' if text else ""


def editing_markup(words: TalkWords) -> str:
    """Says above the box that a question is being edited, and how to leave it be."""
    return (
        f'<div class="banner editing" role="status">{escape(words.editing)} '
        f'<button type="button" class="cancel">{escape(words.cancel)}</button></div>'
    )


def cited_here(talk: Talk) -> tuple[CitedHere, ...]:
    """What the answers of a talk cite, told apart by their questions, in the order asked."""
    return tuple(
        CitedHere(
            citation.start,
            citation.end,
            f"«{_shortened(exchange.question, _QUESTION_SHOWN)}» [{citation.marker}]",
            f"#{Target('cite', index, citation.marker)}",
        )
        for index, exchange in enumerate(talk.exchanges)
        if exchange.answer is not None
        for citation in exchange.answer.citations
    )
