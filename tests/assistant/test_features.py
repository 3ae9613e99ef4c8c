from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.features import FEATURES, PASSAGES, Candidate, asked_alike, candidates
from assistant.questions import Asked, kind_of, table_named
from assistant.replies import Language
from index import Hidden, Search
from index.search import Searcher
from sources import Span, Work, WrittenQuestion
from tests.assistant.small import nothing_found, searcher_of, sentence_with, small_work

QUESTIONS = (
    "Қазақстан қашан тәуелсіздік алды?",
    "Өзеннің ұзындығы қанша?",
    "Хеджирлеу дегеніміз не?",
    "Негізгі бағыттар қандай?",
    "1-кестеде не бар?",
    "Неге?",
    "хоккей",
)
WRITTEN = (
    ("Мемлекет еркіндікке қай жылы жетті?", "Қазақстан 1991 жылы тәуелсіздік алды."),
    ("Су қанша шақырымға созылады?", "Өзеннің ұзындығы 1 782 км."),
    (
        "Кім порт береді, кім жол салады?",
        "Ресей теңіз порттарын ұсынады. Қытай теміржол салады.",
    ),
)


def with_questions(work: Work) -> Work:
    written = []
    for question, answer in WRITTEN:
        start = work.text.index(answer)
        written.append(WrittenQuestion(question, "kk", Span(start, start + len(answer))))
    return replace(work, questions=tuple(written))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("features")
    return searcher_of(with_questions(small_work(folder)), folder)


def found(
    searcher: Searcher, question: str, language: Language = "kk"
) -> tuple[Search, list[Candidate]]:
    asked = Asked(question, language, kind_of(question), table_named(question))
    search = searcher.search(question, language, table=asked.table, lists=asked.kind == "list")
    return search, candidates(searcher.work, search, asked)


def feature(searcher: Searcher, question: str, name: str, language: Language = "kk") -> list[float]:
    """One feature of every candidate, in their order."""
    _, told = found(searcher, question, language)
    return [one.features[FEATURES.index(name)] for one in told]


def of(searcher: Searcher, question: str, words: str, name: str) -> float:
    """One feature of the sentence with some words."""
    sentence = sentence_with(searcher.work, words)
    _, told = found(searcher, question)
    (one,) = [one for one in told if one.sentence == sentence]
    return one.features[FEATURES.index(name)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_sentence_of_the_best_passages_is_a_candidate_once(
    searcher: Searcher, question: str
) -> None:
    search, told = found(searcher, question)
    best = search.hits[:PASSAGES]
    assert [one.sentence for one in told] == [
        sentence for hit in best for sentence in hit.passage.sentences
    ]
    for one in told:
        assert one.sentence in searcher.work.passages[one.passage].sentences
        assert one.cosine == search.sentences.get(one.sentence)
        assert 0 <= one.coverage <= 1 + 1e-9


@pytest.mark.parametrize("question", QUESTIONS)
def test_features_are_plain_numbers_of_about_the_size_of_one(
    searcher: Searcher, question: str
) -> None:
    _, told = found(searcher, question)
    for one in told:
        assert len(one.features) == len(FEATURES)
        assert all(math.isfinite(number) for number in one.features)
        # A cosine of letters may be far from those of the model that the scale was made for.
        named = dict(zip(FEATURES, one.features, strict=True))
        del named["passage_cosine"], named["passage_sentence"]
        assert max(map(abs, named.values())) < 10, named


def test_what_is_near_in_meaning_and_in_words_says_so(searcher: Searcher) -> None:
    said = "Өзеннің ұзындығы 1 782 км."
    _, told = found(searcher, said)
    place = sentence_with(searcher.work, said)
    for name in ("cosine", "words", "coverage"):
        numbers = {one.sentence: one.features[FEATURES.index(name)] for one in told}
        assert max(numbers, key=lambda at: numbers[at]) == place
    assert of(searcher, said, said, "words") == pytest.approx(1)
    assert of(searcher, said, said, "coverage") == pytest.approx(1)


def test_the_passages_place_in_the_search_is_told(searcher: Searcher) -> None:
    search, told = found(searcher, QUESTIONS[0])
    by_passage = {hit.ordinal: hit for hit in search.hits}
    for one in told:
        named = dict(zip(FEATURES, one.features, strict=True))
        hit = by_passage[one.passage]
        assert named["first"] == 1 / hit.rank
        assert named["passage"] == hit.score - search.hits[0].score <= 0


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("Қазақстан қашан тәуелсіздік алды?", "value", "1991 жылы"),
        ("Өзеннің ұзындығы қанша?", "value", "1 782 км"),
        ("Хеджирлеу дегеніміз не?", "definition", "Хеджирлеу дегеніміз"),
        ("Келісімге неге қол қойды?", "reason", "себебі өңірде"),
        ("Келісімге кім қол қойды?", "person", "Қ.К. Тоқаев"),
        ("Негізгі бағыттары қандай?", "list", "сауда;"),
    ],
)
def test_a_sentence_with_what_is_asked_for_shows_it_to_that_question_only(
    searcher: Searcher, question: str, name: str, words: str
) -> None:
    assert of(searcher, question, words, name) == 1
    assert of(searcher, question, "Мұндай саясат", name) == 0
    assert of(searcher, "Су туралы айтыңыз", words, name) == 0


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("item", "көлік.", "Қытай теміржол"),
        ("row", "1-кезең", "Қытай теміржол"),
        ("leans", "Бұл оқиға", "Қазақстан 1991"),
        ("short", "Қытай теміржол салады.", "Хеджирлеу дегеніміз"),
    ],
)
def test_how_a_sentence_stands_is_told_whatever_is_asked(
    searcher: Searcher, name: str, yes: str, no: str
) -> None:
    assert of(searcher, "Не болды?", yes, name) == 1
    assert of(searcher, "Не болды?", no, name) == 0


def test_a_row_is_no_sign_against_itself_where_a_table_is_asked_for(searcher: Searcher) -> None:
    assert of(searcher, "1-кестеде не бар?", "1-кезең", "row") == 0


def test_the_place_in_the_paragraph_goes_from_0_to_1_and_the_last_has_none_next(
    searcher: Searcher,
) -> None:
    question = "Өзеннің ұзындығы қанша?"
    search, told = found(searcher, question)
    numbers = {one.sentence: dict(zip(FEATURES, one.features, strict=True)) for one in told}
    for hit in search.hits:
        sentences = hit.passage.sentences
        places = [numbers[at]["place"] for at in sentences]
        assert places == sorted(places)
        assert (places[0], places[-1]) == ((0, 1) if len(sentences) > 1 else (0.5, 0.5))
        for one, after in pairwise(sentences):
            assert numbers[one]["next"] == numbers[after]["cosine"]
        assert numbers[sentences[-1]]["next"] == 0


def test_a_longer_sentence_is_longer_in_the_features_too(searcher: Searcher) -> None:
    long = of(searcher, "Не болды?", "Хеджирлеу дегеніміз", "length")
    assert long > of(searcher, "Не болды?", "Қытай теміржол", "length")


@pytest.mark.parametrize(("question", "language"), [("Қытай не салады?", "kk"), ("China?", "en")])
def test_a_sentence_that_names_what_the_question_names_has_its_share(
    searcher: Searcher, question: str, language: Language
) -> None:
    _, told = found(searcher, question, language)
    china = sentence_with(searcher.work, "Қытай теміржол")
    named = {one.sentence: one.features[FEATURES.index("named")] for one in told}
    assert named[china] == 1
    assert sum(named.values()) == 1


def test_half_of_what_is_named_is_half_the_share_and_the_works_own_state_is_none(
    searcher: Searcher,
) -> None:
    assert of(searcher, "Ресей мен Қытай не істейді?", "Қытай теміржол", "named") == 0.5
    assert set(feature(searcher, "Қазақстан не істеді?", "named")) == {0}


def test_sentences_that_answer_a_question_like_it_stand_out(searcher: Searcher) -> None:
    work = searcher.work
    for question, answer in WRITTEN:
        search, _ = found(searcher, question)
        alike = asked_alike(work, search)
        answering = {sentence_with(work, part) for part in answer.split(". ")}
        assert answering <= alike.keys()
        assert {at for at in alike if alike[at] == max(alike.values())} == answering
        assert max(feature(searcher, question, "asked_alike")) == max(alike.values()) > 0


def test_only_sentences_that_somebody_asked_for_are_alike(searcher: Searcher) -> None:
    search, told = found(searcher, "Келісімге кім қол қойды?")
    asked_for = {
        at for one in searcher.work.questions for at in searcher.work.sentences_in(one.answer)
    }
    assert asked_alike(searcher.work, search).keys() == asked_for
    for one in told:
        if one.sentence not in asked_for:
            assert one.features[FEATURES.index("asked_alike")] == 0


def test_a_hidden_question_makes_nothing_alike(searcher: Searcher) -> None:
    question, answer = WRITTEN[0]
    hidden = Hidden(frozenset((0,)))
    search = searcher.search(question, "kk", hidden=hidden)
    alike = asked_alike(searcher.work, search)
    assert sentence_with(searcher.work, answer) not in alike
    all_hidden = Hidden(frozenset(range(len(WRITTEN))))
    assert asked_alike(searcher.work, searcher.search(question, "kk", hidden=all_hidden)) == {}


def test_without_questions_written_ahead_none_is_alike(tmp_path: Path) -> None:
    bare = searcher_of(small_work(tmp_path), tmp_path)
    search, _ = found(bare, QUESTIONS[0])
    assert asked_alike(bare.work, search) == {}
    assert set(feature(bare, QUESTIONS[0], "asked_alike")) == {0}


def test_nothing_found_has_no_candidates(searcher: Searcher) -> None:
    asked = Asked("Не болды?", "kk", "statement", None)
    assert candidates(searcher.work, nothing_found("Не болды?"), asked) == []
