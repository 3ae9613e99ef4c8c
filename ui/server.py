"""The page at an address: Gradio's application behind our own door.

What `Blocks.launch` would do besides serving is left out on purpose: it asks the page for its own
address, opens tunnels on some machines, and keeps its settings in the environment. Mounted, the
page does what is said here and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.metadata import version

# Gradio decides at its import whether it reports home; ui.app says so as well, but comes later.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr
from fastapi import FastAPI, Request
from gradio.routes import App
from starlette.routing import Mount

from assistant import Assistant
from ui.app import build_page, dress
from ui.limits import Limits
from ui.serving.front import Front
from ui.serving.listening import Served, listen
from ui.serving.login import Login
from ui.serving.options import DEFAULT_HOST, DEFAULT_PORT, Serving
from ui.serving.sessions import Sessions
from ui.wording import DEFAULT_LANGUAGE


def serve(
    assistant: Assistant,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    options: Serving | None = None,
    wait: bool = True,
) -> Served:
    """Serve the page.

    Args:
        assistant: Who answers.
        host: Address to listen at; the default is reachable from this machine only.
        port: 1 to 65535.
        options: Users, limits, proxy; None takes the defaults.
        wait: Whether to return only when the page is stopped (Ctrl-C). With False the page is
            served in the background until `close()` of what is returned.

    Returns:
        The page at its address; already closed after waiting.

    Raises:
        PortTaken: Another program listens there.
        AddressNotOurs: This machine has no such address, or forbids it.
        NotServable, OpenToAll, AccountsUnusable: As `Serving.check`.
    """
    served = listen(host, port, options)
    show(served, assistant)
    if wait:
        try:
            served.wait()
        finally:
            served.close()
    return served


def show(served: Served, assistant: Assistant) -> None:
    """Put the page over an assistant behind the door of a server that listens already."""
    options = served.options
    limits = Limits(options.visitor_limit)
    page = build_page(assistant, options.home, limits, at_once=options.at_once)
    page.queue(default_concurrency_limit=options.at_once, max_size=options.waiting)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Front, language=DEFAULT_LANGUAGE, title=str(page.title))
    if served.accounts is not None and served.sessions is not None:
        Login(served.accounts, served.sessions, options.root_path).attach(app)
    _mount(app, page, options.root_path, served.sessions)
    facts = {
        "work": assistant.work.id,
        "sha256": assistant.work.document.sha256,
        "index": assistant.index_fingerprint,
        "version": version("dayek"),
    }
    served.show(app, facts, lambda: _end(page))


def _mount(app: FastAPI, page: gr.Blocks, root_path: str, sessions: Sessions | None) -> None:
    looks = dress()
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        root_path=root_path,
        auth_dependency=_user_of(sessions) if sessions else None,
        theme=looks.theme,
        head=looks.head,
        js=looks.js,
        favicon_path=str(looks.favicon_path),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
        show_error=False,
    )
    # Gradio forgets to tell the page which application it is now in, and would end another one.
    mounted = app.routes[-1]
    assert isinstance(mounted, Mount)
    assert isinstance(mounted.app, App)
    page.app = mounted.app


def _user_of(sessions: Sessions) -> Callable[[Request], str | None]:
    """How Gradio learns who is asking; handlers then find it in `gr.Request.username`."""

    def user_of(request: Request) -> str | None:
        return sessions.user(request.cookies.get(sessions.cookie))

    return user_of


def _end(page: gr.Blocks) -> None:
    """End what Gradio keeps open as long as its visitors do: their heartbeats, and its queue."""
    page.close(verbose=False)
