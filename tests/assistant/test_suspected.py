from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.conflicts import conflict_for
from assistant.disagreements import find_disagreements
from assistant.evidence import Evidence
from assistant.questions import Asked
from assistant.suspected import SURE, with_suspected
from sources import ConflictSide, KnownConflict, Span, Work, open_work
from tests.assistant.small import nothing_found

QUESTION = "Поезд қай жылы келді?"


@pytest.fixture
def bare() -> Work:
    """The work of the library as if nobody had read it for conflicts."""
    return replace(open_work("multivector"), conflicts=())


def test_a_scan_is_kept_and_told_again(bare: Work, tmp_path: Path) -> None:
    found = with_suspected(bare, tmp_path).suspected
    sure = find_disagreements(bare, SURE)
    assert len(found) == len(sure) > 5
    (kept,) = (tmp_path / "suspected").iterdir()
    assert with_suspected(bare, tmp_path).suspected == found
    kept.write_text("[]", encoding="utf-8")
    assert with_suspected(bare, tmp_path).suspected == ()  # it is read, not scanned again
    kept.write_text("{", encoding="utf-8")
    assert with_suspected(bare, tmp_path).suspected == found  # a damaged one is made anew


def test_the_sides_of_a_suspicion_stand_in_the_text(bare: Work, tmp_path: Path) -> None:
    for suspected in with_suspected(bare, tmp_path).suspected:
        assert len(suspected.sides) >= 2
        for side in suspected.sides:
            assert side.span.start <= side.value.start < side.value.end <= side.span.end


def test_what_is_known_is_not_suspected_as_well(bare: Work, tmp_path: Path) -> None:
    whole = with_suspected(bare, tmp_path).suspected
    known = open_work("multivector")
    left = with_suspected(known, tmp_path).suspected
    assert known.conflicts
    assert set(left) < set(whole)


@pytest.fixture
def two_years(tmp_path: Path) -> Work:
    path = tmp_path / "town.txt"
    path.write_text(
        "1. ТАРАУ\n\n1.1 Бөлім\n\nПоезд қалаға 1936 жылы келді. Ұшақ кеш ұшты.\n\n"
        "1.2 Бөлім\n\nҚалаға поезд 1938 жылы келген. Бақ гүлдеді.\n",
        encoding="utf-8",
    )
    work = open_work(path)
    sides = []
    for value in ("1936 жылы", "1938 жылы"):
        at = work.text.index(value)
        (sentence,) = [one for one in work.sentences if one.start <= at < one.end]
        sides.append(
            ConflictSide(Span(sentence.start, sentence.end), Span(at, at + len(value)), None)
        )
    return replace(work, suspected=(KnownConflict("suspected", (("kk", "поезд"),), tuple(sides)),))


def ordered(work: Work, *words: str) -> list[Evidence]:
    """Evidence: the sentences with some words, in that order."""
    places = [
        next(at for at, one in enumerate(work.sentences) if word in work.text[one.start : one.end])
        for word in words
    ]
    return [Evidence(at, -float(rank), 0.8, 1.0, 0) for rank, at in enumerate(places)]


def test_a_suspicion_is_told_where_both_sides_are_found(two_years: Work) -> None:
    search = nothing_found(QUESTION)
    asked = Asked(QUESTION, "kk", "date", None)
    both = ordered(two_years, "1936", "Ұшақ", "1938")
    conflict = conflict_for(two_years, search, both, asked)
    assert conflict
    said = [two_years.document.quote(side.value) for side in conflict.sides]
    assert said == ["1936 жылы", "1938 жылы"]


def test_a_suspicion_is_not_told_where_one_side_or_none_is_best(two_years: Work) -> None:
    search = nothing_found(QUESTION)
    asked = Asked(QUESTION, "kk", "date", None)
    for words in (("1936", "Ұшақ"), ("Ұшақ", "1936", "1938")):
        assert conflict_for(two_years, search, ordered(two_years, *words), asked) is None
    statement = Asked("Поезд туралы айтыңыз", "kk", "statement", None)
    both = ordered(two_years, "1936", "1938")
    assert conflict_for(two_years, search, both, statement) is None
