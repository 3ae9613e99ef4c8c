"""Which choices about serving go together; nothing is started here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Dayek
from ui.errors import AccountsUnusable, NotServable, OpenToAll
from ui.serving.options import Serving


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])
def test_this_machine_alone_needs_no_users(host: str) -> None:
    Serving().check(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1"])
def test_any_other_address_needs_users_or_a_clear_word(host: str, users: Path) -> None:
    with pytest.raises(OpenToAll, match="--public"):
        Serving().check(host)
    Serving(public=True).check(host)
    Serving(auth=users).check(host)


@pytest.mark.parametrize(
    "choices",
    [
        {"root_path": "dayek"},
        {"root_path": "/"},
        {"root_path": "/a/"},
        {"root_path": "/a b"},
        {"root_path": "//host/a"},
        {"root_path": "https://host/a"},
        {"proxies": ("nginx",)},
        {"proxies": ("*",)},
        {"visitor_limit": -1},
        {"at_once": 0},
        {"waiting": 0},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_told_with_what_to_type(choices: dict[str, Any]) -> None:
    with pytest.raises(NotServable, match="--"):
        Serving(**choices).check("127.0.0.1")


def test_users_and_everybody_exclude_each_other(users: Path) -> None:
    with pytest.raises(NotServable, match="--public"):
        Serving(auth=users, public=True).check("127.0.0.1")


def test_a_users_file_without_users_is_told(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.touch(mode=0o600)
    with pytest.raises(AccountsUnusable, match="dayek user add"):
        Serving(auth=file).check("127.0.0.1")
    with pytest.raises(AccountsUnusable, match="dayek user add"):
        Serving(auth=tmp_path / "missing").check("127.0.0.1")


def test_a_proxy_is_believed_only_where_one_was_named() -> None:
    assert Serving().believed == ()
    assert "127.0.0.1" in Serving(root_path="/dayek").believed
    assert Serving(proxies=("192.0.2.0/24",)).believed == ("192.0.2.0/24",)


@pytest.mark.parametrize(
    "arguments", [("--host", "0.0.0.0"), ("--auth", "missing"), ("--root-path", "dayek")]
)
def test_the_command_refuses_before_it_builds_anything(
    dayek: Dayek, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    refused = dayek("serve", *arguments, "--home", tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.startswith(b"dayek: ")
    assert b"Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []
