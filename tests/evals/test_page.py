from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.curves import latency_curve, risk_curve
from evals.page import report_page
from evals.questions import resolve
from evals.records import Record
from sources import Span, Work, open_work
from tests.evals.cases import TEXT, answer, case, citation
from tests.evals.records import CASES, answered, run_of, searched


@pytest.fixture
def small(tmp_path: Path) -> Work:
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    return open_work(tmp_path / "small.txt")


class _Page(HTMLParser):
    """What a reader gets: words by the tag around them, ids, and addresses outside the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.marked: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self._marks = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._marks += tag == "mark"
        self.ids += [told["id"]] if "id" in told else []
        if tag == "a":
            self.links.append(told["href"])
        self.outside += [told[name] for name in ("src", "action") if name in told]
        self.outside += [told["href"]] if tag == "link" else []

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._marks:
            self.marked.append(data)


def test_the_evidence_is_marked_in_what_was_found(small: Work) -> None:
    page = _Page(report_page(run_of(), small))
    assert "Ол 1991 жылы құрылды." in page.marked
    assert "Ол 2015 жылы ДСҰ-ға кірді." not in page.marked


def test_the_page_needs_nothing_from_anywhere(small: Work) -> None:
    page = report_page(run_of(answered(), searched(found=Span(0, 21))), small)
    assert _Page(page).outside == []
    assert not re.search(r"url\(|@import|https?://", page)


def test_every_question_has_a_place_and_every_link_leads_to_one(small: Work) -> None:
    page = _Page(report_page(run_of(), small))
    assert {f"q-{one.id}" for one in CASES} <= set(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "#q-c" in page.links  # answered though nothing answers it


def test_script_in_a_question_an_answer_or_a_work_is_shown_and_not_run(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> <img src=x onerror=alert(2)>"
    (tmp_path / "evil.txt").write_text(TEXT + evil, encoding="utf-8")
    work = open_work(tmp_path / "evil.txt")
    reply = answer(f"**{evil}** [1]", citations=(replace(citation(0, 21), quote=evil),))
    one = case("a", question=evil, answer=evil, note=evil, evidence=((evil,),))
    (outcome,) = answered(one).outcomes
    shown = replace(
        outcome,
        answer=reply,
        gold=resolve(one, work.text),
        retrieved=(Span(0, len(work.text)),),
    )
    page = report_page(run_of(Record("default", (shown,))), work)
    assert "<img" not in page
    assert page.count("<script") == 1
    assert page.count("&lt;script&gt;") >= 5


def test_a_search_without_answers_is_shown_too(small: Work) -> None:
    page = report_page(run_of(searched(found=Span(22, 48))), small)
    assert "not in the first ten" in page
    assert "The answer" not in page


def test_curves_say_in_words_what_they_show() -> None:
    risk = risk_curve(answered().outcomes)
    assert risk is not None
    assert "answering everything errs in 33.3%" in risk.summary
    waited = latency_curve(answered().outcomes)
    assert waited is not None
    assert waited.summary == "Median 0.100 s, 95th percentile 0.100 s, longest 0.100 s."
    assert risk_curve(searched(found=Span(0, 21)).outcomes) is None
