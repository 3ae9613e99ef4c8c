"""Exchanges and the frame of the page as escaped markup (pure).

Nothing here asks the assistant, keeps state or knows Gradio: values and words go in, markup
comes out. Whatever comes from the work, the question or the assistant is escaped; tags are
written here only. The chat strips `data-` and `aria-` attributes from what it shows; therefore
markers carry their target in `href`, and their spoken name as hidden text (class "heard").
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from assistant import Answer, Citation, Language, Surroundings
from ui.chat import Exchange, Talk
from ui.formatting import blocks, escape
from ui.places import NEAREST_SHOWN, Target
from ui.wording import Words

Message = dict[str, str]

_QUOTATION_SHOWN = 320
_PASSAGE_SHOWN = 180
_HIGH, _MEDIUM = 0.75, 0.5


@dataclass(frozen=True)
class View:
    """How the page is being looked at.

    Attributes:
        words: The page's words in the language it is shown in.
        look: A span of the work to what stands there and around it, its address in the page's
            language.
        work_language: Language of the work, for screen readers.
    """

    words: Words
    look: Callable[[int, int], Surroundings]
    work_language: str


def messages(talk: Talk, view: View) -> list[Message]:
    """The talk as the chat's messages, two an exchange."""
    shown: list[Message] = []
    for index, exchange in enumerate(talk.exchanges):
        shown.append({"role": "user", "content": question_markup(exchange, view.words)})
        shown.append({"role": "assistant", "content": reply_markup(exchange, index, view)})
    return shown


def question_markup(exchange: Exchange, words: Words) -> str:
    """The question as it was typed, line ends kept."""
    return (
        f'<div class="question">{_heard(words.question_said)}'
        f"<span>{escape(exchange.question)}</span></div>"
    )


def reply_markup(exchange: Exchange, index: int, view: View) -> str:
    """What stands under a question: the work in progress, the answer, the silence or the fault.

    Args:
        exchange: The exchange.
        index: Its place in the talk, from 0; part of its targets.
        view: Words, addresses and languages of the page.
    """
    style: str = exchange.stage
    if exchange.stage in ("cannot", "fault"):
        body = _problem(exchange, view.words)
    elif exchange.answer is None:
        body = _unfinished(exchange, view.words)
    else:
        style = exchange.answer.status
        write = _answered if style == "answered" else _abstained
        body = _understood(exchange, view.words) + write(exchange.answer, index, view)
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


def _unfinished(exchange: Exchange, words: Words) -> str:
    text = blocks(exchange.text, lambda number: f'<span class="marker">[{number}]</span>')
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

    return _text(answer, mark) + _sources(answer, index, view)


def _abstained(answer: Answer, index: int, view: View) -> str:
    verdict = f'<p class="verdict">{escape(view.words.abstained)}</p>'
    text = _text(answer, lambda number: None)
    places = "".join(
        _place(Target("near", index, passage.rank), passage.start, passage.end, view)
        for passage in answer.retrieved[:NEAREST_SHOWN]
    )
    if not places:
        return verdict + text
    label = f'<p class="label">{escape(view.words.nearest)}</p>'
    return f'{verdict}{text}{label}<ol class="places">{places}</ol>'


def _text(answer: Answer, mark: Callable[[int], str | None]) -> str:
    """The assistant's own words, in the language of the question."""
    notice = f'<p class="notice">{escape(answer.notice)}</p>' if answer.notice else ""
    text = blocks(answer.answer, mark)
    return f'<div class="text" lang="{escape(answer.language)}">{text}{notice}</div>'


def _marker(citation: Citation, index: int, view: View) -> str:
    """The link that opens the panel; pointing at it shows the quotation."""
    target = Target("cite", index, citation.marker)
    title = escape(_shortened(citation.quote, _QUOTATION_SHOWN))
    name = f'<span class="heard">{escape(view.words.citation)} </span>'
    return f'<a class="marker" href="#{target}" title="{title}">{name}[{citation.marker}]</a>'


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
    if confidence >= _HIGH:
        return words.confidence_high
    return words.confidence_medium if confidence >= _MEDIUM else words.confidence_low


def _shortened(text: str, limit: int) -> str:
    """The text on one line, cut at a word when it is longer than `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def welcome_markup(examples: tuple[str, ...], words: Words) -> str:
    """What an empty chat shows: what this is, and questions that can be pressed."""
    buttons = "".join(
        f'<li><button type="button" class="example" value="{index}">{escape(example)}</button></li>'
        for index, example in enumerate(examples)
    )
    asked = f'<p class="label">{escape(words.examples)}</p><ul>{buttons}</ul>' if buttons else ""
    return (
        f'<div class="welcome"><h2>{escape(words.invitation)}</h2>'
        f"<p>{escape(words.promise)}</p>{asked}</div>"
    )


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
