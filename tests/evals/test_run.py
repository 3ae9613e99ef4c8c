from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Settings
from evals.page import report_page
from evals.questions import load_cases, select
from evals.quickstart import open_quick_start
from evals.records import load
from evals.run import CasesOfAnotherWork, NoCases, Selection, evaluate, run_cases
from evals.systems import (
    SYSTEMS,
    AnsweringSystem,
    SearchingSystem,
    SystemUnknown,
    check_systems,
)
from sources import Span, Work, open_work
from tests.evals.cases import TEXT, case
from tests.evals.records import CASES

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Embedder
    from tests.conftest import Dayek


@pytest.fixture
def small(tmp_path: Path) -> Work:
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    return open_work(tmp_path / "small.txt")


def test_a_search_is_run_over_all_cases_in_order(small: Work) -> None:
    searched: list[str] = []

    def search(question: str, k: int) -> list[Span]:
        searched.append(question)
        return [Span(22, 48), Span(0, 21)][:k]

    system = SearchingSystem(
        search, small, lambda one: "written out" if one.id == "b" else one.question
    )
    record = run_cases(system, CASES, "by hand")
    assert searched == [CASES[0].question, "written out", CASES[2].question]
    assert record.cases() == CASES
    assert record.scores("mrr_10") == (0.5, 0.5, None)
    assert record.outcomes[1].asked == "written out"


def test_cases_are_answered_as_a_student_would_be(assistant: Assistant) -> None:
    cases = (
        *select(load_cases(), split="dev", kind="fact", limit=2),
        *select(load_cases(), split="dev", kind="followup", limit=1),
        case("nothing", kind="unanswerable", question="Қазақстанда неше пингвин бар?", evidence=()),
    )
    record = run_cases(AnsweringSystem(assistant), cases)
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
        evaluate(Settings.from_environment(home=tmp_path), Selection(kind="riddle"))


def test_an_unknown_system_is_said_to_be_one() -> None:
    with pytest.raises(SystemUnknown, match="quickstart"):
        check_systems(["magic"])
    assert check_systems(["default", "all", "default"]) == SYSTEMS


def test_questions_about_another_work_are_not_asked(small: Work, tmp_path: Path) -> None:
    settings = Settings.from_environment(source=str(tmp_path / "small.txt"), home=tmp_path)
    with pytest.raises(CasesOfAnotherWork, match="were not written from this work"):
        evaluate(settings, Selection(split="dev"))


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


def test_a_run_that_was_broken_off_goes_on_and_twice_gives_the_same(home: Path) -> None:
    settings = Settings.from_environment(home=home)
    chosen = Selection(split="dev", limit=3)

    def broken_off(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(settings, chosen, progress=broken_off)
    (unfinished,) = (home / "evals").glob("*.partial")
    marked = re.sub(
        r'"seconds": [0-9.]+', '"seconds": 77.0', unfinished.read_text("utf-8"), count=1
    )
    unfinished.write_text(marked, encoding="utf-8")
    first, path = evaluate(settings, chosen)
    assert first.record().outcomes[0].seconds > 70  # taken from where it stopped
    assert not unfinished.exists()
    path.unlink()
    again, _ = evaluate(settings, chosen)
    assert again.record().figures() == first.record().figures()


def test_the_commands_measure_compare_and_report(dayek: Dayek, home: Path, work: Work) -> None:
    systems = ("default", "words", "bm25", "quickstart")
    asked = [part for name in systems for part in ("--system", name)]
    done = dayek("eval", "run", "--limit", "3", *asked, "--home", home)
    assert done.returncode == 0, done.stderr.decode()
    assert "hit@1" in done.stdout.decode()
    (path,) = (home / "evals").glob("*.jsonl")
    run = load(path)
    assert [record.system for record in run.records] == list(systems)
    assert run.circumstances.sha256 == work.document.sha256
    assert run.circumstances.versions["chromadb"]
    assert "home" not in run.circumstances.settings
    assert run.record("bm25").figures()["key_facts"].value is None
    assert run.record("words").figures()["key_facts"].value is not None

    told = dayek("eval", "compare", "latest", "latest:bm25", "--home", home)
    assert "latest:bm25 against latest: 3 questions in common" in told.stdout.decode()
    written = dayek("eval", "report", "--home", home)
    assert written.returncode == 0, written.stderr.decode()
    page = Path(written.stdout.decode().strip()).read_text("utf-8")
    assert page == report_page(run, work)
    assert json.loads(dayek("eval", "run", "--limit", "1", "--json", "--home", home).stdout)
    missing = dayek("eval", "report", "no-such-run", "--home", home)
    assert missing.returncode == 2
    assert "There is no run no-such-run. See them: dayek eval runs" in missing.stderr.decode()


def test_a_record_of_an_older_version_is_refused(home: Path, dayek: Dayek) -> None:
    (home / "evals" / "old.jsonl").write_text('{"record": 1}\n', encoding="utf-8")
    done = dayek("eval", "report", "old", "--home", home)
    assert done.returncode == 2
    assert "not a record of this version" in done.stderr.decode()


def test_every_ablation_changes_only_what_it_names(assistant: Assistant) -> None:
    recipe = assistant.searcher.recipe
    other = assistant.following(replace(recipe, words=False))
    assert other.searcher.recipe != recipe
    assert other.searcher.vocabulary is assistant.searcher.vocabulary
    assert assistant.searcher.recipe == recipe
