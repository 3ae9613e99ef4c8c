from __future__ import annotations

import re
from html import unescape

import pytest

from assistant import Concordance, Language, find_disagreements
from sources import Work
from tests.ui.reading.shown import Shown
from ui.contradictions import not_known, read_by_hand, scanned
from ui.reading.conflicts import conflicts_markup
from ui.reading.found import everything_markup, found_markup
from ui.reading.links import spot, understood
from ui.reading.view import ReadingView


@pytest.fixture(scope="module")
def concordance(work: Work) -> Concordance:
    return Concordance(work)


def test_results_open_at_the_first_match(work: Work, concordance: Concordance) -> None:
    found = concordance.find("ЕҚЫҰ")
    shown = Shown(found_markup(ReadingView(work, "ru"), found))
    spans = []
    for link in shown.links:
        request = understood(link)
        assert request.place is not None
        spans.append(spot(work, request.place, request.span).span)
    assert spans == [place.matches[0] for place in found.places]
    assert shown.marked["hit"].startswith(work.document.quote(found.matches[0]))


def test_long_lists_are_shown_in_parts(work: Work, concordance: Concordance) -> None:
    view = ReadingView(work, "kk")
    found = concordance.find("Қазақстан")
    first = found_markup(view, found, 100)
    assert len(Shown(first).links) == 100
    more = re.search('class="more" value="(\\d+)"', first)
    assert more is not None
    assert len(Shown(found_markup(view, found, int(more[1]))).links) == 200
    page = everything_markup(view, concordance.gather("Қазақстан"), 250)
    assert page.count("<li><a") == 250
    assert Shown(page).links[-1] == "?about=" + "%D2%9A" + Shown(page).links[-1].split("%D2%9A")[1]
    assert understood(Shown(page).links[-1]).shown == 500


def test_counts_by_section_add_up(work: Work, concordance: Concordance) -> None:
    gathered = concordance.gather("Ресей")
    page = everything_markup(ReadingView(work, "en"), gathered, 10_000)
    told = [int(count) for count in re.findall(r'class="count">(\d+)</span></h3>', page)]
    assert sum(told) == len(gathered.places)
    assert len(told) == len(gathered.by_section())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_found_is_said_and_offers_no_file(
    work: Work, concordance: Concordance, language: Language
) -> None:
    view = ReadingView(work, language)
    nothing = concordance.gather("<b>zzz</b>")
    page = everything_markup(view, nothing)
    assert "<b>" not in page + found_markup(view, nothing)
    assert "zzz" in page
    assert 'class="save"' not in page
    assert found_markup(view, None) == '<div class="found" role="status"></div>'


def test_conflicts_quote_the_text_and_lead_to_it(work: Work) -> None:
    page = conflicts_markup(ReadingView(work, "kk"), find_disagreements(work))
    shown = Shown(page)
    for conflict in work.conflicts:
        for side in conflict.sides:
            assert work.document.quote(side.span) in re.sub(r"<[^>]+>", "", unescape(page))
            assert any(
                link.endswith(f"q={side.span.start}-{side.span.end}") for link in shown.links
            )


def test_a_known_conflict_is_not_told_twice(work: Work) -> None:
    disagreements = find_disagreements(work)
    found, known = scanned(work, disagreements, "kk"), read_by_hand(work, "kk")
    left = not_known(found, known)
    assert 0 < len(left) < len(found)
    assert not_known(found, ()) == found
    page = conflicts_markup(ReadingView(work, "kk"), disagreements)
    assert page.count("<h4 ") == len(known) + len(left)


def test_a_scan_that_has_not_ended_says_so(work: Work) -> None:
    page = conflicts_markup(ReadingView(work, "en"), None)
    assert "Comparing the dates and figures" in page
    assert "These are only hints" not in page
