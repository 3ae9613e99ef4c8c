"""What all tests share: a closed network, a clean environment, and the real parts, made once.

Nothing here is a stand-in. The model, the index and the assistant are the ones a person gets; the
first run on a machine builds them in the data folder (`.dayek` in the checkout, or wherever
DAYEK_TEST_HOME points), every later one opens them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tests.offline.sitecustomize as closed

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Embedder
    from sources import Work

ROOT = Path(__file__).parents[1]

# A person's own settings must not change what is tested.
for _name in [name for name in os.environ if name.startswith("DAYEK_")]:
    if not _name.startswith("DAYEK_TEST_"):
        del os.environ[_name]

# A shell that runs this in the background has switched Ctrl-C off, for our children too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

Dayek = Callable[..., "subprocess.CompletedProcess[bytes]"]


LONG = frozenset(
    ROOT / "tests" / name
    for name in (
        "assistant/test_asked_on_conflicts.py",
        "assistant/test_local_model.py",
        "browser/test_evaluation.py",
        "browser/test_login.py",
        "browser/test_nginx.py",
        "browser/test_reader.py",
        "browser/test_report.py",
        "browser/test_waiting.py",
        "evals/test_ahead.py",
        "evals/test_children.py",
        "evals/test_crowd.py",
        "evals/test_models.py",
        "index/test_bundled_model.py",
    )
)
"""Files whose tests take longest for what they guard; `make test-long` and CI run them too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the long tests; and browser tests come last: Playwright keeps an event loop running."""
    for item in items:
        if item.path in LONG:
            item.add_marker(pytest.mark.long)
    items.sort(key=lambda item: ROOT / "tests" / "browser" in item.path.parents)


@pytest.fixture(scope="session", autouse=True)
def network_closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Loopback only, for this process and its children; a swallowed attempt fails the run."""
    log = tmp_path_factory.mktemp("network") / "attempts"
    folder = str(Path(closed.__file__).parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(closed.ATTEMPTS, str(log))
        patch.setenv("PYTHONPATH", folder, prepend=os.pathsep)
        yield
    assert not log.exists(), f"something tried to leave this machine:\n{log.read_text()}"


@pytest.fixture(scope="session")
def data_home() -> Path:
    """The data folder with the model and the index of the dissertation."""
    named = os.environ.get("DAYEK_TEST_HOME")
    home = Path(named).resolve() if named else ROOT / ".dayek"
    home.mkdir(parents=True, exist_ok=True)
    return home


@pytest.fixture(scope="session")
def work() -> Work:
    """The dissertation, opened and cut."""
    from sources import open_work

    return open_work()


@pytest.fixture(scope="session")
def bundled_embedder(data_home: Path) -> Embedder:
    """The real model."""
    from index import open_embedder

    return open_embedder("bundled", data_home / "models")


@pytest.fixture(scope="session")
def dayek() -> Dayek:
    """Runs the `dayek` command as a child process, as a person's shell would."""

    def run(
        *arguments: str | bytes | Path,
        stdin: bytes | None = b"",
        before: Sequence[str] = (),
        timeout: float = 300,
        **variables: str,
    ) -> subprocess.CompletedProcess[bytes]:
        command = [*before, sys.executable, "-m", "ui", *arguments]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            timeout=timeout,
            cwd=ROOT,
            env=os.environ | variables,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def ready_home(data_home: Path, dayek: Dayek) -> Path:
    """The data folder with model and index, for child processes; many may read one index."""
    built = dayek("index", "build", "--home", data_home, timeout=600)
    assert built.returncode == 0, built.stderr.decode()
    return data_home


@pytest.fixture(scope="session")
def assistant(ready_home: Path) -> Assistant:
    """The real assistant over the dissertation."""
    from assistant import Settings, assemble

    return assemble(Settings.from_environment(home=ready_home))
