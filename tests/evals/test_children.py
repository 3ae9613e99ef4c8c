from __future__ import annotations

import os
from pathlib import Path

import pytest

from evals.children import ChildFailed, memory_of, served, time_dayek


def test_a_process_is_weighed() -> None:
    memory = memory_of(os.getpid())
    assert memory is not None
    assert 10e6 < memory.now <= memory.peak


def test_a_process_that_is_not_there_weighs_nothing_known() -> None:
    assert memory_of(2**22 + 1) is None


def test_a_command_is_timed_from_start_to_end() -> None:
    assert time_dayek("--version") > 0.02


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(ChildFailed, match="`dayek outline` failed"):
        time_dayek("outline", "--source", "no/such/file.txt")


def test_the_page_is_served_opened_asked_and_weighed(ready_home: Path) -> None:
    with served("--home", ready_home) as page:
        page.open_page()
        page.ask("Тәуелсіздік қашан жарияланды?")
        memory = page.memory()
    assert memory is not None
    assert memory.now > 100e6
    with pytest.raises(OSError, match="refused"):
        page.fetch("/")


def test_a_page_that_cannot_be_served_tells_why(tmp_path: Path) -> None:
    missing = served("--home", tmp_path, "--source", "no/such/file.txt")
    with pytest.raises(ChildFailed, match="no/such/file"), missing:
        pass
