from __future__ import annotations

import re
from dataclasses import fields

import pytest
from playwright.sync_api import expect

from assistant import Assistant, Language
from tests.browser.conftest import Visit
from tests.browser.questions import MEMBER, UNANSWERED
from tests.browser.visitor import Visitor
from ui.wording import LANGUAGES, TALK_WORDS, WORDS

OWN_WORDS = [field.name for field in fields(WORDS["kk"]) if field.name not in ("name", "built_in")]


def sentences(language: Language) -> set[str]:
    """The sentences of one language that have no gaps and could be seen as they stand."""
    said = {str(getattr(WORDS[language], name)) for name in OWN_WORDS}
    return {text for text in said if "{" not in text and len(text) > 4}


def stays_behind(visitor: Visitor, language: Language) -> set[str]:
    """What can still be seen or heard of a language after the page was switched to another."""
    seen = visitor.text() + "\n" + "\n".join(visitor.labels())
    return {text for text in sentences(language) if text in seen}


def test_kazakh_greets_whatever_the_browser_speaks(visit: Visit) -> None:
    for locale in ("kk-KZ", "en-US", "ru-RU"):
        visitor = visit(locale=locale)
        expect(visitor.page.locator("html")).to_have_attribute("lang", "kk")
        expect(visitor.page.locator("#chat .welcome")).to_contain_text(WORDS["kk"].invitation)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_switch_changes_everything_at_once(
    visitor: Visitor, assistant: Assistant, language: Language
) -> None:
    words = WORDS[language]
    visitor.ask(UNANSWERED)
    visitor.ask(MEMBER)
    visitor.open_marker()
    visitor.switch_to(language)
    expect(visitor.reply.locator("summary")).to_contain_text(words.citations)
    expect(visitor.page.locator("#send")).to_have_text(words.send)
    expect(visitor.page.locator("#shelf .new")).to_have_text(TALK_WORDS[language].new)
    expect(visitor.box).to_have_attribute("placeholder", words.question_placeholder)
    citation = assistant.ask(MEMBER).citations[0]
    address = assistant.surroundings(citation.start, citation.end, language).address
    assert visitor.panel.locator("h2").inner_text().casefold() == address.casefold()
    expect(visitor.panel.locator("footer")).to_contain_text(words.exact)
    expect(visitor.page.locator("#chat .abstained .verdict")).to_have_text(words.abstained)
    expect(visitor.panel.get_by_role("button", name=words.close)).to_be_visible()
    assert stays_behind(visitor, "kk") == set()
    assert visitor.page.locator("#chat .abstained .text").get_attribute("lang") == "kk"
    visitor.shoot(f"{language}-citation")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_first_screen_in_each_language(visitor: Visitor, language: Language) -> None:
    visitor.shoot("kk-welcome")
    visitor.switch_to(language)
    expect(visitor.page.locator("#chat .welcome")).to_contain_text(WORDS[language].invitation)
    assert stays_behind(visitor, "kk") == set()
    visitor.shoot(f"{language}-welcome")


def test_no_english_is_left_on_the_kazakh_page(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    visitor.open_marker()
    names = {name for name, _ in LANGUAGES}
    english = re.compile(r"\b(?!Markdown\b)[A-Za-z]{3,}\b")
    assert [label for label in visitor.labels() if english.search(label)] == []
    chrome = visitor.page.locator("#head, #ask, #panel header, #panel footer").all_inner_texts()
    lines = {line for text in chrome for line in text.splitlines()} - names
    assert [line for line in lines if english.search(line)] == []


def test_what_is_heard_is_the_message_and_not_its_source(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    for label in visitor.labels():
        assert "<" not in label
        assert "href" not in label


def test_the_switch_is_one_group_for_the_arrow_keys(visitor: Visitor) -> None:
    group = visitor.page.get_by_role("radiogroup", name=WORDS["kk"].language_label)
    expect(group.get_by_role("radio")).to_have_count(3)
    visitor.page.locator("#language input[value=kk]").focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "ru")
    expect(visitor.page.locator("#send")).to_have_text(WORDS["ru"].send)


def test_the_language_is_remembered_for_the_next_visit(visit: Visit) -> None:
    visitor = visit()
    visitor.switch_to("en")
    expect(visitor.page.locator("#send")).to_have_text(WORDS["en"].send)
    again = visit(context=visitor.page.context)
    expect(again.page.locator("html")).to_have_attribute("lang", "en")
    expect(again.page.locator("#send")).to_have_text(WORDS["en"].send)
    expect(again.page.locator("#language input[value=en]")).to_be_checked()


def test_an_answer_that_was_being_written_ends_in_the_new_language(
    visit: Visit, moody_address: str
) -> None:
    visitor = visit(address=moody_address)
    visitor.type(f"{MEMBER} (баяу)")
    visitor.box.press("Enter")
    expect(visitor.reply).to_have_class(re.compile("writing"), timeout=60_000)
    visitor.switch_to("ru")
    expect(visitor.reply).to_have_class(re.compile("answered"), timeout=120_000)
    expect(visitor.reply.locator("summary")).to_contain_text(WORDS["ru"].citations)
    assert stays_behind(visitor, "kk") == set()
