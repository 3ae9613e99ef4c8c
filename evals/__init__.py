"""Measuring: reference questions, pure measures, records, and speed."""

from evals.checking import Problem, check_cases
from evals.questions import Case, QuestionsUnreadable, load_cases, resolve, select
from evals.records import Outcome, Record
from evals.run import (
    CasesOfAnotherWork,
    Evaluation,
    NoCases,
    check,
    evaluate,
    render,
    run_cases,
    run_retrieval,
)
from evals.scoring import MEASURES, Scores
from evals.speed import BenchReport, Reading, bench, render_bench
from evals.splits import draw_splits, write_splits

__all__ = [
    "MEASURES",
    "BenchReport",
    "Case",
    "CasesOfAnotherWork",
    "Evaluation",
    "NoCases",
    "Outcome",
    "Problem",
    "QuestionsUnreadable",
    "Reading",
    "Record",
    "Scores",
    "bench",
    "check",
    "check_cases",
    "draw_splits",
    "evaluate",
    "load_cases",
    "render",
    "render_bench",
    "resolve",
    "run_cases",
    "run_retrieval",
    "select",
    "write_splits",
]
