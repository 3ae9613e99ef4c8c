from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Settings
from evals.baselines import open_quick_start
from evals.questions import load_cases, select
from evals.run import CasesOfAnotherWork, NoCases, evaluate, run_cases, run_retrieval
from sources import Span, Work, open_work
from tests.evals.cases import TEXT, case
from tests.evals.records import CASES, CIRCUMSTANCES

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Embedder
    from tests.conftest import Dayek


@pytest.fixture
def small(tmp_path: Path) -> Work:
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    return open_work(tmp_path / "small.txt")


def test_a_search_is_run_over_all_cases_in_order(small: Work) -> None:
    told: list[tuple[int, int]] = []
    searched: list[str] = []

    def search(question: str, k: int) -> list[Span]:
        searched.append(question)
        return [Span(22, 48), Span(0, 21)][:k]

    record = run_retrieval(
        search,
        CASES,
        small,
        CIRCUMSTANCES,
        system="by hand",
        asked={"b": "written out"},
        progress=lambda done, total: told.append((done, total)),
    )
    assert searched == [CASES[0].question, "written out", CASES[2].question]
    assert record.cases() == CASES
    assert record.scores("mrr_10") == (0.5, 0.5, None)
    assert record.outcomes[1].asked == "written out"
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_cases_are_answered_as_a_student_would_be(assistant: Assistant) -> None:
    cases = (
        *select(load_cases(), split="dev", kind="fact", limit=2),
        *select(load_cases(), split="dev", kind="followup", limit=1),
        case("nothing", kind="unanswerable", question="Қазақстанда неше пингвин бар?", evidence=()),
    )
    record = run_cases(assistant, cases, CIRCUMSTANCES)
    assert record.cases() == cases
    assert [outcome.answer.id for outcome in record.outcomes if outcome.answer] == [
        one.id for one in cases
    ]
    assert all(score in (None, 1.0) for score in record.scores("exact_quotes"))
    assert all(0 < len(outcome.retrieved) <= 10 for outcome in record.outcomes)
    assert record.scores("hit_10")[-1] is None
    first = record.outcomes[0]
    assert first.answer is not None
    assert first.retrieved[0] == Span(
        first.answer.retrieved[0].start, first.answer.retrieved[0].end
    )


def test_nothing_to_ask_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoCases, match="kind riddle"):
        evaluate(Settings.from_environment(home=tmp_path), kind="riddle")


def test_questions_about_another_work_are_not_asked(small: Work, tmp_path: Path) -> None:
    settings = Settings.from_environment(source=str(tmp_path / "small.txt"), home=tmp_path)
    with pytest.raises(CasesOfAnotherWork, match="were not written from this work"):
        evaluate(settings)


@pytest.fixture
def home(ready_home: Path, tmp_path: Path, work: Work, bundled_embedder: Embedder) -> Path:
    """A data folder with model and index, and with the baseline's vectors but no records."""
    for name in ("models", "index"):
        (tmp_path / name).symlink_to(ready_home / name, target_is_directory=True)
    # Made once for a data folder: embedding the windows takes more than a minute.
    open_quick_start(work, bundled_embedder, ready_home / "evals")
    (tmp_path / "evals").mkdir()
    for file in (ready_home / "evals").glob("quickstart-*.npy"):
        shutil.copy(file, tmp_path / "evals")
    return tmp_path


def test_the_command_measures_both_systems_and_keeps_their_records(
    dayek: Dayek, home: Path, work: Work
) -> None:
    done = dayek("eval", "--limit", "3", "--baseline", "--home", home)
    assert done.returncode == 0, done.stderr.decode()
    assert "hit@1" in done.stdout.decode()
    ours, baseline = (
        json.loads(_first_line(home / "evals", f"*-{system}-dev.jsonl"))
        for system in ("default", "quickstart")
    )
    assert ours["cases"] == baseline["cases"] == 3
    assert ours["sha256"] == work.document.sha256
    assert baseline["figures"]["key_facts"]["value"] is None
    assert ours["versions"]["chromadb"]
    assert "home" not in ours["settings"]


def _first_line(folder: Path, pattern: str) -> str:
    (record,) = folder.glob(pattern)
    return record.read_text("utf-8").splitlines()[0]
