"""A real Chroma server on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.collection import Store
from index.errors import StoreUnreachable


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    arguments = ["run", "--path", str(tmp_path / "served"), "--host", "127.0.0.1"]
    with subprocess.Popen(
        [program, *arguments, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
    ) as running:
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + 60
            while True:
                try:
                    Store.on_server(address).close()
                    break
                except StoreUnreachable:
                    assert time.monotonic() < until, "the Chroma server did not start"
                    time.sleep(0.2)
            yield address
        finally:
            running.kill()
