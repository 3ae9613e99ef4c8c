from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from index.adapter import Adapter
from index.hits import Hit, Search
from index.recipe import ABLATIONS, WHOLE, Recipe
from index.search import Searcher
from tests.index.small import LetterEmbedder
from tests.index.test_search import REPEATED, SECTIONS, asked_ahead, searcher_of, sections

QUESTION = "Лиссабон хаттамасына қашан қол қойылды?"
"""Has something for every part: words, a passage that repeats, a question like it."""

PARTS = tuple(asdict(WHOLE))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("recipe")
    work = sections(folder)
    ahead = [
        ("Хаттамаға қашан қол қойылды?", "kk", REPEATED),
        ("Когда подписали протокол?", "ru", REPEATED),
        ("Су кіммен бөлінді?", "kk", SECTIONS[1]),
    ]
    made = searcher_of(asked_ahead(work, ahead), folder)
    numbers = np.random.default_rng(5)
    size = LetterEmbedder.dimension
    matrix = numbers.normal(0, 0.05, (size, size)).astype(np.float32)
    shift = numbers.normal(0, 0.05, size).astype(np.float32)
    return made.adapted(Adapter(matrix, shift))


def without(searcher: Searcher, *parts: str) -> Searcher:
    return searcher.following(Recipe(**dict.fromkeys(parts, False)))


def scores(search: Search) -> dict[int, dict[str, float | None]]:
    """What each side says of each passage."""
    return {hit.ordinal: asdict(hit.scores) for hit in search.hits}


def test_every_part_is_at_work_by_default() -> None:
    assert set(asdict(WHOLE).values()) == {True}


@pytest.mark.parametrize("name", [name for name in ABLATIONS if name.startswith("no-")])
def test_a_recipe_named_for_a_part_lacks_that_part_and_no_other(name: str) -> None:
    part = name.removeprefix("no-").replace("-", "_")
    assert asdict(ABLATIONS[name]) == asdict(WHOLE) | {part: False}


def test_each_part_can_be_left_out_alone() -> None:
    alone = [
        [part for part, at_work in asdict(recipe).items() if not at_work]
        for recipe in ABLATIONS.values()
    ]
    assert {parts[0] for parts in alone if len(parts) == 1} == set(PARTS)


@pytest.mark.parametrize(
    ("part", "score"),
    [
        ("passages", "passage"),
        ("sentences", "sentence"),
        ("questions", "question"),
        ("words", "words"),
    ],
)
def test_a_side_left_out_has_no_say_and_the_others_say_the_same(
    searcher: Searcher, part: str, score: str
) -> None:
    whole = scores(searcher.search(QUESTION, "kk", 500))
    found = without(searcher, part).search(QUESTION, "kk", 500)
    fewer = scores(found)
    assert any(said[score] for said in whole.values())
    assert not any(said[score] for said in fewer.values())
    for ordinal in whole.keys() & fewer.keys():
        assert {**whole[ordinal], score: None} == {**fewer[ordinal], score: None}
    assert [hit.score for hit in found.hits] != [
        hit.score for hit in searcher.search(QUESTION, "kk", 500).hits
    ]


def test_words_alone_put_the_passages_in_the_order_of_words(searcher: Searcher) -> None:
    question = "теңіз құбыры"
    alone = searcher.following(ABLATIONS["words"]).search(question, "kk", 500).hits
    assert [hit.score for hit in alone if not hit.scores.words] == pytest.approx(
        [alone[-1].score] * sum(not hit.scores.words for hit in alone)
    )
    assert alone[0].scores.words
    assert "құбыры" in alone[0].passage.embedding_text


def test_nearness_alone_is_the_same_whatever_the_words_are_worth(searcher: Searcher) -> None:
    dense = searcher.following(ABLATIONS["dense"])
    in_kazakh = dense.search(QUESTION, "kk", 500).hits
    # As a question in another language it weighs words otherwise; there are none to weigh.
    in_other = dense.search(QUESTION, "ru", 500).hits
    assert [hit.ordinal for hit in in_kazakh] == [hit.ordinal for hit in in_other]


def test_without_names_other_spellings_are_other_words(searcher: Searcher) -> None:
    plain = without(searcher, "names")
    assert any(hit.scores.words for hit in searcher.search("ООН?", "ru").hits)
    assert not any(hit.scores.words for hit in plain.search("ООН?", "ru").hits)
    assert any(hit.scores.words for hit in plain.search("БҰҰ?", "ru").hits)


def test_without_mending_a_slip_stays(searcher: Searcher) -> None:
    assert searcher.search("Темиржол", "kk").question == "Теміржол"
    assert without(searcher, "mending").search("Темиржол", "kk").question == "Темиржол"


def test_without_language_weights_words_count_the_same_in_every_language(
    searcher: Searcher,
) -> None:
    def found(one: Searcher, language: str) -> dict[int, float]:
        # Words of the text without a slip or a name: nothing else depends on the language.
        hits = one.search("теңіз құбыры", language, 500).hits
        return {hit.ordinal: hit.score for hit in hits}

    same = without(searcher, "language_weights")
    assert found(same, "ru") == pytest.approx(found(searcher, "kk"))
    assert found(same, "kk") == pytest.approx(found(searcher, "kk"))
    assert found(searcher, "ru") != pytest.approx(found(searcher, "kk"))


def test_without_the_adapter_the_question_is_searched_as_it_is(searcher: Searcher) -> None:
    plain = searcher.adapted(None).search(QUESTION, "kk")
    assert without(searcher, "adapter").search(QUESTION, "kk") == plain
    assert searcher.search(QUESTION, "kk") != plain


def test_without_cues_a_table_and_a_list_are_passages_like_any(searcher: Searcher) -> None:
    question = "Мұнай құбыры қайда созылды?"
    plain = searcher.search(question, "kk", 500)
    blind = without(searcher, "cues")
    assert searcher.search(question, "kk", 500, table=3).hits[0].passage.table == 3
    assert blind.search(question, "kk", 500, table=3) == plain
    assert blind.search(question, "kk", 500, lists=True) == plain


def test_without_merging_repeats_take_a_place_each(searcher: Searcher) -> None:
    def told(search: Search) -> list[Hit]:
        return [hit for hit in search.hits if "Лиссабон" in hit.passage.embedding_text]

    (merged,) = told(searcher.search(QUESTION, "kk", 500))
    apart = told(without(searcher, "merging").search(QUESTION, "kk", 500))
    assert {hit.ordinal for hit in apart} == {merged.ordinal, *merged.repeats}
    assert [hit.repeats for hit in apart] == [(), ()]


def test_reranking_is_not_the_searchs(searcher: Searcher) -> None:
    whole = searcher.search(QUESTION, "kk", 500)
    assert without(searcher, "reranking").search(QUESTION, "kk", 500) == whole


def test_nothing_ahead_is_a_work_that_nobody_asked_about(
    searcher: Searcher, tmp_path: Path
) -> None:
    bare = searcher_of(sections(tmp_path), tmp_path)
    found = searcher.following(ABLATIONS["nothing-ahead"]).search(QUESTION, "kk")
    assert found == bare.search(QUESTION, "kk")


def test_a_search_by_another_recipe_leaves_the_first_as_it_was(searcher: Searcher) -> None:
    before = searcher.search(QUESTION, "kk")
    for recipe in ABLATIONS.values():
        other = searcher.following(recipe)
        assert other.recipe == recipe
        assert other.search(QUESTION, "kk").hits
    assert searcher.recipe == WHOLE
    assert searcher.search(QUESTION, "kk") == before
    assert other.following(WHOLE).search(QUESTION, "kk") == before
