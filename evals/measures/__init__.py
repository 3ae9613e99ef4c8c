"""One measure a file, each a pure function with its formula and where it comes from."""

from evals.measures.abstention import abstention_precision, abstention_recall, over_refusal
from evals.measures.answer_length import answer_length
from evals.measures.citation_exactness import citation_exactness
from evals.measures.citation_precision import citation_precision
from evals.measures.citation_recall import citation_recall
from evals.measures.conflict_recall import conflict_alarm, conflict_recall
from evals.measures.coverage import covers, first_ranks, merged, overlap
from evals.measures.hallucination import hallucination
from evals.measures.hit import all_groups_at, hit_at
from evals.measures.key_fact_recall import key_fact_recall, strict
from evals.measures.latency import percentile
from evals.measures.ndcg import ndcg_at
from evals.measures.reciprocal_rank import reciprocal_rank
from evals.measures.risk_coverage import RiskPoint, area_under, risk_coverage

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
    "covers",
    "first_ranks",
    "hallucination",
    "hit_at",
    "key_fact_recall",
    "merged",
    "ndcg_at",
    "over_refusal",
    "overlap",
    "percentile",
    "reciprocal_rank",
    "risk_coverage",
    "strict",
]
