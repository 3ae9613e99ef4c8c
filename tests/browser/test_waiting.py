"""More questions than the page takes at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import served
from tests.browser.moody import SLOW, Moody
from tests.browser.questions import SITE
from tests.browser.visitor import PATIENCE, Visitor
from ui.wording import WORDS

if TYPE_CHECKING:
    from assistant import Assistant

FULL = "This application is currently busy. Please try again."


@pytest.fixture(scope="module")
def narrow(assistant: Assistant) -> Iterator[str]:
    """The address of a page with a short line: two are answered, one may wait."""
    yield from served(cast("Assistant", Moody(assistant)), at_once=2, waiting=1)


def test_who_finds_the_line_full_is_told_so_and_nobody_else_is_disturbed(
    chromium: Browser, narrow: str
) -> None:
    # Each a browser of their own: one browser keeps six connections to a server at most.
    contexts = [chromium.new_context(locale="kk-KZ") for _ in range(4)]
    crowd = [Visitor(context.new_page(), narrow) for context in contexts]
    for visitor in crowd:
        visitor.arrive()
        visitor.type(f"{SITE} {SLOW}")
    for visitor in crowd[:3]:
        visitor.box.press("Enter")
        visitor.page.wait_for_timeout(200)  # so that they stand in this order
    crowd[3].box.press("Enter")
    toast = crowd[3].page.locator(".toast-message-text")
    expect(toast).to_have_text(WORDS["kk"].built_in[FULL], timeout=PATIENCE)
    for visitor in crowd[:3]:
        expect(visitor.reply).to_have_class(re.compile("answered"), timeout=PATIENCE)
    for context in contexts:
        context.close()
