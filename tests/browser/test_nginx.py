"""The page behind Debian's nginx with the very recipe that we give, in a real browser.

Without nginx these tests are skipped and say so; where nothing may be skipped (CI, or
DAYEK_TEST_REQUIRE_BROWSER) they fail instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx
import pytest
from playwright.sync_api import Browser, expect

import ui
from tests.browser.conftest import free_port, served
from tests.browser.moody import SLOW, Moody
from tests.browser.questions import SITE
from tests.browser.visitor import PATIENCE, Visitor
from ui.accounts import Accounts

if TYPE_CHECKING:
    from assistant import Assistant

RECIPE = Path(ui.__file__).parent / "deploy" / "nginx.conf"
NAME, PASSWORD = "Айгүл", "ұзақ құпия сөз"

MAIN = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/dayek.conf;
}}
"""


@pytest.fixture(scope="module")
def nginx() -> str:
    """Debian's nginx."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        reason = "no nginx on this machine; `make browser` installs Debian's"
        if os.environ.get("CI") or os.environ.get("DAYEK_TEST_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def behind(
    nginx: str, assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where visitors find a page with one user behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    Accounts(folder / "users").add(NAME, PASSWORD)
    moody = cast("Assistant", Moody(assistant))
    page = served(moody, folder / "home", auth=folder / "users", root_path="/dayek")
    inner = next(page).removesuffix("/dayek").removeprefix("http://")
    front = f"127.0.0.1:{free_port()}"
    recipe = RECIPE.read_text(encoding="utf-8")
    for ours, here in (("127.0.0.1:7860;", f"{inner};"), ("listen 80;", f"listen {front};")):
        assert recipe.count(ours) == 1
        recipe = recipe.replace(ours, here)
    (folder / "dayek.conf").write_text(recipe, encoding="utf-8")
    (folder / "main.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    command = [nginx, "-e", str(folder / "error.log"), "-c", str(folder / "main.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as running:
        try:
            _wait_for(f"http://{front}/dayek/health", running)
            yield f"http://{front}/dayek"
        finally:
            running.terminate()
            running.wait(timeout=30)
            page.close()


def _wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        assert running.poll() is None, running.stderr and running.stderr.read()
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


def test_a_person_signs_in_and_watches_an_answer_being_written(
    chromium: Browser, behind: str
) -> None:
    context = chromium.new_context(locale="kk-KZ")
    tab = context.new_page()
    tab.goto(behind)  # without a slash at the end, as people type it
    visitor = Visitor(tab, behind)
    tab.locator("#username").fill(NAME)
    tab.locator("#password").fill(PASSWORD)
    tab.locator("#password").press("Enter")
    expect(tab).to_have_url(f"{behind}/")
    expect(visitor.box).to_be_visible(timeout=PATIENCE)
    expect(tab.locator("#language[role=radiogroup]")).to_be_visible(timeout=PATIENCE)
    visitor.type(f"{SITE} {SLOW}")
    visitor.box.press("Enter")
    # The stop button shows while the answer is under way: its first part is here before its end.
    expect(tab.locator("#stop")).to_be_visible(timeout=PATIENCE)
    expect(visitor.reply).to_be_visible()
    expect(tab.locator("#send")).to_be_visible(timeout=PATIENCE)
    visitor.ask(SITE)
    visitor.open_marker()
    visitor.nothing_went_wrong()
    context.close()


def test_a_reply_that_never_ends_is_let_through_at_once(behind: str) -> None:
    with httpx.Client(base_url=f"{behind}/", timeout=60) as client:
        assert client.post("login", data={"username": NAME, "password": PASSWORD}).is_success
        with client.stream("GET", "gradio_api/heartbeat/somebody") as heart:
            assert "ALIVE" in next(heart.iter_text())


def test_the_path_without_its_slash_and_the_limits_of_size(behind: str) -> None:
    moved = httpx.get(behind, params={"p": "2.1.3"})
    assert moved.status_code == 308
    assert moved.headers["location"] == "/dayek/?p=2.1.3"
    big = httpx.post(f"{behind}/gradio_api/queue/join", content=b"x" * (9 * 2**20))
    assert big.status_code == 413


def test_a_visitor_cannot_choose_an_address(behind: str) -> None:
    """Failures count for the true address, whatever the visitor says of a proxy."""
    statuses = []
    for number in range(8):
        told = {"x-forwarded-for": f"192.0.2.{number}", "x-forwarded-proto": "https"}
        fields = {"username": "Ешкім", "password": "wrong"}
        reply = httpx.post(f"{behind}/login", data=fields, headers=told, timeout=60)
        statuses.append(reply.status_code)
    assert statuses[0] == 401
    assert statuses[-1] == 429
