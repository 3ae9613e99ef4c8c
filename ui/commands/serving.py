"""`dayek serve`: the page in the browser."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Annotated

import typer

from ui.commands.console import Home, Source, tell


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 7860,
    source: Source = None,
    home: Home = None,
) -> None:
    """Serve the page in the browser.

    Model and index are made first where they are missing.
    """
    from assistant import Settings, assemble
    from ui.commands.indexing import build_if_needed
    from ui.errors import check_address

    # A taken port is better told now than after minutes of building.
    check_address(host, port)
    settings = Settings.from_environment(source=source, home=home)
    build_if_needed(settings)
    assistant = assemble(settings)
    assistant.search(assistant.work.title)  # the first visitor need not wait for the model
    # Gradio takes seconds to load: here, so that a mistake above is told at once.
    from ui import app

    with suppress(KeyboardInterrupt):  # the ordinary end of a page
        app.serve(assistant, host, port, wait=False)
        tell(f"Дәйек: http://{host}:{port}  (Ctrl-C stops it)")
        threading.Event().wait()
