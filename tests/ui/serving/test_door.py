"""The address from the first moment to the last: health, headers, what is closed, proxies."""

from __future__ import annotations

import html
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.conftest import ROOT
from tests.ui.serving.conftest import Serve, free_port, visitor_of
from ui.errors import PortTaken
from ui.serving.guard import LARGEST
from ui.serving.listening import Served, listen
from ui.wording.serving import SERVING_WORDS

if TYPE_CHECKING:
    from assistant import Assistant

JOIN = "gradio_api/queue/join"


@pytest.fixture(scope="module")
def served(serve_page: Serve) -> Served:
    """The page for everybody, under a path behind a proxy on this machine."""
    return serve_page(root_path="/dayek")


@pytest.fixture
def visitor(served: Served) -> Iterator[httpx.Client]:
    with visitor_of(served) as client:
        yield client


def test_health_tells_what_is_served_and_nothing_secret(
    visitor: httpx.Client, assistant: Assistant
) -> None:
    reply = visitor.get("health")
    assert reply.status_code == 200
    assert reply.json() == {
        "status": "ok",
        "work": assistant.work.id,
        "sha256": assistant.work.document.sha256,
        "index": assistant.index_fingerprint,
        "version": version("dayek"),
    }
    assert reply.headers["cache-control"] == "no-store"
    assert visitor.head("health").status_code == 200


def test_the_address_answers_before_there_is_a_page_and_not_after_the_end() -> None:
    port = free_port()
    served = listen("127.0.0.1", port)
    try:
        with visitor_of(served) as client:
            health = client.get("health")
            assert (health.status_code, health.json()) == (503, {"status": "starting"})
            page = client.get("", headers={"accept": "text/html"})
            assert page.status_code == 503
            assert int(page.headers["retry-after"]) > 0
            for words in SERVING_WORDS.values():
                assert words.starting in page.text
            assert client.post(JOIN, json={}).status_code == 503
        with pytest.raises(PortTaken, match="--port"):
            listen("127.0.0.1", port)
    finally:
        served.close()
    served.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.address}/health")
    listen("127.0.0.1", port).close()  # the port is free again at once


def test_open_pages_do_not_hold_up_the_end(serve_page: Serve) -> None:
    served = serve_page()
    with (
        visitor_of(served) as client,
        client.stream("GET", "gradio_api/heartbeat/somebody") as heart,
    ):
        beats = heart.iter_text()
        assert "ALIVE" in next(beats)
        closing = threading.Thread(target=served.close)
        closing.start()
        list(beats)  # ends, or this test does not
        closing.join()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.address}/health")


def test_every_reply_tells_the_browser_what_it_may_do(visitor: httpx.Client) -> None:
    for path in ("", "health", "config", "nowhere", "theme.css"):
        headers = visitor.get(path).headers
        policy = headers["content-security-policy"]
        assert "connect-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'self'" in policy
        assert not [word for word in policy.split() if "http" in word or word == "*"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


def test_gradio_keeps_to_itself(visitor: httpx.Client) -> None:
    config = visitor.get("config").json()
    assert config["footer_links"] == []
    assert config["run_history"] is False
    assert config["show_error"] is False
    assert not config.get("mcp_server")
    assert visitor.get("monitoring").status_code == 403
    assert visitor.get("gradio_api/runs").status_code == 404
    assert "image/svg+xml" in visitor.get("favicon.ico").headers["content-type"]


def test_whoever_shares_a_link_shares_the_works_title_and_no_other_host(
    visitor: httpx.Client, assistant: Assistant
) -> None:
    head = visitor.get("", headers={"accept-encoding": "br, gzip"}).text.partition("</head>")[0]
    assert '<html\n\tlang="kk"' in head
    titles = re.findall(r'property="og:title" content="([^"]*)"', head)
    assert len(titles) == 1
    assert html.escape(assistant.work.title) in titles[0]
    assert re.findall(r'rel="icon" href="([^"]*)"', head) == ["favicon.ico"]
    tags = re.sub(r"<script.*?</script>", "", head, flags=re.DOTALL)
    assert not re.findall(r'(?:href|src|content)="(?:https?:|/)[^"]*"', tags)


@pytest.mark.parametrize(
    "path", ["upload", "stream/x", "process_recording", "proxy=http://x", "vibe-edit", "vibe-code"]
)
def test_what_the_page_has_no_use_for_is_not_there(visitor: httpx.Client, path: str) -> None:
    assert visitor.post(f"gradio_api/{path}").status_code == 404


def test_a_request_from_another_site_changes_nothing(visitor: httpx.Client, served: Served) -> None:
    own = f"http://{visitor.base_url.netloc.decode()}"
    for stranger in ("https://elsewhere.example", "null", own + "1", "file://"):
        assert visitor.post(JOIN, headers={"origin": stranger}).status_code == 403
    assert visitor.post(JOIN, headers={"referer": "https://elsewhere.example/"}).status_code == 403
    for own_headers in ({"origin": own}, {"referer": f"{own}/dayek/"}, {}):
        # 422: it has come through, and Gradio misses a body.
        assert visitor.post(JOIN, headers=own_headers).status_code == 422


def test_what_is_too_large_is_not_read(visitor: httpx.Client, served: Served) -> None:
    assert visitor.post(JOIN, content=b"x" * (LARGEST + 1)).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield b"x" * (LARGEST // 32)

    with pytest.raises(httpx.HTTPError):
        visitor.post(JOIN, content=endless()).raise_for_status()
    assert visitor.get("health").status_code == 200


def test_the_page_is_the_same_with_its_path_and_without(
    visitor: httpx.Client, served: Served
) -> None:
    bare = served.address.removesuffix("/dayek")
    for address in (f"{bare}/", f"{bare}/dayek/"):
        page = httpx.get(address)
        assert page.status_code == 200
        assert f'"root":"{bare}/dayek"' in page.text.replace("/dayek/", "/dayek").replace(" ", "")


def test_what_a_stranger_says_of_a_proxy_is_not_believed(serve_page: Serve) -> None:
    served = serve_page()
    headers = {"x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "https",
               "x-gradio-server": "https://elsewhere.example"}  # fmt: skip
    with visitor_of(served, headers=headers) as client:
        assert "elsewhere" not in client.get("").text
        assert client.get("config").json()["root"] == served.address


def test_what_our_own_proxy_says_is_believed(served: Served) -> None:
    headers = {"x-forwarded-host": "work.example", "x-forwarded-proto": "https"}
    with visitor_of(served, headers=headers) as client:
        assert client.get("config").json()["root"] == "https://work.example/dayek"
        own = {"origin": "https://work.example"}
        assert client.post(JOIN, headers=own).status_code == 422


def test_the_command_serves_and_ends_cleanly_when_it_is_told_to(ready_home: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ui", "serve", "--port", str(port), "--home", str(ready_home)]
    variables = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env=variables) as child:
        states = list(_states(child, port))
        child.send_signal(signal.SIGTERM)
        _, told = child.communicate(timeout=60)
    assert states[-1] == "ok"
    assert child.returncode == 0
    assert f"http://127.0.0.1:{port}" in told.decode()
    assert "Traceback" not in told.decode()


def _states(child: subprocess.Popen[bytes], port: int) -> Iterator[str]:
    """What health says, again and again until it is well."""
    limit = time.monotonic() + 240
    while child.poll() is None and time.monotonic() < limit:
        try:
            state = httpx.get(f"http://127.0.0.1:{port}/health", timeout=10).json()["status"]
        except httpx.TransportError:
            state = "silent"
        yield state
        if state == "ok":
            return
        time.sleep(0.2)


def test_ipv6_has_its_brackets() -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    served = listen("::1", free_port())
    try:
        assert httpx.get(f"{served.address}/health").status_code == 503
    finally:
        served.close()
