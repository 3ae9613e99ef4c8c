from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from assistant import Answer, CheckedStatement
from tests.ui.samples import KK, abstained, answered, citation
from ui.chat import Exchange, Talk
from ui.desk import Checking, desk_markup
from ui.keeping import Logged, Record, Verdict
from ui.wording import DESK_WORDS

WORDS = DESK_WORDS["kk"]
STATEMENTS = (
    CheckedStatement("Қазақстан **1992 жылы** мүше болды. [1]", (1,), "verbatim"),
    CheckedStatement("Бұл <b>кейін</b> болды. [2]", (2,), "unconfirmed", ("date",)),
)


def given() -> Answer:
    two = answered("бір [1] екі [2]", citation(1), citation(2, start=700))
    return replace(two, statements=STATEMENTS)


def exchange(answer: Answer) -> Exchange:
    return Exchange(answer.question, "answered", answer.question, answer.answer, answer)


def record(*judgements: str | None) -> Record:
    verdicts = tuple(
        Verdict(number, judgement, "ескертпе <x>" if judgement == "partly" else "", "")  # type: ignore[arg-type]
        for number, judgement in enumerate(judgements)
    )
    return Record(0, verdicts)


def drawn(answer: Answer, kept: Record | None, position: int | None = 0, problem: str = "") -> str:
    records = {} if kept is None else {0: kept}
    return desk_markup(Checking(Talk((exchange(answer),)), records, position, problem), KK)


def said(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_an_empty_desk_says_how_to_get_something_onto_it() -> None:
    shown = said(desk_markup(Checking(Talk(), {}, None), KK))
    assert WORDS.nothing in shown
    assert WORDS.how in shown


def test_every_statement_stands_beside_the_place_that_it_rests_on() -> None:
    shown = drawn(given(), record(None, None))
    first, second = shown.split('<li class="statement')[1:]
    assert "?p=100-" in first
    assert "?p=700-" in second
    assert "<strong>1992 жылы</strong>" in first
    assert WORDS.verbatim in said(first)
    assert WORDS.unconfirmed in said(second)
    assert "&lt;b&gt;кейін&lt;/b&gt;" in second
    assert "<mark>100–" in first


def test_a_judgement_is_a_button_that_is_pressed() -> None:
    shown = drawn(given(), record("supported", "partly"))
    pressed = re.findall(r'data-judgement="(\w+)" aria-pressed="true"', shown)
    assert pressed == ["supported", "partly"]
    assert 'value="ескертпе &lt;x&gt;"' in shown


def test_signing_waits_for_the_last_judgement() -> None:
    waiting = drawn(given(), record("supported", None))
    assert WORDS.judge_first.format(count=1) in said(waiting)
    assert re.search(r"<button type=\"submit\"[^>]* disabled>", waiting)
    ready = drawn(given(), record("supported", "unsupported"))
    assert not re.search(r"<button type=\"submit\"[^>]* disabled>", ready)
    assert WORDS.progress.format(done=2, count=2) in said(ready)


def test_a_signed_record_can_be_read_and_not_changed() -> None:
    signed = replace(
        record("supported", "partly"),
        signed_by="А. <Сарапшы>",
        signed_at="2026-11-24T10:20:30Z",
        digest="ab" * 32,
    )
    shown = drawn(given(), signed)
    assert "data-judgement" not in shown
    assert "А. &lt;Сарапшы&gt;" in shown
    assert "2026-11-24 10:20 UTC" in said(shown)
    assert "ab" * 32 in shown
    assert "ескертпе <x>" in said(shown)


def test_what_was_signed_and_taken_back_stays_to_be_read() -> None:
    log = (
        Logged("signed", "2026-11-24T10:20:30Z", "А", "ab", ""),
        Logged("unsigned", "2026-11-25T11:20:30Z", "А", "ab", "қате бар"),
    )
    shown = said(drawn(given(), replace(record("supported", "partly"), log=log)))
    assert WORDS.log in shown
    assert "қате бар" in shown


def test_a_silence_has_no_statements_but_its_nearest_passages() -> None:
    shown = drawn(abstained(), None)
    assert WORDS.silence in said(shown)
    assert shown.count('class="address"') == 3
    assert "data-judgement" not in shown


def test_a_problem_is_read_out() -> None:
    assert 'role="alert">Диск &lt;толы&gt;' in drawn(given(), record(None, None), 0, "Диск <толы>")


def test_an_exchange_that_is_not_there_is_not_opened() -> None:
    assert WORDS.choose in said(drawn(given(), record(None, None), 7))
