from __future__ import annotations

import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from evals.circumstances import machine, now, revision, versions


def _git(folder: Path, *words: str) -> None:
    named = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *named, *words], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    _git(tmp_path, "init")
    (tmp_path / "file").write_text("one")
    _git(tmp_path, "add", "file")
    _git(tmp_path, "commit", "-m", "one")
    return tmp_path


def test_a_revision_says_whether_files_differ_from_it(checkout: Path) -> None:
    clean = revision(checkout)
    assert clean
    assert len(clean) == 12
    (checkout / "file").write_text("two")
    assert revision(checkout) == clean + "+"


def test_there_is_no_revision_outside_a_checkout_or_before_a_commit(tmp_path: Path) -> None:
    assert revision(tmp_path) is None
    _git(tmp_path, "init")
    assert revision(tmp_path) is None


def test_versions_are_those_installed() -> None:
    assert versions()["chromadb"] == metadata.version("chromadb")
    assert "." in versions()["python"]


def test_the_machine_is_described_and_not_named() -> None:
    told = machine()
    assert int(told["cores"]) >= 1
    assert not {"node", "host", "name"} & told.keys()


def test_the_time_is_universal() -> None:
    assert now().endswith("+00:00")
    assert len(now()) == 25
