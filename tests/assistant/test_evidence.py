from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.evidence import (
    ENOUGH,
    PERSON_KNOWN,
    SIGNS,
    Evidence,
    confidence,
    reranked,
    signs,
    weigh,
)
from assistant.features import FEATURES, candidates
from assistant.questions import Asked, kind_of, table_named
from assistant.replies import Language
from assistant.weights import weights_of
from index import ABLATIONS, Embedder, Search, build_index, open_index
from index.search import Searcher
from tests.assistant.small import nothing_found, searcher_of, sentence_with, small_work

OFF_TOPIC: Sequence[tuple[str, Language]] = (
    ("Бешбармақты қалай пісіреді?", "kk"),
    ("Как приготовить борщ со свёклой?", "ru"),
    ("How do I bake a chocolate cake with strawberries?", "en"),
)
PLAIN: Sequence[tuple[str, Language]] = (
    ("Қазақстан қашан тәуелсіздік алды?", "kk"),
    ("Когда Казахстан получил независимость?", "ru"),
    ("When did Kazakhstan become independent?", "en"),
)

Found = tuple[Search, tuple[Evidence, ...]]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("evidence")
    return searcher_of(small_work(folder), folder)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, bundled_embedder: Embedder) -> Searcher:
    """The same small work searched with the model for which the weights were learned."""
    folder: Path = tmp_path_factory.mktemp("real")
    work = small_work(folder)
    build_index(work, bundled_embedder, folder)
    return Searcher(work, bundled_embedder, open_index(work, bundled_embedder, folder))


@pytest.fixture(scope="module")
def found(searcher: Searcher) -> Found:
    """A search with its evidence."""
    return searched(searcher, "Қазақстан қашан тәуелсіздік алды?")


def asked(question: str, language: Language = "kk") -> Asked:
    return Asked(question, language, kind_of(question), table_named(question))


def searched(searcher: Searcher, question: str, language: Language = "kk") -> Found:
    search = searcher.search(question, language, table=table_named(question))
    return search, weigh(searcher.work, search, asked(question, language))


def sure(searcher: Searcher, question: str, language: Language = "kk") -> float:
    search, evidence = searched(searcher, question, language)
    return confidence(searcher.work, search, evidence, asked(question, language))


def best(searcher: Searcher, question: str) -> str:
    work = searcher.work
    sentence = work.sentences[searched(searcher, question)[1][0].sentence]
    return work.text[sentence.start : sentence.end]


def test_the_sentence_that_says_it_comes_first(searcher: Searcher, real: Searcher) -> None:
    for search in (searcher, real):
        assert "тәуелсіздік алды" in best(search, "Қазақстан қашан тәуелсіздік алды?")
        assert "1 782" in best(search, "Өзеннің ұзындығы қанша?")
        assert "дегеніміз" in best(search, "Хеджирлеу дегеніміз не?")


@pytest.mark.parametrize(("question", "language"), [*PLAIN, *OFF_TOPIC])
def test_each_sentence_of_the_best_passages_is_weighed_once(
    searcher: Searcher, question: str, language: Language
) -> None:
    search, weighed = searched(searcher, question, language)
    told = [found.sentence for found in weighed]
    assert sorted(told) == sorted(
        sentence for hit in search.hits for sentence in hit.passage.sentences
    )
    scores = [found.score for found in weighed]
    assert scores == sorted(scores, reverse=True)
    for found in weighed:
        assert found.sentence in searcher.work.passages[found.passage].sentences
        assert found.cosine == search.sentences.get(found.sentence)
        assert 0 <= found.coverage <= 1 + 1e-9


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_score_is_what_was_learned(searcher: Searcher, language: Language) -> None:
    question = "Қытай теміржол"
    search, weighed = searched(searcher, question, language)
    linear = weights_of("evidence", FEATURES)
    by_hand = {
        one.sentence: linear.score(one.features)
        for one in candidates(searcher.work, search, asked(question, language))
    }
    assert {found.sentence: found.score for found in weighed} == pytest.approx(by_hand)


def test_coverage_counts_other_spellings_of_a_name(searcher: Searcher) -> None:
    question = "Kazakhstan, China"
    search = searcher.search(question, "en")
    weighed = weigh(searcher.work, search, Asked(question, "en", "statement", None))
    china = sentence_with(searcher.work, "Қытай теміржол")
    kazakhstan = sentence_with(searcher.work, "тәуелсіздік алды")
    neither = sentence_with(searcher.work, "Өзеннің ұзындығы")
    coverage = {found.sentence: found.coverage for found in weighed}
    assert coverage[china] > 0
    assert coverage[kazakhstan] > 0
    assert coverage[neither] == 0


@given(st.data())
def test_reranking_keeps_all_passages_and_numbers_them_anew(
    found: Found, data: st.DataObject
) -> None:
    search, weighed = found
    scores = st.floats(-20, 20)
    evidence = [
        Evidence(one.sentence, data.draw(scores), one.cosine, one.coverage, one.passage)
        for one in data.draw(st.lists(st.sampled_from(weighed), unique=True))
    ]
    again = reranked(search, evidence)
    assert [hit.rank for hit in again.hits] == list(range(1, len(search.hits) + 1))
    assert [hit.score for hit in again.hits] == sorted(
        (hit.score for hit in again.hits), reverse=True
    )
    before = {hit.ordinal: hit for hit in search.hits}
    assert {hit.ordinal for hit in again.hits} == before.keys()
    for hit in again.hits:
        was = before[hit.ordinal]
        assert (hit.passage, hit.scores, hit.repeats) == (was.passage, was.scores, was.repeats)
    assert (again.question, again.sentences, again.words, again.known) == (
        search.question,
        search.sentences,
        search.words,
        search.known,
    )


def test_a_passage_rises_by_its_best_sentence_not_by_their_number(found: Found) -> None:
    search, _ = found
    last = search.hits[-1]
    (sentence, *_) = last.passage.sentences
    told = [Evidence(sentence, 100.0, None, 0.0, last.ordinal)]
    assert reranked(search, told).hits[0].ordinal == last.ordinal
    worse = [*told, Evidence(sentence, -100.0, None, 0.0, last.ordinal)]
    assert reranked(search, worse) == reranked(search, told) == reranked(search, worse[::-1])


def test_a_passage_without_evidence_falls_behind_one_with_some(found: Found) -> None:
    search, _ = found
    second = search.hits[1]
    told = [Evidence(second.passage.sentences[0], 10.0, None, 0.0, second.ordinal)]
    first, *rest = reranked(search, told).hits
    assert first.ordinal == second.ordinal
    assert [hit.ordinal for hit in rest] == [
        hit.ordinal for hit in search.hits if hit.ordinal != second.ordinal
    ]


def test_evidence_that_says_nothing_leaves_the_order_as_it_is(found: Found) -> None:
    search, _ = found
    assert [hit.ordinal for hit in reranked(search, ()).hits] == [
        hit.ordinal for hit in search.hits
    ]
    nothing = nothing_found("Не болды?")
    assert reranked(nothing, ()) == nothing


def test_without_evidence_there_is_no_confidence(searcher: Searcher) -> None:
    nothing: Search = nothing_found("Не болды?")
    assert weigh(searcher.work, nothing, asked("Не болды?")) == ()
    assert confidence(searcher.work, nothing, (), asked("Не болды?")) == 0.0


@pytest.mark.parametrize(("question", "language"), [*PLAIN, *OFF_TOPIC, ("Неге?", "kk")])
def test_signs_are_numbers_one_for_each_name(
    real: Searcher, question: str, language: Language
) -> None:
    search, evidence = searched(real, question, language)
    told = signs(real.work, search, evidence, asked(question, language))
    assert len(told) == len(SIGNS) == len(set(SIGNS))
    assert all(math.isfinite(number) for number in told)
    assert 0 <= sure(real, question, language) <= 1


@pytest.mark.parametrize("at", range(3))
def test_an_off_topic_question_is_less_sure_than_a_plain_one(real: Searcher, at: int) -> None:
    assert sure(real, *OFF_TOPIC[at]) < sure(real, *PLAIN[at])


def test_a_table_of_the_work_answers_a_question_that_names_it(searcher: Searcher) -> None:
    assert sure(searcher, "1-кестеде не бар?") > ENOUGH


def test_a_person_whom_the_best_sentence_names_is_known(real: Searcher) -> None:
    question = "Тоқаев кім?"
    assert "Тоқаев" in best(real, question)
    assert sure(real, question) >= PERSON_KNOWN


def test_an_answer_tells_of_its_passages_in_the_new_order(real: Searcher) -> None:
    def told(searcher: Searcher, question: str) -> list[int]:
        answer = Assistant(real.work, searcher, "index").ask(question)
        assert [one.rank for one in answer.retrieved] == list(range(1, len(answer.retrieved) + 1))
        return [one.start for one in answer.retrieved]

    as_found = real.following(ABLATIONS["no-reranking"])
    moved = 0
    for question in ("Қытай мен Ресей не істейді?", "Су неге тапшы?", PLAIN[0][0], OFF_TOPIC[0][0]):
        search, evidence = searched(real, question)
        before = [hit.passage.start for hit in search.hits]
        after = [hit.passage.start for hit in reranked(search, evidence).hits]
        assert told(as_found, question) == before
        assert told(real, question) == after
        moved += before != after
    assert moved
