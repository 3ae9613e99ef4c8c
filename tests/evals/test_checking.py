from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Turn
from evals.checking import alike, check_cases, draw_splits, write_splits
from evals.questions import KINDS, LANGUAGES, QUESTIONS, Case, load_cases
from sources import Document, Work, open_work
from tests.evals.cases import TEXT, case


@pytest.fixture
def small(tmp_path: Path) -> Work:
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    return open_work(tmp_path / "small.txt")


def _found(work: Work, *cases: Case) -> list[str]:
    return [problem.what for problem in check_cases(work, cases)]


def test_the_projects_own_questions_are_sound(work: Work) -> None:
    assert check_cases(work) == []


def test_they_cover_all_kinds_and_languages_on_both_sides() -> None:
    cases = load_cases()
    assert {one.kind for one in cases} == set(KINDS)
    for split in ("dev", "test"):
        assert {one.language for one in cases if one.split == split} == set(LANGUAGES)
        assert {one.kind for one in cases if one.split == split} == set(KINDS)
    assert sum(one.kind == "unanswerable" for one in cases) >= 8


def test_a_right_case_is_not_complained_of(small: Work) -> None:
    assert _found(small, case()) == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"evidence": (("Ол 1992 жылы құрылды.",),)}, "quotation not in the work"),
        ({"evidence": (("ол 1991 жылы құрылды.",),)}, "quotation not in the work"),
        ({"key_facts": (("1991",), ("2015",))}, "key fact not in the evidence"),
        ({"question": " "}, "empty field"),
        ({"answer": ""}, "empty field"),
        ({"key_facts": ()}, "empty field"),
        ({"evidence": (("Ол 1991 жылы құрылды.", ""),)}, "empty field"),
        ({"key_facts": (("1991",), ())}, "empty field"),
        ({"kind": "followup"}, "empty field"),
        ({"history": (Turn("?", "."),)}, "empty field"),
        ({"kind": "riddle"}, "unknown value"),
        ({"language": "de"}, "unknown value"),
        ({"split": "train"}, "unknown value"),
        ({"kind": "unanswerable"}, "unknown value"),
        ({"split": ""}, "split not drawn"),
    ],
)
def test_what_is_wrong_is_named(small: Work, changed: dict[str, object], what: str) -> None:
    assert what in _found(small, replace(case(), **changed))  # type: ignore[arg-type]


def test_a_key_fact_is_found_whatever_its_case_and_alphabet(small: Work) -> None:
    assert _found(small, case(key_facts=(("нет такого", "ҚҰРЫЛДЫ"),))) == []


def test_an_id_is_used_once(small: Work) -> None:
    assert "duplicate id" in _found(small, case(), case())


def test_a_question_may_not_stand_in_both_splits(small: Work) -> None:
    other = {"evidence": (("ДСҰ-ға кірді.",),), "key_facts": (("ДСҰ",),), "split": "test"}
    one = case("a", question="Ұйым қай жылы құрылды?")
    near = case("b", question="Ұйым қай жылы құрылған?", **other)
    far = case("b", question="Сауда келісіміне қашан қол қойылды?", **other)
    assert _found(small, one, near) == ["same question in both splits"]
    assert _found(small, one, replace(near, split="dev")) == []
    assert _found(small, one, far) == []


def test_a_translation_of_a_question_may_not_stand_in_the_other_split(small: Work) -> None:
    translated = case("b", question="В каком году это создано?", language="ru", split="test")
    assert _found(small, case("a"), translated) == ["same question in both splits"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_symmetric_bounded_and_one_for_equals(one: str, other: str) -> None:
    assert 0 <= alike(one, other) == alike(other, one) <= 1
    assert alike(one, one) == 1


_drawn_from = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(LANGUAGES)), min_size=1, max_size=60
)


def _unlike(kinds: list[tuple[str, str]]) -> list[Case]:
    """Cases that ask different things: every question in letters of its own."""
    return [
        case(
            f"c{number:02}",
            kind=kind,
            language=language,
            split="",
            question=chr(0x4E00 + number) * 5,
            evidence=(),
        )
        for number, (kind, language) in enumerate(kinds)
    ]


@settings(max_examples=40, deadline=None)
@given(_drawn_from, st.integers(0, 2**32))
def test_a_draw_does_not_depend_on_the_order_of_the_cases(
    kinds: list[tuple[str, str]], seed: int
) -> None:
    cases = _unlike(kinds)
    shuffled = list(cases)
    random.Random(seed).shuffle(shuffled)
    assert draw_splits(shuffled, "") == draw_splits(cases, "")
    assert draw_splits(cases, "").keys() == {one.id for one in cases}


@settings(max_examples=40, deadline=None)
@given(_drawn_from, st.integers(1, 59))
def test_adding_cases_moves_none_that_was_drawn(kinds: list[tuple[str, str]], first: int) -> None:
    cases = _unlike(kinds)
    before = draw_splits(cases[:first], "")
    kept = [replace(one, split=before.get(one.id, "")) for one in cases]
    after = draw_splits(kept, "")
    assert {id: after[id] for id in before} == before


def test_two_in_five_of_each_kind_and_language_are_for_development() -> None:
    cases = _unlike([(kind, language) for kind in KINDS for language in LANGUAGES for _ in "12345"])
    drawn = draw_splits(cases, "")
    for kind in KINDS:
        assert Counter(drawn[one.id] for one in cases if one.kind == kind)["dev"] in (5, 6, 7)
    for language in LANGUAGES:
        of_it = Counter(drawn[one.id] for one in cases if one.language == language)
        assert 18 <= of_it["dev"] <= 26


def test_questions_that_ask_the_same_are_drawn_together() -> None:
    for seed in range(20):
        pair = [
            case("a", split="", question="Ұйым қай жылы құрылды?"),
            case("b", split="", question="Ұйым қай жылы құрылған?", kind="list", language="ru"),
        ]
        drawn = draw_splits([*_unlike([("fact", "kk")] * 9), *pair], "", seed=seed)
        assert drawn["a"] == drawn["b"]


def test_writing_the_splits_changes_nothing_else(work: Work, tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    shutil.copytree(QUESTIONS, folder)
    for file in folder.iterdir():
        file.write_bytes(re.sub(rb'"split": "\w*"', b'"split": ""', file.read_bytes()))
    blank = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert write_splits(work, folder) == len(load_cases(folder))
    for file in folder.iterdir():
        after = file.read_bytes()
        assert set(re.findall(rb'"split": "(\w*)"', after)) == {b"dev", b"test"}
        assert re.sub(rb'"split": "\w*"', b'"split": ""', after) == blank[file.name]
    assert write_splits(work, folder) == 0


def test_the_text_of_the_small_work_is_the_text_of_the_cases() -> None:
    assert Document.of(TEXT.encode()).text == TEXT
