"""The examiner's desk as escaped markup (pure): an answer as a checklist of its statements.

Each statement stands beside the places that it rests on, each place in its surroundings, so that
judging it needs no other page.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Answer, CheckedStatement, Citation
from ui.chat import Exchange, Talk
from ui.exporting import FORM_NAMES
from ui.formatting import blocks, escape, inline
from ui.keeping import JUDGEMENTS, Record, Verdict
from ui.places import NEAREST_SHOWN
from ui.view import View
from ui.wording import DESK_WORDS, DeskWords

MARGIN = 220
"""Characters of the text shown on either side of a quotation."""


@dataclass(frozen=True)
class Checking:
    """What lies on the desk.

    Attributes:
        talk: The open conversation.
        records: The record of every exchange that can have one, by its position.
        position: The exchange that is open; None for none.
        problem: What kept the last wish from being done; "" when nothing did.
    """

    talk: Talk
    records: dict[int, Record]
    position: int | None
    problem: str = ""


def desk_markup(checking: Checking, view: View) -> str:
    """The whole desk: the questions to choose from, and the open answer as a checklist."""
    words = DESK_WORDS[view.language]
    answered = [
        (position, exchange)
        for position, exchange in enumerate(checking.talk.exchanges)
        if exchange.answer is not None
    ]
    if not answered:
        return (
            f'<section class="desk-empty"><h2>{escape(words.nothing)}</h2>'
            f"<p>{escape(words.how)}</p></section>"
        )
    listed = "".join(_choice(at, exchange, checking, words) for at, exchange in answered)
    choices = (
        f'<nav class="desk-list" aria-label="{escape(words.questions)}">'
        f"<h2>{escape(words.questions)}</h2><ol>{listed}</ol></nav>"
    )
    return f'<div class="desk">{choices}{_sheet(checking, view, words)}</div>'


def _choice(position: int, exchange: Exchange, checking: Checking, words: DeskWords) -> str:
    record = checking.records.get(position)
    here = ' aria-current="true"' if position == checking.position else ""
    about = ""
    if record is not None:
        done = words.progress.format(done=record.judged, count=len(record.verdicts))
        about = f"{done} · {words.signed_short}" if record.signed_by else done
    return (
        f'<li><button type="button" class="choose" data-position="{position}"{here}>'
        f'<span class="title">{escape(exchange.question)}</span>'
        f'<span class="about">{escape(about)}</span></button></li>'
    )


def _sheet(checking: Checking, view: View, words: DeskWords) -> str:
    """The open answer, or how to open one."""
    position = checking.position
    if position is None or not 0 <= position < len(checking.talk.exchanges):
        return f'<section class="sheet"><p class="choose-one">{escape(words.choose)}</p></section>'
    exchange = checking.talk.exchanges[position]
    answer = exchange.answer
    if answer is None:
        return f'<section class="sheet"><p class="choose-one">{escape(words.choose)}</p></section>'
    problem = (
        f'<p class="problem" role="alert">{escape(checking.problem)}</p>'
        if checking.problem
        else ""
    )
    head = (
        f'<header><p class="kind">{escape(words.title)}</p>'
        f'<h2 id="desk-question" tabindex="-1">{escape(exchange.question)}</h2>{problem}</header>'
    )
    record = checking.records.get(position)
    if not answer.statements or record is None:
        body = _unjudged(answer, checking, view, words)
    else:
        body = _checklist(answer, record, view, words)
    return f'<section class="sheet" aria-labelledby="desk-question">{head}{body}</section>'


def _unjudged(answer: Answer, checking: Checking, view: View, words: DeskWords) -> str:
    """A silence, with what lies nearest; or an answer that is not kept."""
    if answer.status == "answered":
        text = blocks(answer.answer, lambda number: f"[{number}]")
        return f'<p class="note">{escape(words.not_kept)}</p><div class="whole">{text}</div>'
    nearest = "".join(
        f"<li>{_place(passage.start, passage.end, view)}</li>"
        for passage in answer.retrieved[:NEAREST_SHOWN]
    )
    return f'<p class="note">{escape(words.silence)}</p><ol class="nearest">{nearest}</ol>'


def _checklist(answer: Answer, record: Record, view: View, words: DeskWords) -> str:
    count = len(record.verdicts)
    done = words.progress.format(done=record.judged, count=count)
    bar = (
        f'<div class="progress"><progress max="{count}" value="{record.judged}" '
        f'aria-label="{escape(done)}"></progress><span role="status">{escape(done)}</span></div>'
    )
    items = "".join(
        _statement(statement, verdict, answer, record, view)
        for statement, verdict in zip(answer.statements, record.verdicts, strict=True)
    )
    keys = "" if record.signed_by else f'<p class="keys">{escape(words.keys)}</p>'
    return f'{bar}{keys}<ol class="statements">{items}</ol>{_foot(record, words)}'


def _statement(
    statement: CheckedStatement, verdict: Verdict, answer: Answer, record: Record, view: View
) -> str:
    """A statement beside its places, and the buttons to judge it."""
    words = DESK_WORDS[view.language]
    number = verdict.statement
    cited = {citation.marker: citation for citation in answer.citations}
    places = "".join(_cited(cited[marker], view) for marker in statement.markers if marker in cited)
    places = places or f'<p class="no-place">{escape(words.no_place)}</p>'
    program = {
        "verbatim": words.verbatim,
        "supported": words.confirmed,
        "unconfirmed": words.unconfirmed,
    }[statement.verdict]
    text = inline(statement.text, lambda marker: f'<b class="number">[{marker}]</b>')
    name = escape(words.statement.format(number=number + 1))
    judged = verdict.judgement or "open"
    return (
        f'<li class="statement {judged}" data-statement="{number}" tabindex="0" '
        f'aria-label="{name}"><h3>{name}</h3><div class="sides"><div class="says">'
        f'<h4>{escape(words.says)}</h4><p lang="{escape(answer.language)}">{text}</p>'
        f'<p class="program {statement.verdict}">{escape(program)}</p></div>'
        f'<div class="stands"><h4>{escape(words.stands)}</h4>{places}</div></div>'
        f"{_judging(verdict, record, words)}</li>"
    )


def _judging(verdict: Verdict, record: Record, words: DeskWords) -> str:
    """The three buttons and the remark; words only once the record is signed."""
    labels = {
        "supported": words.supported,
        "partly": words.partly,
        "unsupported": words.unsupported,
    }
    if record.signed_by is not None:
        said = labels[verdict.judgement] if verdict.judgement else ""
        remark = f" — {escape(verdict.remark)}" if verdict.remark else ""
        return f'<p class="judged"><strong>{escape(said)}</strong>{remark}</p>'
    name = words.statement.format(number=verdict.statement + 1)
    buttons = "".join(
        f'<button type="button" class="judge {one}" data-judgement="{one}" '
        f'aria-pressed="{str(verdict.judgement == one).lower()}">{escape(labels[one])}</button>'
        for one in JUDGEMENTS
    )
    return (
        f'<div class="judging" role="group" aria-label="{escape(name)}">'
        f"{buttons}<label>{escape(words.remark)} "
        f'<input type="text" class="remark" maxlength="1000" value="{escape(verdict.remark)}" '
        f'placeholder="{escape(words.remark_hint)}"></label></div>'
    )


def _cited(citation: Citation, view: View) -> str:
    return f'<div class="cited"><b class="number">[{citation.marker}]</b> ' + (
        _place(citation.start, citation.end, view) + "</div>"
    )


def _place(start: int, end: int, view: View) -> str:
    """A place in its surroundings, with the way to it in the reader."""
    around = view.look(start, end)
    before, after = _end_of(around.before), _beginning_of(around.after)
    return (
        f'<a class="address" href="?p={start}-{end}">{escape(around.address)}</a>'
        f'<p class="around" lang="{escape(view.work_language)}">{escape(before)}'
        f"<mark>{escape(around.quote)}</mark>{escape(after)}</p>"
    )


def _end_of(text: str) -> str:
    """The last words before a quotation."""
    if len(text) <= MARGIN:
        return text
    return "… " + text[-MARGIN:].split(" ", 1)[-1]


def _beginning_of(text: str) -> str:
    """The first words after a quotation."""
    if len(text) <= MARGIN:
        return text
    return text[:MARGIN].rsplit(" ", 1)[0] + " …"


def _foot(record: Record, words: DeskWords) -> str:
    """Signing, or what was signed; the history; what can be downloaded."""
    left = len(record.verdicts) - record.judged
    if record.signed_by is not None:
        signing = (
            f'<section class="signed"><p><strong>'
            f"{escape(words.signed.format(name=record.signed_by, time=_time(record.signed_at)))}"
            f'</strong></p><p class="digest">'
            f"{escape(words.digest.format(digest=record.digest or ''))}</p>"
            f'<details><summary>{escape(words.unsign_title)}</summary><form class="unsigning">'
            f"{_field('name', words.name)}{_field('reason', words.reason)}"
            f'<button type="submit">{escape(words.unsign)}</button></form></details></section>'
        )
    else:
        off = " disabled" if left else ""
        told = words.judge_first.format(count=left) if left else words.promise
        signing = (
            f'<section class="signing"><h3>{escape(words.sign_title)}</h3>'
            f'<p id="desk-sign-note">{escape(told)}</p><form class="sign">'
            f"{_field('name', words.name)}"
            f'<button type="submit" aria-describedby="desk-sign-note"{off}>{escape(words.sign)}'
            "</button></form></section>"
        )
    return f"{signing}{_history(record, words)}{_exports(words)}"


def _field(name: str, label: str) -> str:
    return (
        f'<label>{escape(label)} <input type="text" name="{name}" maxlength="120" required></label>'
    )


def _history(record: Record, words: DeskWords) -> str:
    if len(record.log) < 2:  # the one signature that stands is told above
        return ""
    lines = "".join(
        "<li>"
        + escape(
            (words.log_signed if one.event == "signed" else words.log_unsigned).format(
                time=_time(one.at), name=one.by, reason=one.reason
            )
        )
        + "</li>"
        for one in record.log
    )
    return f'<section class="history"><h3>{escape(words.log)}</h3><ol>{lines}</ol></section>'


def _exports(words: DeskWords) -> str:
    buttons = "".join(
        f'<button type="button" class="export" data-format="{form}">{label}</button>'
        for form, label in FORM_NAMES.items()
    )
    return (
        f'<div class="exports" role="group" aria-label="{escape(words.export)}">'
        f"<span>{escape(words.export)}:</span>{buttons}"
        f'<button type="button" class="print">{escape(words.print)}</button></div>'
    )


def _time(moment: str | None) -> str:
    """A moment to the minute, as it is kept: in UTC."""
    return f"{(moment or '')[:16].replace('T', ' ')} UTC"
