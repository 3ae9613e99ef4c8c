from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from assistant import (
    Answer,
    Assistant,
    Conversation,
    Draft,
    Inquiry,
    QuestionError,
    Turn,
    address,
    make_chain,
)
from assistant.phrases import FRAMES, OTHER_LANGUAGE
from assistant.replies import Language
from tests.assistant.small import TEXT, searcher_of, small_work
from tests.waiting import awaited

QUESTION = "Қазақстан БҰҰ-ға қашан мүше болды?"
MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
OFF_TOPIC: Sequence[tuple[str, Language]] = (
    ("Бешбармақты қалай пісіреді?", "kk"),
    ("Как приготовить борщ со свёклой?", "ru"),
    ("How do I bake a chocolate cake with strawberries?", "en"),
)


def timeless(answer: Answer) -> dict[str, object]:
    return {key: value for key, value in answer.as_dict().items() if key != "seconds"}


def test_the_chain_is_a_runnable_that_drops_into_others(assistant: Assistant) -> None:
    chain = make_chain(assistant.work, assistant.searcher, assistant.index_fingerprint)
    assert isinstance(chain, Runnable)

    def shown(answer: Answer) -> tuple[str, int]:
        return answer.status, len(answer.citations)

    before: Runnable[str, Inquiry] = RunnableLambda(Inquiry)
    assert (before | chain | RunnableLambda(shown)).invoke(QUESTION) == ("answered", 2)


def test_batch_and_async_answer_as_invoke_does(assistant: Assistant) -> None:
    inquiries = [Inquiry(QUESTION, id="a"), Inquiry(OFF_TOPIC[0][0], id="b")]
    alone = [timeless(assistant.chain.invoke(inquiry)) for inquiry in inquiries]
    assert [told["id"] for told in alone] == ["a", "b"]
    assert [timeless(answer) for answer in assistant.chain.batch(inquiries)] == alone
    assert timeless(awaited(lambda: assistant.chain.ainvoke(inquiries[0]))) == alone[0]
    (streamed,) = assistant.chain.stream(inquiries[0])
    assert timeless(streamed) == alone[0]


def test_many_questions_at_once_do_not_mix(assistant: Assistant) -> None:
    questions = [QUESTION, *(question for question, _ in OFF_TOPIC)] * 2
    answers = assistant.chain.batch([Inquiry(question) for question in questions])
    assert [answer.question for answer in answers] == questions
    for one, again in zip(answers[:4], answers[4:], strict=True):
        assert timeless(one) == timeless(again)


@pytest.mark.parametrize("question", [QUESTION, OFF_TOPIC[1][0], "Что показано в таблице 5?"])
def test_a_stream_goes_through_its_stages_and_ends_with_the_answer(
    question: str, assistant: Assistant
) -> None:
    drafts = list(assistant.stream(question))
    stages = [draft.stage for draft in drafts]
    assert stages == sorted(stages, key=["searching", "found", "writing", "done"].index)
    assert list(dict.fromkeys(stages)) == ["searching", "found", "writing", "done"]
    assert [draft.answer for draft in drafts[:-1]] == [None] * (len(drafts) - 1)
    assert {draft.standalone_question for draft in drafts} == {question}
    writing = [draft.text for draft in drafts if draft.stage == "writing"]
    assert all(later.startswith(earlier) for earlier, later in pairwise(writing))
    last = drafts[-1]
    assert last.answer
    assert last.text == writing[-1] == last.answer.answer
    assert timeless(last.answer) == timeless(assistant.ask(question))


def test_a_stream_can_be_awaited(assistant: Assistant) -> None:
    chain = make_chain(assistant.work, assistant.searcher, assistant.index_fingerprint)

    async def last() -> list[Answer]:
        return [answer async for answer in chain.astream(Inquiry(QUESTION))]

    assert [timeless(answer) for answer in awaited(last)] == [timeless(assistant.ask(QUESTION))]


def test_a_stream_that_is_left_early_does_no_harm(assistant: Assistant) -> None:
    drafts = assistant.stream(QUESTION)
    first: Draft = next(drafts)
    assert (first.stage, first.text) == ("searching", "")
    del drafts
    assert assistant.ask(QUESTION).status == "answered"


@pytest.mark.parametrize("question", ["", "  ", "?!", "\x00", "а" * 2001])
def test_what_is_no_question_is_refused_at_every_door(question: str, assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        assistant.ask(question)
    with pytest.raises(QuestionError):
        next(assistant.stream(question))
    with pytest.raises(QuestionError):
        assistant.chain.invoke(Inquiry(question))


@pytest.mark.parametrize(("question", "language"), OFF_TOPIC)
def test_off_topic_questions_get_silence_in_their_language(
    question: str, language: Language, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.language, answer.citations) == ("abstained", language, ())
    assert not answer.conflict
    assert answer.notice is None
    assert str(len(assistant.work.passages)) in answer.answer
    assert len(answer.retrieved) == 10


def test_words_that_the_work_never_uses_are_named(assistant: Assistant) -> None:
    assert "бешбармақты" in assistant.ask(OFF_TOPIC[0][0]).answer


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("5-кестеде не көрсетілген?", "kk"),
        ("Что показано в таблице 5?", "ru"),
        ("What does table 5 show?", "en"),
    ],
)
def test_a_table_named_in_any_language_is_shown(
    question: str, language: Language, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.kind, answer.language) == ("answered", "table", language)
    assert {(citation.table, citation.kind) for citation in answer.citations} == {(5, "table_row")}
    assert "Кесте 5-" in answer.answer
    for citation in answer.citations:
        assert f"{citation.row}" in address(language, citation)


@pytest.mark.parametrize(
    "question", ["12-кестеде не бар?", "Что в таблице 12?", "What does table 12 show?"]
)
def test_a_table_that_does_not_exist_is_said_not_to(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.citations) == ("abstained", ())
    assert "12" in answer.answer
    assert "1, 2, 3, 4, 5, 6, 7, 8, 9" in answer.answer


ASKED_SOURCE = ["[57] сілтемесі қай дереккөз?", "Какой источник [57]?", "What is source [57]?"]


@pytest.mark.parametrize("question", ASKED_SOURCE)
def test_the_source_behind_a_reference_is_not_made_up(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.citations) == ("abstained", ())
    assert "57" in answer.answer


@pytest.mark.parametrize("question", ASKED_SOURCE)
def test_a_reference_that_is_refused_does_not_look_like_a_marker(
    question: str, assistant: Assistant
) -> None:
    assert not MARKER.search(assistant.ask(question).answer)


def test_a_work_with_a_bibliography_is_asked_about_a_reference(tmp_path: Path) -> None:
    text = f"{TEXT}\nПАЙДАЛАНЫЛҒАН ӘДЕБИЕТТЕР\n\n57. Хэнкс Р. Көпвекторлы саясат.\n"
    for folder, listed in ((tmp_path / "with", True), (tmp_path / "without", False)):
        folder.mkdir()
        work = small_work(folder, text if listed else TEXT)
        assert work.has_bibliography == listed
        small = Assistant(work, searcher_of(work, folder), "small")
        refused = "әдебиеттер тізімі жоқ" in small.ask("[57] сілтемесі қай дереккөз?").answer
        assert refused != listed


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Что такое хеджирование во внешней политике Казахстана?", "ru"),
        ("What is hedging in the foreign policy of Kazakhstan?", "en"),
    ],
)
def test_an_answer_in_another_language_has_its_frame_and_notice(
    question: str, language: Language, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.language) == ("answered", language)
    assert answer.answer.startswith(FRAMES[language])
    assert answer.notice == OTHER_LANGUAGE[language]


def test_a_kazakh_answer_has_no_notice(assistant: Assistant) -> None:
    assert assistant.ask(QUESTION).notice is None


def test_a_list_answer_has_its_lead_in_and_items(assistant: Assistant) -> None:
    block = next(
        one for one in assistant.work.outline.blocks if one.kind == "list" and one.has_lead_in
    )
    lead = assistant.work.text[block.items[0].start : block.items[0].end]
    answer = assistant.ask(f"{lead.strip(' :.')} қандай? Атаңыз")
    (citation,) = answer.citations
    assert (citation.kind, citation.start, citation.end) == ("list", block.start, block.end)
    lines = answer.answer.splitlines()
    assert lines[0].endswith("[1]")
    assert sum(line.startswith("- ") for line in lines) == len(block.items) - 1


def test_a_follow_up_that_leans_is_rewritten_and_shown(assistant: Assistant) -> None:
    first = assistant.ask(QUESTION)
    told = Conversation().add(Turn(QUESTION, first.plain_text))
    leaning = assistant.ask("Ал ЕҚЫҰ-ға ше?", told)
    assert leaning.question == "Ал ЕҚЫҰ-ға ше?"
    assert "ЕҚЫҰ" in leaning.standalone_question
    assert leaning.standalone_question != leaning.question
    alone = assistant.ask("Көпвекторлы сыртқы саясат дегеніміз не?", told)
    assert alone.standalone_question == alone.question
    assert timeless(alone) == timeless(assistant.ask(alone.question))


def test_white_space_around_a_question_changes_nothing(assistant: Assistant) -> None:
    assert timeless(assistant.ask(f" \n{QUESTION}\t ")) == timeless(assistant.ask(QUESTION))


def test_names_in_three_languages_lead_to_the_same_places(assistant: Assistant) -> None:
    spelled = [
        assistant.ask(question).citations
        for question in (
            QUESTION,
            "Когда Казахстан вступил в ООН?",
            "When did Kazakhstan join the UN?",
        )
    ]
    places = [{(one.start, one.end) for one in citations} for citations in spelled]
    assert places[0] == places[1] == places[2] != set()
