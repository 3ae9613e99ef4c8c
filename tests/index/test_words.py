from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import STOPWORDS, WordIndex, content_words, runs, stem, tokens, weighted_stems


@pytest.mark.parametrize(
    ("plain", "bent"),
    [
        ("мемлекет", "мемлекеттеріміздегі"),
        ("мемлекет", "мемлекеттің"),
        ("саясат", "саясатының"),
        ("қауіпсіздік", "қауіпсіздіктің"),
        ("шекара", "шекаралары"),
        ("мектеп", "мектебі"),
        ("одақ", "одаққа"),
        ("одақ", "одағы"),
        ("ұйым", "ұйымына"),
        ("адам", "адамдар"),
        ("государство", "государства"),
        ("policy", "policies"),
    ],
)
def test_forms_of_one_word_share_a_stem(plain: str, bent: str) -> None:
    assert stem(plain) == stem(bent)


@pytest.mark.parametrize(
    ("plain", "bent"), [("себеп", "себебі"), ("талап", "талабы"), ("кітап", "кітабы")]
)
def test_five_letter_words_that_voice_their_last_letter_share_a_stem(plain: str, bent: str) -> None:
    assert stem(plain) == stem(bent)


@pytest.mark.parametrize(
    ("plain", "bent"),
    [("одақ", "одағын"), ("ұйым", "ұйымын"), ("елдер", "елдерін"), ("шарт", "шарттарын")],
)
def test_the_object_of_a_verb_shares_the_stem(plain: str, bent: str) -> None:
    assert stem(plain) == stem(bent)


@pytest.mark.parametrize(
    ("one", "other"),
    [("саясат", "сауда"), ("ресей", "қытай"), ("одақ", "ұйым"), ("1991", "1992"), ("199", "1991")],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_tokens_are_folded_words_and_whole_numbers_in_order() -> None:
    assert tokens("ҚЫТАЙМЕН 7,2 мың\u00a0км – 1992-жылғы, №5") == [
        "қытаймен", "7,2", "мың", "км", "1992", "жылғы", "№5"[1:],
    ]  # fmt: skip
    assert tokens("") == tokens(" – … _ ") == []


def test_latin_letters_inside_kazakh_words_make_no_other_word() -> None:
    assert tokens("мəселе") == tokens("мәселе")
    assert tokens("Cаясaт") == tokens("саясат")


def test_content_words_leave_out_what_asks_and_joins() -> None:
    assert content_words("Қазақстан қашан және қалай тәуелсіздік алды?") == [
        "қазақстан", "тәуелсіздік", "алды",
    ]  # fmt: skip
    assert content_words("Когда и как началась война?") == ["началась", "война"]
    assert content_words("When did the war begin?") == ["war", "begin"]
    assert content_words("Бұл не?") == []


@given(st.text(max_size=200))
def test_any_text_gives_words_with_short_stems(text: str) -> None:
    words = tokens(text)
    for word in words:
        assert stem(word)
        assert stem(word) == word or len(stem(word)) <= 5
    assert content_words(text) == [word for word in words if word not in STOPWORDS]


def test_bm25_is_the_formula_worked_out_on_paper() -> None:
    found = WordIndex([["ала", "ала"], ["бала"]]).scores({"бала": 1.0})
    # idf = ln(1 + 1.5/1.5); one occurrence, length 1 of a mean of 1.5.
    expected = math.log(2) * 2.2 / (1 + 1.2 * (0.4 + 0.6 * 1 / 1.5))
    assert found.tolist() == [0.0, pytest.approx(expected, rel=1e-5)]


def test_bm25_prefers_rare_words_repeated_words_and_short_texts() -> None:
    texts = ["су су мұнай", "су газ газ", "су газ мұнай", "су газ мұнай көмір қорғасын"]
    found = WordIndex([text.split() for text in texts])
    assert found.idf(stem("көмір")) > found.idf(stem("газ")) > found.idf(stem("су")) > 0
    once, twice = found.scores({stem("газ"): 1.0})[[2, 1]]
    assert twice > once
    short, long = found.scores({stem("мұнай"): 1.0})[[2, 3]]
    assert short > long > 0


def test_bm25_of_another_form_of_the_word_is_the_same() -> None:
    index = WordIndex([tokens("Одақтың ережесі"), tokens("Өзеннің суы")])
    asked = index.scores(weighted_stems(["одаққа"]))
    assert asked[0] > asked[1] == 0
    assert "одақ" in index
    assert "таулы" not in index


def test_weights_scale_scores_and_unknown_words_add_nothing() -> None:
    index = WordIndex([["өзен"], ["тау"]])
    one = index.scores({"өзен": 1.0, "жоқсөз": 5.0})
    assert np.allclose(index.scores({"өзен": 0.5}), one / 2)
    assert index.scores({}).tolist() == [0.0, 0.0]


def test_a_word_that_never_occurs_is_at_least_as_rare_as_one_seen_once() -> None:
    index = WordIndex([["өзен"], ["тау"], ["тау"]])
    assert index.idf("жоқсөз") >= index.idf("өзен") > index.idf("тау")


def test_runs_of_letters_know_where_a_word_begins_and_ends() -> None:
    assert runs("тарих") == ("^тар", "тари", "арих", "рих$")
    assert runs("су") == ("^су$",)
    assert runs("1991") == ("1991",)


@given(st.text("абвгдежз", min_size=1, max_size=12))
def test_every_letter_of_a_word_is_in_a_run(word: str) -> None:
    found = runs(word)
    assert found[0][0] == "^"
    assert found[-1][-1] == "$"
    put_together = found[0] + "".join(run[-1] for run in found[1:])
    assert put_together == f"^{word}$"


def test_runs_find_a_form_whose_stem_is_another() -> None:
    texts = [tokens("Жәңгірханның мектебі"), tokens("Өзеннің суы")]
    asked = content_words("Жәңгір хан?")
    assert not WordIndex(texts).scores({stem(asked[1]): 1.0}).any()
    by_runs = WordIndex(texts, parts=runs).scores(dict.fromkeys(runs(asked[0]), 1.0))
    assert by_runs[0] > 0 == by_runs[1]


def test_an_index_of_nothing_answers_with_nothing() -> None:
    assert WordIndex([]).scores({"өзен": 1.0}).shape == (0,)
    assert WordIndex([[], []]).scores({"өзен": 1.0}).tolist() == [0.0, 0.0]
