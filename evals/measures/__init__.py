"""One measure a file, each a pure function with its formula and where it comes from."""

from evals.measures.abstention import abstention_precision, abstention_recall, over_refusal
from evals.measures.answer_length import answer_length
from evals.measures.citation_exactness import citation_exactness
from evals.measures.citation_precision import citation_precision
from evals.measures.citation_recall import citation_recall
from evals.measures.conflict_recall import conflict_alarm, conflict_recall
from evals.measures.cost import cost
from evals.measures.coverage import covers, first_ranks, merged, overlap
from evals.measures.extractive_agreement import extractive_agreement
from evals.measures.hallucination import hallucination
from evals.measures.hit import all_groups_at, hit_at
from evals.measures.key_fact_recall import key_fact_recall, strict
from evals.measures.latency import percentile
from evals.measures.model_answers import model_answers
from evals.measures.ndcg import ndcg_at
from evals.measures.reciprocal_rank import reciprocal_rank
from evals.measures.removed_statements import removed_statements
from evals.measures.risk_coverage import RiskPoint, area_under, risk_coverage
from evals.measures.support_rate import support_rate
from evals.measures.tokens import tokens_read, tokens_written
from evals.measures.unsupported_rate import unsupported_rate

__all__ = [
    "RiskPoint",
    "abstention_precision",
    "abstention_recall",
    "all_groups_at",
    "answer_length",
    "area_under",
    "citation_exactness",
    "citation_precision",
    "citation_recall",
    "conflict_alarm",
    "conflict_recall",
    "cost",
    "covers",
    "extractive_agreement",
    "first_ranks",
    "hallucination",
    "hit_at",
    "key_fact_recall",
    "merged",
    "model_answers",
    "ndcg_at",
    "over_refusal",
    "overlap",
    "percentile",
    "reciprocal_rank",
    "removed_statements",
    "risk_coverage",
    "strict",
    "support_rate",
    "tokens_read",
    "tokens_written",
    "unsupported_rate",
]
