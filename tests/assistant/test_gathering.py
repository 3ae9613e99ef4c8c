from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant import Concordance, Gathered, gather
from sources import Span, Work, open_work


@pytest.fixture(scope="module")
def concordance(work: Work) -> Concordance:
    return Concordance(work)


def words_of(work: Work, gathered: Gathered) -> set[str]:
    """The different words that were matched, as they stand."""
    return {" ".join(work.document.quote(match).split()) for match in gathered.matches}


def beginnings(work: Work, gathered: Gathered) -> set[str]:
    return {word.casefold()[:4] for word in words_of(work, gathered)}


@pytest.mark.parametrize(
    ("asked", "has", "has_not"),
    [
        ("Арал", {"Арал", "Аралдың", "Аралды"}, {"аралығында", "аралас", "арал", "аралды"}),
        ("Иран", {"Иран", "Иранға", "Тегеран"}, set()),
        ("Қазақстан", {"Қазақстанның", "қазақстандық", "ҚР"}, {"қазақ", "Қазақ"}),
        ("ЕО", {"ЕО", "Еуропалық Одақпен", "Еуроодақ"}, {"Еуропа", "еуропалық", "ес", "еске"}),
        ("Еуропа", {"Еуропадағы", "еуропалық"}, {"Еуропалық Одақ", "Еуроодақ"}),
        ("Уолт", {"Стивен Уолттың", "Уальтс"}, set()),
        ("саясат", {"саясаттағы", "саясатының", "саясатымен"}, {"саяси", "саясаттану"}),
        ("халық", {"халқының", "халықтардың"}, {"халықаралық"}),
        ("бас", {"бас", "басында"}, {"басқа", "басты", "басым"}),
        ("одақ", {"одағы", "Одағымен", "одақ"}, {"одан"}),
    ],
)
def test_forms_are_found_and_other_words_are_not(
    work: Work, concordance: Concordance, asked: str, has: set[str], has_not: set[str]
) -> None:
    found = words_of(work, concordance.gather(asked))
    assert has <= found
    assert not has_not & found


@pytest.mark.parametrize("asked", ["БҰҰ", "ООН", "UN", "Біріккен Ұлттар Ұйымы", "біріккен ұлттар"])
def test_a_name_is_known_in_every_language(
    work: Work, concordance: Concordance, asked: str
) -> None:
    gathered = concordance.gather(asked)
    if asked == "біріккен ұлттар":  # half a name is only words
        assert words_of(work, gathered) >= {"Біріккен Ұлттар"}
    else:
        assert gathered.term == "БҰҰ"
        assert words_of(work, gathered) >= {"БҰҰ", "Біріккен Ұлттар Ұйымына"}


@pytest.mark.parametrize("asked", ["казакстан", "Kazakhstan", "Казахстана", "ҚАЗАҚСТАНДЫ"])
def test_careless_and_foreign_spellings_find_the_same(concordance: Concordance, asked: str) -> None:
    assert concordance.gather(asked).places == concordance.gather("Қазақстан").places


def test_latin_look_alikes_in_the_text_are_found(work: Work, concordance: Concordance) -> None:
    assert "Xалық" in words_of(work, concordance.gather("халық"))  # its first letter is Latin
    assert "cыртқы" in words_of(work, concordance.find("сыртқы"))  # likewise


def test_words_without_kazakh_letters_are_mended_and_that_is_told(
    concordance: Concordance,
) -> None:
    found = concordance.find("уйымдардын")
    assert found.mended
    assert found.asked == "уйымдардын"
    assert found.term == "ұйымдардың"
    assert found.places
    assert not concordance.find("ұйымдардың").mended


def test_quotation_marks_ask_for_the_very_words(work: Work, concordance: Concordance) -> None:
    for asked in ("«орта держава»", '"орта держава"', "“орта держава”"):
        exact = concordance.find(asked)
        assert {word.lower() for word in words_of(work, exact)} == {"орта держава"}
    assert len(exact.matches) < len(concordance.find("орта держава").matches)


def test_gathering_wants_words_together_and_finding_does_not(
    work: Work, concordance: Concordance
) -> None:
    together = concordance.gather("мәдени ынтымақтастық")
    anywhere = concordance.find("мәдени ынтымақтастық")
    assert all(len(word.split()) == 2 for word in words_of(work, together))
    assert {place.start for place in together.places} < {place.start for place in anywhere.places}


def test_several_names_must_all_be_mentioned(work: Work, concordance: Concordance) -> None:
    both = {place.start for place in concordance.gather("Ресей Қытай").places}
    assert both == {place.start for place in concordance.gather("Ресей").places} & {
        place.start for place in concordance.gather("Қытай").places
    }


def test_headings_and_captions_are_found_but_say_nothing(
    work: Work, concordance: Concordance
) -> None:
    found = concordance.find("саясатының қалыптасу кезеңдері")
    headings = [place for place in found.places if not place.said]
    assert any(place.start == work.outline.section("2.1").start for place in headings)
    assert all(place.said for place in concordance.gather("саясат").places)


def test_places_stand_in_the_order_of_the_text_and_hold_their_matches(
    work: Work, concordance: Concordance
) -> None:
    gathered = concordance.find("Қытай")
    starts = [place.start for place in gathered.places]
    assert starts == sorted(set(starts))
    for place in gathered.places:
        assert place.matches
        edges = [edge for match in place.matches for edge in (match.start, match.end)]
        assert edges == sorted(edges)
        assert place.start <= edges[0]
        assert edges[-1] <= place.end
        assert work.outline.block_at(place.start).section == place.section
    grouped = [place for _, places in gathered.by_section() for place in places]
    assert grouped == list(gathered.places)


def test_rows_of_tables_are_places(work: Work, concordance: Concordance) -> None:
    rows = {(row.start, row.end) for table in work.outline.tables for row in table.rows}
    assert rows & {(place.start, place.end) for place in concordance.gather("ДСҰ").places}


@pytest.mark.parametrize("asked", ["", "   ", "«»", "…", "zzzz", "Байден"])
def test_what_is_not_there_is_not_found(concordance: Concordance, asked: str) -> None:
    gathered = concordance.gather(asked)
    assert gathered.places == ()
    assert gathered.spellings == ()
    assert gathered.asked == asked.strip()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
@example("саясат \u00ad")
def test_anything_can_be_typed(concordance: Concordance, typed: str) -> None:
    for gathered in (concordance.find(typed), concordance.gather(typed)):
        assert all(place.matches for place in gathered.places)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_word_of_the_text_finds_itself(
    work: Work, concordance: Concordance, data: st.DataObject
) -> None:
    sentence = data.draw(st.sampled_from(work.sentences))
    words = [
        word for word in work.document.quote(Span(sentence.start, sentence.end)).split()
        if word.isalpha() and not word.isupper()
    ]  # fmt: skip
    if words:
        word = data.draw(st.sampled_from(words))
        places = concordance.find(f"«{word}»").places
        assert sentence.start in {place.start for place in places}


def test_a_work_in_russian_is_searched_by_its_own_endings(tmp_path: Path) -> None:
    text = tmp_path / "work.txt"
    text.write_text("Сравним две державы. Держава одна. Державник не нужен.\n", encoding="utf-8")
    work = open_work(text)
    assert words_of(work, gather(work, "державой")) == {"державы", "Держава"}
