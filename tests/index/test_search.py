from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build_index
from index.reading import open_index
from index.search import Searcher
from index.words import stem, tokens
from sources import Work
from tests.index.small import LetterEmbedder, work_of

REPEATED = (
    "1992 жылы Лиссабон хаттамасына қол қойылып, ядролық қаруды таратпау туралы шартқа қосылу "
    "ресми түрде аяқталды деп жазылған [158]."
)
SECTIONS = (
    "Қазақстан БҰҰ мүшелігіне қабылданды. Отырыс Нью-Йоркте өтті.",
    "Өзен суын бөлу туралы келісім Қырғызстанмен жасалды.",
    REPEATED,
    "Теміржол арқылы астық тасымалы екі есе өсті.",
    REPEATED.replace("158", "9"),
    "Мұнай құбыры теңіз жағалауынан Қытай шекарасына дейін созылды.",
)
TABLE = """Кесте 3- Даму кезеңдері

	Кезең
	Уақыты

	1-кезең
	1991–1995

	2-кезең
	1995–2001
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("search")
    parts = [f"1.{n} Бөлім {n}\n\n{text}\n" for n, text in enumerate(SECTIONS, 1)]
    work = work_of("\n".join(["1. ТАРАУ\n", *parts, "1.7 Кестелер\n", TABLE]), folder)
    return searcher_of(work, folder)


def searcher_of(work: Work, folder: Path) -> Searcher:
    embedder = LetterEmbedder()
    build_index(work, embedder, folder)
    return Searcher(work, embedder, open_index(work, embedder, folder))


def texts(searcher: Searcher, question: str, language: str = "kk", k: int = 10) -> list[str]:
    hits = searcher.search(question, language, k).hits
    return [searcher.work.text[hit.passage.start : hit.passage.end] for hit in hits]


def test_a_passage_is_found_by_its_own_words(searcher: Searcher) -> None:
    for text in (SECTIONS[1], SECTIONS[3], SECTIONS[5]):
        assert texts(searcher, text)[0] == text


def test_hits_are_ranked_from_one_by_falling_score_and_belong_to_the_work(
    searcher: Searcher,
) -> None:
    hits = searcher.search("Мұнай құбыры қайда созылды?", "kk", 4).hits
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert searcher.work.passages[hit.ordinal] == hit.passage


def test_passages_that_repeat_one_another_are_one_hit(searcher: Searcher) -> None:
    hits = searcher.search("Лиссабон хаттамасына қашан қол қойылды?", "kk").hits
    assert "Лиссабон" in hits[0].passage.embedding_text
    (twin,) = hits[0].repeats
    assert "Лиссабон" in searcher.work.passages[twin].embedding_text
    assert twin not in [hit.ordinal for hit in hits]
    assert sum("Лиссабон" in hit.passage.embedding_text for hit in hits) == 1


def test_more_hits_than_there_are_passages_gives_each_once(searcher: Searcher) -> None:
    hits = searcher.search("Қазақстан", "kk", 500).hits
    told = [hit.ordinal for hit in hits] + [twin for hit in hits for twin in hit.repeats]
    assert sorted(told) == list(range(len(searcher.work.passages)))


def test_rows_of_the_table_named_come_first(searcher: Searcher) -> None:
    with_table = searcher.search("Мұнай құбыры қайда созылды?", "kk", table=3).hits
    assert [hit.passage.table for hit in with_table[:2]] == [3, 3]
    without = searcher.search("Мұнай құбыры қайда созылды?", "kk").hits
    assert without[0].passage.table is None


@pytest.mark.parametrize(("name", "language"), [("БҰҰ", "kk"), ("ООН", "ru"), ("UN", "en")])
def test_a_name_in_another_language_is_found_by_words(
    searcher: Searcher, name: str, language: str
) -> None:
    found = searcher.search(f"{name}?", language)
    by_words = max(found.hits, key=lambda hit: hit.scores.words or 0.0)
    assert "БҰҰ" in by_words.passage.embedding_text
    assert by_words.scores.words
    assert found.unknown == ()


def test_another_spelling_counts_for_less_than_the_one_asked(searcher: Searcher) -> None:
    def words(question: str) -> float:
        found = searcher.search(question, "ru").hits
        return max(hit.scores.words or 0.0 for hit in found)

    assert words("БҰҰ") > words("ООН") > 0


def test_slips_are_mended_in_the_language_of_the_work_only(searcher: Searcher) -> None:
    assert searcher.search("Темиржол", "kk").question == "Теміржол"
    assert searcher.search("Темиржол", "ru").question == "Темиржол"


def test_words_that_the_work_never_uses_are_told(searcher: Searcher) -> None:
    known = searcher.search("Астық тасымалы өсті ме?", "kk")
    assert (known.known, known.unknown) == (1.0, ())
    half = searcher.search("Астық пен хоккей", "kk")
    assert half.unknown == ("хоккей",)
    assert 0 < half.known < 1
    assert searcher.search("хоккей", "kk").known == 0.0
    assert searcher.search("бұл не?", "kk").known == 1.0


def test_rare_words_of_the_question_are_worth_more(searcher: Searcher) -> None:
    rarity = searcher.search("Қазақстан хаттамасына астық", "kk").rarity
    of_stem = {one: rare for stems, rare in rarity.items() for one in stems}
    assert len(rarity) == 3
    assert of_stem[stem("астық")] > of_stem[stem("хаттамасына")] > 0


def test_scores_of_sentences_are_by_their_place_in_the_work(searcher: Searcher) -> None:
    found = searcher.search("Отырыс Нью-Йоркте өтті.", "kk")
    best = searcher.work.sentences[max(found.sentences, key=lambda at: found.sentences[at])]
    assert searcher.work.text[best.start : best.end] == "Отырыс Нью-Йоркте өтті."
    assert max(found.sentences.values()) == pytest.approx(1.0, abs=1e-4)
    for at, score in found.words.items():
        spoken = set(tokens(searcher.work.sentences[at].embedding_text))
        assert score > 0
        assert spoken & {"отырыс", "нью", "йоркте", "өтті"}


def test_the_same_question_finds_the_same(searcher: Searcher) -> None:
    question = "Су бөлу туралы келісім кіммен жасалды?"
    assert searcher.search(question, "kk") == searcher.search(question, "kk")


def test_a_question_without_words_of_content_is_still_searched(searcher: Searcher) -> None:
    found = searcher.search("Неге?", "kk", 3)
    assert len(found.hits) == 3
    assert not found.rarity
    assert not found.words


def test_a_work_of_one_sentence_can_be_searched(tmp_path: Path) -> None:
    small = searcher_of(work_of("Су – өмір көзі.\n", tmp_path), tmp_path)
    (hit,) = small.search("Су деген не?", "kk").hits
    assert (hit.rank, hit.ordinal, hit.repeats) == (1, 0, ())
