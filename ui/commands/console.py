"""What every command needs of the terminal: options, input, messages, progress.

Standard output carries what was asked for and nothing else; messages and progress go to standard
error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

UNFIT = 1  # exit status: what was to be checked is not sound
MISTAKE = 2  # exit status: something that the person can mend

Source = Annotated[
    str | None,
    typer.Option(help="The work: a name in the library or the path of a UTF-8 text file."),
]
Home = Annotated[
    Path | None,
    typer.Option(help="The data folder; else DAYEK_HOME, else .dayek in the checkout."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Mending(TyperGroup):
    """A group of commands that tells what a person can mend, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a `FixableError` becomes its message and exit status 2."""
        from sources import FixableError

        try:
            return super().invoke(ctx)
        except FixableError as error:
            tell(f"dayek: {error}")
            raise typer.Exit(MISTAKE) from error


def group(**settings: Any) -> typer.Typer:
    """An empty group of commands; `settings` as `typer.Typer` takes them."""
    # rich would format the help, and takes longer to load than everything else in it.
    return typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, **settings
    )


def tell(message: str) -> None:
    """A line for the person, not for a pipe."""
    print(message, file=sys.stderr, flush=True)


def read_bytes(file: str) -> bytes:
    """A whole file, or standard input for "-".

    Raises:
        FixableError: There is no such file, or it may not be read.
    """
    from sources import FixableError

    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FixableError(
            f"Cannot read {file}: {reason}.", "Check the path and its permissions."
        ) from error
