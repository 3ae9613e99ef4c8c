"""The users file, and the commands that write it."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Dayek
from ui.accounts import Accounts
from ui.errors import AccountsUnusable, NoSuchUser, UserRefused

PASSWORD = "ұзақ құпия сөз"

# Makes the input the terminal of this process, then becomes the command that follows.
OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "users.txt")
    assert made.add("Айгүл", PASSWORD)
    return made


def test_the_right_password_opens_and_no_other(accounts: Accounts) -> None:
    account = accounts.check("Айгүл", PASSWORD)
    assert account is not None
    assert account.name == "Айгүл"
    for wrong in ("", PASSWORD + " ", PASSWORD.upper(), "ә" * 600):
        assert accounts.check("Айгүл", wrong) is None
    assert accounts.check("Ерлан", PASSWORD) is None


def test_capital_letters_and_the_form_of_a_letter_make_no_other_user(accounts: Accounts) -> None:
    assert accounts.check("айгүл", PASSWORD) is not None
    assert not accounts.add("АЙГҮЛ", "a new password")
    assert [one.name for one in accounts.all()] == ["Айгүл"]
    assert accounts.check("Айгүл", "a new password") is not None
    accounts.add("Андрей", "пароль й")
    assert accounts.check("Андреи\u0306", "пароль и\u0306") is not None


def test_the_file_keeps_no_password_and_is_the_owners_alone(accounts: Accounts) -> None:
    accounts.add("Ерлан", PASSWORD)
    text = accounts.file.read_text(encoding="utf-8")
    assert PASSWORD not in text
    one, other = (line.partition(":")[2] for line in text.splitlines())
    assert one != other, "the same password must look different for each user"
    assert stat.S_IMODE(accounts.file.stat().st_mode) == 0o600
    assert list(accounts.file.parent.iterdir()) == [accounts.file]


def test_remarks_and_other_users_survive_a_change(accounts: Accounts) -> None:
    before = accounts.file.read_text(encoding="utf-8")
    accounts.file.write_text(f"# teachers\n\n{before}", encoding="utf-8")
    accounts.add("Ерлан", PASSWORD)
    accounts.add("Ерлан", "another password")
    accounts.remove("ерлан")
    assert accounts.file.read_text(encoding="utf-8") == f"# teachers\n\n{before}"
    with pytest.raises(NoSuchUser):
        accounts.remove("Ерлан")


def test_a_change_of_the_file_counts_at_once(accounts: Accounts) -> None:
    other = Accounts(accounts.file)
    assert other.find("Ерлан") is None
    accounts.add("Ерлан", PASSWORD)
    assert other.find("Ерлан") is not None


@pytest.mark.parametrize("name", ["", "a b", "a:b", "#a", "а" * 65, "a\nb", "../a", "<b>"])
def test_a_name_that_breaks_the_file_or_the_page_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(UserRefused):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "короткий"[:7], "ә" * 513])
def test_a_password_too_short_or_too_long_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(UserRefused):
        accounts.add("Ерлан", password)


@pytest.mark.parametrize(
    "line",
    [
        "Айгүл",
        "Айгүл:құпия",
        "Айгүл:scrypt:32768:8:3:c2FsdHNhbHRzYWx0:aGFzaA==",
        "Айгүл:scrypt:1000:8:3:{salt}:{hash}",
        "Айгүл:scrypt:1073741824:8:1:{salt}:{hash}",
        "Айгүл:scrypt:32768:8:99:{salt}:{hash}",
        "Айгүл:bcrypt:32768:8:3:{salt}:{hash}",
        "a b:scrypt:32768:8:3:{salt}:{hash}",
    ],
)
def test_a_line_that_is_no_user_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "users.txt"
    filled = line.format(salt="c2FsdHNhbHRzYWx0", hash="A" * 43 + "=")
    file.write_text(f"# users\n{filled}\n", encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(AccountsUnusable, match="Line 2"):
        Accounts(file).all()


def test_a_user_named_twice_is_named(accounts: Accounts) -> None:
    line = accounts.file.read_text(encoding="utf-8")
    accounts.file.write_text(line + line.lower(), encoding="utf-8")
    with pytest.raises(AccountsUnusable, match="second time"):
        accounts.all()


def test_a_file_open_to_others_is_refused_with_what_to_type(accounts: Accounts) -> None:
    accounts.file.chmod(0o644)
    with pytest.raises(AccountsUnusable, match="chmod 600"):
        accounts.all()


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(AccountsUnusable, match="dayek user add"):
        Accounts(tmp_path / "missing").all()
    with pytest.raises(AccountsUnusable):
        Accounts(tmp_path).all()
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(AccountsUnusable, match="UTF-8"):
        Accounts(binary).all()
    with pytest.raises(AccountsUnusable, match="Cannot write"):
        Accounts(tmp_path / "no" / "users").add("Айгүл", PASSWORD)


# --- the commands -----------------------------------------------------------------------------


def test_users_are_added_listed_and_removed(dayek: Dayek, tmp_path: Path) -> None:
    file = tmp_path / "users"
    typed = f"{PASSWORD}\n".encode()
    added = dayek("user", "add", "Айгүл", "--auth", file, "--stdin", stdin=typed)
    assert added.returncode == 0, added.stderr.decode()
    assert PASSWORD not in added.stderr.decode()
    assert Accounts(file).check("Айгүл", PASSWORD) is not None
    assert dayek("user", "list", "--auth", file).stdout.decode() == "Айгүл\n"
    assert dayek("user", "remove", "Айгүл", "--auth", file).returncode == 0
    assert dayek("user", "list", "--auth", file).stdout == b""


def test_without_a_terminal_it_says_how_to_pass_the_password(dayek: Dayek, tmp_path: Path) -> None:
    refused = dayek("user", "add", "Айгүл", "--auth", tmp_path / "users")
    assert refused.returncode == 2
    assert b"--stdin" in refused.stderr
    assert not (tmp_path / "users").exists()


@pytest.mark.parametrize(("again", "status"), [(PASSWORD, 0), (PASSWORD[1:], 2)])
def test_a_password_typed_at_a_terminal_is_typed_twice_and_not_shown(
    tmp_path: Path, again: str, status: int
) -> None:
    terminal, childs = pty.openpty()
    user = ["user", "add", "Ерлан", "--auth", str(tmp_path / "users")]
    command = [sys.executable, "-c", OWN_TERMINAL, sys.executable, "-m", "ui", *user]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=childs, stdout=childs, stderr=childs, start_new_session=True
    ) as child:
        os.close(childs)
        shown = _typed(terminal, [("Ерлан: ", PASSWORD), ("Again: ", again)])
    os.close(terminal)
    assert child.returncode == status, shown
    assert PASSWORD not in shown
    assert (tmp_path / "users").exists() == (status == 0)


def _typed(terminal: int, replies: list[tuple[str, str]]) -> str:
    """Answer each prompt when it comes; all that the terminal showed."""
    shown = b""
    waiting = list(replies)
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            shown += os.read(terminal, 1024)
        except OSError:  # the child has gone
            break
        if waiting and shown.endswith(waiting[0][0].encode()):
            time.sleep(0.1)  # the prompt comes just before the echo is switched off
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    return shown.decode("utf-8", "replace")


def test_help_of_users_names_each_command() -> None:
    command = [sys.executable, "-m", "ui", "user", "--help"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert all(word in told for word in ("add", "remove", "list"))
