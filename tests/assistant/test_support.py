"""The checks of a language model's statement against the spans that it cites.

`planted_statements.jsonl` holds wrong statements, `true_paraphrases.jsonl` true ones, written by
hand from sentences of the dissertation. "half" says what each was for: the tables and limits of the
checks were set on "tune"; of "held" only the totals were looked at.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.support import Examination, examine
from sources import open_work, without_references

if TYPE_CHECKING:
    from assistant.support import Closeness
    from index import Embedder
    from sources import Work

DATA = Path(__file__).parents[1] / "data"
Case = dict[str, Any]


def read(name: str) -> list[Case]:
    with (DATA / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


WRONG, TRUE = read("planted_statements.jsonl"), read("true_paraphrases.jsonl")
KINDS = ("figure", "date", "name", "negation", "direction", "quotation", "citation")
LANGUAGES = ("kk", "ru", "en")
HALVES = ("tune", "held")
CAUGHT, CAUGHT_OF_A_KIND, MARKED = 0.95, 0.85, 0.05


def found(case: Case, closeness: Closeness | None = None) -> Examination:
    return examine(case["statement"], case["quotes"], case["language"], closeness)


def share_doubted(cases: list[Case], closeness: Closeness | None = None) -> float:
    return sum(bool(found(case, closeness).doubts) for case in cases) / len(cases)


# --- the collection ---------------------------------------------------------------------------


def test_the_spans_stand_in_the_text(work: Work) -> None:
    for case in [*WRONG, *TRUE]:
        assert [work.text[start:end] for start, end in case["spans"]] == case["quotes"]


def test_the_collection_has_what_it_claims() -> None:
    assert len(WRONG) >= 240
    assert len(TRUE) >= 120
    assert len({case["id"] for case in [*WRONG, *TRUE]}) == len(WRONG) + len(TRUE)
    assert set(Counter(case["wrong"] for case in WRONG)) == set(KINDS)
    for cases in (WRONG, TRUE):
        assert {case["language"] for case in cases} == set(LANGUAGES)
        assert {case["half"] for case in cases} == set(HALVES)
        statements = Counter((case["statement"], str(case["spans"])) for case in cases)
        assert max(statements.values()) == 1


def test_no_true_paraphrase_copies_its_sentence() -> None:
    for case in TRUE:
        assert case["statement"].rstrip(".") not in case["quotes"][0]


# --- the limits -------------------------------------------------------------------------------


@pytest.mark.parametrize("half", HALVES)
def test_wrong_statements_are_caught(half: str) -> None:
    assert share_doubted([case for case in WRONG if case["half"] == half]) >= CAUGHT


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_wrong_statement_is_caught(kind: str) -> None:
    assert share_doubted([case for case in WRONG if case["wrong"] == kind]) >= CAUGHT_OF_A_KIND


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_statements_are_caught_in_every_language(language: str) -> None:
    assert share_doubted([case for case in WRONG if case["language"] == language]) >= 0.93


@pytest.mark.parametrize("half", HALVES)
def test_true_paraphrases_pass(half: str) -> None:
    assert share_doubted([case for case in TRUE if case["half"] == half]) <= MARKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_true_paraphrases_pass_in_every_language(language: str) -> None:
    assert share_doubted([case for case in TRUE if case["language"] == language]) <= MARKED


def test_a_true_paraphrase_is_hardly_ever_called_contradicted() -> None:
    contradicted = [case for case in TRUE if found(case).contradicts]
    assert len(contradicted) <= 0.02 * len(TRUE)


def test_the_embedder_finds_strayed_citations_and_lets_true_ones_pass(
    bundled_embedder: Embedder,
) -> None:
    strayed, true = [case for case in WRONG if case["wrong"] == "citation"], TRUE[::4]
    texts = list(
        {text for case in [*strayed, *true] for text in (case["statement"], *case["quotes"])}
    )
    vectors = dict(zip(texts, bundled_embedder.encode_passages(texts), strict=True))

    def closeness(one: str, other: str) -> float:
        return float(vectors[one] @ vectors[other])

    assert share_doubted(strayed, closeness) >= CAUGHT
    assert share_doubted(true, closeness) <= MARKED


# --- what holds for every sentence of the work --------------------------------------------------

_FIGURE = re.compile(r"(?<![\d.,])\d+(?![\d.,]*\d)")


@cache
def sentences() -> tuple[str, ...]:
    work = open_work()
    return tuple(work.text[one.start : one.end] for one in work.sentences)


@cache
def with_figures() -> tuple[str, ...]:
    plain = (without_references(text) for text in sentences())
    return tuple(text for text in plain if _FIGURE.search(text))


any_sentence = st.deferred(lambda: st.sampled_from(sentences()))
any_with_figures = st.deferred(lambda: st.sampled_from(with_figures()))


@settings(deadline=None)
@given(any_sentence)
def test_a_verbatim_sentence_is_never_marked(sentence: str) -> None:
    assert examine(sentence, [sentence], "kk") == Examination()


@settings(deadline=None)
@given(any_sentence, st.lists(any_sentence, max_size=3))
def test_further_citations_do_not_mark_a_verbatim_sentence(
    sentence: str, others: list[str]
) -> None:
    assert examine(sentence, [*others, sentence], "kk") == Examination()


@settings(deadline=None)
@given(st.data(), any_with_figures)
def test_changing_any_figure_of_a_verbatim_sentence_is_caught(
    data: st.DataObject, sentence: str
) -> None:
    place = data.draw(st.sampled_from(list(_FIGURE.finditer(sentence))))
    other = data.draw(st.integers(2, 9999).filter(lambda one: str(one) not in sentence))
    changed = f"{sentence[: place.start()]}{other}{sentence[place.end() :]}"
    assert {"figure", "date"} & set(examine(changed, [sentence], "kk").doubts)


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_any_text_can_be_examined(statement: str, spans: list[str]) -> None:
    for language in LANGUAGES:
        assert isinstance(examine(statement, spans, language), Examination)


# --- single rules -----------------------------------------------------------------------------

DOUBLES: list[tuple[str, str, str]] = [
    ("ru", "Экспорт вырос на тридцать процентов.", "Экспорт 30 пайызға өсті."),
    ("en", "Turnover reached 1,700 million dollars.", "Тауар айналымы 1,7 млрд долларға жетті."),
    ("en", "In the 1990s the border was fixed.", "1990-жылдары шекара белгіленді."),
    ("ru", "В XXI веке роль страны выросла.", "ХХІ ғасырда елдің рөлі артты."),
    ("ru", "Подписали 24 сентября 2019 года.", "2019 жылғы 24 қыркүйекте қол қойылды."),
    ("en", "The 38th session took place in Astana.", "Отыз сегізінші сессия Астанада өтті."),
    ("kk", "Отыз бесінші сессия өтті.", "35-сессия өтті."),
    ("en", "Half of the exports is oil.", "Экспорттың жартысы – мұнай."),
]


@pytest.mark.parametrize(("language", "statement", "span"), DOUBLES)
def test_one_value_is_read_alike_in_words_and_digits_of_three_languages(
    language: str, statement: str, span: str
) -> None:
    assert not {"figure", "date"} & set(examine(statement, [span], language).doubts)


CONTRADICTED: list[tuple[str, str, str, str]] = [
    ("figure", "ru", "Экспорт вырос на 13 %.", "Экспорт 30 пайызға өсті."),
    ("date", "en", "It was signed in May 1992.", "Құжатқа 1992 жылғы шілдеде қол қойылды."),
    ("name", "ru", "Договор подписал Узбекистан.", "Шартқа Қырғызстан қол қойды."),
    ("negation", "ru", "Страна не внесла вклада.", "Ел өз үлесін қосты."),
    ("negation", "en", "The state joined the union.", "Мемлекет одаққа қосылмады."),
    ("direction", "en", "Trade decreased.", "Сауда артты."),
    ("direction", "ru", "Россия граничит на юге.", "Ресей солтүстікте шектеседі."),
    ("name", "kk", "Өзбекстан Қазақстанға газ сатты.", "Қазақстан Өзбекстанға газ сатты."),
]


@pytest.mark.parametrize(("code", "language", "statement", "span"), CONTRADICTED)
def test_another_value_in_its_place_contradicts(
    code: str, language: str, statement: str, span: str
) -> None:
    examined = examine(statement, [span], language)
    assert code in examined.doubts
    assert examined.contradicts


def test_a_value_that_no_span_has_is_a_doubt_only() -> None:
    examined = examine("Сауда 2015 жылы артты.", ["Сауда артты."], "kk")
    assert examined == Examination(("date",), contradicts=False)


def test_a_quotation_is_held_letter_for_letter_and_a_translated_title_is_none() -> None:
    span = "Қытай «Жаңа Жібек жолы» жобасын ұсынды."
    assert not examine("Китай предложил «Жаңа Жібек жолы».", [span], "ru").doubts
    assert not examine("Китай предложил «Новый Шёлковый путь».", [span], "ru").doubts
    assert "quotation" in examine("Қытай «Ескі Жібек жолын» ұсынды.", [span], "kk").doubts


def test_adding_is_not_denying() -> None:
    span = "Бұл тек Азияға ғана емес, Еуропаға да тән."
    assert not examine("Это свойственно не только Азии, но и Европе.", [span], "ru").doubts
    assert not examine("It is typical not only of Asia but of Europe.", [span], "en").doubts


def test_a_sentence_of_its_own_that_no_span_has_is_an_overlap() -> None:
    span = "2010 жылы Қазақстан ЕҚЫҰ-ға төрағалық етті, Астанада саммит өтті."
    statement = (
        "В 2010 году Казахстан председательствовал в ОБСЕ и провёл саммит в Астане. "
        "Урожай пшеницы заметно пострадал из-за сильных морозов."
    )
    assert examine(statement, [span], "ru").doubts == ("overlap",)


def test_a_statement_without_a_span_is_not_cited() -> None:
    assert examine("Сауда артты.", [], "kk") == Examination(("citation",))


def test_where_the_span_speaks_of_something_else_it_contradicts_nothing() -> None:
    examined = examine(
        "In 2019 troops were sent to Lebanon.", ["2006 жылы теңіз ортасы қорғалды."], "en"
    )
    assert "citation" in examined.doubts
    assert not examined.contradicts
