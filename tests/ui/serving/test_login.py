"""Signing in over real HTTP, as a browser, as a program, and as somebody who may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.ui.serving.conftest import NAME, PASSWORD, Serve, sign_in, visitor_of
from ui.accounts import Accounts
from ui.serving.listening import Served
from ui.serving.login import FAILURES_OF_A_NAME
from ui.serving.sessions import LASTING
from ui.wording.serving import SERVING_WORDS

QUESTION = "Көпвекторлы сыртқы саясат дегеніміз не?"

PRIVATE = (
    "config", "gradio_api/info", "gradio_api/openapi.json", "gradio_api/heartbeat/x",
    "gradio_api/queue/data?session_hash=x", "theme.css", "assets/x.js", "login/", "logout/",
    "gradio_api/file=/etc/passwd", "gradio_api/startup-events", "manifest.json",
)  # fmt: skip


def program(served: Served, who: tuple[str, str] | None) -> Any:
    """Gradio's own client."""
    # Here, since the page has switched off by now what its libraries would tell others.
    from gradio_client import Client

    return Client(f"{served.address}/", auth=who, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def served(serve_page: Serve, users: Path) -> Served:
    return serve_page(auth=users, root_path="/dayek")


@pytest.fixture
def visitor(served: Served) -> Iterator[httpx.Client]:
    with visitor_of(served) as client:
        yield client


def test_nothing_is_shown_before_signing_in(visitor: httpx.Client) -> None:
    for path in PRIVATE:
        assert visitor.get(path).status_code == 401, path
    assert visitor.post("gradio_api/queue/join", json={}).status_code == 401
    assert visitor.post("gradio_api/cancel", json={}).status_code == 401
    assert visitor.get("health").status_code == 200
    assert visitor.get("favicon.ico").status_code == 200


def test_a_link_leads_over_the_door_to_its_place(visitor: httpx.Client, served: Served) -> None:
    shown = visitor.get("?p=2.1.14&q=1-5")
    assert shown.status_code == 303
    door = visitor.get(urljoin(served.address, shown.headers["location"]))
    assert door.status_code == 200
    assert door.headers["cache-control"] == "no-store"
    assert "script" not in door.headers["content-security-policy"].replace("'none'", "")
    assert "<script" not in door.text
    kept = re.search('name="next" value="([^"]*)"', door.text)
    assert kept is not None
    fields = {"username": NAME, "password": PASSWORD, "next": kept[1].replace("&amp;", "&")}
    reply = visitor.post("login", data=fields, headers={"accept": "text/html"})
    assert reply.status_code == 303
    assert reply.headers["location"] == "/dayek/?p=2.1.14&q=1-5"
    assert visitor.get("").status_code == 200


@pytest.mark.parametrize("away", ["https://elsewhere.example", "//elsewhere.example", "?\r\nx: y"])
def test_a_link_never_leads_away(visitor: httpx.Client, away: str) -> None:
    fields = {"username": NAME, "password": PASSWORD, "next": away}
    reply = visitor.post("login", data=fields, headers={"accept": "text/html"})
    assert reply.headers["location"] == "/dayek/"


def test_the_cookie_is_for_this_server_and_no_script(visitor: httpx.Client) -> None:
    cookie = sign_in(visitor).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/dayek/" in cookie
    assert f"max-age={LASTING}" in cookie
    assert "secure" not in cookie
    assert PASSWORD not in cookie


def test_behind_https_the_cookie_stays_there(visitor: httpx.Client) -> None:
    headers = {"x-forwarded-proto": "https"}
    fields = {"username": NAME, "password": PASSWORD}
    assert (
        "; secure"
        in visitor.post("login", data=fields, headers=headers).headers["set-cookie"].lower()
    )


def test_the_page_knows_who_has_signed_in(visitor: httpx.Client) -> None:
    sign_in(visitor)
    assert visitor.get("config").json()["username"] == NAME
    assert visitor.get("config").headers["cache-control"] == "no-store"


def test_handlers_are_told_who_is_asking(serve_page: Serve, users: Path) -> None:
    """Each user has turns of their own, although all come from one address."""
    Accounts(users).add("Ерлан", PASSWORD)
    served = serve_page(auth=users, visitor_limit=1)
    for name in (NAME, "Ерлан"):
        client = program(served, (name, PASSWORD))
        assert client.predict(QUESTION, api_name="/ask")["citations"]
        with pytest.raises(Exception, match="again in"):
            client.predict(QUESTION, api_name="/ask")
        client.close()


def test_wrong_words_are_told_in_each_language_and_nothing_else(visitor: httpx.Client) -> None:
    for language, words in SERVING_WORDS.items():
        fields = {"username": "<b>x</b>", "password": "wrong", "lang": language}
        reply = visitor.post("login", data=fields, headers={"accept": "text/html"})
        assert reply.status_code == 401
        assert words.wrong in reply.text
        assert f'<html lang="{language}">' in reply.text
        assert "<b>x</b>" not in reply.text
        assert "set-cookie" not in reply.headers
    known = visitor.post("login", data={"username": NAME, "password": "wrong"})
    unknown = visitor.post("login", data={"username": "Ешкім", "password": "wrong"})
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())


@pytest.mark.parametrize(
    "body",
    [b"", b"username=" + NAME.encode(), b"\xff\xfe", b"password=" + b"x" * 100_000, b"{}"],
)  # fmt: skip
def test_a_form_that_is_none_opens_nothing(visitor: httpx.Client, body: bytes) -> None:
    reply = visitor.post("login", content=body)
    assert reply.status_code == 401
    assert "set-cookie" not in reply.headers


def test_another_site_cannot_sign_a_browser_in(visitor: httpx.Client) -> None:
    fields = {"username": NAME, "password": PASSWORD}
    for told in (
        {"origin": "https://elsewhere.example"},
        {"referer": "https://elsewhere.example/"},
    ):
        reply = visitor.post("login", data=fields, headers=told)
        assert reply.status_code == 403
        assert "set-cookie" not in reply.headers


def test_signing_out_takes_a_press_and_ends_the_session_for_copies_too(
    visitor: httpx.Client, served: Served
) -> None:
    sign_in(visitor)
    copy = dict(visitor.cookies)
    assert SERVING_WORDS["ru"].sign_out_question in visitor.get("logout?lang=ru").text
    assert visitor.get("config").status_code == 200
    left = visitor.post("logout", data={"lang": "ru"})
    assert left.status_code == 303
    door = visitor.get(urljoin(served.address, left.headers["location"]))
    assert SERVING_WORDS["ru"].signed_out in door.text
    assert visitor.get("config").status_code == 401
    with visitor_of(served, cookies=copy) as thief:
        assert thief.get("config").status_code == 401


def test_a_new_password_counts_at_once(serve_page: Serve, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "users")
    accounts.add(NAME, PASSWORD)
    served = serve_page(auth=accounts.file)
    with visitor_of(served) as visitor:
        assert sign_in(visitor).status_code == 303
        accounts.add(NAME, "another password")
        assert visitor.get("config").status_code == 401
        assert sign_in(visitor).status_code == 401
        assert sign_in(visitor, password="another password").status_code == 303
        accounts.file.write_text("nonsense", encoding="utf-8")
        assert visitor.get("config").status_code == 401
        assert sign_in(visitor).status_code == 503


def test_who_guesses_waits_and_the_owner_elsewhere_does_not(serve_page: Serve, users: Path) -> None:
    served = serve_page(auth=users, root_path="/dayek")
    with visitor_of(served, headers={"x-forwarded-for": "192.0.2.1"}) as guesser:
        for _ in range(FAILURES_OF_A_NAME):
            assert sign_in(guesser, password="guess").status_code == 401
        throttled = sign_in(guesser)
        assert throttled.status_code == 429
        assert int(throttled.headers["retry-after"]) > 0
        assert SERVING_WORDS["kk"].throttled.split("{")[0] in throttled.text
    with visitor_of(served, headers={"x-forwarded-for": "192.0.2.2"}) as owner:
        for _ in range(FAILURES_OF_A_NAME + 1):
            assert sign_in(owner).status_code == 303


def test_gradios_own_client_signs_in(served: Served) -> None:
    client = program(served, (NAME, PASSWORD))
    assert client.predict(QUESTION, api_name="/ask")["citations"]
    client.close()
    for who in ((NAME, "wrong"), None):
        with pytest.raises(Exception, match=r"login|Unauthorized|authenticat"):
            program(served, who)
