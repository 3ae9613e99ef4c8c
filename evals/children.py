"""Child processes that are timed or weighed: the `dayek` command as a shell would start it.

Speed is only worth telling as a person meets it, so cold figures count from the start of a
process to its end, and the memory is that of the process that serves the page.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from sources import FixableError

_ROOT = Path(__file__).parent.parent
_START_WITHIN = 120.0
_ANSWER_WITHIN = 60.0


class ChildFailed(FixableError):
    """The `dayek` command that was to be measured failed; its own words tell why."""


@dataclass(frozen=True)
class Memory:
    """Resident memory of a process in bytes: now, and the most it ever was."""

    now: int
    peak: int


def command(*arguments: str | Path) -> list[str]:
    """The `dayek` command with these arguments, run by this Python."""
    return [sys.executable, "-m", "ui", *map(str, arguments)]


def time_dayek(*arguments: str | Path) -> float:
    """Seconds of a `dayek` command, from the start of its process to the end of it.

    Raises:
        ChildFailed: It ended with another status than 0.
    """
    begun = time.perf_counter()
    ended = subprocess.run(
        command(*arguments), cwd=_ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    seconds = time.perf_counter() - begun
    if ended.returncode:
        raise _failed(arguments, ended.stderr)
    return seconds


@contextmanager
def served(*arguments: str | Path) -> Iterator[Served]:
    """The page, served by a process of its own for as long as the block runs.

    Raises:
        ChildFailed: It ended, or did not answer within two minutes.
    """
    port = _free_port()
    # A file and not a pipe: a full pipe that nobody reads would stop the child.
    with TemporaryFile() as said:
        process = subprocess.Popen(
            command("serve", "--port", str(port), *arguments),
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        page = Served(process, f"http://127.0.0.1:{port}")
        try:
            if not page.comes_up():
                said.seek(0)
                raise _failed(("serve",), said.read())
            yield page
        finally:
            page.stop()


class Served:
    """A page that a child process serves.

    Args:
        process: The child.
        address: Where it listens, without a slash at the end.
    """

    def __init__(self, process: subprocess.Popen[bytes], address: str) -> None:
        self._process = process
        self.address = address

    def comes_up(self) -> bool:
        """Wait until the page can be fetched; False when the process ends or two minutes pass."""
        until = time.monotonic() + _START_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.fetch("/")
            except OSError:  # nobody listens yet
                time.sleep(0.2)
            else:
                return True
        return False

    def stop(self) -> None:
        """End the process, by force after ten seconds."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open_page(self) -> None:
        """Fetch the page and the scripts and styles it names, as a browser does."""
        markup = self.fetch("/").decode("utf-8", "replace")
        for name in re.findall(r"""(?:src|href)="\.?(/[^":]+)\"""", markup):
            self.fetch(name)
        self.fetch("/config")

    def ask(self, question: str) -> None:
        """Ask through the page's endpoint for programs, and wait for the answer."""
        told = json.dumps({"data": [question, None]}).encode()  # no earlier turns
        event = json.loads(self.fetch("/gradio_api/call/ask", told))["event_id"]
        said = self.fetch(f"/gradio_api/call/ask/{event}").decode("utf-8", "replace")
        if "event: complete" not in said:
            raise ChildFailed(f"The page did not answer: {said[:200]}")

    def memory(self) -> Memory | None:
        """Memory of the serving process; None where the system does not tell (not Linux)."""
        return memory_of(self._process.pid)

    def fetch(self, path: str, posted: bytes | None = None) -> bytes:
        """What the page gives for a path; `posted` is sent as JSON."""
        request = urllib.request.Request(
            self.address + path, posted, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=_ANSWER_WITHIN) as said:
            got: bytes = said.read()
            return got


def memory_of(process: int) -> Memory | None:
    """Memory of a process by its id; None where the system does not tell (not Linux)."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    kilobytes = {
        name: int(value) for name, value in re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.M)
    }
    return Memory(kilobytes["VmRSS"] * 1024, kilobytes["VmHWM"] * 1024)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _failed(arguments: Sequence[str | Path], said: bytes) -> ChildFailed:
    last = said.decode("utf-8", "replace").strip().splitlines()[-3:]
    return ChildFailed(
        f"`dayek {arguments[0]}` failed while it was measured: {' '.join(last) or 'no message'}"
    )
