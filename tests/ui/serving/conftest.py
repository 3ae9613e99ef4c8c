"""Real servers over the real assistant, on free ports, spoken to over real HTTP."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from ui.accounts import Accounts
from ui.serving.options import Serving

if TYPE_CHECKING:
    from assistant import Assistant
    from ui.serving.listening import Served

NAME = "Айгүл"
PASSWORD = "ұзақ құпия сөз"

Serve = Callable[..., "Served"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Gradio warn, its server runs in this process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("default"))


def free_port() -> int:
    """A port of this machine where nobody listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A users file with one user."""
    file = tmp_path_factory.mktemp("users") / "users.txt"
    Accounts(file).add(NAME, PASSWORD)
    return file


@pytest.fixture(scope="module")
def serve_page(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serves the page with the options given; all are closed at the end of the file."""
    opened: list[Served] = []

    def open_page(**options: Any) -> Served:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ui.server import serve

            options.setdefault("home", tmp_path_factory.mktemp("home"))
            served = serve(assistant, port=free_port(), options=Serving(**options), wait=False)
            gc.collect()  # event loops that Gradio leaves open complain when they are collected
        opened.append(served)
        return served

    yield open_page
    for served in opened:
        served.close()


def sign_in(client: httpx.Client, name: str = NAME, password: str = PASSWORD) -> httpx.Response:
    """Send the form as a browser does."""
    headers = {"accept": "text/html", "origin": f"http://{client.base_url.netloc.decode()}"}
    fields = {"username": name, "password": password}
    return client.post("login", data=fields, headers=headers)


def visitor_of(served: Served, **settings: Any) -> httpx.Client:
    """A client with cookies of its own, at the page's address."""
    return httpx.Client(base_url=f"{served.address}/", timeout=60, **settings)
