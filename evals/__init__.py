"""Measuring: reference questions, pure measures, records, reports, and speed."""

from evals.ahead import AheadReport, ahead_text, check_ahead
from evals.checking import Mix, Problem, check_cases, mix_of
from evals.comparison import Change, Compared, compare_records
from evals.crowd import LoadReport, load_text, measure_load
from evals.deepeval_judge import open_judge
from evals.fitting import NothingToLearnFrom, fit_weights, silent_questions, tune
from evals.gate import GATE, Floor, GateUnreadable, judge, raised, read_floors, write_floors
from evals.judge import (
    Judgement,
    JudgeUnfit,
    examine,
    judge_record,
    judgement_text,
    load_judgement,
    save_judgement,
)
from evals.mistakes import MISTAKES, mistake_of
from evals.outside import (
    Collection,
    CollectionUnreadable,
    OutsideReport,
    convert_squad,
    measure_outside,
    outside_text,
    read_collection,
)
from evals.page import report_page
from evals.questions import Case, QuestionsUnreadable, load_cases, resolve, select
from evals.records import Outcome, Record, Run, RunUnreadable, load, runs
from evals.report import compared_text, gate_text, mix_text, run_text
from evals.run import CasesOfAnotherWork, NoCases, Selection, evaluate, run_cases, runs_folder
from evals.scoring import MEASURES, Scores
from evals.speed import BenchReport, Reading, bench, render_bench
from evals.splits import draw_splits, write_splits
from evals.systems import SYSTEMS, SystemUnknown, check_systems, open_system

__all__ = [
    "GATE",
    "MEASURES",
    "MISTAKES",
    "SYSTEMS",
    "AheadReport",
    "BenchReport",
    "Case",
    "CasesOfAnotherWork",
    "Change",
    "Collection",
    "CollectionUnreadable",
    "Compared",
    "Floor",
    "GateUnreadable",
    "JudgeUnfit",
    "Judgement",
    "LoadReport",
    "Mix",
    "NoCases",
    "NothingToLearnFrom",
    "Outcome",
    "OutsideReport",
    "Problem",
    "QuestionsUnreadable",
    "Reading",
    "Record",
    "Run",
    "RunUnreadable",
    "Scores",
    "Selection",
    "SystemUnknown",
    "ahead_text",
    "bench",
    "check_ahead",
    "check_cases",
    "check_systems",
    "compare_records",
    "compared_text",
    "convert_squad",
    "draw_splits",
    "evaluate",
    "examine",
    "fit_weights",
    "gate_text",
    "judge",
    "judge_record",
    "judgement_text",
    "load",
    "load_cases",
    "load_judgement",
    "load_text",
    "measure_load",
    "measure_outside",
    "mistake_of",
    "mix_of",
    "mix_text",
    "open_judge",
    "open_system",
    "outside_text",
    "raised",
    "read_collection",
    "read_floors",
    "render_bench",
    "report_page",
    "resolve",
    "run_cases",
    "run_text",
    "runs",
    "runs_folder",
    "save_judgement",
    "select",
    "silent_questions",
    "tune",
    "write_floors",
    "write_splits",
]
