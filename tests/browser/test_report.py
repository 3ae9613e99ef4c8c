"""The page of an evaluation run as a reader meets it: a file, opened in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from evals.page import report_page
from evals.records import Record
from sources import Span, open_work
from tests.evals.cases import TEXT, answer, case
from tests.evals.records import CASES, answered, run_of, searched

PHONE = {"width": 390, "height": 844}
LONG = "қанағаттандырылмағандықтарыңыздан" * 6
HARD = case(
    "long",
    question=f"{LONG}?",
    answer=LONG,
    note=LONG,
    slip=LONG,
    evidence=(("Ол 1991 жылы құрылды.",), ("Ол 2015 жылы ДСҰ-ға кірді.",)),
)
Open = Callable[..., Page]


def a_record() -> Record:
    """One right answer, one in Russian, one invented, and one of endless words and half cited."""
    *outcomes, last = answered(*CASES, HARD).outcomes
    last = replace(last, asked=LONG, answer=answer(f"**{LONG}** [1]"))
    return Record("default", (*outcomes, last))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of made-up questions, as a file."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "small.txt").write_text(TEXT, encoding="utf-8")
    run = run_of(a_record(), searched(found=Span(0, 21)))
    path = folder / "report.html"
    path.write_text(report_page(run, open_work(folder / "small.txt")), encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium: Browser, report: Path) -> Iterator[Open]:
    """Opens the report; keyword arguments are those of Playwright's `new_context`."""
    contexts = []
    requests: list[str] = []
    complaints: list[str] = []

    def open_report(at: str = "", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(report.as_uri() + at)
        return page

    yield open_report
    for context in contexts:
        context.close()
    # A page that is left needs nothing but its own file, and has nothing to complain of.
    assert {url.split("#")[0] for url in requests} == {report.as_uri()}
    assert complaints == []


def question(page: Page, name: str) -> Locator:
    """The details of a question."""
    return page.locator("details.q", has=page.locator(f"#q-{name}"))


def open_all(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_never_wider_than_the_window(opened: Open, width: int, script: bool) -> None:
    page = opened(viewport={"width": width, "height": 844}, java_script_enabled=script)
    assert overflow(page) <= 0
    open_all(page)
    expect(page.locator("#q-long")).to_be_visible()
    assert overflow(page) <= 0


def test_a_table_scrolls_in_its_box_and_by_keyboard(opened: Open) -> None:
    page = opened(viewport=PHONE)
    box = page.locator(".wide[aria-labelledby=in-kind]")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    # The name of the row stays while its figures pass.
    edges = box.evaluate(
        "box => [box, box.querySelector('tbody th')].map(one => one.getBoundingClientRect().left)"
    )
    assert edges[1] - edges[0] < 2


def test_a_link_opens_its_question_by_keyboard(opened: Open) -> None:
    page = opened()
    link = page.locator("a[href='#q-c']")
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    expect(page.locator("#q-c")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#q-c")).to_be_visible()
    expect(question(page, "c").locator("summary")).to_be_focused()
    expect(question(page, "c").locator("summary")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#q-c")).to_be_hidden()
    # The address names the question already; the link still leads there.
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#q-c")).to_be_visible()
    expect(question(page, "c").locator("summary")).to_be_focused()


def test_an_address_leads_to_a_question(opened: Open) -> None:
    page = opened("#q-c")
    expect(page.locator("#q-c")).to_be_visible()
    expect(question(page, "c").locator("summary")).to_be_focused()
    expect(question(page, "c").locator("summary")).to_be_in_viewport(ratio=1)
    assert page.locator("details[open]").count() == 1


@pytest.mark.parametrize(
    ("name", "choice", "left", "said"),
    [
        ("Mistake", "invented", ["c"], "1 of 4 questions"),
        ("Mistake", "none", ["a", "b"], "2 of 4 questions"),
        ("Kind", "unanswerable", ["c"], "1 of 4 questions"),
        ("Language", "Russian", ["b"], "1 of 4 questions"),
        ("Language", "any", ["a", "b", "c", "long"], "4 questions"),
    ],
)
def test_a_choice_leaves_the_questions_that_fit(
    opened: Open, name: str, choice: str, left: list[str], said: str
) -> None:
    page = opened()
    expect(page.get_by_role("status")).to_have_text("4 questions")
    page.get_by_role("combobox", name=name).select_option(label=choice)
    expect(page.get_by_role("status")).to_have_text(said)
    shown = page.locator("details.q:visible summary > .soft")
    assert shown.all_inner_texts() == left


def test_choices_narrow_each_other_and_a_link_takes_them_back(opened: Open) -> None:
    page = opened()
    page.get_by_role("combobox", name="Language").select_option(label="Russian")
    page.get_by_role("combobox", name="Kind").select_option(label="unanswerable")
    expect(page.get_by_role("status")).to_have_text("0 of 4 questions")
    page.locator("a[href='#q-c']").click()
    expect(page.locator("#q-c")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("4 questions")
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("")


def test_all_is_readable_without_script(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator("#controls")).to_be_hidden()
    for part in ("Figures", "Systems side by side", "By kind", "Curves", "Mistakes", "Questions"):
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    expect(page.locator("svg polyline")).to_have_count(2)
    expect(page.locator("details.q:visible")).to_have_count(4)
    question(page, "a").locator("summary").click()
    expect(page.locator("#q-a mark").first).to_be_visible()
    # The browser itself opens what a link leads into.
    page.locator("a[href='#q-c']").press("Enter")
    expect(page.locator("#q-c")).to_be_visible()
    expect(question(page, "c").locator("summary")).to_be_in_viewport(ratio=1)


def test_paper_is_white_and_shows_what_was_opened(opened: Open) -> None:
    page = opened(color_scheme="dark", viewport={"width": 680, "height": 900})
    question(page, "a").locator("summary").click()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("#q-a")).to_be_visible()
    expect(page.locator("#q-b")).to_be_hidden()
    for useless in ("#controls", "nav"):
        expect(page.locator(useless)).to_be_hidden()
    cut = page.locator(".wide").evaluate_all(
        "all => all.filter(box => box.scrollWidth > document.documentElement.clientWidth).length"
    )
    assert cut == 0
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(opened: Open, scheme: str) -> None:
    page = opened(color_scheme=scheme)
    open_all(page)
    weak = page.evaluate(_WEAK)
    assert weak == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")


def test_letters_of_the_curves_are_readable_on_a_phone(opened: Open) -> None:
    page = opened(viewport=PHONE)
    heights = page.locator("svg text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 12


_WEAK = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parse(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (parse(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() &&
      [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => {
      const style = getComputedStyle(one);
      const pair = [light(one.closest("svg") ? style.fill : style.color), light(ground(one))];
      const [low, high] = pair.sort((a, b) => a - b);
      return [one.tagName + "." + one.getAttribute("class"), (high + 0.05) / (low + 0.05)];
    })
    .filter(([, ratio]) => ratio < 4.5);
}"""
"""Words whose contrast with what is behind them is below WCAG's 4.5 to 1: where, and how much."""
