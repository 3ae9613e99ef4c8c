from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.adapter import Adapter
from index.build import build_index, index_status
from index.pieces import pieces_of
from index.reading import open_index
from index.recipe import ABLATIONS, WHOLE
from index.search import ASKED_ALIKE, Hidden, Searcher
from index.vectors import Vectors
from index.verify import verify_index
from index.words import stem, tokens
from sources import Span, Work, WrittenQuestion
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


ASKED = (
    ("Мемлекет дүниежүзілік бірлестікке қайда кірді?", "kk", SECTIONS[0]),
    ("Где заседала Ассамблея?", "ru", "Отырыс Нью-Йоркте өтті."),
    ("Кто с кем помирился?", "ru", REPEATED),
    ("Почему выросли перевозки зерна?", "ru", SECTIONS[3]),
)
"""Questions written ahead, each with its language and the words that answer it."""


def sections(folder: Path) -> Work:
    parts = [f"1.{n} Бөлім {n}\n\n{text}\n" for n, text in enumerate(SECTIONS, 1)]
    return work_of("\n".join(["1. ТАРАУ\n", *parts, "1.7 Кестелер\n", TABLE]), folder)


def asked_ahead(work: Work, questions: Sequence[tuple[str, str, str]] = ASKED) -> Work:
    """The same work with questions written ahead."""
    written = []
    for text, language, answer in questions:
        start = work.text.index(answer)
        written.append(WrittenQuestion(text, language, Span(start, start + len(answer))))
    return replace(work, questions=tuple(written))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("search")
    return searcher_of(sections(folder), folder)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """A search of the same work with questions written ahead."""
    folder = tmp_path_factory.mktemp("asking")
    return searcher_of(asked_ahead(sections(folder)), folder)


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


def place_of(work: Work, words: str) -> int:
    """Place of the first passage that has some words."""
    return next(at for at, one in enumerate(work.passages) if words in one.embedding_text)


def rank_of(searcher: Searcher, question: str, language: str, words: str) -> int:
    """Rank of the passage with some words for a question."""
    wanted = place_of(searcher.work, words)
    hits = searcher.search(question, language, 500).hits
    return next(hit.rank for hit in hits if wanted in (hit.ordinal, *hit.repeats))


@pytest.mark.parametrize(("question", "language", "answer"), ASKED)
def test_a_question_written_ahead_makes_the_passage_that_answers_it_rise(
    searcher: Searcher, asking: Searcher, question: str, language: str, answer: str
) -> None:
    risen = rank_of(asking, question, language, answer)
    assert risen < rank_of(searcher, question, language, answer)


def test_a_search_tells_of_the_questions_written_ahead_nearest_first(asking: Searcher) -> None:
    question, language, answer = ASKED[3]
    found = asking.search(question, language)
    assert sorted(found.questions) == list(range(len(ASKED)))
    cosines = list(found.questions.values())
    assert cosines == sorted(cosines, reverse=True)
    assert next(iter(found.questions)) == 3
    assert found.questions[3] == pytest.approx(1.0, abs=1e-4)
    best = max(found.hits, key=lambda hit: hit.scores.question or 0.0)
    assert answer in best.passage.embedding_text
    assert best.scores.question == pytest.approx(1.0, abs=1e-4)


def test_a_work_that_nobody_asked_about_has_no_score_of_questions(searcher: Searcher) -> None:
    found = searcher.search("Мұнай құбыры қайда созылды?", "kk")
    assert found.questions == {}
    assert {hit.scores.question for hit in found.hits} == {None}


def test_a_sentence_belongs_to_the_passage_that_it_stands_in(searcher: Searcher) -> None:
    for place in range(len(searcher.work.sentences)):
        assert place in searcher.work.passages[searcher.owner_of_sentence(place)].sentences


def test_hiding_questions_is_as_if_they_were_not_written(asking: Searcher, tmp_path: Path) -> None:
    question, language, _ = ASKED[3]
    hidden = asking.search(question, language, hidden=Hidden(frozenset((3,))))
    never = searcher_of(asked_ahead(sections(tmp_path), ASKED[:3]), tmp_path)
    expected = never.search(question, language)
    assert 3 in asking.search(question, language).questions
    assert hidden.questions == pytest.approx(expected.questions)
    assert [hit.ordinal for hit in hidden.hits] == [hit.ordinal for hit in expected.hits]
    for one, other in zip(hidden.hits, expected.hits, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)


def test_a_search_tells_which_conflict_was_asked_about_in_like_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By their letters alone all questions are much alike.
    monkeypatch.setattr("index.disputes.SAME", 0.999)
    plain = asked_ahead(sections(tmp_path))
    told = ["un-entry", None, "peace", None]
    written = zip(plain.questions, told, strict=True)
    work = replace(plain, questions=tuple(replace(one, conflict=id) for one, id in written))
    searcher = searcher_of(work, tmp_path)
    same, less = searcher.search(ASKED[2][0], "ru").disputed
    assert (same.conflict, less.conflict) == ("peace", "un-entry")
    assert same.likeness == pytest.approx(1.0, abs=1e-5)
    assert same.ahead > 0 > less.ahead
    assert same.likeness > less.likeness
    assert all(one.ahead < 0 for one in searcher.search(ASKED[3][0], "ru").disputed)
    unseen = searcher.search(ASKED[2][0], "ru", hidden=Hidden(frozenset((2,)))).disputed
    assert unseen[0].likeness < same.likeness
    assert searcher.following(replace(WHOLE, questions=False)).search("?", "ru").disputed == ()


def test_without_questions_on_conflicts_none_is_told(asking: Searcher, searcher: Searcher) -> None:
    assert asking.search(ASKED[0][0], "kk").disputed == ()
    assert searcher.search(ASKED[0][0], "kk").disputed == ()


def test_hiding_nothing_hides_nothing(asking: Searcher) -> None:
    question, language, _ = ASKED[1]
    plain = asking.search(question, language)
    assert asking.search(question, language, hidden=Hidden(frozenset())) == plain


def test_a_question_is_embedded_mended_with_the_names_of_the_text(searcher: Searcher) -> None:
    assert searcher.spelled("темиржол кайда", "kk").startswith("Теміржол ")
    assert searcher.spelled("темиржол кайда", "ru") == "Темиржол кайда?"
    in_russian = searcher.spelled("когда приняли в ООН?", "ru")
    assert "БҰҰ" in in_russian
    assert (in_russian[0], in_russian[-1]) == ("К", "?")
    assert searcher.spelled("БҰҰ-ға қашан кірді?", "kk").count("БҰҰ") == 1


def drawn_to(searcher: Searcher, ordinal: int) -> Adapter:
    """An adapter that sends every question to one passage."""
    embedder = LetterEmbedder()
    (towards,) = embedder.encode_passages([searcher.work.passages[ordinal].embedding_text])
    away = -0.99 * np.eye(embedder.dimension, dtype=np.float32)
    return Adapter(away, towards)


def test_an_adapter_corrects_questions_and_no_text(asking: Searcher) -> None:
    question, language, _ = ASKED[1]
    wanted = place_of(asking.work, SECTIONS[5])
    plain = asking.search(question, language)
    adapted = asking.adapted(drawn_to(asking, wanted))
    found = adapted.search(question, language)
    best = max(found.hits, key=lambda hit: hit.scores.passage or 0.0)
    assert best.ordinal == wanted
    assert best.scores.passage == pytest.approx(1.0, abs=1e-2)
    # It sends every question to one place, so all are alike to it now; words are words.
    alike = [hit.scores.question for hit in found.hits]
    assert alike == pytest.approx([1.0] * len(alike), abs=1e-2)
    assert found.words == plain.words
    assert asking.search(question, language) == plain
    assert adapted.adapted(None).search(question, language) == plain
    assert adapted.following(ABLATIONS["no-adapter"]).search(question, language) == plain


class Asking(LetterEmbedder):
    """Tells a question from a text, as real models do: it sees an э in front."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(["эээ" + text for text in texts])


def test_questions_written_ahead_are_embedded_as_questions(tmp_path: Path) -> None:
    work = sections(tmp_path)
    # Even one that is word for word a sentence of the work.
    said = "Отырыс Нью-Йоркте өтті."
    work = asked_ahead(work, [(said, "kk", said)])
    embedder = Asking()
    build_index(work, embedder, tmp_path)
    with open_index(work, embedder, tmp_path) as opened:
        place = next(iter(work.sentences_in(work.questions[0].answer)))
        as_text = embedder.encode_passages([said])
        as_question = embedder.encode_queries([said])
        assert np.allclose(opened.question_vectors(), as_question, atol=1e-5)
        assert np.allclose(opened.sentence_vectors([place]), as_text, atol=1e-5)


@pytest.mark.parametrize("damage", [None, b"", b"no numbers", "short"])
def test_the_vectors_of_questions_are_there_without_their_file(
    tmp_path: Path, damage: bytes | str | None
) -> None:
    work, embedder = asked_ahead(sections(tmp_path)), Asking()
    folder = build_index(work, embedder, tmp_path).folder
    file = folder / "questions.npy"
    kept = np.load(file)
    assert len(kept) == len(work.questions)
    if damage is None:
        file.unlink()
    elif isinstance(damage, bytes):
        file.write_bytes(damage)
    else:
        np.save(file, kept[:-1])
    with open_index(work, embedder, tmp_path) as opened:
        assert np.allclose(opened.question_vectors(), kept, atol=1e-6)


def test_other_questions_make_an_index_stale_and_nothing_else_is_embedded(tmp_path: Path) -> None:
    work, embedder = sections(tmp_path), LetterEmbedder()
    build_index(work, embedder, tmp_path)
    asked = asked_ahead(work)
    condition = index_status(asked, embedder, tmp_path).condition
    assert (condition.state, condition.changes) == ("stale", ("cutting",))
    again = LetterEmbedder()
    summary = build_index(asked, again, tmp_path)
    assert (summary.state, summary.embedded, again.embedded) == ("updated", len(ASKED), [])
    assert index_status(asked, embedder, tmp_path).condition.state == "fresh"
    assert verify_index(asked, embedder, tmp_path, sample=1000).differences == ()
    fewer = replace(asked, questions=asked.questions[1:])
    assert index_status(fewer, embedder, tmp_path).condition.state == "stale"
    assert build_index(fewer, embedder, tmp_path).embedded == 0


def test_the_same_question_about_the_same_place_may_be_written_twice(tmp_path: Path) -> None:
    work = asked_ahead(sections(tmp_path), [ASKED[1], ASKED[1]])
    ids = [piece.entry.id for piece in pieces_of(work)["questions"]]
    assert len(set(ids)) == 2
    found = searcher_of(work, tmp_path).search(ASKED[1][0], "ru")
    assert found.questions == {0: pytest.approx(1.0, abs=1e-4), 1: pytest.approx(1.0, abs=1e-4)}


def test_no_more_questions_are_told_of_than_anybody_looks_at(tmp_path: Path) -> None:
    many = [(f"Отырыс {'н' * n} қайда өтті?", "kk", "Отырыс Нью-Йоркте өтті.") for n in range(50)]
    found = searcher_of(asked_ahead(sections(tmp_path), many), tmp_path).search("Қайда?", "kk")
    assert len(found.questions) == ASKED_ALIKE < len(many)
