"""The `dayek` command: what a person types, handed over to whoever does the work.

Words for the person at the keyboard are English; answers and addresses come in the language of
the question. What a person can mend is told in a line or two on standard error with exit status
2; anything else is a fault of ours and keeps its traceback.
"""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from ui.commands.accounts import user_app
from ui.commands.asking import ask
from ui.commands.conflicts import conflicts
from ui.commands.console import Mending, group
from ui.commands.doctor import doctor
from ui.commands.enriching import enrich
from ui.commands.indexing import index_app
from ui.commands.mcp import mcp
from ui.commands.measuring import bench_app, eval_app, tune
from ui.commands.mentions import mentions
from ui.commands.modelling import model_app
from ui.commands.reading import outline, read
from ui.commands.receipts import receipt_app
from ui.commands.serving import serve

app = group(cls=Mending, no_args_is_help=True)
app.command()(ask)
app.command()(outline)
app.command()(read)
app.command()(conflicts)
app.command()(mentions)
app.command()(serve)
app.command()(doctor)
app.command()(mcp)
app.add_typer(user_app, name="user")
app.add_typer(index_app, name="index")
app.add_typer(model_app, name="model")
app.add_typer(eval_app, name="eval")
app.add_typer(receipt_app, name="receipt")
app.add_typer(bench_app, name="bench")
app.command()(tune)
app.command()(enrich)


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Ask a Kazakh dissertation; every statement of the answer shows where it stands."""
    if version:
        from importlib.metadata import version as installed

        print(f"dayek {installed('dayek')}")
        raise typer.Exit


def main() -> None:
    """Run the `dayek` command."""
    # Starting makes some millions of objects that all stay; looking through them for garbage every
    # 700 (Python's default) takes a sixth of the start.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # Kazakh must come out whatever the locale says, and a file name that is no text must not
        # hide the message that says so.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app(prog_name="dayek")
