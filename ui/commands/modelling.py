"""`dayek model serve`: a language model of one's own on this machine."""

from __future__ import annotations

import shlex
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.console import group, tell

model_app = group(no_args_is_help=True, help="Run a language model on this machine.")


@model_app.callback()
def _model() -> None:
    """Run a language model on this machine."""


@model_app.command()
def serve(
    file: Annotated[Path, typer.Argument(metavar="FILE.gguf", help="The model.")],
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 for any that is free.")
    ] = 8080,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Processor threads; by default all cores but one.")
    ] = None,
    context: Annotated[
        int, typer.Option(min=512, help="Tokens that it reads and writes at most.")
    ] = 8192,
) -> None:
    """Serve a GGUF file by OpenAI's protocol, to this machine only; Ctrl-C stops it.

    Prints the two settings to give the other commands.
    """
    from assistant import serve_model

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C does
    with suppress(KeyboardInterrupt):  # the ordinary end of a server
        tell(f"loading {file}")
        served = serve_model(file, port, threads=threads, context=context)
        try:
            print(f"export DAYEK_MODEL={shlex.quote(served.name)}")
            print(f"export DAYEK_MODEL_URL={served.url}", flush=True)
            tell("Serving; type these two lines in another terminal, then: dayek doctor")
            threading.Event().wait()
        finally:
            served.close()
