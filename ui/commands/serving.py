"""`dayek serve`: the page in the browser."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.console import Home, Source, tell


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 7860,
    root_path: Annotated[
        str,
        typer.Option(
            metavar="PATH",
            help="Path under which a reverse proxy on this machine shows the page: /dayek.",
        ),
    ] = "",
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="A reverse proxy elsewhere that tells the visitors' addresses; repeatable.",
        ),
    ] = None,
    auth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Only these users may come in; see: dayek user."),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Let in everybody who can reach the address.")
    ] = False,
    visitor_limit: Annotated[
        int, typer.Option(help="Questions a minute of one visitor; 0 for no limit.")
    ] = 30,
    at_once: Annotated[int, typer.Option(help="Questions answered at the same time.")] = 2,
    waiting: Annotated[int, typer.Option(help="Questions that may wait in line.")] = 40,
    source: Source = None,
    home: Home = None,
) -> None:
    """Serve the page in the browser.

    Model and index are made first where they are missing; the address says so meanwhile.
    """
    from assistant import Settings, assemble
    from ui.commands.indexing import build_if_needed
    from ui.serving.listening import listen
    from ui.serving.options import Serving

    settings = Settings.from_environment(source=source, home=home)
    options = Serving(
        root_path=root_path.rstrip("/"),
        proxies=tuple(proxy or ()),
        auth=auth,
        public=public,
        visitor_limit=visitor_limit,
        at_once=at_once,
        waiting=waiting,
        home=settings.home,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C does
    # What was asked wrongly is better told now than after minutes of building.
    served = listen(host, port, options)
    with suppress(KeyboardInterrupt):  # the ordinary end of a page
        try:
            build_if_needed(settings)
            assistant = assemble(settings)
            assistant.search(assistant.work.title)  # the first visitor need not wait for the model
            # Gradio takes seconds to load: here, so that the address answers before.
            from ui.server import show

            show(served, assistant)
            tell(f"Дәйек: {served.address}  (Ctrl-C stops it)")
            served.wait()
        finally:
            served.close()
