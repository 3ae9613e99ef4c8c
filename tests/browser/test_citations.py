from __future__ import annotations

from playwright.sync_api import expect

from assistant import Answer, Assistant
from tests.browser.conftest import Visit
from tests.browser.questions import MEMBER, UNANSWERED
from tests.browser.visitor import Visitor
from ui.wording import WORDS

KK = WORDS["kk"]


def shows(visitor: Visitor, assistant: Assistant, answer: Answer, marker: int) -> None:
    """The panel shows exactly that citation, in view, under its address."""
    citation = answer.citations[marker - 1]
    around = assistant.surroundings(citation.start, citation.end, "kk")
    expect(visitor.panel.locator(".which")).to_contain_text(f"{marker} / {len(answer.citations)}")
    assert visitor.cited.evaluate("e => e.textContent") == citation.quote
    body = visitor.panel.locator(".body").evaluate("e => e.textContent")
    assert body == around.before + around.quote + around.after
    assert visitor.panel.locator("h2").inner_text().casefold() == around.address.casefold()
    assert visitor.is_in_view(visitor.cited)


def test_a_marker_opens_the_passage_with_the_cited_words(
    visitor: Visitor, assistant: Assistant
) -> None:
    answer = assistant.ask(MEMBER)
    visitor.ask(MEMBER)
    for index in range(visitor.markers.count()):
        marker = visitor.markers.nth(index)
        number = int(str(marker.get_attribute("href")).rsplit("-", 1)[1])
        marker.click()
        shows(visitor, assistant, answer, number)
    visitor.shoot("kk-citation")


def test_pointing_at_a_marker_shows_its_quotation_and_address(
    visitor: Visitor, assistant: Assistant
) -> None:
    answer = assistant.ask(MEMBER)
    visitor.ask(MEMBER)
    card = visitor.page.locator("#hover-card")
    for marker in visitor.markers.all():
        number = int(str(marker.get_attribute("href")).rsplit("-", 1)[1])
        citation = answer.citations[number - 1]
        visitor.page.mouse.move(0, 0)
        expect(card).to_be_hidden()
        marker.hover()
        expect(card).to_be_visible()
        expect(marker).to_have_attribute("aria-describedby", "hover-card")
        address = assistant.surroundings(citation.start, citation.end, "kk").address
        expect(card.locator("strong")).to_have_text(address)
        shown = card.locator(".quoted").inner_text().rstrip(" …")
        assert " ".join(citation.quote.split()).startswith(" ".join(shown.split()))
    visitor.shoot("kk-hover")
    card.hover()
    visitor.page.wait_for_timeout(500)
    expect(card).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    visitor.box.focus()
    visitor.page.keyboard.press("Shift+Tab")
    visitor.page.mouse.move(0, 0)
    expect(card).to_be_hidden()


def test_the_keyboard_shows_the_quotation_too(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    visitor.page.keyboard.press("Tab")
    visitor.markers.first.focus()
    expect(visitor.page.locator("#hover-card")).to_be_visible()
    visitor.box.focus()
    expect(visitor.page.locator("#hover-card")).to_be_hidden()


def test_neighbours_are_one_press_away(visitor: Visitor, assistant: Assistant) -> None:
    answer = assistant.ask(MEMBER)
    assert len(answer.citations) >= 2, "this question is asked because it has several citations"
    visitor.ask(MEMBER)
    visitor.open_marker()
    shows(visitor, assistant, answer, 1)
    previous = visitor.panel.get_by_role("button", name=KK.previous)
    following = visitor.panel.get_by_role("button", name=KK.next)
    expect(previous).to_be_disabled()
    following.click()
    shows(visitor, assistant, answer, 2)
    previous.click()
    shows(visitor, assistant, answer, 1)


def test_everything_works_from_the_keyboard(visitor: Visitor, assistant: Assistant) -> None:
    answer = assistant.ask(MEMBER)
    visitor.ask(MEMBER)
    page = visitor.page
    page.locator("#language input[value=kk]").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if "marker" in visitor.focused():
            break
    assert "marker" in visitor.focused(), "Tab never reached a marker"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(visitor.panel).to_be_visible()
    shows(visitor, assistant, answer, 1)
    assert visitor.focused() == "panel-address"
    visitor.shoot("kk-keyboard")
    page.keyboard.press("Escape")
    expect(visitor.panel).to_have_count(0)
    assert "marker" in visitor.focused()
    page.keyboard.press("Enter")
    expect(visitor.panel).to_be_visible()
    close = visitor.panel.get_by_role("button", name=KK.close)
    close.focus()
    page.keyboard.press("Enter")
    expect(visitor.panel).to_have_count(0)
    assert "marker" in visitor.focused()


def test_the_list_of_citations_opens_the_same_places(
    visitor: Visitor, assistant: Assistant
) -> None:
    answer = assistant.ask(MEMBER)
    visitor.ask(MEMBER).locator("summary").click()
    visitor.reply.locator("details a.place").last.click()
    expect(visitor.panel).to_be_visible()
    shows(visitor, assistant, answer, len(answer.citations))


def test_the_nearest_passages_of_an_abstention_open_too(
    visitor: Visitor, assistant: Assistant
) -> None:
    nearest = assistant.ask(UNANSWERED).retrieved[:3]
    visitor.ask(UNANSWERED)
    for place, passage in zip(visitor.reply.locator("a.place").all(), nearest, strict=True):
        place.click()
        expect(visitor.panel.locator(".which")).to_contain_text(f"{passage.rank} / 3")
        shown = visitor.cited.evaluate("e => e.textContent")
        assert shown == assistant.work.text[passage.start : passage.end]
        top = visitor.panel.locator(".body").bounding_box()
        mark = visitor.cited.bounding_box()
        assert top is not None
        assert mark is not None
        assert top["y"] - 1 <= mark["y"] <= top["y"] + top["height"] / 2
    visitor.shoot("kk-nearest")


def test_a_place_of_another_answer_does_not_open(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    visitor.open_marker()
    visitor.page.evaluate(
        """() => {
          const link = document.querySelector("#chat a.marker");
          link.setAttribute("href", "#cite-7-1");
          link.click();
        }"""
    )
    expect(visitor.panel).to_have_count(0)
