from __future__ import annotations

from dataclasses import asdict, fields

from evals.questions import resolve
from evals.scoring import LESS_IS_BETTER, MEASURES, Scores, score_answer, score_search
from sources import Span
from tests.evals.cases import TEXT, answer, case, citation

NONE = Scores()


def _scored(**scores: float) -> Scores:
    return Scores(**(asdict(NONE) | scores))


def test_a_right_answer_scores_full_marks() -> None:
    one = case()
    assert score_answer(one, resolve(one, TEXT), answer(), TEXT) == _scored(
        hit_1=1,
        hit_5=1,
        hit_10=1,
        mrr_10=1,
        ndcg_10=1,
        citation_recall=1,
        citation_precision=1,
        exact_quotes=1,
        key_facts=1,
        key_facts_strict=1,
        key_facts_in_answer=1,
        key_facts_in_answer_strict=1,
        over_refusal=0,
        conflict_alarm=0,
        answer_words=3,
    )


def test_a_fact_may_stand_in_the_quotation_and_not_in_the_answer() -> None:
    one = case()
    scores = score_answer(one, resolve(one, TEXT), answer("Мәтінде бар [1]"), TEXT)
    assert (scores.key_facts, scores.key_facts_in_answer) == (1, 0)


def test_refusing_an_answerable_question_costs_facts_and_recall() -> None:
    one = case()
    refused = answer("Мәтінде 1991 туралы жауап жоқ.", status="abstained", citations=())
    scores = score_answer(one, resolve(one, TEXT), refused, TEXT)
    assert (scores.over_refusal, scores.citation_recall, scores.key_facts) == (1, 0, 0)
    assert scores.abstention_precision == 0
    assert scores.citation_precision is None
    assert scores.hit_1 == 1  # the search did its part


def test_refusing_an_unanswerable_question_is_all_right() -> None:
    one = case(kind="unanswerable", key_facts=(), evidence=())
    refused = answer("Жоқ.", status="abstained", citations=())
    assert score_answer(one, (), refused, TEXT) == _scored(
        abstention_precision=1, abstention_recall=1, hallucination=0
    )


def test_answering_an_unanswerable_question_is_a_hallucination() -> None:
    one = case(kind="unanswerable", key_facts=(), evidence=())
    scores = score_answer(one, (), answer(), TEXT)
    assert (scores.hallucination, scores.abstention_recall) == (1, 0)
    assert scores.citation_precision is None
    assert scores.exact_quotes == 1


def test_a_false_premise_may_be_refused_or_corrected() -> None:
    one = case(kind="false_premise", key_facts=())
    gold = resolve(one, TEXT)
    refused = answer("Жоқ.", status="abstained", citations=())
    assert score_answer(one, gold, refused, TEXT).citation_recall is None
    assert score_answer(one, gold, refused, TEXT).hallucination == 0
    assert score_answer(one, gold, answer(), TEXT).hallucination == 0
    elsewhere = answer(citations=(citation(22, 48),))
    assert score_answer(one, gold, elsewhere, TEXT).hallucination == 1


def test_a_conflict_needs_both_sides_and_a_word() -> None:
    one = case(kind="conflict", evidence=(("Ол 1991 жылы құрылды.",), ("ДСҰ-ға кірді.",)))
    gold = resolve(one, TEXT)
    both = (citation(0, 21), citation(22, 48, 2))
    assert score_answer(one, gold, answer(citations=both, conflict=True), TEXT).conflict_recall == 1
    assert score_answer(one, gold, answer(citations=both), TEXT).conflict_recall == 0
    assert score_answer(one, gold, answer(conflict=True), TEXT).conflict_recall == 0


def test_a_search_is_scored_alone() -> None:
    one = case()
    scores = score_search([Span(0, 21)], resolve(one, TEXT))
    assert scores.hit_1 == 1
    assert scores.key_facts is None
    assert score_search([Span(0, 21)], ()) == NONE


def test_the_measures_are_the_fields() -> None:
    assert [field.name for field in fields(Scores)] == list(MEASURES)
    assert set(MEASURES) >= LESS_IS_BETTER
