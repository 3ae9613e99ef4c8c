"""What a person does on the page, and what they see."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

FINISHED = "#chat .reply:is(.answered, .abstained, .fault, .cannot, .stopped)"
PATIENCE = 60_000  # milliseconds; the first question may find a cold machine


class Visitor:
    """One person before one open page.

    Args:
        page: A tab that is still empty.
        address: Of the page.

    Attributes:
        requests: Every address that the browser has asked for.
        complaints: Errors of scripts, and of the console.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def arrive(self) -> None:
        """Open the page and wait until it can be used in the language it remembers."""
        self.page.goto(self.address)
        expect(self.box).to_be_visible(timeout=PATIENCE)
        expect(self.page.locator("#chat .welcome")).to_be_visible(timeout=PATIENCE)
        named = self.page.locator("#language[role=radiogroup]")  # the page's script has run
        expect(named).to_be_visible(timeout=PATIENCE)

    def come_again(self) -> None:
        """Reload; what was still under way is cut off, which the browser may complain of."""
        before = len(self.complaints)
        self.arrive()
        cut = ("AbortError", "Connection errored out", "Failed to fetch")
        after = self.complaints[before:]
        self.complaints[before:] = [one for one in after if not any(sign in one for sign in cut)]

    # What is on the page

    @property
    def box(self) -> Locator:
        return self.page.locator("#box textarea")

    @property
    def replies(self) -> Locator:
        return self.page.locator("#chat .reply")

    @property
    def reply(self) -> Locator:
        """The last reply."""
        return self.replies.last

    @property
    def markers(self) -> Locator:
        """The markers in the last reply."""
        return self.reply.locator("a.marker")

    @property
    def panel(self) -> Locator:
        return self.page.locator("#panel .panel.open")

    @property
    def cited(self) -> Locator:
        return self.page.locator("#panel mark")

    @property
    def banner(self) -> Locator:
        return self.page.locator("#banner [role=alert]")

    # What a person does

    def type(self, question: str) -> None:
        self.box.fill(question)

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, wait until the reply has ended."""
        before = self.page.locator(FINISHED).count()
        self.type(question)
        self.box.press("Enter")
        expect(self.page.locator(FINISHED)).to_have_count(before + 1, timeout=PATIENCE)
        expect(self.page.locator("#send")).to_be_visible()
        return self.reply

    def switch_to(self, language: str) -> None:
        """Use the language switch and wait until the page says that it has changed."""
        self.page.locator(f"#language input[value={language}]").check(force=True)
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    def open_marker(self, index: int = 0) -> Locator:
        self.markers.nth(index).click()
        expect(self.panel).to_be_visible()
        return self.panel

    # What a person sees

    def text(self) -> str:
        """All text that can be seen."""
        return self.page.locator("body").inner_text()

    def labels(self) -> list[str]:
        """All that a screen reader is told beside the text."""
        found = self.page.evaluate(
            """() => [...document.querySelectorAll("[aria-label], [title], [placeholder]")]
                .filter((element) => element.checkVisibility())
                .flatMap((element) => ["aria-label", "title", "placeholder"]
                    .map((name) => element.getAttribute(name)).filter(Boolean))"""
        )
        return cast("list[str]", found)

    def is_in_view(self, locator: Locator) -> bool:
        """Whether an element lies wholly in the window and in what its scrolled parents show."""
        return bool(locator.evaluate(_IN_VIEW))

    def focused(self) -> Any:
        """Id, class or tag of what has the keyboard."""
        return self.page.evaluate(
            "(({id, className, tagName}) => id || className || tagName)(document.activeElement)"
        )

    def overflow(self) -> int:
        """How many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def shoot(self, name: str) -> None:
        """Leave a picture for a person to judge, where one is wanted."""
        folder = os.environ.get("DAYEK_TEST_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"))

    def nothing_went_wrong(self) -> None:
        """No script complained, and the browser spoke to the page's own server only."""
        own = (self.address + "/", "data:", f"blob:{self.address}/")
        elsewhere = [url for url in self.requests if not url.startswith(own)]
        assert elsewhere == [], elsewhere
        assert self.complaints == [], self.complaints


_IN_VIEW = """(element) => {
  for (const box of element.getClientRects()) {
    if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth)
      return false;
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (!/auto|scroll|hidden/.test(getComputedStyle(parent).overflowY)) continue;
      const frame = parent.getBoundingClientRect();
      if (box.top < frame.top - 1 || box.bottom > frame.bottom + 1) return false;
    }
  }
  return element.getClientRects().length > 0;
}"""
