from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, Language
from assistant.evidence import weigh
from assistant.exhibits import LONGEST, MOST, Exhibit, exhibits
from assistant.extract import compose
from assistant.prompting import FORM, NO_ANSWER, ORDERS, REWRITING, data, harmless, talk
from assistant.questions import understand
from assistant.tongue import tongue_of
from sources import POINTS_BACK, Span

QUESTIONS: dict[Language, str] = {
    "kk": "Қазақстанның көпвекторлы саясатының кезеңдері қандай?",
    "ru": "Какую роль играет ЕАЭС для Казахстана?",
    "en": "What is hedging in the foreign policy of Kazakhstan?",
}


def shown(assistant: Assistant, language: Language) -> tuple[Exhibit, ...]:
    asked = understand(QUESTIONS[language], assistant.searcher.vocabulary)
    search = assistant.find(asked.text)
    evidence = weigh(assistant.work, search, asked)
    composed = compose(assistant.work, search, evidence, asked)
    return exhibits(assistant.work, evidence, composed, language)


@pytest.mark.parametrize("language", QUESTIONS)
def test_exhibits_are_sentences_in_the_order_of_the_text(
    assistant: Assistant, language: Language
) -> None:
    work = assistant.work
    found = shown(assistant, language)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert 4 <= len(found) <= MOST
    assert sum(len(one.text) for one in found) <= LONGEST * 1.5
    starts = [one.span.end for one in found]
    assert starts == sorted(starts)
    for one in found:
        quoted = work.document.quote(one.span)
        assert quoted in one.grounds
        assert one.text in quoted or one.text in one.grounds
        assert one.address
    asked = assistant.ask(QUESTIONS[language])
    for citation in asked.citations:
        assert any(one.span.start < citation.end and citation.start < one.span.end for one in found)


def test_a_sentence_that_points_back_is_cited_with_what_it_points_at(assistant: Assistant) -> None:
    work = assistant.work
    pointing = [
        one
        for language in QUESTIONS
        for one in shown(assistant, language)
        if POINTS_BACK.match(one.text) and one.span.end - one.span.start > len(one.text)
    ]
    assert pointing
    for one in pointing:
        assert work.document.quote(one.span).endswith(one.text)


@pytest.mark.parametrize("language", QUESTIONS)
def test_orders_are_in_the_language_of_the_question_and_name_the_one_word(
    language: Language,
) -> None:
    assert tongue_of(ORDERS[language]) == language
    assert tongue_of(REWRITING[language]) == language
    assert ORDERS[language].count(NO_ANSWER) == 1
    assert NO_ANSWER in FORM.note


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_data_opens_a_line_a_number_or_a_tag(question: str, sentence: str) -> None:
    told = data(question, [Exhibit(1, Span(0, 1), sentence, "1.1", sentence)], "kk")
    lines = told.split("\n")
    assert len(lines) == len(told.splitlines()) == 4
    assert not re.search(r"[\[\]<>]", told.replace("[1]", "", 1))
    assert len(talk(question, [(sentence, question)], "ru").splitlines()) == 4
    assert harmless(harmless(sentence)) == harmless(sentence)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Қазақстан Еуропадағы қауіпсіздік және ынтымақтастық ұйымына төрағалық етті.", "kk"),
        ("Казахстан председательствовал в организации по безопасности в 2010 году.", "ru"),
        ("Kazakhstan chaired the Organization for Security in Europe.", "en"),
        (
            "Автор пишет: «Қазақстан Еуропадағы қауіпсіздік ұйымына төрағалық етті» — и это так.",
            None,
        ),
        (
            "哈萨克斯坦于二零一零年担任欧洲安全与合作组织轮值主席国，这是第一次由独联体国家担任。",
            "other",
        ),
        ("ОБСЕ, 2010", None),
        ("", None),
    ],
)
def test_a_tongue_is_told_by_its_letters(text: str, language: str | None) -> None:
    assert tongue_of(text) == language


@pytest.mark.parametrize("language", QUESTIONS)
def test_the_sentences_of_the_work_are_kazakh(assistant: Assistant, language: Language) -> None:
    told = [tongue_of(one.text) for one in shown(assistant, language)]
    assert set(told) <= {"kk", None}
