"""`dayek user`: who may sign in to a page that is served with --auth."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.console import group, tell

user_app = group(no_args_is_help=True, help="Say who may sign in to the page (serve --auth).")

File = Annotated[Path, typer.Option("--auth", metavar="FILE", help="The users file.")]


@user_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="1 to 64 letters, digits or . _ @ + -")],
    auth: File,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from the first line of the input.")
    ] = False,
) -> None:
    """Add a user, or give one a new password; makes the file where it is missing.

    The password is asked for twice and not shown.
    """
    from ui.accounts import Accounts, check_name

    check_name(name)  # before anybody types a password twice
    new = Accounts(auth).add(name, _from_input() if stdin else _from_terminal(name))
    tell(f"{name}: {'added' if new else 'has a new password'}")


@user_app.command("remove")
def remove(name: Annotated[str, typer.Argument()], auth: File) -> None:
    """Remove a user; their sessions end at once."""
    from ui.accounts import Accounts

    Accounts(auth).remove(name)
    tell(f"{name}: removed")


@user_app.command("list")
def list_users(auth: File) -> None:
    """Print the users' names, one a line."""
    from ui.accounts import Accounts

    for account in Accounts(auth).all():
        print(account.name)


def _from_input() -> str:
    return sys.stdin.readline().removesuffix("\n").removesuffix("\r")


def _from_terminal(name: str) -> str:
    """A password typed twice without being shown.

    Raises:
        UserRefused: There is no terminal, or the two differ.
    """
    from ui.errors import UserRefused

    if not sys.stdin.isatty():
        raise UserRefused(
            "There is no terminal to type a password at.",
            "Pass it on the input: dayek user add NAME --auth FILE --stdin",
        )
    first = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Again: ") != first:
        raise UserRefused("The two passwords differ.", "Try again; nothing was changed.")
    return first
