"""Cookies that only this server can have written, on a clock of our own."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

import pytest

from tests.ui.serving.conftest import NAME, PASSWORD
from ui.accounts import Accounts
from ui.errors import NotServable
from ui.serving.sessions import LASTING, Sessions


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "users.txt")
    made.add(NAME, PASSWORD)
    return made


def begun(sessions: Sessions, accounts: Accounts) -> str:
    account = accounts.find(NAME)
    assert account is not None
    return sessions.begin(account)


def test_a_cookie_names_its_user_also_after_a_restart(accounts: Accounts, tmp_path: Path) -> None:
    cookie = begun(Sessions(accounts, tmp_path / "home"), accounts)
    again = Sessions(accounts, tmp_path / "home")
    assert again.user(cookie) == NAME
    assert Sessions(accounts, tmp_path / "other").user(cookie) is None
    assert Sessions(accounts, None).user(cookie) is None


def test_two_servers_of_one_machine_do_not_take_each_others_cookie(
    accounts: Accounts, tmp_path: Path
) -> None:
    one, other = (Sessions(accounts, tmp_path / name) for name in ("one", "other"))
    assert one.cookie != other.cookie
    assert one.cookie == Sessions(accounts, tmp_path / "one").cookie


def test_the_secret_is_the_owners_alone(accounts: Accounts, tmp_path: Path) -> None:
    Sessions(accounts, tmp_path / "home")
    assert stat.S_IMODE((tmp_path / "home" / "secret").stat().st_mode) == 0o600


def test_nothing_else_is_a_session(accounts: Accounts) -> None:
    sessions = Sessions(accounts, None)
    body, _, seal = begun(sessions, accounts).partition(".")
    accounts.add("Ерлан", PASSWORD)
    claims = json.loads(base64.urlsafe_b64decode(body))
    forged = [["Ерлан", *claims[1:]], [claims[0], claims[1] + 1, claims[2]], "text", [1, 2, 3], {}]
    bodies = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode() for one in forged]
    for cookie in (None, "", ".", "ә.ә", body, f"{body}.", f".{seal}", f"{body}.ә{seal}",
                   *(f"{one}.{seal}" for one in bodies)):  # fmt: skip
        assert sessions.user(cookie) is None
    assert sessions.user(f"{body}.{seal}") == NAME


def test_a_session_ends_after_its_days(accounts: Accounts) -> None:
    now = [1_700_000_000.0]
    sessions = Sessions(accounts, None, now=lambda: now[0])
    cookie = begun(sessions, accounts)
    now[0] += LASTING - 1
    assert sessions.user(cookie) == NAME
    now[0] += 1
    assert sessions.user(cookie) is None


def test_a_new_password_or_a_removal_ends_every_session(accounts: Accounts) -> None:
    sessions = Sessions(accounts, None)
    cookie = begun(sessions, accounts)
    accounts.add(NAME, PASSWORD)
    assert sessions.user(cookie) is None
    cookie = begun(sessions, accounts)
    accounts.remove(NAME)
    assert sessions.user(cookie) is None
    accounts.add(NAME, PASSWORD)
    assert sessions.user(cookie) is None


def test_a_session_signed_out_is_worthless_also_after_a_restart(
    accounts: Accounts, tmp_path: Path
) -> None:
    now = [1_700_000_000.0]
    sessions = Sessions(accounts, tmp_path / "home", now=lambda: now[0])
    cookie, other = begun(sessions, accounts), begun(sessions, accounts)
    sessions.end(cookie)
    sessions.end("nonsense")
    for one in (sessions, Sessions(accounts, tmp_path / "home", now=lambda: now[0])):
        assert one.user(cookie) is None
        assert one.user(other) == NAME
    now[0] += LASTING
    late = begun(sessions, accounts)
    sessions.end(late)
    ended = json.loads((tmp_path / "home" / "ended.json").read_text())
    assert len(ended) == 1, "what is over by itself need not be remembered"


def test_while_the_users_file_is_broken_nobody_is_signed_in(accounts: Accounts) -> None:
    sessions = Sessions(accounts, None)
    cookie = begun(sessions, accounts)
    before = accounts.file.read_text(encoding="utf-8")
    accounts.file.write_text(before + "nonsense\n", encoding="utf-8")
    assert sessions.user(cookie) is None
    accounts.file.write_text(before, encoding="utf-8")
    assert sessions.user(cookie) == NAME


@pytest.mark.parametrize(("file", "content"), [("secret", b"short"), ("ended.json", b"[")])
def test_a_broken_folder_is_told(
    accounts: Accounts, tmp_path: Path, file: str, content: bytes
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / file).write_bytes(content)
    with pytest.raises(NotServable, match="home"):
        Sessions(accounts, tmp_path / "home")
