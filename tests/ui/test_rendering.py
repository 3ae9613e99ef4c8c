from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from tests.ui.samples import KK, QUOTE, abstained, answered, citation
from ui.actions import Actions
from ui.chat import Exchange, Talk
from ui.rendering import (
    banner_markup,
    brand_markup,
    editing_markup,
    last_messages,
    messages,
    question_markup,
    reply_markup,
)
from ui.view import View
from ui.wording import TALK_WORDS, WORDS


def said(markup: str) -> str:
    """The words of markup without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


def reply(exchange: Exchange, index: int = 0, view: View = KK) -> str:
    return reply_markup(exchange, Actions(index, is_last=True), view)


def done(answer_text: str = f"{QUOTE} [1]") -> Exchange:
    given = answered(answer_text)
    return Exchange(given.question, "answered", given.question, given.answer, given)


def test_each_exchange_is_a_question_and_a_reply() -> None:
    shown = messages(Talk((done(), done())), KK)
    assert [message["role"] for message in shown] == ["user", "assistant"] * 2
    assert all("\n" not in message["content"] for message in shown)


def test_while_an_answer_is_written_only_its_own_messages_change() -> None:
    talk = Talk((done(), done(), Exchange("Тағы?", "writing", "Тағы?", "Жарты")))
    before = messages(talk.up_to(2), KK, is_whole=False)
    assert [*before, *last_messages(talk, KK)] == messages(talk, KK)
    assert 'name="retry"' not in "".join(message["content"] for message in before)


def test_a_marker_links_to_its_place() -> None:
    shown = reply(done(), index=4)
    assert '<a class="marker" href="#cite-4-1">' in shown
    assert "дәйексөз [1]" in said(shown)


def test_only_markers_with_a_citation_become_links() -> None:
    shown = reply(done("Автор [57] еңбегіне сүйенеді [1]."))
    assert shown.count('class="marker"') == 1
    assert "Автор [57] еңбегіне" in shown


def test_an_answer_ends_with_its_citations() -> None:
    given = answered("бір [1] екі [2]", citation(1), citation(2, start=700))
    shown = reply(replace(done(), answer=given))
    listed = shown[shown.index("<details") :]
    assert "Дәйексөздер: 2" in said(listed)
    assert 'href="#cite-0-2">2.1-бөлім, 700-абзац</a>' in listed


def test_script_in_a_question_is_shown() -> None:
    question = "<script>alert('x')</script> **жуан** ![x](http://e/x.png)"
    shown = question_markup(Exchange(question), 0, KK)
    assert "<script" not in shown
    assert said(shown) == f"Сұрақ: {question}"


def test_a_question_that_has_ended_can_be_edited() -> None:
    shown = question_markup(done(), 3, KK)
    assert 'name="edit" value="3"' in shown
    assert TALK_WORDS["kk"].edit in said(shown)
    assert 'name="edit"' not in question_markup(Exchange("с", "writing"), 3, KK)
    assert TALK_WORDS["kk"].cancel in editing_markup(TALK_WORDS["kk"])


def test_a_long_question_with_empty_lines_stays_one_line_of_source() -> None:
    shown = question_markup(Exchange("бір\n\nекі\r\nүш"), 0, KK)
    assert "\n" not in shown
    assert "бір&#10;&#10;екі&#10;үш" in shown


def test_an_abstention_offers_the_three_nearest_passages() -> None:
    given = abstained()
    shown = reply(Exchange(given.question, "answered", given.question, given.answer, given))
    assert '<div class="reply abstained">' in shown
    assert WORDS["kk"].abstained in said(shown)
    assert re.findall(r'href="#([^"]*)"', shown) == ["near-0-1", "near-0-2", "near-0-3"]
    assert 'class="marker"' not in shown


def test_the_three_ends_do_not_look_or_read_alike() -> None:
    given = abstained()
    ends = {
        "silence": reply(Exchange("с", "answered", "с", given.answer, given)),
        "fault": reply(Exchange("с", "fault")),
        "cannot": reply(Exchange("с", "cannot", problem="Индекс жоқ. Құрыңыз.")),
    }
    assert len({re.search(r'class="reply (\w+)"', end)[1] for end in ends.values()}) == 3  # type: ignore[index]
    for name in ("fault", "cannot"):
        assert WORDS["kk"].abstained not in said(ends[name])
        assert given.answer not in said(ends[name])
    assert "Индекс жоқ. Құрыңыз." in said(ends["cannot"])
    assert WORDS["kk"].fault_text in said(ends["fault"])


def test_a_rewritten_question_is_shown_from_the_moment_it_is_known() -> None:
    given = answered()
    rewritten = "Семей полигоны қашан жабылды?"
    finished = Exchange("ал ол қашан?", "answered", rewritten, given.answer, given)
    for exchange in (finished, Exchange("ал ол қашан?", "found", rewritten)):
        assert f"{WORDS['kk'].understood_as} {rewritten}" in said(reply(exchange))
    assert WORDS["kk"].understood_as not in said(reply(done()))


@pytest.mark.parametrize("stage", ["searching", "found", "writing", "stopped"])
def test_unfinished_work_says_how_far_it_is(stage: str) -> None:
    exchange = Exchange("с", stage, "с", "Жартылай **жауап")  # type: ignore[arg-type]
    shown = said(reply(exchange))
    assert getattr(WORDS["kk"], stage) in shown
    assert "Жартылай жауап" in shown


def test_low_confidence_asks_the_reader_to_read() -> None:
    given = replace(answered(), confidence=0.2)
    assert WORDS["kk"].confidence_low in said(reply(replace(done(), answer=given)))
    assert WORDS["kk"].confidence_low not in said(reply(done()))


def test_the_notice_of_the_assistant_is_shown() -> None:
    given = replace(answered(), language="ru", notice="Цитаты — на казахском <языке>.")
    shown = reply(replace(done(), answer=given))
    assert "Цитаты — на казахском &lt;языке&gt;." in shown
    assert 'lang="ru"' in shown


def test_the_page_shows_an_old_answer_in_its_present_language() -> None:
    shown = said(reply(done(), view=replace(KK, words=WORDS["en"], language="en")))
    assert "Citations: 1" in shown
    assert "Дәйексөздер" not in shown


def test_what_the_text_does_not_confirm_is_marked_where_it_stands() -> None:
    text = "Қазақстан 1992 жылы мүше болды. [1]\n\nОл 1995 жылы шықты. (⚠ расталмады) [1]"
    shown = reply(done(text))
    first, second = re.findall("<p>.*?</p>", shown)[:2]
    assert "doubt" not in first
    assert '<span class="doubt">(⚠ расталмады)</span>' in second


def test_a_marker_is_live_as_soon_as_its_statement_is_checked() -> None:
    exchange = Exchange("с", "writing", "с", "Бір. [1] Екі. [2]", citations=(citation(1),))
    shown = reply(exchange, index=3)
    assert '<a class="marker" href="#cite-3-1">' in shown
    assert '<span class="marker">[2]</span>' in shown


def test_a_contradiction_of_the_text_has_a_look_of_its_own() -> None:
    given = replace(answered(), conflict=True)
    assert '<div class="reply answered conflict">' in reply(replace(done(), answer=given))


def test_the_head_carries_the_language_to_the_script() -> None:
    shown = brand_markup('Тақырып "x" <y>', "ru", replace(KK, words=WORDS["ru"]))
    carried = re.search(r'data-page="([^"]*)"', shown)
    assert carried is not None
    assert json.loads(unescape(carried[1]))["language"] == "ru"
    assert "Тақырып &quot;x&quot; &lt;y&gt;" in shown


def test_no_message_no_banner() -> None:
    assert banner_markup("") == ""
    assert 'role="alert"' in banner_markup("Сұрақ тым ұзын")
