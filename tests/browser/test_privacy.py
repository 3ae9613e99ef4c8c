from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant import Assistant
from tests.browser.conftest import Visit
from tests.browser.questions import FOLLOW_UP, MEMBER, SITE
from ui.wording import WORDS


def fetch(address: str, body: dict[str, Any] | None = None) -> str:
    """What the server answers; a body makes it a POST."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(response.read().decode())


def call(address: str, question: str) -> tuple[str, Any]:
    """Ask over the endpoint as a program would: event and data of the result."""
    begun = json.loads(fetch(f"{address}/gradio_api/call/ask", {"data": [question, None]}))
    lines = fetch(f"{address}/gradio_api/call/ask/{begun['event_id']}").splitlines()
    event = lines[0].removeprefix("event: ")
    return event, json.loads(lines[1].removeprefix("data: "))


def test_visitors_do_not_see_each_other(visit: Visit) -> None:
    one, other = visit(), visit()
    one.ask(SITE)
    expect(other.replies).to_have_count(0)
    other.ask(FOLLOW_UP)
    assert SITE not in other.text()
    expect(other.reply.locator(".understood")).to_have_count(0)
    expect(one.replies).to_have_count(1)


def test_two_tabs_of_one_browser_are_two_conversations(visit: Visit) -> None:
    one = visit()
    one.ask(SITE)
    tab = visit(context=one.page.context)
    expect(tab.replies).to_have_count(0)


def test_a_whole_visit_speaks_to_this_machine_only(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(MEMBER)
    visitor.open_marker()
    visitor.switch_to("en")
    visitor.page.locator("#theme button").click()
    expect(visitor.page.locator("#send")).to_have_text(WORDS["en"].send)
    assert len(visitor.requests) > 10
    visitor.nothing_went_wrong()


def test_programs_get_the_answer_as_json(page_address: str, assistant: Assistant) -> None:
    event, data = call(page_address, MEMBER)
    assert event == "complete"
    given, expected = data[0], json.loads(assistant.ask(MEMBER).as_json())
    given.pop("seconds")
    expected.pop("seconds")
    assert given == expected


def test_a_program_is_told_why_its_question_is_not_taken(page_address: str) -> None:
    event, data = call(page_address, "ә" * 2001)
    assert event == "error"
    assert "2000" in str(data)


def test_four_things_are_offered_to_programs_and_no_more(page_address: str) -> None:
    offered = json.loads(fetch(f"{page_address}/gradio_api/info"))
    assert sorted(offered["named_endpoints"]) == ["/ask", "/conflicts", "/read", "/search"]
    assert offered["unnamed_endpoints"] == {}


def test_nobody_watches_the_calls_of_others(page_address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{page_address}/monitoring")
    assert refused.value.code == 403
    refused.value.close()
