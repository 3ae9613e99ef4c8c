from __future__ import annotations

from typing import TYPE_CHECKING

from evals.ahead import ahead_text, check_ahead
from evals.fitting import silent_questions
from evals.questions import load_cases
from evals.splits import near_pairs
from tests.evals.cases import case

if TYPE_CHECKING:
    from assistant import Assistant


def test_the_questions_written_ahead_find_their_passages_and_give_nothing_away(
    assistant: Assistant,
) -> None:
    report = check_ahead(assistant, load_cases(), sample=150)
    assert report.questions > 5_000
    assert report.leaks == ()
    assert len(report.lost) <= 0.1 * report.searched
    assert report.thin <= 0.05 * len(assistant.work.passages)


def test_a_question_that_is_an_evaluation_question_is_named(assistant: Assistant) -> None:
    written = assistant.work.questions[7].text
    report = check_ahead(assistant, [case("same", question=f"{written[:-1]} ?")], sample=1)
    assert report.leaks == ((written, "same"),)
    assert "as same" in ahead_text(report)


def test_no_question_on_what_the_work_is_silent_about_is_an_evaluation_question() -> None:
    asked = [one.question for one in load_cases()]
    assert near_pairs(silent_questions(), asked) == []
