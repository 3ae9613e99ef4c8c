"""The reader as a person meets it, in a page of its own (see `reading_room`)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from assistant import Assistant
from sources import Span, Work
from tests.browser.axe import hindrances
from tests.browser.reading_room import LINK, Student, reading_room

PHONE = {"width": 390, "height": 844}
Enter = Callable[..., Student]


@pytest.fixture(scope="module")
def room(assistant: Assistant) -> Iterator[str]:
    yield from reading_room(assistant)


@pytest.fixture
def enter(chromium: Browser, room: str) -> Iterator[Enter]:
    """Comes to the room with a browser of one's own; keywords are those of `new_context`."""
    contexts: list[BrowserContext] = []
    students: list[Student] = []

    def come(query: str | None = "", **options: object) -> Student:
        options.setdefault("viewport", {"width": 1366, "height": 800})
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        student = Student(context.new_page(), room)
        students.append(student)
        if query is not None:
            student.open(query)
        return student

    yield come
    for student in students:
        student.nothing_went_wrong()
    for context in contexts:
        context.close()


def paragraph(work: Work, section: str, number: int) -> str:
    block = work.outline.paragraph(section, number)
    return work.document.quote(Span(block.start, block.end))


def test_the_work_opens_at_its_beginning_and_is_walked_by_its_outline(
    work: Work, enter: Enter
) -> None:
    student = enter()
    page = student.page
    expect(page.locator("#reading h2")).to_have_text("КІРІСПЕ")
    current = page.locator("#reading-outline [aria-current]")
    expect(current).to_have_text("КІРІСПЕ")
    page.get_by_role("link", name=re.compile("^2.3 ")).click()
    expect(page.locator("#reading h2")).to_contain_text("2.3")
    expect(current).to_contain_text("2.3")
    assert page.url.endswith("?p=2.3")
    numbers = page.locator("#reading .block a.number:not(td *)").all_text_contents()
    blocks = [block for block in work.outline.blocks if block.section == "2.3" and block.number]
    assert numbers == [str(block.number) for block in blocks]
    page.locator("#reading .steps.sections .next").click()
    expect(current).to_contain_text("3 ")
    expect(page.locator("#reading table")).to_have_count(0)


def test_a_permanent_link_opens_highlighted_in_view_and_with_focus(
    work: Work, enter: Enter
) -> None:
    student = enter("?p=2.1.40")
    expect(student.opened).to_have_count(1)
    student.shows_opened(paragraph(work, "2.1", 40))
    student.page.wait_for_function("document.activeElement.matches('mark.opened')")
    assert student.is_in_view(student.opened.first)
    student.shoot("reader-permalink")


def test_a_link_to_some_words_marks_those_words_and_no_others(work: Work, enter: Enter) -> None:
    block = work.outline.paragraph("3.2", 12)
    start, end = block.start + 10, block.start + 75
    student = enter(f"?p=3.2.12&q={start}-{end}")
    student.shows_opened(work.document.quote(Span(start, end)))


def test_a_link_to_a_row_opens_the_table_there(work: Work, enter: Enter) -> None:
    student = enter("?p=t4.3")
    table = work.outline.table(4)
    assert table is not None
    cells = [work.document.quote(Span(cell.start, cell.end)) for cell in table.rows[2].cells]
    assert student.opened.all_text_contents() == cells
    assert student.is_in_view(student.opened.first)
    shown = student.page.locator("#reading table")
    expect(shown.locator("thead th")).to_have_count(len(table.header.cells) + 1)
    expect(shown.locator("tbody tr")).to_have_count(len(table.rows))


@pytest.mark.parametrize(
    "query", ["?p=9.9.9", "?p=2.1.14&q=5-2", "?p=%3Cimg%20src%3Dx%3E", "?p=t99"]
)
def test_a_wrong_link_says_so_kindly(enter: Enter, query: str) -> None:
    student = enter(query)
    expect(student.page.get_by_role("alert")).to_contain_text("Мұндай жер табылмады")
    expect(student.opened).to_have_count(0)
    expect(student.page.locator("#reading img")).to_have_count(0)
    expect(student.page.locator("#reading h2")).to_have_text("КІРІСПЕ")


def test_a_link_in_the_chat_opens_the_place_and_back_leads_to_the_chat(
    work: Work, enter: Enter
) -> None:
    student = enter(None)
    student.arrive()
    student.page.locator("#chat a").click()
    expect(student.opened).to_have_count(1)
    student.shows_opened(paragraph(work, "2.1", 14))
    assert student.page.url.endswith(LINK)
    student.page.locator("#reading .steps.sections .next").click()
    expect(student.page.locator("#reading h2")).to_contain_text("2.2")
    student.page.go_back()
    expect(student.opened).to_have_count(1)
    student.page.go_back()
    expect(student.page.locator("#chat a")).to_be_visible()
    assert "?" not in student.page.url


def test_search_finds_forms_lists_them_and_walks_through_them(work: Work, enter: Enter) -> None:
    student = enter()
    said = student.find("еуропалық одақ")
    expect(said).to_contain_text(re.compile(r"Табылған жер: \d+, сәйкестік: \d+"))
    expect(said).to_contain_text("ЕО, Еуропалық Одақ")
    expect(student.places.first.locator("mark")).not_to_have_count(0)
    student.search.press("ArrowDown")
    student.page.keyboard.press("ArrowDown")
    second = student.places.nth(1)
    expect(second).to_be_focused()
    address = second.locator(".address").text_content()
    student.page.keyboard.press("Enter")
    expect(student.opened).to_have_count(1)
    assert student.opened.get_attribute("class") == "hit opened"
    position = student.page.locator("#reading .steps.hits span")
    expect(position).to_contain_text(re.compile(r"\b2 / \d+"))
    assert address is not None
    section = student.page.locator("#reading article").get_attribute("data-section")
    assert address.startswith({"intro": "кіріспе"}.get(str(section), str(section)))
    student.page.locator("#reading .steps.hits .next").click()
    expect(position).to_contain_text(re.compile(r"\b3 / \d+"))
    student.page.locator("#reading .steps.hits .previous").click()
    expect(position).to_contain_text(re.compile(r"\b2 / \d+"))
    student.search.press("Escape")
    expect(student.places).to_have_count(0)
    expect(student.page.locator("#reading mark.hit")).to_have_count(0)


def test_what_is_not_there_is_said_and_what_was_mended_too(enter: Enter) -> None:
    student = enter()
    expect(student.find("zzzz<b>")).to_have_text("«zzzz<b>» мәтінде кездеспейді.")
    expect(student.find("уйымдардын")).to_contain_text("сондықтан «ұйымдардың» ізделді")


def test_everything_that_is_said_stands_in_one_view_and_is_saved(
    work: Work, enter: Enter, tmp_path: Path
) -> None:
    student = enter()
    student.search.fill("CICA")
    student.page.get_by_role("button", name="Айтылғанның бәрін жинау").click()
    expect(student.page.locator("#reading h2")).to_have_text("«АӨСШК»: жұмыста айтылғанның бәрі")
    student.page.wait_for_function("document.activeElement.matches('#reading h2')")
    student.shoot("reader-everything")
    places = student.page.locator("#reading .places > li")
    counts = student.page.locator("#reading h3 .count").all_text_contents()
    assert sum(map(int, counts)) == places.count() > 10
    with student.page.expect_download() as started:
        student.page.get_by_role("button", name="Жүктеп алу: JSON").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert work.document.sha256 in json.dumps(told)
    places.first.locator("a").click()
    expect(student.opened).not_to_have_count(0)
    student.page.go_back()
    expect(student.page.locator("#reading h2")).to_have_text("«АӨСШК»: жұмыста айтылғанның бәрі")


def test_conflicts_stand_side_by_side_and_lead_to_their_places(work: Work, enter: Enter) -> None:
    student = enter()
    student.page.get_by_role("link", name="Мәтіндегі қайшылықтар").click()
    heads = student.page.locator("#reading h3")
    expect(heads).to_have_count(2, timeout=60_000)
    expect(heads.first).to_have_text(f"Оқып шыққанда табылғаны: {len(work.conflicts)}")
    sides = student.page.locator("#reading .matters > li").first.locator(".side")
    boxes = [side.bounding_box() for side in sides.all()]
    assert len(boxes) == 2
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]
    quoted = sides.first.locator(".quoted").first.text_content()
    sides.first.locator("a").first.click()
    assert quoted
    student.shows_opened(quoted)


def test_paragraphs_that_answers_cite_say_so_and_citations_are_walked(
    work: Work, enter: Enter
) -> None:
    student = enter(None)
    student.arrive()
    student.page.locator("#cite").click()
    student.page.locator("#chat a").click()
    note = student.page.locator("#reading .cited-in")
    expect(note.locator("a")).to_have_attribute("href", "#cite-0-1")
    assert (
        student.page.locator("#reading .block:has(.cited-in)").get_attribute("data-number") == "15"
    )
    student.page.locator("#reading .steps.citations .next").click()
    first = work.outline.paragraph("2.1", 15).start
    expect(student.opened).not_to_have_count(0)
    expect(student.page).to_have_url(re.compile(f"q={first}-"))
    student.shows_opened(work.document.quote(Span(first, first + 60)))
    student.page.locator("#reading .steps.citations .previous").click()
    expect(student.page.locator("#reading h2")).to_contain_text("1.1")
    assert student.is_in_view(student.opened.first)


def test_a_new_answer_shows_in_the_text_that_is_open_already(enter: Enter) -> None:
    student = enter(LINK)
    expect(student.page.locator("#reading .cited-in")).to_have_count(0)
    student.page.locator("#chat-tab-button").click()
    assert "?" not in student.page.url
    student.page.locator("#cite").click()
    student.page.locator("#reader-tab-button").click()
    expect(student.page.locator("#reading .cited-in")).to_have_count(1)
    expect(student.opened).to_have_count(1)


def test_links_to_paragraphs_and_to_chosen_words_are_copied(work: Work, enter: Enter) -> None:
    student = enter(LINK, permissions=["clipboard-read", "clipboard-write"])
    page = student.page
    page.locator("#reading .block[data-number='3']").hover()
    page.get_by_role("button", name="Сілтемесін көшіру: 2.1-бөлім, 3-абзац").click()
    expect(page.locator("#reading .bar [role=status]")).to_have_text("Сілтеме көшірілді.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{student.address}/?p=2.1.3"
    page.evaluate(
        """() => {
          const words = document.querySelector("#reading .block[data-number='2'] p").firstChild;
          getSelection().setBaseAndExtent(words, 5, words, 25);
        }"""
    )
    page.locator(".copy-selected").click()
    start = work.outline.paragraph("2.1", 2).start + 5
    expected = f"{student.address}/?p={start}-{start + 20}"
    page.wait_for_function(
        "async (link) => (await navigator.clipboard.readText()) === link", arg=expected
    )


def test_the_switch_changes_everything_and_leaves_the_reader_where_it_is(enter: Enter) -> None:
    student = enter("?p=2.1.40")
    student.find("Қытай")
    expect(student.places).not_to_have_count(0)
    for language, outline, position in (
        ("ru", "Содержание", "Раздел: 7 / 14"),
        ("en", "Contents", "Section: 7 / 14"),
        ("kk", "Мазмұны", "Бөлім: 7 / 14"),
    ):
        student.switch_to(language)
        expect(student.page.locator("#reading-outline nav > h2")).to_have_text(outline)
        expect(student.page.locator("#reading .steps.sections span")).to_have_text(position)
        expect(student.search).to_have_value("Қытай")
        expect(student.opened).to_have_count(1)
        assert student.is_in_view(student.opened.first)
        student.shoot(f"reader-{language}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_contents_fold_away_and_nothing_is_too_wide(enter: Enter, scheme: str) -> None:
    student = enter(LINK, viewport=PHONE, has_touch=True, color_scheme=scheme)
    page = student.page
    expect(student.search).to_be_hidden()
    toggle = page.get_by_role("button", name="Мазмұн және іздеу")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    student.find("орта держава")
    expect(student.places).not_to_have_count(0)
    student.shoot(f"reader-phone-{scheme}-search")
    assert student.overflow() <= 0
    student.places.nth(2).click()
    expect(student.search).to_be_hidden()
    expect(page.locator("#reading .steps.hits span")).to_contain_text("3 /")
    assert student.is_in_view(student.opened.first)
    student.shoot(f"reader-phone-{scheme}-hit")
    page.goto(f"{student.address}/?p=t7.2")
    expect(student.opened).not_to_have_count(0)
    assert student.overflow() <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["?p=3.1", "?about=ДСҰ", "?conflicts=all", "?p=9.9.9"])
def test_axe_finds_nothing_grave(enter: Enter, query: str, scheme: str) -> None:
    student = enter(query, color_scheme=scheme)
    student.find("ЕҚЫҰ")
    expect(student.places).not_to_have_count(0)
    if "conflicts" in query:
        expect(student.page.locator("#reading h3")).to_have_count(2, timeout=60_000)
    assert hindrances(student.page, "#reader") == []


def test_print_shows_the_section_and_nothing_else(enter: Enter) -> None:
    student = enter(LINK)
    student.page.emulate_media(media="print")
    for hidden in ("#head", "#reading-side", "#tabs > .tab-wrapper", "#reading .bar"):
        expect(student.page.locator(hidden)).to_be_hidden()
    expect(student.page.locator("#reading h2")).to_be_visible()
    inside = student.page.evaluate(
        """() => [document.querySelector("#reading .body").clientHeight,
                  document.querySelector("#reading .body").scrollHeight]"""
    )
    assert inside[0] == inside[1] > 5000, "the section is cut off at the height of the window"
