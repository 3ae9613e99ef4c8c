"""The evaluation tab as a developer meets it, in a page of its own."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import free_port
from tests.ui.measured import DEV, HOSTILE, LATER, measured
from ui.wording.evaluation import EVALUATION_WORDS

PHONE = {"width": 390, "height": 844}
WAIT = 60_000
Open = Callable[..., Page]


def served(home: Path) -> Generator[str, None, None]:
    """The address of a page that holds a language switch and the tab."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import gradio as gr

        from ui.app import dress
        from ui.parts.evaluation import EvaluationPart
        from ui.parts.frame import Frame
        from ui.wording import LANGUAGES

        part = EvaluationPart(home)
        with gr.Blocks(title="Дәйек", analytics_enabled=False, fill_width=True) as page:
            with gr.Row(elem_id="head"):
                language = gr.Radio(
                    list(LANGUAGES), value="kk", label="Тіл", container=False, elem_id="language"
                )
            visitor = gr.BrowserState("")
            download = gr.HTML("", js_on_load=None)
            part.build("kk")
            part.wire(Frame(page, language, visitor, download))
        looks = dress()
        port = free_port()
        page.launch(
            server_port=port,
            prevent_thread_lock=True,
            theme=looks.theme,
            head=looks.head,
            footer_links=[],
            quiet=True,
        )
        gc.collect()  # event loops that Gradio leaves open complain when they are collected
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(measured(tmp_path_factory.mktemp("measured")))


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens the tab; keyword arguments are those of Playwright's `new_context`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    requests: list[str] = []

    def open_page(*, at: str = address, dark: bool = False, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(at)
        expect(page.locator(".evaluation h2")).to_be_visible(timeout=WAIT)
        if dark:
            page.evaluate("document.body.classList.add('dark')")
        expect(page.locator("[data-ready] .evaluation")).to_be_visible()  # the script has run
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert all(
        url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")) for url in requests
    )


def switch(page: Page, language: str) -> None:
    page.locator(f"#language label:has(input[value={language}])").click()
    words = EVALUATION_WORDS[language]  # type: ignore[index]
    expect(page.locator(".evaluation h2")).to_have_text(words.title)


def compare(page: Page, before: str, after: str) -> None:
    page.locator("select[name=before]").select_option(before)
    page.locator("select[name=after]").select_option(after)
    page.locator("form.comparing button").click()


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical in the tab."""
    found = Axe().run(page, "#evaluation-page").response["violations"]
    return [
        f"{one['id']}: {node['html']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_a_measure_is_chosen_and_stays_chosen_in_another_language(opened: Open) -> None:
    page = opened()
    expect(page.locator("figure:visible svg")).to_have_count(1)
    expect(page.locator("figure[data-measure=mrr_10]")).to_be_visible()
    page.locator("select.measure").select_option("hit_1")
    expect(page.locator("figure[data-measure=hit_1]")).to_be_visible()
    expect(page.locator("figure[data-measure=mrr_10]")).to_be_hidden()
    switch(page, "ru")
    expect(page.locator("figure[data-measure=hit_1]")).to_be_visible()
    expect(page.locator("figure:visible svg")).to_have_count(1)
    page.locator("figure:visible summary").click()
    expect(page.locator("figure:visible tbody tr")).to_have_count(3)


def test_two_runs_are_compared_question_by_question(opened: Open) -> None:
    page = opened()
    compare(page, DEV, LATER)
    words = EVALUATION_WORDS["kk"]
    head = page.get_by_role("heading", name=words.compared)
    expect(head).to_be_visible(timeout=WAIT)
    lost = page.locator("[aria-labelledby=evaluation-got-worse]")
    expect(lost).to_contain_text(HOSTILE)
    expect(page.locator("tr.chance")).not_to_have_count(0)  # three questions prove nothing
    switch(page, "en")
    expect(page.get_by_role("heading", name="Comparison")).to_be_visible()
    assert page.locator("select[name=before]").input_value() == DEV
    assert page.locator("select[name=after]").input_value() == LATER


def test_one_run_is_not_compared_with_itself(opened: Open) -> None:
    page = opened()
    compare(page, DEV, DEV)
    expect(page.locator("#evaluation-compared [role=status]")).to_have_text(
        EVALUATION_WORDS["kk"].same
    )


def test_the_report_opens_in_a_frame_that_cannot_reach_the_page(opened: Open) -> None:
    page = opened()
    button = page.locator("button.report")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    frame = page.frame_locator("#evaluation-report iframe")
    expect(frame.get_by_role("heading", name="Questions", exact=True)).to_be_visible(timeout=WAIT)
    expect(frame.get_by_role("status")).to_have_text("3 questions")  # its script runs
    inside = next(one for one in page.frames if one != page.main_frame)
    assert inside.evaluate("origin") == "null"
    frame.locator("nav a[href^='#']").first.click()
    expect(frame.get_by_role("heading", name="Questions", exact=True)).to_have_count(1)
    expect(button).to_have_text(EVALUATION_WORDS["kk"].hide_report)
    button.click()
    expect(page.locator("#evaluation-report iframe")).to_have_count(0)
    expect(button).to_have_attribute("aria-expanded", "false")


def test_everything_is_reached_by_keyboard(opened: Open) -> None:
    page = opened()
    page.locator("select[name=before]").select_option(LATER)
    page.locator("select[name=after]").focus()
    page.keyboard.press("Tab")
    expect(page.locator("form.comparing button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#evaluation-compared .told, #evaluation-compared h3")).to_have_count(
        1, timeout=WAIT
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_serious_is_in_the_way_of_anyone(opened: Open, language: str, dark: bool) -> None:
    page = opened(dark=dark)
    switch(page, language)
    compare(page, DEV, LATER)
    expect(page.locator("#evaluation-compared h3")).to_be_visible(timeout=WAIT)
    page.locator("figure:visible summary").click()
    assert serious(page) == []
    shoot(page, f"evaluation-{language}-{'dark' if dark else 'light'}")


def test_a_narrow_screen_is_enough(opened: Open) -> None:
    page = opened(viewport=PHONE)
    compare(page, DEV, LATER)
    expect(page.locator("#evaluation-compared h3")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    heights = page.locator("figure:visible svg text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 12
    box = page.locator("[aria-labelledby=evaluation-runs]")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    shoot(page, "evaluation-phone")


def test_an_empty_folder_says_how_to_begin(opened: Open, tmp_path: Path) -> None:
    for address in served(tmp_path):
        page = opened(at=address)
        expect(page.locator(".evaluation code")).to_have_text("dayek eval run")
        assert serious(page) == []
        shoot(page, "evaluation-empty")
        page.close()


def shoot(page: Page, name: str) -> None:
    """Leave a picture for a person to judge, where one is wanted."""
    folder = os.environ.get("DAYEK_TEST_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
