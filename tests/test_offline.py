"""With every socket but loopback closed it all works: asking, building, serving.

Two walls. All tests of the suite stand behind the audit hook (`offline/sitecustomize.py`). The
children here stand behind a second one that the kernel keeps (`offline/sealed.py`), for compiled
code that opens sockets without asking Python.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Dayek
from tests.offline.sitecustomize import ATTEMPTS, is_near

FOLDER = ROOT / "tests" / "offline"
SEALED = (sys.executable, str(FOLDER / "sealed.py"))
# Documentation addresses (RFC 5737), nobody's.
OUTSIDE = "192.0.2.1"

NOTES = """1 Күнделік

Абай 1845 жылы Шыңғыс тауының бөктерінде дүниеге келді. Ол ақын, ағартушы және ойшыл болды.

Кітапхана дүйсенбі күні жабық. Басқа күндері ол таңғы тоғыздан кешкі алтыға дейін ашық.
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", b"127.0.0.1", "", None])
def test_this_machine_is_near(host: object) -> None:
    assert is_near(host)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "example.org", b"example.org", "2001:db8::1", "128.0.0.1"]
)
def test_others_are_not(host: object) -> None:
    assert not is_near(host)


def test_this_process_cannot_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ATTEMPTS, str(tmp_path / "attempts"))
    with pytest.raises(OSError, match="resolution"):
        socket.create_connection(("example.org", 443), timeout=5)
    with socket.socket() as call, pytest.raises(OSError, match="unreachable"):
        call.connect((OUTSIDE, 80))
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as post,
        pytest.raises(OSError, match="un"),
    ):
        post.sendto(b"x", (OUTSIDE, 53))
    assert len((tmp_path / "attempts").read_text().splitlines()) == 3


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_a_child_cannot_leave_and_its_attempt_is_noted(tmp_path: Path) -> None:
    attempts = tmp_path / "attempts"
    program = f"import socket; socket.socket().connect(('{OUTSIDE}', 80))"
    child = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {ATTEMPTS: str(attempts)},
        capture_output=True,
        check=False,
    )
    assert child.returncode != 0
    assert b"Network is unreachable" in child.stderr
    assert OUTSIDE in attempts.read_text()


def test_the_kernel_keeps_what_python_does_not_see() -> None:
    if subprocess.run([*SEALED, "--probe"], check=False).returncode != 0:
        pytest.skip("the kernel allows no network namespace here; the audit hook stands alone")
    # Without PYTHONPATH there is no hook in the child: only the kernel is left to say no.
    free = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    program = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname(), timeout=5)\n"
        "print('loopback', flush=True)\n"
        f"socket.create_connection(('{OUTSIDE}', 80), timeout=5)\n"
    )
    child = subprocess.run(
        [*SEALED, sys.executable, "-c", program], env=free, capture_output=True, check=False
    )
    assert child.stdout == b"loopback\n"
    assert b"unreachable" in child.stderr


def test_asking(dayek: Dayek, ready_home: Path) -> None:
    question = "Көпвекторлы сыртқы саясат дегеніміз не?"
    result = dayek("ask", "--json", question, "--home", ready_home, before=SEALED)
    assert result.returncode == 0, result.stderr.decode()
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    assert answer["citations"]


def test_building_an_index_and_asking_it(dayek: Dayek, ready_home: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    (tmp_path / "models").symlink_to(ready_home / "models", target_is_directory=True)
    place = ("--source", notes, "--home", tmp_path)
    built = dayek("index", "build", *place, before=SEALED)
    assert built.returncode == 0, built.stderr.decode()
    result = dayek("ask", "--json", "Абай қай жылы туған?", *place, before=SEALED)
    assert result.returncode == 0, result.stderr.decode()
    answer = json.loads(result.stdout)
    first = answer["retrieved"][0]
    assert "1845" in NOTES[first["start"] : first["end"]]


def test_serving_the_page(ready_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    serve = [sys.executable, "-m", "ui", "serve", "--port", port, "--home", str(ready_home)]
    visit = [sys.executable, str(FOLDER / "visit.py"), port, *serve]
    result = subprocess.run([*SEALED, *visit], capture_output=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr.decode()
    assert json.loads(result.stdout) == {"status": 200, "title": True, "exit": 0}
