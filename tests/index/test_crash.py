from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexMissing
from index.reading import open_index
from index.shelf import Shelf
from index.verify import verify_index
from sources import Work
from tests.index.small import LetterEmbedder, small_text, work_of

TEXT = small_text(120)
PAUSE = 0.004


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_of(TEXT, tmp_path)


def building(home: Path) -> subprocess.Popen[str]:
    """A process that builds the index of the work; returns when it has begun."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.index.small", str(home), TEXT, str(PAUSE)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout
    assert child.stdout.readline() == "building\n"
    return child


@pytest.fixture(scope="module")
def duration(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that such a process takes when it is left alone."""
    home = tmp_path_factory.mktemp("whole")
    with building(home) as child:
        began = time.monotonic()
        said, _ = child.communicate(timeout=300)
    assert said == "built\n"
    return time.monotonic() - began


def answers(work: Work, home: Path) -> bool:
    """Whether the index finds a sentence by its own words; False when there is none."""
    embedder = LetterEmbedder()
    try:
        opened = open_index(work, embedder, home)
    except IndexMissing:
        return False
    with opened:
        for at in range(0, len(work.sentences), 37):
            vector = embedder.encode_queries([work.sentences[at].embedding_text])[0]
            assert opened.nearest_sentences(vector, 1)[0][1] > 0.9999
    return True


@pytest.mark.parametrize("kill", range(3))
@pytest.mark.parametrize("had_one", [False, True])
def test_a_killed_build_harms_nothing(
    work: Work, tmp_path: Path, duration: float, kill: int, had_one: bool
) -> None:
    # A third of the time each, at a moment of chance within it.
    moment = (kill + random.random()) / 3 * duration
    if had_one:
        build_index(work, LetterEmbedder(), tmp_path)
    with building(tmp_path) as child:
        time.sleep(moment)
        child.kill()
    told = f"killed after {moment:.2f} s of {duration:.2f} s"
    if had_one:
        assert answers(work, tmp_path), told
    finished = answers(work, tmp_path)
    # A plain build leaves a whole index alone; what is left over goes with the next real one.
    summary = build_index(work, LetterEmbedder(), tmp_path)
    assert (summary.state == "unchanged") == finished, told
    assert verify_index(work, LetterEmbedder(), tmp_path).differences == (), told
    assert build_index(work, LetterEmbedder(), tmp_path, rebuild=True).state == "built"
    left = [each for each in Shelf(tmp_path, work.id).folder.iterdir() if each.is_dir()]
    assert len(left) == 1, told


def test_killed_while_it_writes_into_chroma(work: Work, tmp_path: Path) -> None:
    build_index(work, LetterEmbedder(), tmp_path)
    folder = Shelf(tmp_path, work.id).folder
    with building(tmp_path) as child:
        until = time.monotonic() + 120
        while len(list(folder.glob("*/chroma/chroma.sqlite3"))) < 2:
            assert time.monotonic() < until
            time.sleep(0.002)
        time.sleep(random.random() * 0.2)
        child.kill()
    assert answers(work, tmp_path)
    assert build_index(work, LetterEmbedder(), tmp_path, rebuild=True).state == "built"
    assert verify_index(work, LetterEmbedder(), tmp_path).differences == ()


def test_readers_answer_all_through_a_build(work: Work, tmp_path: Path) -> None:
    build_index(work, LetterEmbedder(), tmp_path)
    asked = 0
    with building(tmp_path) as child:
        while child.poll() is None:
            assert answers(work, tmp_path)
            asked += 1
    assert child.returncode == 0
    assert asked > 3
    assert verify_index(work, LetterEmbedder(), tmp_path).differences == ()
