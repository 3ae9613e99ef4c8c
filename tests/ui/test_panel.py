from __future__ import annotations

from dataclasses import replace
from html import unescape

from tests.ui.samples import KK, abstained, answered, citation, look
from ui.chat import Exchange, Talk
from ui.panel import panel_markup
from ui.places import Opened, find
from ui.wording import WORDS


def opened(name: str) -> Opened:
    given = answered("[1] [2] [3]", *(citation(n, start=100 * n) for n in (1, 2, 3)))
    silent = abstained()
    talk = Talk(
        (
            Exchange("с", "answered", "с", given.answer, given),
            Exchange("т", "answered", "т", silent.answer, silent),
        )
    )
    found = find(talk, name)
    assert found is not None
    return found


def test_the_mark_holds_the_quotation_and_nothing_else() -> None:
    shown = panel_markup(opened("cite-0-2"), KK)
    around = look(200, 200 + len(citation().quote))
    assert f'{around.before}<mark id="cited">{around.quote}</mark>{around.after}' in shown
    assert around.address in shown
    assert "Дәйексөз 2 / 3" in shown


def test_the_text_is_escaped_and_otherwise_untouched() -> None:
    raw = "\t\t<b>а</b>\n  б & «в»"
    view = replace(KK, look=lambda start, end: replace(look(start, end), quote=raw))
    shown = panel_markup(opened("cite-0-1"), view)
    quoted = shown.split('<mark id="cited">')[1].split("</mark>")[0]
    assert "<" not in quoted
    assert unescape(quoted) == raw


def test_first_and_last_have_no_neighbour_beyond() -> None:
    first, middle, last = (panel_markup(opened(f"cite-0-{n}"), KK) for n in (1, 2, 3))
    assert first.count("disabled") == last.count("disabled") == 1
    assert "disabled" not in middle
    assert 'class="previous" data-target="cite-0-1"' in middle
    assert 'class="next" data-target="cite-0-3"' in middle


def test_references_of_the_author_are_shown_and_not_resolved() -> None:
    found = opened("cite-0-1")
    quoting = replace(citation(), references=("57", "9–14"))
    shown = panel_markup(replace(found, place=quoting), KK)
    assert "[57], [9–14]" in shown
    assert "әдебиеттер тізімі бұл мәтінде жоқ" in shown
    assert "әдебиеттер" not in panel_markup(found, KK)


def test_a_nearest_passage_is_not_called_a_citation() -> None:
    shown = panel_markup(opened("near-1-2"), KK)
    assert "Жақын үзінді 2 / 3" in shown
    assert WORDS["kk"].exact not in shown


def test_an_empty_panel_says_how_to_open_one() -> None:
    shown = panel_markup(None, replace(KK, words=WORDS["ru"]))
    assert WORDS["ru"].panel_hint in shown
    assert "<mark" not in shown
