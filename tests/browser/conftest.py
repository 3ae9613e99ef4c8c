"""The real page on a free port, and a real Chromium to visit it.

Without Chromium the tests that need it are skipped and say so; where nothing may be skipped (CI, or
DAYEK_TEST_REQUIRE_BROWSER) they fail instead. With DAYEK_TEST_SCREENSHOTS=FOLDER the tests of the
looks leave pictures there for a person to judge.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import warnings
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.moody import Moody
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from assistant import Assistant

# A machine that has other work is no fault of the page: what is waited for comes when it comes.
expect.set_options(timeout=20_000)

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests; and let Gradio warn, its server runs in this process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings("default"))


def free_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served(
    assistant: Assistant, home: Path | None = None, **choices: Any
) -> Generator[str, None, None]:
    """The address of a page over an assistant, until the iterator is closed.

    Conversations are kept in `home`; without one they go with the page. The other choices are
    those of `Serving`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ui.server import serve
        from ui.serving.options import Serving

        port = free_port()
        options = Serving(**{"home": home, "visitor_limit": 0} | choices)
        page = serve(assistant, port=port, options=options, wait=False)
        gc.collect()  # event loops that Gradio leaves open complain when they are collected
    try:
        yield page.address
    finally:
        page.close()


@pytest.fixture(scope="session")
def page_address(assistant: Assistant) -> Iterator[str]:
    """Where the real page over the dissertation is served."""
    yield from served(assistant)


@pytest.fixture(scope="session")
def moody_address(assistant: Assistant) -> Iterator[str]:
    """The same, but some questions are answered slowly, or break the program."""
    yield from served(cast("Assistant", Moody(assistant)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no chromium on this machine; `make browser` installs Debian's"
        if os.environ.get("CI") or os.environ.get("DAYEK_TEST_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, page_address: str) -> Iterator[Visit]:
    """Opens the page as a new visitor with a browser of their own.

    Keyword arguments are those of Playwright's `new_context` (viewport, color_scheme, locale ...);
    `address` names another page, `context` shares the browser of an earlier visitor.
    """
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_page(
        *, address: str = page_address, context: BrowserContext | None = None, **options: object
    ) -> Visitor:
        if context is None:
            options.setdefault("viewport", {"width": 1366, "height": 800})
            options.setdefault("locale", "kk-KZ")
            context = chromium.new_context(**options)  # type: ignore[arg-type]
            contexts.append(context)
        page: Page = context.new_page()
        visitor = Visitor(page, address)
        visitors.append(visitor)
        visitor.arrive()
        return visitor

    yield open_page
    for visitor in visitors:
        visitor.nothing_went_wrong()
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    """One visitor on a wide light screen."""
    return visit()
