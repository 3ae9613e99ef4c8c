from __future__ import annotations

import pytest

from assistant import Answer, Assistant, Language
from sources import NoSuchPlace, Span

QUESTIONS: dict[Language, str] = {
    "kk": "Семей полигоны қашан жабылды?",
    "ru": "Когда Казахстан вступил в ООН?",
    "en": "When did Kazakhstan join the United Nations?",
}


def cites(answer: Answer, place: Span) -> bool:
    return any(one.start < place.end and place.start < one.end for one in answer.citations)


@pytest.mark.parametrize("language", QUESTIONS)
def test_what_is_offered_next_is_answered_where_it_was_written_for(
    assistant: Assistant, language: Language
) -> None:
    answer = assistant.ask(QUESTIONS[language])
    offered = assistant.next_questions(answer, [QUESTIONS[language]])
    assert 1 <= len(offered) <= 3
    written = {question.text: question for question in assistant.work.questions}
    for question in offered:
        assert written[question].language == language
        again = assistant.ask(question)
        assert again.status == "answered"
        assert cites(again, written[question].answer)
        assert not cites(answer, written[question].answer), "it was answered already"


def test_what_was_asked_is_not_offered_again(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTIONS["kk"])
    first = assistant.next_questions(answer, [])
    second = assistant.next_questions(answer, [first[0].upper().rstrip("?")])
    assert first[0] not in second


def test_a_silence_offers_what_lies_near(assistant: Assistant) -> None:
    answer = assistant.ask("Астанадағы метро құрылысына қанша теңге жұмсалды?")
    assert answer.status == "abstained"
    offered = assistant.next_questions(answer, [])
    assert offered
    for question in offered:
        assert assistant.ask(question).status == "answered"


def test_a_section_has_questions_of_its_own(assistant: Assistant) -> None:
    section = assistant.work.outline.section("2.1")
    written = {question.text: question.answer for question in assistant.work.questions}
    offered = assistant.questions_of_section("2.1", "kk")
    assert len(offered) == 3
    assert all(section.start <= written[one].start < section.end for one in offered)
    with pytest.raises(NoSuchPlace):
        assistant.questions_of_section("9.9", "kk")
