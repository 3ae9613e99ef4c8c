from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.judge import (
    JudgeUnfit,
    examine,
    judge_record,
    judgement_text,
    load_judgement,
    planted,
    save_judgement,
)
from evals.page import report_page
from sources import open_work
from tests.evals.cases import TEXT
from tests.evals.records import answered, run_of

if TYPE_CHECKING:
    from tests.conftest import Dayek


@dataclass
class Remembering:
    """A judge that knows the planted answers by heart, but for some that it gets wrong."""

    wrong: frozenset[str] = frozenset()
    name: str = "by heart"
    asked: list[str] = field(default_factory=list)

    def supports(self, question: str, answer: str, evidence: Sequence[str]) -> bool:
        self.asked.append(answer)
        known = {one.answer: one.supported for one in planted()}
        return known.get(answer, True) != (answer in self.wrong)


@dataclass
class Believing:
    """A judge that believes everything."""

    name: str = "credulous"

    def supports(self, question: str, answer: str, evidence: Sequence[str]) -> bool:
        return True


def test_twenty_answers_are_planted_and_half_of_them_are_wrong() -> None:
    answers = planted()
    assert len(answers) == 20
    kinds = [one.kind for one in answers]
    assert (kinds.count("good"), kinds.count("bad"), kinds.count("subtle")) == (10, 4, 6)
    # A wrong answer differs from a right one on the same evidence: nothing else gives it away.
    for one in answers:
        assert {other.supported for other in answers if other.evidence == one.evidence} == {
            True,
            False,
        }


def test_a_judge_that_believes_everything_is_not_used() -> None:
    examined = examine(Believing())
    assert (examined.error_rate, examined.missed) == (0.5, {"bad": 4, "subtle": 6})
    with pytest.raises(JudgeUnfit, match="50% of the 20 planted"):
        judge_record(Believing(), answered())


def test_two_errors_are_borne_and_three_are_not() -> None:
    wrong = [one.answer for one in planted() if one.kind == "subtle"]
    assert examine(Remembering(frozenset(wrong[:2]))).passed
    assert not examine(Remembering(frozenset(wrong[:3]))).passed
    doubted = [one.answer for one in planted() if one.supported][:1]
    assert examine(Remembering(frozenset(doubted))).doubted == 1


def test_what_a_judge_says_never_stands_without_how_often_it_errs(tmp_path: Path) -> None:
    wrong = frozenset([planted()[1].answer])
    judgement = judge_record(Remembering(wrong), answered())
    told = judgement_text(judgement)
    assert "1.000 of 3 answers" in told
    assert "erred in 5%" in told
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    page = report_page(run_of(), open_work(tmp_path / "small.txt"), None, judgement)
    assert "erred in 5%" in page


def test_the_examination_comes_first() -> None:
    judge = Remembering()
    judge_record(judge, answered())
    assert judge.asked[:20] == [one.answer for one in planted()]
    assert judge.asked[20:] == ["1991 жылы құрылды [1]"] * 3


def test_a_judgement_is_kept_beside_its_run(tmp_path: Path) -> None:
    judgement = judge_record(Remembering(), answered())
    save_judgement(judgement, tmp_path / "run.jsonl")
    assert load_judgement(tmp_path / "run.jsonl") == judgement
    assert load_judgement(tmp_path / "other.jsonl") is None


def test_nothing_of_a_judge_is_loaded_without_one(dayek: Dayek, tmp_path: Path) -> None:
    assert "deepeval" not in sys.modules
    done = dayek("eval", "judge", "--home", tmp_path)
    assert done.returncode == 2
    assert "Say --model NAME" in done.stderr.decode()
