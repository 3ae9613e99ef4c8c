from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ui.keeping.samples import begun, exchange
from ui.keeping import (
    FILE,
    Shelf,
    ShelfBusy,
    ShelfDamaged,
    ShelfFull,
    ShelfNotOurs,
    ShelfTooNew,
    ShelfUnwritable,
)
from ui.keeping.file import ShelfFile
from ui.keeping.schema import STEPS, bring_up_to_date


@pytest.fixture
def file(path: Path) -> Iterator[ShelfFile]:
    opened_file = ShelfFile(path)
    yield opened_file
    opened_file.close()


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def child(program: str, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )


def test_the_file_is_for_its_user_only(shelf: Shelf, path: Path) -> None:
    begun(shelf, "aigul", "1?")
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


@pytest.mark.parametrize(
    "noise", [b"not a database at all " * 200, b"SQLite format 3\0" + b"x" * 4000]
)
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, noise: bytes) -> None:
    path = tmp_path / FILE
    path.write_bytes(noise)
    with pytest.raises(ShelfDamaged, match="damaged"):
        Shelf(path)
    assert path.read_bytes() == noise


def test_a_file_damaged_in_its_midst_is_told_when_that_part_is_read(path: Path) -> None:
    with Shelf(path) as shelf:
        id = begun(shelf, "aigul", *(f"{number}?" for number in range(30)))
    held = bytearray(path.read_bytes())
    for at in range(4096, len(held), 4096):
        held[at : at + 200] = b"\xff" * 200
    path.write_bytes(held)
    with pytest.raises(ShelfDamaged), Shelf(path) as shelf:
        shelf.load("aigul", id)


def test_a_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(opened(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(ShelfNotOurs):
        Shelf(path)
    with closing(opened(path)) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipes",)]


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    with Shelf(path) as shelf:
        id = begun(shelf, "aigul", "1?")
    with closing(opened(path)) as newer:
        newer.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(ShelfTooNew, match="newer"):
        Shelf(path)
    with closing(opened(path)) as back:
        back.execute(f"PRAGMA user_version = {len(STEPS)}")
    with Shelf(path) as shelf:
        assert shelf.get("aigul", id).count == 1


def test_an_older_file_takes_the_steps_that_it_lacks_and_keeps_what_it_holds(path: Path) -> None:
    with Shelf(path) as shelf:
        id = begun(shelf, "aigul", "1?")
    more = (*STEPS, ("ALTER TABLE conversations ADD COLUMN pinned INTEGER",))
    with closing(opened(path)) as file:
        bring_up_to_date(file, path, more)
        bring_up_to_date(file, path, more)
        assert file.execute("SELECT id, pinned FROM conversations").fetchall() == [(id, None)]
        assert file.execute("PRAGMA user_version").fetchone() == (len(more),)


@pytest.mark.parametrize("broken", [("CREATE TABLE a (b)", "no SQL"), ("DROP TABLE missing",)])
def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path, broken: Sequence[str]) -> None:
    with Shelf(path) as shelf:
        begun(shelf, "aigul", "1?")
    with closing(opened(path)) as file:
        with pytest.raises(sqlite3.OperationalError):
            bring_up_to_date(file, path, (*STEPS, ("CREATE TABLE new (b)",), broken))
        assert file.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert (
            file.execute("SELECT * FROM sqlite_schema WHERE name IN ('a', 'new')").fetchall() == []
        )
    with Shelf(path) as shelf:
        assert len(shelf.list("aigul")) == 1


def test_a_file_that_another_program_holds_is_told_and_can_be_used_later(path: Path) -> None:
    with Shelf(path, patience=0.05) as shelf, closing(opened(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ShelfBusy):
            shelf.begin("aigul")
        assert shelf.list("aigul") == ()  # reading goes on
        other.execute("ROLLBACK")
        kept = shelf.begin("aigul")
        assert shelf.list("aigul") == (kept,)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ShelfUnwritable, match="Cannot write"):
        Shelf(tmp_path / "file" / FILE)
    with pytest.raises(ShelfUnwritable):
        Shelf(tmp_path)


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.ui.keeping.samples import exchange
from ui.keeping import Shelf, ShelfFull
shelf = Shelf(Path(sys.argv[1]))
id = shelf.begin("aigul").id
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
kept = 0
try:
    while True:
        shelf.add("aigul", id, exchange())
        kept += 1
except ShelfFull as error:
    print(kept, len(shelf.load("aigul", id)))
"""


def test_when_the_disk_takes_no_more_it_is_told_and_nothing_is_lost(path: Path) -> None:
    with child(FULL, path) as filling:
        told = filling.communicate(timeout=120)[0].split()
    assert told, "it was never full"
    kept, readable = map(int, told)
    assert kept == readable > 10
    with Shelf(path) as shelf:
        (only,) = shelf.list("aigul")
        assert only.count == kept


def fill(file: ShelfFile, title: str) -> None:
    with file.writing() as db:
        for number in range(50):
            db.execute(
                "INSERT INTO conversations VALUES (?, 'owner', ?, 1, '', '')",
                (f"{title[0]}{number}", title),
            )


def test_a_change_that_does_not_fit_happens_not_at_all(file: ShelfFile) -> None:
    with file.reading() as db:
        db.execute("PRAGMA max_page_count = 40").fetchone()
    fill(file, "short")
    with pytest.raises(ShelfFull, match="disk is full"):
        fill(file, "long" * 2000)
    with file.reading() as db:
        assert db.execute("SELECT count(*) FROM conversations").fetchone()[0] == 50


def test_a_file_that_may_only_be_read_is_told(file: ShelfFile) -> None:
    with file.reading() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(ShelfUnwritable):
        fill(file, "any")


def test_a_fault_of_ours_is_not_told_as_the_persons(file: ShelfFile) -> None:
    with pytest.raises(sqlite3.OperationalError), file.writing() as db:
        db.execute("SELECT * FROM no_such_table")


def test_many_threads_write_at_once_and_nothing_is_lost_or_doubled(shelf: Shelf) -> None:
    together = begun(shelf, "everybody")

    def visit(visitor: int) -> str:
        owner = f"visitor {visitor}"
        id = begun(shelf, owner, *(f"{visitor}-{number}?" for number in range(5)))
        for _ in range(5):
            shelf.add("everybody", together, exchange(owner))
        shelf.judge(owner, id, 0, 0, "supported")
        return id

    with ThreadPoolExecutor(16) as threads:
        ids = list(threads.map(visit, range(32)))
    for visitor, id in enumerate(ids):
        owner = f"visitor {visitor}"
        assert [kept.id for kept in shelf.list(owner)] == [id]
        asked = [one.question for one in shelf.load(owner, id)]
        assert asked == [f"{visitor}-{number}?" for number in range(5)]
    positions = [one.position for one in shelf.load("everybody", together)]
    assert positions == list(range(160))


WRITING = """
import sys
from pathlib import Path
from tests.ui.keeping.samples import begun, exchange
from ui.keeping import Shelf
shelf = Shelf(Path(sys.argv[1]))
while True:
    id = begun(shelf, "aigul", "1?", "2?")
    for statement in (0, 1):
        shelf.judge("aigul", id, 1, statement, "supported")
    record = shelf.sign("aigul", id, 1, "Aigul")
    print(id, record.digest, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 7, 20])
def test_a_kill_in_the_midst_leaves_all_that_was_acknowledged(
    path: Path, acknowledged: int
) -> None:
    with child(WRITING, path) as writing:
        assert writing.stdout is not None
        told = [writing.stdout.readline().split() for _ in range(acknowledged)]
        os.kill(writing.pid, signal.SIGKILL)
        told += [line.split() for line in writing.stdout if line.endswith("\n")]
    with closing(opened(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    with Shelf(path) as shelf:
        for id, digest in told:
            assert shelf.record("aigul", id, 1).digest == digest
            assert len(shelf.load("aigul", id)) == 2
        begun(shelf, "aigul", "and it goes on?")


def test_two_processes_keep_in_one_file(path: Path) -> None:
    program = """
import sys
from pathlib import Path
from tests.ui.keeping.samples import begun
from ui.keeping import Shelf
with Shelf(Path(sys.argv[1])) as shelf:
    for number in range(25):
        begun(shelf, "aigul", f"{sys.argv[2]}-{number}?")
"""
    with child(program, path, "a") as first, child(program, path, "b") as second:
        assert first.wait(120) == second.wait(120) == 0
    with Shelf(path) as shelf:
        assert len(shelf.list("aigul")) == 50
