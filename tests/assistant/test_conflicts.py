from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conflicts import (
    ALIKE,
    AS_LIKE,
    NEAR_AHEAD,
    NEAR_AHEAD_FOUND,
    SURE_AHEAD,
    SURE_AHEAD_FOUND,
    Conflict,
    conflict_for,
)
from assistant.evidence import Evidence
from assistant.questions import Asked, Kind, kind_of
from assistant.replies import Language
from index import Disputed
from sources import KnownConflict, Work
from tests.assistant.small import nothing_found, sentence_with, small_work


@pytest.fixture
def small(tmp_path: Path) -> Work:
    return small_work(tmp_path)


def told(
    work: Work, question: str, *words: str, kind: Kind = "date", language: Language = "kk"
) -> Conflict | None:
    evidence = [
        Evidence(sentence_with(work, said), 5.0 - place, 0.9, 1.0, 0)
        for place, said in enumerate(words)
    ]
    return conflict_for(
        work, nothing_found(question), evidence, Asked(question, language, kind, None)
    )


def known(work: Work, id: str) -> KnownConflict:
    return next(conflict for conflict in work.conflicts if conflict.id == id)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Қазақстан БҰҰ-ға қашан мүше болды?", "kk"),
        ("Когда Казахстан вступил в ООН?", "ru"),
        ("When did Kazakhstan join the UN?", "en"),
    ],
)
def test_both_dates_of_entry_into_the_un_are_shown(
    question: str, language: Language, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.language, answer.kind, answer.status) == (language, "date", "answered")
    assert answer.conflict
    assert len(answer.citations) == 2
    sides = known(assistant.work, "un-entry").sides
    assert {(one.start, one.end) for one in answer.citations} == {
        (side.span.start, side.span.end) for side in sides
    }
    for side in sides:
        assert f"**{assistant.work.document.quote(side.value)}**" in answer.answer


def test_one_side_is_enough_to_bring_the_others(work: Work) -> None:
    conflict = known(work, "semey-closing")
    for side in conflict.sides:
        question = "Семей полигоны қашан жабылды?"
        at = next(
            n for n, one in enumerate(work.sentences) if one.start <= side.value.start < one.end
        )
        found = conflict_for(
            work,
            nothing_found(question),
            [Evidence(at, 1.0, 0.9, 1.0, 0)],
            Asked(question, "kk", "date", None),
        )
        assert found
        assert len(found.sides) == 2
        assert found.topic("en") == conflict.topic("en")


def test_sides_that_agree_are_told_once_and_in_the_order_of_the_text(work: Work) -> None:
    conflict = known(work, "nato-pfp")
    found = told(
        work,
        "Қазақстан НАТО-ның «Бейбітшілік үшін әріптестік» бағдарламасына қашан қосылды?",
        work.document.quote(conflict.sides[0].value),
    )
    assert found
    starts = [side.span.start for side in found.sides]
    assert starts == sorted(starts)
    assert len(found.sides) == sum(side.same_as is None for side in conflict.sides)


def test_a_question_about_something_else_in_the_same_sentence_shows_no_conflict(
    work: Work,
) -> None:
    side = known(work, "china-border-length").sides[0]
    words = work.document.quote(side.value)
    assert told(work, "Ресей Федерациясы туралы не айтылған?", words, kind="statement") is None


@pytest.mark.parametrize("kind", ["reason", "list", "definition", "comparison", "table"])
def test_who_asks_for_no_single_value_sees_no_conflict(kind: Kind, small: Work) -> None:
    question = "Сауда ұйымына мүшелік"
    assert told(small, question, "2010 жылы", "2015 жылы", kind=kind) is None
    assert told(small, question, "2010 жылы", "2015 жылы", kind="date")


def test_two_sentences_that_differ_only_in_the_year_are_a_conflict(small: Work) -> None:
    found = told(small, "Сауда ұйымына қашан мүше болды?", "2015 жылы", "2010 жылы")
    assert found
    assert [small.document.quote(side.value) for side in found.sides] == ["2010", "2015"]
    assert found.topic("kk") == ""
    for side in found.sides:
        assert side.span.start <= side.value.start < side.value.end <= side.span.end


def test_other_matters_and_equal_years_are_no_conflict(small: Work, tmp_path: Path) -> None:
    assert told(small, "Қашан?", "2015 жылы", "Келісімге Қ.К.") is None
    assert told(small, "Қашан?", "2015 жылы") is None
    assert told(small, "Қашан?") is None
    same = small_work(
        tmp_path,
        "Ел бұл ұйымға 2010 жылы мүше болды.\n\nЕл бұл сауда ұйымына 2010 жылы мүше болды.\n",
    )
    assert told(same, "Қашан?", "бұл ұйымға", "бұл сауда") is None


def test_the_same_subject_in_another_year_is_no_conflict(tmp_path: Path) -> None:
    work = small_work(
        tmp_path,
        "Қазақстан 1991 жылы тәуелсіздік алды.\n\n"
        "Қазақстан 2015 жылы сауда ұйымына мүше болып қабылданды.\n",
    )
    assert told(work, "Қазақстан қашан тәуелсіздік алды?", "1991", "2015") is None


def test_figures_written_in_two_ways_are_equal(tmp_path: Path) -> None:
    work = small_work(
        tmp_path,
        "Шекараның ұзындығы 1700 км болады.\n\nОсы шекараның ұзындығы 1700 шақырым болады.\n",
    )
    question = "Шекараның ұзындығы қанша?"
    assert kind_of(question) == "number"
    assert told(work, question, "1700 км", "1700 шақырым", kind="number") is None


def test_every_known_conflict_names_its_matter_in_three_languages(work: Work) -> None:
    assert work.conflicts
    for conflict in work.conflicts:
        assert all(conflict.topic(language) for language in ("kk", "ru", "en")), conflict.id
        assert sum(side.same_as is None for side in conflict.sides) >= 2, conflict.id


def test_a_question_that_shares_only_a_name_with_a_conflict_does_not_meet_it(
    assistant: Assistant,
) -> None:
    assert assistant.ask("When was the Belt and Road initiative announced?").conflict
    assert not assistant.ask("How many chapters does the Belt and Road memorandum have?").conflict
    assert not assistant.ask("Қазақстан ДСҰ-ға қашан мүше болды?").conflict


def asked_like(
    work: Work,
    *disputed: Disputed,
    first: str = "1991 жылы",
    kind: Kind = "reason",
    question: str = "Неліктен?",
) -> Conflict | None:
    """What a question meets, with these conflicts asked about in like words."""
    search = replace(nothing_found(question), disputed=disputed)
    evidence = [Evidence(sentence_with(work, first), 5.0, 0.9, 1.0, 0)]
    return conflict_for(work, search, evidence, Asked(question, "kk", kind, None))


def test_a_question_in_like_words_meets_the_conflict_whatever_it_asks_for(work: Work) -> None:
    id = "semey-closing"
    far_ahead = Disputed(id, ALIKE, SURE_AHEAD)
    found = asked_like(work, far_ahead)
    assert found
    assert found.sure
    assert found.topic("ru") == known(work, id).topic("ru")
    assert asked_like(work, replace(far_ahead, likeness=ALIKE - 0.01)) is None


def test_where_the_best_sentence_is_a_side_less_is_needed(work: Work) -> None:
    id = "semey-closing"
    side = work.document.quote(known(work, id).sides[0].span)[:60]
    for ahead, sure in ((SURE_AHEAD_FOUND, True), (NEAR_AHEAD_FOUND, False)):
        found = asked_like(work, Disputed(id, ALIKE, ahead), first=side)
        assert found
        assert found.sure is sure
    assert asked_like(work, Disputed(id, ALIKE, NEAR_AHEAD_FOUND - 0.01), first=side) is None


def test_a_question_that_only_comes_near_is_not_said_to_be_about_the_conflict(work: Work) -> None:
    near = Disputed("un-entry", ALIKE, NEAR_AHEAD)
    question = "Қазақстан БҰҰ-ға неліктен мүше болды?"
    found = asked_like(work, near, question=question)
    assert found
    assert not found.sure
    assert asked_like(work, replace(near, ahead=NEAR_AHEAD - 0.01), question=question) is None


def test_a_question_that_does_not_name_what_the_matter_is_about_is_not_near(work: Work) -> None:
    near = Disputed("un-entry", ALIKE, NEAR_AHEAD)
    assert asked_like(work, near, question="Қазақстан ДСҰ-ға неліктен мүше болды?") is None
    year = "Қазақстан БҰҰ-ға қашан мүше болды?"
    assert asked_like(work, near, question=year, kind="date")
    assert asked_like(work, near, question=year, kind="number") is None


def test_of_two_that_are_as_like_the_one_found_is_meant(work: Work) -> None:
    first = Disputed("un-entry", 0.6, 0.2)
    other = Disputed("semey-closing", first.likeness - AS_LIKE, 0.2 - AS_LIKE)
    side = work.document.quote(known(work, other.conflict).sides[0].span)[:60]
    found = asked_like(work, first, other, first=side)
    assert found
    assert found.topic("en") == known(work, other.conflict).topic("en")
    elsewhere = asked_like(work, first, other)
    assert elsewhere
    assert elsewhere.topic("en") == known(work, first.conflict).topic("en")


@pytest.mark.parametrize(
    ("question", "disputed", "sure"),
    [
        ("Қазақстан БҰҰ-ға қашан мүше болды?", Disputed("un-entry", 0.1, -0.3), True),
        ("Қазақстан БҰҰ-ға қай кезде өтті?", Disputed("un-entry", 0.1, -0.3), False),
        ("Қазақстан БҰҰ-ға қай кезде өтті?", Disputed("un-entry", ALIKE, 0.0), True),
        ("Қазақстан БҰҰ-ға қай кезде өтті?", Disputed("unsc-seat", 0.3, 0.1), False),
    ],
)
def test_few_words_of_a_topic_are_only_near_when_other_matters_are_asked_in_liker_words(
    question: str, disputed: Disputed, sure: bool, work: Work
) -> None:
    side = known(work, "un-entry").sides[0]
    evidence = [Evidence(sentence_with(work, work.document.quote(side.value)), 5.0, 0.9, 1.0, 0)]
    search = replace(nothing_found(question), disputed=(disputed,))
    found = conflict_for(work, search, evidence, Asked(question, "kk", "date", None))
    assert found
    assert found.sure is sure
    assert found.topic("kk") == known(work, "un-entry").topic("kk")
