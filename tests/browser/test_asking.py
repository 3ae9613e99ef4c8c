from __future__ import annotations

import re

from playwright.sync_api import expect

from assistant import QUESTION_LIMIT, Assistant
from tests.browser.conftest import Visit, served
from tests.browser.moody import FAULT, FIXABLE, SECRET, SLOW
from tests.browser.questions import FOLLOW_UP, MEMBER, SITE, TABLE, UNANSWERED
from tests.browser.visitor import PATIENCE, Visitor
from ui.wording import TALK_WORDS, WORDS

KK = WORDS["kk"]


def test_an_answer_streams_in_and_ends_with_its_citations(
    visitor: Visitor, assistant: Assistant
) -> None:
    visitor.page.evaluate(
        """() => {
          window.lengths = [];
          new MutationObserver(() => {
            const reply = document.querySelector("#chat .reply");
            if (reply) window.lengths.push(reply.textContent.length);
          }).observe(document.querySelector("#chat"), {childList: true, subtree: true});
        }"""
    )
    reply = visitor.ask(MEMBER)
    grown = visitor.page.evaluate("new Set(window.lengths).size")
    assert grown >= 5, "the answer came in one piece"
    answer = assistant.ask(MEMBER)
    assert answer.status == "answered"
    expect(visitor.markers).not_to_have_count(0)
    expect(reply.locator("summary")).to_contain_text(f"{KK.citations}: {len(answer.citations)}")
    reply.locator("summary").click()
    expect(reply.locator("details li")).to_have_count(len(answer.citations))
    assert visitor.box.input_value() == ""


def test_a_long_answer_is_read_from_its_beginning(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    visitor.ask(TABLE)
    expect(visitor.reply.locator("th")).not_to_have_count(0)
    assert visitor.is_in_view(visitor.page.locator("#chat .question").last)
    visitor.shoot("kk-table")


def test_an_example_is_a_question_that_can_be_pressed(visitor: Visitor) -> None:
    example = visitor.page.locator("#chat button.example").first
    question = example.inner_text()
    example.click()
    expect(visitor.page.locator("#chat .question")).to_contain_text(question)
    expect(visitor.page.locator("#chat .reply.answered")).to_have_count(1, timeout=PATIENCE)


def test_the_button_asks_as_enter_does(visitor: Visitor) -> None:
    visitor.type(MEMBER)
    visitor.page.get_by_role("button", name=KK.send, exact=True).click()
    expect(visitor.page.locator("#chat .reply.answered")).to_have_count(1, timeout=PATIENCE)


def test_what_the_work_does_not_answer_is_said_and_looks_its_own(visitor: Visitor) -> None:
    answered = visitor.ask(MEMBER).evaluate("e => getComputedStyle(e).backgroundColor")
    reply = visitor.ask(UNANSWERED)
    expect(reply).to_have_class(re.compile("abstained"))
    expect(reply).to_contain_text(KK.abstained)
    assert reply.evaluate("e => getComputedStyle(e).backgroundColor") != answered
    expect(reply.locator("a.place")).to_have_count(3)
    expect(visitor.markers).to_have_count(0)
    visitor.shoot("kk-abstention")


def test_a_follow_up_shows_how_it_was_understood(visitor: Visitor) -> None:
    visitor.ask(SITE)
    expect(visitor.reply.locator(".understood")).to_have_count(0)
    visitor.ask(FOLLOW_UP)
    understood = visitor.reply.locator(".understood q")
    expect(understood).to_have_count(1)
    assert understood.inner_text().strip("«»") != FOLLOW_UP
    visitor.shoot("kk-follow-up")


def test_script_in_a_question_is_shown_and_not_run(visitor: Visitor) -> None:
    evil = (
        "<script>window.harm = 1</script> <img src=x onerror='window.harm = 2'> "
        "![x](https://example.org/x.png) **Қазақстан** {{value}} ${1 + 1} $$x^2$$"
    )
    visitor.ask(evil)
    expect(visitor.page.locator("#chat .question")).to_contain_text(evil)
    assert visitor.page.evaluate("window.harm") is None
    expect(visitor.page.locator("#chat :is(script, img)")).to_have_count(0)


def test_a_question_that_is_too_long_stays_in_the_box_with_the_reason(visitor: Visitor) -> None:
    question = "ә" * (QUESTION_LIMIT + 1)
    visitor.type(question)
    visitor.box.press("Enter")
    expect(visitor.banner).to_contain_text(str(QUESTION_LIMIT + 1))
    assert visitor.box.input_value() == question
    expect(visitor.replies).to_have_count(0)
    visitor.shoot("kk-too-long")
    visitor.ask(MEMBER)
    expect(visitor.banner).to_have_count(0)


def test_nothing_typed_asks_nothing(visitor: Visitor) -> None:
    visitor.type("  \n ")
    visitor.box.press("Enter")
    expect(visitor.banner).to_contain_text(KK.empty)
    expect(visitor.replies).to_have_count(0)


def test_a_new_conversation_forgets_the_old_one(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    visitor.open_marker()
    visitor.page.get_by_role("button", name=TALK_WORDS["kk"].new).click()
    expect(visitor.page.locator("#chat .welcome")).to_be_visible()
    expect(visitor.replies).to_have_count(0)
    expect(visitor.panel).to_have_count(0)
    visitor.ask(FOLLOW_UP)
    expect(visitor.reply.locator(".understood")).to_have_count(0)


def test_writing_can_be_stopped_and_the_next_question_is_answered(
    visit: Visit, moody_address: str
) -> None:
    visitor = visit(address=moody_address)
    visitor.type(f"{MEMBER} ({SLOW})")
    visitor.box.press("Enter")
    stop = visitor.page.get_by_role("button", name=KK.stop)
    expect(visitor.reply).to_have_class(re.compile("writing"), timeout=PATIENCE)
    visitor.shoot("kk-writing")
    stop.click()
    expect(visitor.reply).to_have_class(re.compile("stopped"))
    expect(visitor.reply).to_contain_text(KK.stopped)
    text = visitor.reply.inner_text()
    visitor.page.wait_for_timeout(1500)
    assert visitor.reply.inner_text() == text
    expect(stop).not_to_be_visible()
    expect(visitor.ask(MEMBER)).to_have_class(re.compile("answered"))


def test_a_lost_connection_is_told_in_the_language_of_the_page(
    visit: Visit, assistant: Assistant
) -> None:
    server = served(assistant)
    visitor = visit(address=next(server))
    visitor.switch_to("ru")
    server.close()
    visitor.type(MEMBER)
    visitor.box.press("Enter")
    lost = "Connection to the server was lost. Attempting reconnection..."
    told = visitor.page.locator(".toast-message-text")
    expect(told).to_have_text(WORDS["ru"].built_in[lost], timeout=PATIENCE)
    assert WORDS["ru"].abstained not in visitor.text()
    visitor.shoot("ru-connection-lost")
    visitor.complaints.clear()  # the browser complains, and rightly


def test_a_fault_is_no_silence_and_tells_no_secrets(visit: Visit, moody_address: str) -> None:
    visitor = visit(address=moody_address)
    reply = visitor.ask(f"{MEMBER} ({FAULT})")
    expect(reply).to_have_class(re.compile("fault"))
    expect(reply).to_contain_text(KK.fault)
    assert KK.abstained not in visitor.text()
    assert SECRET not in visitor.text()
    reply = visitor.ask(f"{MEMBER} ({FIXABLE})")
    expect(reply).to_have_class(re.compile("cannot"))
    expect(reply).to_contain_text("Run `dayek index build`.")
    assert KK.abstained not in visitor.text()
    visitor.shoot("kk-faults")
    expect(visitor.ask(MEMBER)).to_have_class(re.compile("answered"))
