from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.lock import Taken, exclusive, shared

HOLD = """
import sys
from pathlib import Path
from index.lock import exclusive, shared
lock = {"exclusive": exclusive, "shared": shared}[sys.argv[1]](Path(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(how: str, path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, how, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout
    assert child.stdout.readline() == "held\n"
    return child


def end(child: subprocess.Popen[str]) -> None:
    with child:
        child.kill()


def test_a_lock_of_another_process_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "lock"
    child = holder("exclusive", path)
    try:
        with pytest.raises(Taken) as taken:
            exclusive(path)
        assert taken.value.holder.pid == child.pid
        with pytest.raises(Taken):
            shared(path)
    finally:
        end(child)


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    end(holder("exclusive", path))
    with exclusive(path), pytest.raises(Taken, match=str(os.getpid())):
        exclusive(path)


def test_many_may_share_and_keep_a_writer_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    child = holder("shared", path)
    try:
        with shared(path), pytest.raises(Taken, match="another process"):
            exclusive(path)
    finally:
        end(child)
    exclusive(path).release()


def test_a_lock_is_given_back_once(tmp_path: Path) -> None:
    lock = exclusive(tmp_path / "lock")
    lock.release()
    lock.release()
    with exclusive(tmp_path / "lock"):
        pass


def test_a_reader_makes_no_lock_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        shared(tmp_path / "lock")
