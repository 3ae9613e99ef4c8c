from __future__ import annotations

import pytest
from hypothesis import example, given

from sources import Span, Work, fold, search_form
from tests.sources.made_up import MANY, letters

HARD = (
    "İ",
    "İя i̇я",
    "R я Rя",
    "K",  # the Kelvin sign
    "и\u0306h",
    "тә\u00adh\u00ad\u0308",
    "ΑΣ ας",
    "—\u0308 \u0308a",
    "J̌A",
    "\u1100\u1161\u11a8",
    "аʼh",
)


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_fold_once(text: str) -> None:
    assert search_form(search_form(text)) == search_form(text) == fold(text).text


@MANY
@given(letters)
@example("".join(HARD))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = search_form(text)
    assert search_form(once) == once


@MANY
@given(letters)
@example(" ".join(HARD))
def test_both_ways_of_folding_agree(text: str) -> None:
    assert fold(text).text == search_form(text)


def test_both_ways_agree_on_all_of_the_work(work: Work) -> None:
    folded = fold(work.text)
    assert folded.text == search_form(work.text)
    for block in work.outline.blocks[::5]:
        stretch = work.text[block.start : block.end]
        assert fold(stretch).text == search_form(stretch)
        assert search_form(search_form(stretch)) == search_form(stretch)


def words_lead_back(text: str) -> None:
    """Any stretch of whole folded words came from a raw range that folds to it."""
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    begins = [0, *(at + 1 for at, letter in enumerate(folded.text) if letter == " ")]
    ends = [*(begin - 1 for begin in begins[1:]), len(folded.text)]
    for first, begin in enumerate(begins):
        for end in ends[first : first + 3]:
            if begin < end:
                raw = folded.raw(begin, end)
                assert fold(text[raw.start : raw.end]).text == folded.text[begin:end]


@MANY
@given(letters)
@example("x " + " ".join(HARD))
def test_whole_words_lead_back_to_where_they_stand(text: str) -> None:
    words_lead_back(text)


@MANY
@given(letters)
def test_the_way_back_goes_forward_only(text: str) -> None:
    folded = fold(text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


def test_words_of_the_work_lead_back(work: Work) -> None:
    for passage in work.passages[::40]:
        words_lead_back(work.text[passage.start : passage.end])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("жəне", "жәнe"),  # Latin schwa, Latin e
        ("КСCС", "КССС"),
        ("Xалық", "Халық"),
        ("Қытaй", "қытай"),
        ("Rәсім", "rәсім"),
        ("XXI", "ХХІ"),
        ("xxi", "ХХІ"),
        ("II", "ІІ"),
        ("орта\u00a0держава", "орта  держава"),
        ("сая\u00adсат", "саясат"),
        ("сая\u00adсаттың\u00ad", "саясаттың"),
        ("и\u0306од", "йод"),
        ("И\u0306ОД", "йод"),
        ("İСТАНБУЛ", "істанбул"),
        ("İstanbul", "Istanbul"),
        ("«Бір белдеу — бір жол»", '"Бір белдеу - бір жол"'),
        ("9–14", "9-14"),
        (" \t бір\r\nекі ", "бір екі"),
        ("the", "THE"),
    ],
)
def test_equal_when_searching(one: str, other: str) -> None:
    assert search_form(one) == search_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ғ", "г"), ("қ", "к"), ("ұ", "ү"), ("й", "и"), ("BRICS", "ВRІСЅ"), ("үш", "уш")],
)
def test_different_when_searching(one: str, other: str) -> None:
    assert search_form(one) != search_form(other)


def test_latin_words_stay_latin() -> None:
    assert search_form("Bandwagoning Hanks") == "bandwagoning hanks"


def test_the_way_back_spans_marks_spaces_and_soft_hyphens() -> None:
    text = "  И\u0306од\u00a0 \u00adтә\u00adртіп"
    folded = fold(text)
    assert folded.text == "йод тәртіп"
    assert folded.raw(0, 1) == Span(2, 4)
    assert folded.raw(3, 4) == Span(6, 8)
    assert text[folded.raw(4, 10).start : folded.raw(4, 10).end] == "тә\u00adртіп"


def test_nothing_folds_to_nothing() -> None:
    assert fold(" \u00ad\t").text == search_form(" \u00ad\t") == search_form("") == ""
