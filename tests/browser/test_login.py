"""Signing in with a real browser, and the page under its headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.browser.questions import SITE
from tests.browser.visitor import PATIENCE, Visitor
from ui.accounts import Accounts
from ui.wording.serving import SERVING_WORDS

if TYPE_CHECKING:
    from assistant import Assistant

NAME, PASSWORD = "Айгүл", "ұзақ құпия сөз"


@pytest.fixture(scope="module")
def guarded(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with one user."""
    folder = tmp_path_factory.mktemp("guarded")
    Accounts(folder / "users").add(NAME, PASSWORD)
    yield from served(assistant, folder / "home", auth=folder / "users")


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="kk-KZ", viewport={"width": 1366, "height": 800})
    yield context.new_page()
    context.close()


def sign_in(tab: Page, password: str = PASSWORD) -> None:
    """Type name and password, and press Enter."""
    tab.locator("#username").fill(NAME)
    tab.locator("#password").fill(password)
    tab.locator("#password").press("Enter")


def test_a_person_signs_in_asks_and_signs_out(tab: Page, guarded: str) -> None:
    tab.goto(f"{guarded}/?p=2.1.3")
    expect(tab.locator("h2")).to_have_text(SERVING_WORDS["kk"].sign_in)
    expect(tab.locator("#username")).to_be_focused()
    sign_in(tab, "басқа құпиясөз")
    expect(tab.get_by_role("alert")).to_have_text(SERVING_WORDS["kk"].wrong)
    expect(tab.locator("#username")).to_have_value(NAME)
    visitor = Visitor(tab, guarded)
    sign_in(tab)
    expect(tab).to_have_url(f"{guarded}/?p=2.1.3")
    tab.goto(guarded)
    expect(visitor.box).to_be_visible(timeout=PATIENCE)
    visitor.ask(SITE)
    expect(visitor.markers.first).to_be_visible()
    visitor.nothing_went_wrong()
    tab.goto(f"{guarded}/logout")
    tab.get_by_role("button").click()
    expect(tab.get_by_role("status")).to_have_text(SERVING_WORDS["kk"].signed_out)
    tab.goto(guarded)
    expect(tab.locator("#username")).to_be_visible()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_door_speaks_three_languages_without_a_script(
    chromium: Browser, guarded: str, language: str
) -> None:
    words = SERVING_WORDS[language]  # type: ignore[index]
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 700}
    )
    tab = context.new_page()
    tab.goto(guarded)
    tab.locator(f"nav a[lang={language}]").click()
    expect(tab.locator("h2")).to_have_text(words.sign_in)
    expect(tab.get_by_label(words.password)).to_be_visible()
    sign_in(tab, "wrong password")
    expect(tab.get_by_role("alert")).to_have_text(words.wrong)
    expect(tab.get_by_role("button")).to_have_text(words.enter)
    Visitor(tab, guarded).shoot(f"login-{language}")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_can_be_read_in_light_and_dark(
    chromium: Browser, guarded: str, scheme: str
) -> None:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    visitor = Visitor(tab, guarded)
    tab.goto(guarded)
    ground, ink = (
        tab.evaluate(f"getComputedStyle(document.body)['{name}']")
        for name in ("background-color", "color")
    )
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ground, ink)]
    assert abs(light[0] - light[1]) > 450
    assert (light[0] > light[1]) == (scheme == "light")
    visitor.shoot(f"login-{scheme}")
    visitor.nothing_went_wrong()
    context.close()


def test_another_site_cannot_frame_the_page(chromium: Browser, page_address: str) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    tab.route("http://elsewhere.localhost/", lambda route: route.fulfill(
        content_type="text/html", body=f'<iframe src="{page_address}/"></iframe>'
    ))  # fmt: skip
    with tab.expect_event("framenavigated", lambda frame: frame.parent_frame is not None) as framed:
        tab.goto("http://elsewhere.localhost/")
    assert framed.value.url.startswith("chrome-error:")
    context.close()


def test_the_page_breaks_none_of_its_own_rules(tab: Page, page_address: str) -> None:
    """What the policy forbids would be reported to the page as an event."""
    tab.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation',"
        " (event) => window.broken.push(event.violatedDirective + ' ' + event.blockedURI));"
    )
    visitor = Visitor(tab, page_address)
    visitor.arrive()
    visitor.ask(SITE)
    visitor.open_marker()
    visitor.switch_to("ru")
    tab.locator("#theme button").click()
    assert tab.evaluate("window.broken") == []
    visitor.nothing_went_wrong()
