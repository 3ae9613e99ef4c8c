"""What holds for every request and every reply, whichever part of the page it is for.

- A browser obeys the headers set here: scripts, styles and connections of this server only, no
  frame of another site around the page, no guessing of file types. Gradio's own scripts make
  functions from text and stand inside the page, hence 'unsafe-inline' and 'unsafe-eval'.
- A request that changes something comes from this page, or from a program that is no browser:
  a browser tells the origin, and a foreign one is turned away.
- Nothing larger than a long conversation is read.
- What Gradio can do beyond this page (uploads, proxying, its editor) is not there.
- Where users sign in, nothing but the door is shown to anybody else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.serving.sessions import Sessions

LARGEST = 8 * 2**20
"""Bytes of a request. A conversation of a hundred answers has about two million."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": a browser would then hide the origin of our own forms as well.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}

_CLOSED = (
    "upload", "stream/", "process_recording", "proxy=", "vibe-", "undo-vibe-", "dev/",
    "run-history", "deep_link", "custom_component", "profiling",
)  # fmt: skip

OPEN_TO_ALL = frozenset({
    "/login", "/login.css", "/logout", "/health", "/favicon.ico", "/robots.txt",
})  # fmt: skip
"""What is shown to somebody who has not signed in."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Stands before the whole application.

    Args:
        app: What comes behind.
        root_path: Path under which visitors find the page, "" or as "/dayek".
        sessions: Who is signed in; None when nobody has to.
    """

    def __init__(self, app: ASGIApp, root_path: str, sessions: Sessions | None) -> None:
        self._app = app
        self._root_path = root_path
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refused = self._refused(Request(scope))
            await (refused or self._app)(scope, _bounded(receive), self._dressed(send))
        # Nothing here speaks over websockets; a connection that is not accepted ends.

    def _refused(self, request: Request) -> Response | None:
        """Why this request goes no further; None when it does."""
        if int(request.headers.get("content-length") or 0) > LARGEST:
            return _told(413, "This is too large.")
        if request.method not in _READING and not is_from_here(request):
            return _told(
                403,
                "This request comes from another site. "
                "If it does not, the proxy in front of the page hides the Host header.",
            )
        path = request.scope["path"]  # not `url`: that is made of the Host header too
        _, api, what = path.partition("/gradio_api/")
        if api and what.startswith(_CLOSED):
            return _told(404, "There is no such thing here.")
        if self._sessions is None or path in OPEN_TO_ALL:
            return None
        if self._sessions.user(request.cookies.get(self._sessions.cookie)) is None:
            return self._shown_the_door(request)
        return None

    def _shown_the_door(self, request: Request) -> Response:
        door = f"{self._root_path}/login"
        if request.method not in _READING or request.scope["path"] != "/":
            return _told(401, f"Sign in at {door}.")
        if request.url.query:
            door += f"?next={quote('?' + request.url.query, safe='')}"
        return RedirectResponse(door, 303)

    def _dressed(self, send: Send) -> Callable[[Message], Awaitable[None]]:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._sessions is not None and _is_private(headers):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        return dressed


def is_from_here(request: Request) -> bool:
    """Whether a request comes from a page of this server, or from no browser at all.

    A browser names the origin of everything that is not mere reading; where it cannot tell it, it
    says "null", and that is not here.
    """
    told = request.headers.get("origin") or request.headers.get("referer")
    if told is None:
        return True
    # Forwarding has removed the first of these unless a trusted proxy set it.
    here = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    return urlsplit(told).netloc.lower() == here.split(",")[0].strip().lower() != ""


def _is_private(headers: Headers) -> bool:
    """Whether a reply may hold what belongs to a user: not a script, a style or a picture."""
    return headers.get("content-type", "").startswith(("text/html", "application/json"))


def _told(status: int, words: str) -> Response:
    """An answer to a program: Gradio's own faults look the same."""
    return JSONResponse({"detail": words}, status)


def _bounded(receive: Receive) -> Receive:
    """Reads no more than the bound, whatever the request says of its own length."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST else message

    return bounded
