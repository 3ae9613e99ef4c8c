"""The one application at the address: it answers at once, and says how far things are.

The first start builds a model and an index for minutes. Meanwhile the address is taken already and
tells people and programs that the page is on its way, instead of refusing the connection; `open`
then lets them through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Literal

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.serving.markup import starting_markup

State = Literal["starting", "ok", "stopping"]

RETRY = 3
"""Seconds after which a browser looks again whether the page is ready."""


class Door:
    """An ASGI application around another one that comes later.

    Attributes:
        state: "starting" until `open`, "stopping" from `shut` on.
    """

    def __init__(self) -> None:
        self.state: State = "starting"
        self._facts: Mapping[str, str] = {}
        self._inside: ASGIApp | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._shutting = asyncio.Event()
        self._living: asyncio.Task[None] | None = None

    def open(self, inside: FastAPI, facts: Mapping[str, str]) -> None:
        """Let visitors through. Called once, from another thread than the server's.

        Args:
            inside: The application; it is started up in the server's thread first.
            facts: What `/health` tells of it.
        """
        assert self._loop is not None, "the server has not started"
        started: Future[None] = Future()
        self._facts = facts
        self._loop.call_soon_threadsafe(self._begin, inside, started)
        started.result()

    def shut(self, last: Callable[[], None] | None) -> None:
        """Let nobody in any more. Called from another thread than the server's.

        Args:
            last: Called in the server's thread, so that what never ends by itself does.
        """
        assert self._loop is not None, "the server has not started"
        self.state = "stopping"
        if last is not None:
            self._loop.call_soon_threadsafe(last)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on to the application inside."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._reply(Request(scope))(scope, receive, send)

    def _reply(self, request: Request) -> ASGIApp:
        if request.scope["path"] == "/health" and request.method in ("GET", "HEAD"):
            return self._health()
        if self._inside is None or self.state != "ok":
            return _wait_a_little(request)
        return self._inside

    def _health(self) -> Response:
        body = {"status": self.state, **self._facts}
        return JSONResponse(
            body, 200 if self.state == "ok" else 503, headers={"cache-control": "no-store"}
        )

    def _begin(self, inside: FastAPI, started: Future[None]) -> None:
        self._living = asyncio.ensure_future(self._live(inside, started))

    async def _live(self, inside: FastAPI, started: Future[None]) -> None:
        """The whole life of the application inside: one task enters its context and leaves it."""
        try:
            async with inside.router.lifespan_context(inside):
                self._inside = inside
                self.state = "ok"
                started.set_result(None)
                await self._shutting.wait()
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()  # "lifespan.startup", the first there is
        self._loop = asyncio.get_running_loop()
        await send({"type": "lifespan.startup.complete"})
        await receive()  # "lifespan.shutdown", the second and last
        self._shutting.set()
        if self._living is not None:
            with suppress(asyncio.CancelledError):
                await self._living
        await send({"type": "lifespan.shutdown.complete"})


def _wait_a_little(request: Request) -> Response:
    headers: dict[str, Any] = {"retry-after": str(RETRY), "cache-control": "no-store"}
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(starting_markup(RETRY), 503, headers)
    return JSONResponse({"detail": "Starting; come back in a moment."}, 503, headers)
