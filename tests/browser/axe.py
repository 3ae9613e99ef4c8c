"""Asks axe-core whether people with assistive technology can use what the browser shows.

axe-core comes with the package axe-playwright-python; nothing is fetched.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


def hindrances(page: Page, within: str | None = None) -> list[str]:
    """The serious and critical findings, one line each; empty when there are none.

    Args:
        page: What is shown now.
        within: A selector of the part that is looked at; None for the whole page.
    """
    # axe measures colours, and colours that fade in are not there yet.
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    results: dict[str, Any] = Axe().run(page, context=within).response
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['html'][:300]}"
        for found in results["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]
