from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.questions import MEMBER, MEMBER_EN, MEMBER_RU, UNANSWERED
from tests.browser.visitor import Visitor
from ui.wording import WORDS

PHONE = {"width": 390, "height": 844}


def ground(visitor: Visitor) -> tuple[int, ...]:
    """The colour of the page as red, green and blue."""
    colour = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return tuple(int(part) for part in colour[4:-1].split(","))


def is_dark(visitor: Visitor) -> bool:
    return sum(ground(visitor)) < 3 * 128


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system(visit: Visit, scheme: str) -> None:
    visitor = visit(color_scheme=scheme)
    assert is_dark(visitor) == (scheme == "dark")
    visitor.page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    visitor.page.wait_for_timeout(300)
    assert is_dark(visitor) != (scheme == "dark")


def test_the_choice_of_the_reader_comes_before_the_system_and_is_remembered(visit: Visit) -> None:
    visitor = visit(color_scheme="light")
    switch = visitor.page.get_by_role("button", name=WORDS["kk"].dark)
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert is_dark(visitor)
    again = visit(context=visitor.page.context)
    assert is_dark(again)
    expect(again.page.get_by_role("button", name=WORDS["kk"].dark)).to_have_attribute(
        "aria-pressed", "true"
    )
    visitor.switch_to("ru")
    switch = visitor.page.get_by_role("button", name=WORDS["ru"].dark)
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert is_dark(visitor)


@pytest.mark.parametrize(("language", "question"), [("kk", MEMBER), ("ru", MEMBER_RU)])
def test_dark(visit: Visit, language: str, question: str) -> None:
    visitor = visit(color_scheme="dark")
    visitor.switch_to(language)
    visitor.ask(UNANSWERED)
    visitor.ask(question)
    visitor.open_marker()
    assert is_dark(visitor)
    assert visitor.is_in_view(visitor.cited)
    visitor.shoot(f"{language}-dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "question"), [("kk", MEMBER), ("ru", MEMBER_RU), ("en", MEMBER_EN)]
)
def test_a_narrow_screen_is_enough(visit: Visit, language: str, question: str, scheme: str) -> None:
    visitor = visit(viewport=PHONE, color_scheme=scheme, has_touch=True)
    visitor.switch_to(language)
    assert visitor.overflow() <= 0
    assert visitor.is_in_view(visitor.page.locator("#chat .welcome h2"))
    visitor.page.locator("#chat button.example").last.scroll_into_view_if_needed()
    assert visitor.is_in_view(visitor.page.locator("#chat button.example").last)
    visitor.page.locator("#chat .welcome h2").scroll_into_view_if_needed()
    visitor.shoot(f"{language}-{scheme}-phone-welcome")
    visitor.ask(question)
    assert visitor.overflow() <= 0
    assert visitor.is_in_view(visitor.box)
    assert visitor.is_in_view(visitor.page.locator("#send"))
    visitor.shoot(f"{language}-{scheme}-phone-answer")
    visitor.open_marker()
    assert visitor.overflow() <= 0
    assert visitor.is_in_view(visitor.panel.locator("h2"))
    assert visitor.is_in_view(visitor.cited)
    assert visitor.is_in_view(visitor.markers.first), "the panel covers the marker just pressed"
    visitor.shoot(f"{language}-{scheme}-phone-citation")
    visitor.panel.get_by_role("button", name=WORDS[language].close).click()  # type: ignore[index]
    expect(visitor.panel).to_have_count(0)
    assert visitor.is_in_view(visitor.box)


def test_letters_are_large_enough_to_read(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    visitor.open_marker()
    sizes = visitor.page.evaluate(
        """() => [".question", ".reply .text", "#panel .body"].map(
          (name) => parseFloat(getComputedStyle(document.querySelector(name)).fontSize))"""
    )
    assert min(sizes) >= 17
