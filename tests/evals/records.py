"""A record of made-up cases."""

from __future__ import annotations

from evals.circumstances import Circumstances
from evals.questions import Case, resolve
from evals.records import Outcome, Record, Run
from evals.scoring import score_answer, score_search
from sources import Span
from tests.evals.cases import TEXT, answer, case

CIRCUMSTANCES = Circumstances(
    made="2024-11-23T01:02:03+00:00",
    selection={"split": "dev", "kind": None, "language": None, "limit": None},
    work="w",
    sha256="s",
    cutting="c",
    embedder="bundled",
    index="i",
    settings={"embedder": "bundled"},
    revision=None,
    versions={"python": "3.11"},
    machine={"cores": 2},
)
CASES = (
    case("a"),
    case("b", language="ru"),
    case("c", kind="unanswerable", key_facts=(), evidence=()),
)


def answered(*cases: Case) -> Record:
    """Every case got the right answer of `tests.evals.cases`."""
    outcomes = []
    for one in cases or CASES:
        gold = resolve(one, TEXT)
        reply = answer()
        scores = score_answer(one, gold, reply, TEXT)
        outcomes.append(Outcome(one, gold, one.question, (Span(0, 71),), reply, 0.1, scores))
    return Record("default", tuple(outcomes))


def searched(*cases: Case, found: Span) -> Record:
    """Every search found one span."""
    outcomes = []
    for one in cases or CASES:
        gold = resolve(one, TEXT)
        scores = score_search([found], gold)
        outcomes.append(Outcome(one, gold, one.question, (found,), None, 0.1, scores))
    return Record("quickstart", tuple(outcomes))


def run_of(*records: Record) -> Run:
    """A run of some records."""
    return Run(CIRCUMSTANCES, records or (answered(),))
