from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Turn
from evals.checking import check_cases, mix_of
from evals.questions import KINDS, LANGUAGES, Case, load_cases
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


def test_the_text_of_the_small_work_is_the_text_of_the_cases() -> None:
    assert Document.of(TEXT.encode()).text == TEXT


def test_a_question_that_is_asked_twice_is_found(small: Work) -> None:
    twice = (case("a", question="Қашан құрылды?"), case("b", question="қашан  құрылды?"))
    assert [one.what for one in check_cases(small, twice)] == ["duplicate question"]


def test_the_mix_counts_kinds_languages_slips_and_stretches() -> None:
    cases = (
        case("a", slip="typo"),
        case("b", language="ru", split="test"),
        case("c", kind="false_premise"),
    )
    mix = mix_of(cases, TEXT + " " * 2000)
    assert (mix.cases, mix.unanswered, mix.slips) == (3, 1, 1)
    assert mix.kinds["fact"] == 2
    assert mix.kinds["table"] == 0
    assert mix.languages == {"kk": 2, "ru": 1, "en": 0}
    assert mix.splits == {"dev": 2, "test": 1}
    assert (mix.stretches, mix.uncovered) == (2, (1,))


def test_the_projects_questions_are_enough_and_spread_as_they_should_be(work: Work) -> None:
    mix = mix_of(load_cases(), work.text)
    assert mix.cases >= 300
    assert mix.unanswered >= 40
    assert mix.uncovered == ()
    assert min(mix.kinds.values()) >= 10
    assert mix.slips >= mix.cases / 9
    assert 0.6 <= mix.languages["kk"] / mix.cases <= 0.7
    assert mix.splits["dev"] / mix.cases == pytest.approx(0.4, abs=0.02)
