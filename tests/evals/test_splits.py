from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.questions import KINDS, LANGUAGES, QUESTIONS, Case, load_cases
from evals.splits import NEAR, alike, draw_splits, near_pairs, write_splits
from sources import Work
from tests.evals.cases import case


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


short = st.lists(st.text("абв ?", max_size=12), max_size=6)


@given(short, short)
def test_near_pairs_are_those_that_are_alike(texts: list[str], others: list[str]) -> None:
    slowly = [
        (at, other)
        for at, text in enumerate(texts)
        for other, said in enumerate(others)
        if alike(text, said) >= NEAR
    ]
    assert near_pairs(texts, others) == slowly
