"""Conversations are kept for their owner, found again, renamed, deleted and handed out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from assistant import Assistant
from tests.browser.conftest import Visit, served
from tests.browser.questions import FOLLOW_UP, MEMBER, SITE, UNANSWERED
from tests.browser.visitor import PATIENCE, Visitor
from ui.keeping import NotKept
from ui.wording import TALK_WORDS, WORDS, trouble_text

KK = TALK_WORDS["kk"]


def entries(visitor: Visitor) -> Locator:
    return visitor.page.locator("#shelf li[data-id]")


def act(visitor: Visitor, name: str) -> Locator:
    """A button under the last reply."""
    return visitor.reply.locator(f"button.act[name={name}]")


def test_a_conversation_is_found_again_after_a_reload(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(SITE)
    answer = visitor.reply.locator(".text").inner_text()
    expect(entries(visitor)).to_have_count(1)
    expect(entries(visitor)).to_contain_text(SITE)
    visitor.come_again()
    expect(visitor.replies).to_have_count(0)
    entries(visitor).locator(".open").click()
    expect(visitor.replies).to_have_count(1)
    assert visitor.reply.locator(".text").inner_text() == answer
    visitor.open_marker()
    visitor.ask(FOLLOW_UP)
    expect(visitor.reply.locator(".understood")).to_have_count(1)
    expect(entries(visitor)).to_have_count(1)
    visitor.shoot("kk-conversations")


@pytest.fixture
def kept_home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_conversation_outlives_a_restart(
    visit: Visit, assistant: Assistant, kept_home: Path
) -> None:
    def serving() -> Iterator[str]:
        yield from served(assistant, kept_home)

    first = serving()
    visitor = visit(address=next(first))
    visitor.ask(SITE)
    expect(entries(visitor)).to_have_count(1)
    state = visitor.page.context.storage_state()
    visitor.page.goto("about:blank")
    next(first, None)
    second = serving()
    address = next(second)
    for origin in state["origins"]:
        origin["origin"] = address
    again = visit(address=address, storage_state=state)
    entries(again).locator(".open").click()
    expect(again.page.locator("#chat .question")).to_contain_text(SITE)
    again.page.goto("about:blank")
    next(second, None)


def test_a_conversation_is_its_owners_alone(visit: Visit) -> None:
    gone = trouble_text(NotKept("", ""), "kk")
    owner, other = visit(), visit()
    owner.ask(SITE)
    expect(entries(owner)).to_have_count(1)
    id = entries(owner).get_attribute("data-id")
    other.ask(MEMBER)
    expect(entries(other)).to_have_count(1)
    expect(entries(other)).not_to_contain_text(SITE)
    other.page.evaluate(
        "id => document.querySelector('#shelf li[data-id]').setAttribute('data-id', id)", id
    )
    entries(other).locator(".open").click()
    expect(other.banner).to_contain_text(gone)
    assert SITE not in other.text()
    entries(other).locator(".delete").click()
    entries(other).locator(".sure").click()
    expect(other.banner).to_contain_text(gone)
    owner.come_again()
    expect(entries(owner)).to_have_count(1)


def test_a_conversation_is_renamed_sought_and_deleted(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(SITE)
    visitor.page.locator("#shelf .new").click()
    expect(visitor.replies).to_have_count(0)
    visitor.ask(MEMBER)
    expect(entries(visitor)).to_have_count(2)
    first = entries(visitor).filter(has_text=SITE)
    first.locator(".rename").click()
    first.locator("input[name=title]").fill("Полигон <b>туралы</b>")
    first.locator(".renaming button[type=submit]").click()
    expect(entries(visitor).filter(has_text="Полигон <b>туралы</b>")).to_have_count(1)
    visitor.page.locator("#shelf-find").press_sequentially("полигон")
    expect(entries(visitor)).to_have_count(1)
    visitor.page.locator("#shelf-find").fill("жоқ нәрсе")
    expect(visitor.page.locator("#shelf .none")).to_have_text(KK.none_found)
    visitor.page.locator("#shelf-find").fill("")
    expect(entries(visitor)).to_have_count(2)
    gone = entries(visitor).filter(has_text="Полигон")
    gone.locator(".delete").click()
    expect(gone.locator(".deleting")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(gone.locator(".deleting")).to_be_hidden()
    gone.locator(".delete").click()
    gone.locator(".sure").click()
    expect(entries(visitor)).to_have_count(1)
    expect(visitor.replies).to_have_count(1)  # the open one stays
    entries(visitor).locator(".delete").click()
    entries(visitor).locator(".sure").click()
    expect(visitor.page.locator("#chat .welcome")).to_be_visible()
    expect(visitor.page.locator("#shelf .none")).to_have_text(KK.none_kept)


def test_a_question_is_edited_and_what_follows_it_goes(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(SITE)
    visitor.ask(UNANSWERED)
    visitor.page.locator("#chat .question").first.hover()
    visitor.page.locator("#chat button[name=edit]").first.click()
    expect(visitor.page.locator("#banner .editing")).to_contain_text(KK.editing)
    assert visitor.box.input_value() == SITE
    visitor.shoot("kk-editing")
    visitor.page.locator("#banner .cancel").click()
    expect(visitor.page.locator("#banner .editing")).to_have_count(0)
    assert visitor.box.input_value() == ""
    visitor.page.locator("#chat button[name=edit]").first.click()
    expect(visitor.page.locator("#banner .editing")).to_be_visible()
    expect(visitor.box).to_have_value(SITE)
    visitor.type(MEMBER)
    visitor.box.press("Enter")
    expect(visitor.page.locator("#chat .question")).to_have_count(1, timeout=PATIENCE)
    expect(visitor.page.locator("#chat .question")).to_contain_text(MEMBER)
    expect(act(visitor, "retry")).to_be_visible(timeout=PATIENCE)
    visitor.come_again()
    entries(visitor).locator(".open").click()
    expect(visitor.page.locator("#chat .question")).to_have_count(1)
    expect(visitor.page.locator("#chat .question")).to_contain_text(MEMBER)


def test_an_edit_that_was_left_harms_no_other_conversation(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    visitor.page.locator("#shelf .new").click()
    expect(visitor.replies).to_have_count(0)
    visitor.ask(SITE)
    visitor.page.locator("#chat button[name=edit]").first.click()
    expect(visitor.page.locator("#banner .editing")).to_be_visible()
    entries(visitor).filter(has_text=MEMBER).locator(".open").click()
    expect(visitor.page.locator("#chat .question")).to_contain_text(MEMBER)
    expect(visitor.page.locator("#banner .editing")).to_have_count(0)
    visitor.ask(UNANSWERED)
    expect(visitor.page.locator("#chat .question")).to_have_count(2)
    expect(visitor.page.locator("#chat .question").first).to_contain_text(MEMBER)


def test_an_answer_is_asked_for_again_while_something_is_being_typed(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    visitor.type("жартылай жазылған")
    act(visitor, "retry").click()
    expect(visitor.page.locator("#stop")).to_be_hidden(timeout=PATIENCE)
    expect(act(visitor, "retry")).to_be_visible(timeout=PATIENCE)
    expect(visitor.page.locator("#chat .question")).to_have_count(1)
    assert visitor.box.input_value() == "жартылай жазылған"


def test_a_thumb_and_a_remark_are_kept(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    remark = visitor.reply.locator(".remark-text")
    expect(remark).to_be_hidden()
    act(visitor, "bad").click()
    expect(act(visitor, "bad")).to_have_attribute("aria-pressed", "true")
    remark.fill("Жылы дұрыс, күні <i>басқа</i>")
    act(visitor, "remark").click()
    expect(visitor.reply.get_by_text(KK.remark_saved)).to_be_visible()
    visitor.shoot("kk-remark")
    visitor.come_again()
    entries(visitor).locator(".open").click()
    expect(act(visitor, "bad")).to_have_attribute("aria-pressed", "true")
    expect(act(visitor, "good")).to_have_attribute("aria-pressed", "false")
    expect(visitor.reply.locator(".remark-text")).to_have_value("Жылы дұрыс, күні <i>басқа</i>")


def test_an_answer_is_copied_with_its_citations(visit: Visit, assistant: Assistant) -> None:
    visitor = visit()
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = assistant.ask(MEMBER)
    visitor.ask(MEMBER)
    act(visitor, "copy").click()
    expect(visitor.reply.get_by_text(KK.copied)).to_be_visible()
    plain = visitor.page.evaluate("navigator.clipboard.readText()")
    assert plain.startswith(answer.plain_text[:40])
    for citation in answer.citations:
        assert " ".join(citation.quote.split()) in plain
        assert assistant.surroundings(citation.start, citation.end, "kk").address in plain
    assert answer.work.sha256 in plain
    act(visitor, "copy-md").click()
    visitor.page.wait_for_timeout(300)
    markdown = visitor.page.evaluate("navigator.clipboard.readText()")
    assert "[^1]: " in markdown


def test_suggestions_are_questions_that_are_answered(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    offer = visitor.page.locator("#offers .offer").first
    expect(offer).to_be_visible(timeout=PATIENCE)
    question = offer.inner_text()
    visitor.shoot("kk-suggestions")
    offer.click()
    expect(visitor.page.locator("#chat .question").last).to_contain_text(question)
    expect(visitor.page.locator("#chat .reply.answered")).to_have_count(2, timeout=PATIENCE)


def test_every_chapter_offers_questions(visit: Visit) -> None:
    visitor = visit()
    visitor.page.locator("#chat .chapters summary").click()
    chapters = visitor.page.locator("#chat .chapter")
    assert chapters.count() >= 10
    chapters.nth(2).click()
    offers = visitor.page.locator("#offers .offer")
    expect(offers.first).to_be_visible(timeout=PATIENCE)
    visitor.shoot("kk-chapters")
    offers.first.click()
    expect(visitor.page.locator("#chat .reply.answered")).to_have_count(1, timeout=PATIENCE)


@pytest.mark.parametrize("form", ["md", "docx", "pdf", "json"])
def test_a_conversation_is_downloaded(visit: Visit, form: str, tmp_path: Path) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    visitor.page.locator("#bar summary").click()
    with visitor.page.expect_download() as waiting:
        visitor.page.locator(f"#bar button[data-format={form}]").click()
    name = waiting.value.suggested_filename
    assert name.endswith(f".{form}")
    file = tmp_path / name
    waiting.value.save_as(file)
    content = file.read_bytes()
    if form == "json":
        assert json.loads(content)["format"] == "dayek-receipt"
    else:
        begins = {"md": b"# ", "docx": b"PK", "pdf": b"%PDF"}
        assert content.startswith(begins[form])


def test_the_list_comes_over_the_chat_on_a_narrow_screen(visit: Visit) -> None:
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    visitor.ask(SITE)
    expect(visitor.page.locator("#shelf")).to_be_hidden()
    switch = visitor.page.locator(".shelf-switch")
    switch.click()
    expect(entries(visitor)).to_be_visible()
    expect(visitor.page.locator(".shelf-switch")).to_have_attribute("aria-expanded", "true")
    assert visitor.overflow() <= 0
    visitor.shoot("kk-phone-conversations")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#shelf")).to_be_hidden()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_list_and_the_buttons_speak_the_pages_language(visit: Visit, language: str) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    expect(visitor.page.locator("#offers .offer").first).to_be_visible(timeout=PATIENCE)
    visitor.switch_to(language)
    words = TALK_WORDS[language]  # type: ignore[index]
    expect(visitor.page.locator("#shelf .new")).to_have_text(words.new)
    expect(act(visitor, "retry")).to_have_text(words.retry)
    expect(visitor.page.locator("#chat-tab-button")).to_have_text(words.chat_tab)
    expect(visitor.page.locator("#offers .label")).to_have_text(words.next_questions)
    expect(visitor.page.locator("#send")).to_have_text(WORDS[language].send)  # type: ignore[index]


def test_the_reader_shows_which_answers_cite_a_paragraph(
    visit: Visit, assistant: Assistant
) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    visitor.open_marker()
    visitor.panel.locator(".onward a").click()
    opened = visitor.page.locator("#reading mark.opened")
    expect(opened.first).to_be_visible(timeout=PATIENCE)
    citation = assistant.ask(MEMBER).citations[0]
    assert "".join(mark.text_content() or "" for mark in opened.all()) == citation.quote
    assert f"p={citation.start}-{citation.end}" in visitor.page.url
    back = visitor.page.locator('#reading a[href="#cite-0-1"]').first
    expect(back).to_be_visible(timeout=PATIENCE)
    back.click()
    expect(visitor.page.locator("#chat")).to_be_visible()
    expect(visitor.panel).to_be_visible()
