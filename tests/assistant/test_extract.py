from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evidence import Evidence
from assistant.extract import ALIKE, SENTENCES, Composed, compose
from assistant.phrases import CONFLICT_NEAR, FRAMES
from assistant.questions import Asked, Kind
from assistant.replies import Language
from index import Disputed
from sources import Span, Work
from tests.assistant.small import nothing_found, sentence_with, small_work

MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


@pytest.fixture
def small(tmp_path: Path) -> Work:
    return small_work(tmp_path)


def evidence(work: Work, *words: str, step: float = 0.1) -> list[Evidence]:
    """The sentences that have these words, each a little worse than the one before."""
    return [
        Evidence(sentence_with(work, said), 5 - step * place, 0.9, 1.0, 0)
        for place, said in enumerate(words)
    ]


def composed(
    work: Work,
    question: str,
    *words: str,
    kind: Kind = "statement",
    language: Language = "kk",
    table: int | None = None,
    step: float = 0.1,
) -> Composed:
    asked = Asked(question, language, kind, table)
    return compose(work, nothing_found(question), evidence(work, *words, step=step), asked)


def quotes(work: Work, answer: Composed) -> list[str]:
    return [work.text[span.start : span.end] for span in answer.spans]


def markers(answer: Composed) -> list[int]:
    return [int(number) for number in MARKER.findall(answer.text)]


def test_sentences_come_in_order_of_worth_each_with_its_marker(small: Work) -> None:
    answer = composed(small, "Порт туралы?", "Ресей теңіз", "Зерттеу мақсатына", "тәуелсіздік")
    assert markers(answer) == [1, 2, 3] == list(range(1, len(answer.spans) + 1))
    assert "Ресей теңіз" in quotes(small, answer)[0]
    assert not answer.conflict


def test_what_is_far_behind_the_best_is_left_out(small: Work) -> None:
    answer = composed(small, "Порт туралы?", "Ресей теңіз", "Зерттеу мақсатына", step=5)
    assert markers(answer) == [1]


def test_there_are_never_more_than_a_few_sentences(work: Work) -> None:
    paragraphs = [
        place
        for place, sentence in enumerate(work.sentences)
        if work.outline.blocks[sentence.block].kind == "paragraph"
    ][::40]
    found = [Evidence(place, 5.0, 0.9, 1.0, 0) for place in paragraphs]
    question = "Қазақстан туралы не айтылған?"
    answer = compose(work, nothing_found(question), found, Asked(question, "kk", "statement", None))
    assert 1 <= len(answer.spans) <= SENTENCES


def test_no_sentence_is_told_twice(tmp_path: Path) -> None:
    twice = "Келісімге он екі мемлекет қосылып, өзен суын тең бөлуге уәде берді"
    twins = small_work(tmp_path, f"{twice} [1].\n\nБасқа сөз осында тұр.\n\n{twice} ақыры [2].\n")
    answer = composed(twins, "Су туралы?", f"{twice} [1]", f"{twice} ақыры", "Басқа сөз")
    assert ALIKE < 1
    assert [("уәде" in quote) for quote in quotes(twins, answer)] == [True, False]


def test_a_sentence_that_points_back_brings_the_one_before_it(small: Work) -> None:
    answer = composed(small, "Аймақ туралы?", "Бұл оқиға бүкіл")
    assert quotes(small, answer)[0].startswith("Қазақстан 1991 жылы")


def test_the_words_asked_about_are_bold(small: Work) -> None:
    answer = composed(small, "Теңіздің жайы қалай?", "Ресей теңіз")
    assert "**теңіз**" in answer.text


def test_the_date_or_the_figure_asked_for_is_bold(small: Work) -> None:
    date = composed(small, "Қашан?", "тәуелсіздік", kind="date")
    assert "**1991**" in date.text
    figure = composed(small, "Ұзындығы қанша?", "Өзеннің", kind="number")
    assert "**1 782 км**" in figure.text


def test_the_authors_brackets_and_stars_are_escaped(small: Work) -> None:
    answer = composed(small, "Не?", "Хеджирлеу дегеніміз")
    assert "[57]" in quotes(small, answer)[0]
    assert "\\[57\\]" in answer.text
    assert markers(answer) == [1]
    starred = composed(small, "Не?", "Мұндай саясат")
    assert "\\*сақ\\*" in starred.text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_another_language_has_its_frame_and_its_quotation_marks(
    language: Language, small: Work
) -> None:
    answer = composed(small, "?", "Ресей теңіз", language=language)
    assert answer.text.startswith(FRAMES[language])
    opening = {"ru": "«", "en": "“"}[language]
    assert opening in answer.text
    assert quotes(small, answer)[0] in answer.text.replace("**", "")


def test_kazakh_has_no_frame(small: Work) -> None:
    assert composed(small, "?", "Зерттеу мақсатына").text.startswith("Зерттеу мақсатына")


def test_a_list_has_its_lead_in_and_its_items_under_one_address(small: Work) -> None:
    answer = composed(small, "Қандай бағыттар бар?", "көлік.", kind="list")
    (span,) = answer.spans
    block = small.outline.block_at(span.start)
    assert span == Span(block.start, block.end)
    assert answer.text.splitlines() == [
        "Негізгі бағыттар мынадай \\[9\\]: [1]",
        "",
        "- сауда;",
        "- су;",
        "- көлік.",
    ]


def test_every_list_of_the_dissertation_can_be_told(work: Work) -> None:
    lists = [block for block in work.outline.blocks if block.kind == "list"]
    assert lists
    for block in lists:
        place = next(n for n, one in enumerate(work.sentences) if one.start >= block.start)
        found = [Evidence(place, 1.0, 0.9, 1.0, 0)]
        question = "Қандай бағыттар бар?"
        answer = compose(work, nothing_found(question), found, Asked(question, "kk", "list", None))
        assert answer.spans[-1] == Span(block.start, block.end)
        assert markers(answer) == list(range(1, len(answer.spans) + 1))
        items = len(block.items) - block.has_lead_in
        assert sum(line.startswith("- ") for line in answer.text.splitlines()) == items


def test_a_table_has_header_and_rows_each_with_its_marker(small: Work) -> None:
    answer = composed(small, "1-кестеде не бар?", "1-кезең", "2-кезең", kind="table", table=1)
    lines = [line for line in answer.text.splitlines() if line.startswith("|")]
    assert lines[0] == "| | Кезең | Уақыты | Сипаты |"
    assert lines[2] == "| [1] | 1-кезең | 1991–1995 | Тану \\| мойындау \\[7\\] |"
    assert lines[3] == "| [2] | 2-кезең | 1995–2001 | Теңгерім |"
    assert answer.text.startswith("**Кесте 1- Даму кезеңдері**")
    table = small.outline.tables[0]
    assert answer.spans == tuple(Span(row.start, row.end) for row in table.rows)


def test_only_the_rows_that_answer_are_told(small: Work) -> None:
    answer = composed(
        small, "1-кестеде теңгерім қайда?", "2-кезең", "1-кезең", kind="table", table=1, step=9
    )
    assert [("2-кезең" in quote) for quote in quotes(small, answer)] == [True]


def test_a_table_whose_rows_were_not_found_is_told_whole(small: Work) -> None:
    answer = composed(small, "1-кесте", "Ресей теңіз", kind="table", table=1)
    assert len(answer.spans) == 2


def test_a_row_found_first_is_told_as_a_table_even_when_none_is_named(small: Work) -> None:
    answer = composed(small, "Теңгерім кезеңі қайсы?", "2-кезең")
    assert "| | Кезең | Уақыты | Сипаты |" in answer.text


def test_every_table_of_the_dissertation_can_be_told(work: Work) -> None:
    assert [table.number for table in work.outline.tables] == list(range(1, 10))
    first = [Evidence(0, 1.0, 0.9, 1.0, 0)]
    for table in work.outline.tables:
        question = f"{table.number}-кесте"
        asked = Asked(question, "kk", "table", table.number)
        answer = compose(work, nothing_found(question), first, asked)
        assert len(answer.spans) == len(table.rows)
        assert markers(answer) == list(range(1, len(table.rows) + 1))
        lines = [line for line in answer.text.splitlines() if line.startswith("|")]
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert len(widths) == 1, table.number


def test_a_comparison_gives_one_place_for_each_side(small: Work) -> None:
    answer = composed(
        small,
        "Ресей мен Қытайдың айырмашылығы неде?",
        "Қытай теміржол",
        "Зерттеу мақсатына",
        "Ресей теңіз",
        kind="comparison",
        step=2,
    )
    told = quotes(small, answer)
    assert any("Ресей теңіз" in quote for quote in told)
    assert any("Қытай теміржол" in quote for quote in told)
    assert not any("Зерттеу" in quote for quote in told)


def test_two_values_for_one_thing_are_shown_side_by_side(small: Work) -> None:
    answer = composed(
        small, "Сауда ұйымына қашан мүше болды?", "2010 жылы", "2015 жылы", kind="date"
    )
    assert answer.conflict
    assert markers(answer) == [1, 2]
    assert "**2010**" in answer.text
    assert "**2015**" in answer.text


def test_a_conflict_that_is_only_near_is_told_below_the_answer(work: Work) -> None:
    known = next(one for one in work.conflicts if one.id == "semey-closing")
    question = "Полигон халыққа қандай зиян келтірді?"
    search = replace(nothing_found(question), disputed=(Disputed(known.id, 0.5, 0.05),))
    asked = Asked(question, "kk", "reason", None)
    best = evidence(work, "Жалпы диссертация жұмысының көлемі – 174 бет.")
    plain = compose(work, nothing_found(question), best, asked)
    told = compose(work, search, best, asked)
    assert not plain.conflict
    assert told.conflict
    topic = CONFLICT_NEAR["kk"].format(topic=known.topic("kk"))
    before, _, below = told.text.partition(f"\n\n{topic}\n\n")
    assert before == plain.text
    sides = [side for side in known.sides if side.same_as is None]
    assert told.spans == (*plain.spans, *sorted((one.span for one in sides), key=lambda s: s.start))
    assert MARKER.findall(below) == [str(n) for n in range(2, 2 + len(sides))]


def test_a_side_that_the_answer_has_cited_keeps_its_marker(work: Work) -> None:
    known = next(one for one in work.conflicts if one.id == "semey-closing")
    sides = [side for side in known.sides if side.same_as is None]
    question = "Полигон халыққа қандай зиян келтірді?"
    search = replace(nothing_found(question), disputed=(Disputed(known.id, 0.5, 0.05),))
    first = min(sides, key=lambda one: one.span.start)
    best = evidence(work, work.document.quote(first.value))
    told = compose(work, search, best, Asked(question, "kk", "reason", None))
    assert told.conflict
    assert len(set(told.spans)) == len(told.spans)
    assert set(MARKER.findall(told.text)) == {str(n) for n in range(1, len(told.spans) + 1)}
