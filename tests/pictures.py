"""The pictures of the README, taken of the real page, so that they stay true: `make pictures`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from assistant import Settings, assemble
from tests.browser.conftest import free_port
from ui.server import serve
from ui.serving.options import Serving

FOLDER = Path(__file__).parents[1] / "ui" / "pictures"
WIDE: ViewportSize = {"width": 1366, "height": 800}
PATIENCE = 60_000

CONFLICT = "Қазақстан БҰҰ-ға қашан мүше болды?"


def main() -> int:
    """Take all three; exit status 2 where there is no chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("No chromium on this machine; `make browser` installs Debian's.", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    assistant = assemble(Settings.from_environment())
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        served = serve(assistant, port=free_port(), options=Serving(home=Path(home)), wait=False)
        try:
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(viewport=WIDE, locale="kk-KZ")
            page.goto(served.address)
            _take_all(page)
            chromium.close()
        finally:
            served.close()
    return 0


def _take_all(page: Page) -> None:
    _ask(page, CONFLICT)
    page.locator("#chat a.marker").first.click()
    expect(page.locator("#panel mark")).to_be_visible()
    _take(page, "chat")
    page.locator("#chat button.act[name=check]").last.click()
    expect(page.locator("#desk-sheet .statement").first).to_be_visible(timeout=PATIENCE)
    page.locator("#desk-sheet .judge.supported").first.click()
    expect(page.locator("#desk-sheet [aria-pressed=true]").first).to_be_visible()
    _take(page, "desk")
    page.locator("#chat-tab-button").click()
    page.locator("#panel .onward a").click()
    expect(page.locator("#reading mark.opened")).to_be_visible(timeout=PATIENCE)
    _take(page, "reader")


def _ask(page: Page, question: str) -> None:
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#offers .offer").first).to_be_visible(timeout=PATIENCE)


def _take(page: Page, name: str) -> None:
    """A picture with few colours: a tenth of the bytes, and no eye sees the difference."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    file = FOLDER / f"{name}.png"
    page.screenshot(path=str(file))
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(128).save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
