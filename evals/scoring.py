"""What all measures say about one reply: the case's scores, side by side. Pure.

The names here are the columns of every record and report; a measure that does not speak about a
case leaves None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from assistant import Answer
from evals.measures import (
    abstention_precision,
    abstention_recall,
    all_groups_at,
    answer_length,
    citation_exactness,
    citation_precision,
    citation_recall,
    conflict_alarm,
    conflict_recall,
    cost,
    extractive_agreement,
    hallucination,
    hit_at,
    key_fact_recall,
    model_answers,
    ndcg_at,
    over_refusal,
    reciprocal_rank,
    removed_statements,
    strict,
    support_rate,
    tokens_read,
    tokens_written,
    unsupported_rate,
)
from evals.questions import Case, Gold
from sources import Span


@dataclass(frozen=True)
class Scores:
    """Scores of one case; None where a measure does not speak about it.

    All but words, statements, tokens and dollars are of 0 to 1. More is better, but for those that
    `LESS_IS_BETTER` names. Those from `model_answers` on speak of a language model's answers only.

    Attributes:
        hit_1: A hit for any group of evidence is first.
        hit_5: ... among the first five.
        hit_10: ... among the first ten.
        mrr_10: 1 over the rank of the first hit.
        ndcg_10: Discounted gain over all groups.
        all_groups_10: Every group is hit among the first ten (cases with several groups only).
        citation_recall: Share of the evidence groups that the citations show.
        citation_precision: Share of citations that touch the evidence.
        exact_quotes: Share of citations whose quotation is the text at its address.
        key_facts: Share of the key facts that stand in the answer or its quotations.
        key_facts_strict: All of them do.
        key_facts_in_answer: Share that stand in the answer's own text.
        key_facts_in_answer_strict: All of them do.
        abstention_precision: An abstention was right.
        abstention_recall: An unanswerable question was abstained from.
        hallucination: A question without an answer in the work got one.
        over_refusal: An answerable question was abstained from.
        conflict_recall: Both sides of a contradiction are cited, and the reader is told.
        conflict_alarm: A contradiction is reported where there is none.
        answer_words: Length of the answer in words.
        model_answers: A model that was asked wrote the answer.
        support_rate: Share of its statements that the text bears out.
        unsupported_rate: Share of its statements that are shown marked.
        removed_statements: How many of its statements were taken out.
        extractive_agreement: Share of the extractive answer's citations that it cites too.
        tokens_read: Tokens that the model read.
        tokens_written: Tokens that it wrote.
        cost: What they cost in US dollars.
    """

    hit_1: float | None = None
    hit_5: float | None = None
    hit_10: float | None = None
    mrr_10: float | None = None
    ndcg_10: float | None = None
    all_groups_10: float | None = None
    citation_recall: float | None = None
    citation_precision: float | None = None
    exact_quotes: float | None = None
    key_facts: float | None = None
    key_facts_strict: float | None = None
    key_facts_in_answer: float | None = None
    key_facts_in_answer_strict: float | None = None
    abstention_precision: float | None = None
    abstention_recall: float | None = None
    hallucination: float | None = None
    over_refusal: float | None = None
    conflict_recall: float | None = None
    conflict_alarm: float | None = None
    answer_words: float | None = None
    model_answers: float | None = None
    support_rate: float | None = None
    unsupported_rate: float | None = None
    removed_statements: float | None = None
    extractive_agreement: float | None = None
    tokens_read: float | None = None
    tokens_written: float | None = None
    cost: float | None = None


MEASURES = tuple(field.name for field in fields(Scores))
LESS_IS_BETTER = frozenset(
    {
        "hallucination",
        "over_refusal",
        "conflict_alarm",
        "answer_words",
        "unsupported_rate",
        "removed_statements",
        "tokens_read",
        "tokens_written",
        "cost",
    }
)


def score_search(retrieved: Sequence[Span], gold: Gold) -> Scores:
    """Scores of a search alone; `retrieved` in order, best first."""
    return Scores(
        hit_1=hit_at(retrieved, gold, 1),
        hit_5=hit_at(retrieved, gold, 5),
        hit_10=hit_at(retrieved, gold, 10),
        mrr_10=reciprocal_rank(retrieved, gold, 10),
        ndcg_10=ndcg_at(retrieved, gold, 10),
        all_groups_10=all_groups_at(retrieved, gold, 10),
    )


def score_answer(case: Case, gold: Gold, answer: Answer, text: str) -> Scores:
    """Scores of a whole reply.

    Args:
        case: The question.
        gold: Where its evidence stands.
        answer: The reply.
        text: The canonical text of the work.
    """
    found = score_search([Span(hit.start, hit.end) for hit in answer.retrieved], gold)
    cited = [Span(citation.start, citation.end) for citation in answer.citations]
    quotes = [citation.quote for citation in answer.citations]
    abstained = answer.status == "abstained"
    shown = citation_recall(cited, gold)
    in_answer = key_fact_recall(case.key_facts, [] if abstained else [answer.answer])
    anywhere = key_fact_recall(case.key_facts, [] if abstained else [answer.answer, *quotes])
    # Abstaining from a false premise is right, so it has nothing to cite.
    silent_rightly = abstained and not case.answerable
    return replace(
        found,
        citation_recall=None if silent_rightly else shown,
        citation_precision=citation_precision(cited, gold),
        exact_quotes=citation_exactness(list(zip(cited, quotes, strict=True)), text),
        key_facts=anywhere,
        key_facts_strict=strict(anywhere),
        key_facts_in_answer=in_answer,
        key_facts_in_answer_strict=strict(in_answer),
        abstention_precision=abstention_precision(case, abstained=abstained),
        abstention_recall=abstention_recall(case, abstained=abstained),
        hallucination=hallucination(case, abstained=abstained, shown=shown),
        over_refusal=over_refusal(case, abstained=abstained),
        conflict_recall=conflict_recall(case, told=answer.conflict, shown=shown),
        conflict_alarm=conflict_alarm(case, told=answer.conflict, abstained=abstained),
        answer_words=answer_length(answer.answer, abstained=abstained),
    )


def score_model(scores: Scores, answer: Answer, extractive: Answer) -> Scores:
    """The scores of a reply with those of the language model that was to write it.

    Args:
        scores: What `score_answer` gave.
        answer: The reply, the model's or the one given in its place.
        extractive: The reply of the work's own sentences to the same question.
    """
    written = answer.engine.startswith("model:")
    verdicts = [one.verdict for one in answer.statements] if written else []
    removed = answer.removed if written else 0
    return replace(
        scores,
        model_answers=model_answers(answer.engine, asked=answer.usage is not None),
        support_rate=support_rate(verdicts, removed),
        unsupported_rate=unsupported_rate(verdicts, removed),
        removed_statements=removed_statements(answer.engine, answer.removed),
        extractive_agreement=(
            extractive_agreement(_places(answer), _places(extractive)) if written else None
        ),
        tokens_read=tokens_read(answer.usage),
        tokens_written=tokens_written(answer.usage),
        cost=cost(answer.usage),
    )


def _places(answer: Answer) -> list[Span]:
    return [Span(one.start, one.end) for one in answer.citations]
