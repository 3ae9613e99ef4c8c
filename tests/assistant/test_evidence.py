from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import ENOUGH, confidence, focus_of, has_what_is_asked, values_of, weigh
from assistant.questions import Asked, Kind, kind_of, table_named
from index import Search, stem
from index.search import Searcher
from tests.assistant.small import nothing_found, searcher_of, sentence_with, small_work


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("evidence")
    return searcher_of(small_work(folder), folder)


def asked(question: str) -> Asked:
    return Asked(question, "kk", kind_of(question), table_named(question))


def best(searcher: Searcher, question: str) -> str:
    work = searcher.work
    found = weigh(work, searcher.search(question, "kk"), asked(question))[0]
    sentence = work.sentences[found.sentence]
    return work.text[sentence.start : sentence.end]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("1992 жылы қабылданды", "date"),
        ("29 тамызда қол қойылды", "date"),
        ("1 782 шақырым", "number"),
        ("90 пайыз", "number"),
        ("Хеджирлеу – тәуекелді бөлу", "definition"),
        ("бұл ұғым кең", "definition"),
        ("өйткені су тапшы", "reason"),
        ("Миршаймер солай дейді", "attribution"),
        ("Қ.К. Тоқаев қол қойды", "person"),
    ],
)
def test_a_sentence_has_what_is_asked(words: str, kind: Kind) -> None:
    assert has_what_is_asked(words, kind)
    assert not has_what_is_asked("өзен суы азайды", kind)


def test_a_year_is_no_figure() -> None:
    assert not has_what_is_asked("1992 жылы қабылданды", "number")
    assert has_what_is_asked("1992 жылы 26 мемлекет қабылдады", "number")


def test_values_are_words_of_the_sentence() -> None:
    assert "1992" in values_of("1992 жылы басталды", "date")
    assert values_of("шекара 1 782 км болды", "number") == ("1 782 км",)
    assert values_of("шекара ұзын болды", "number") == ()
    assert values_of("1992 жылы 5 адам", "statement") == ()


@given(st.text(alphabet="0123456789 .,-%жылқаңтармлнд", max_size=60))
def test_values_always_stand_in_the_sentence(words: str) -> None:
    for kind in ("date", "number"):
        for value in values_of(words, kind):
            assert value
            assert value in words


@pytest.mark.parametrize(
    "question",
    ["Хеджирлеу дегеніміз не?", "Что такое хеджирование?", "What is hedging?"],
)
def test_the_term_to_define_is_found_in_three_languages(question: str) -> None:
    (term,) = focus_of(question)
    assert stem("хеджирлеу") in term
    assert focus_of("Қазақстан қашан тәуелсіздік алды?") == ()


def test_the_sentence_that_says_it_comes_first(searcher: Searcher) -> None:
    assert "тәуелсіздік алды" in best(searcher, "Қазақстан қашан тәуелсіздік алды?")
    assert "1 782" in best(searcher, "Өзеннің ұзындығы қанша?")
    assert "дегеніміз" in best(searcher, "Хеджирлеу дегеніміз не?")


def test_each_sentence_of_the_best_passages_is_weighed_once(searcher: Searcher) -> None:
    question = "Қазақстан қашан тәуелсіздік алды?"
    search = searcher.search(question, "kk")
    weighed = weigh(searcher.work, search, asked(question))
    told = [found.sentence for found in weighed]
    assert sorted(told) == sorted(
        sentence for hit in search.hits for sentence in hit.passage.sentences
    )
    scores = [found.score for found in weighed]
    assert scores == sorted(scores, reverse=True)
    for found in weighed:
        assert found.sentence in searcher.work.passages[found.passage].sentences
        assert 0 <= found.coverage <= 1 + 1e-9


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


def test_without_evidence_there_is_no_confidence(searcher: Searcher) -> None:
    nothing: Search = nothing_found("Не болды?")
    assert weigh(searcher.work, nothing, asked("Не болды?")) == ()
    assert confidence(searcher.work, nothing, (), asked("Не болды?")) == 0.0


def test_words_the_work_never_uses_lower_confidence(searcher: Searcher) -> None:
    def sure(question: str) -> float:
        search = searcher.search(question, "kk")
        weighed = weigh(searcher.work, search, asked(question))
        return confidence(searcher.work, search, weighed, asked(question))

    known = sure("Қазақстан тәуелсіздік алды")
    unknown = sure("Қазақстан хоккейші мұзайдын алды")
    assert 0 <= unknown < known <= 1


def test_a_table_of_the_work_answers_a_question_that_names_it(searcher: Searcher) -> None:
    question = "1-кестеде не бар?"
    search = searcher.search(question, "kk", table=1)
    weighed = weigh(searcher.work, search, asked(question))
    assert confidence(searcher.work, search, weighed, asked(question)) > ENOUGH
