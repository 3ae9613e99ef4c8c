"""Signing in and out: the forms, and what is done with what they send.

No script is needed. A program signs in at the same address with the same fields (Gradio's own
client does) and is answered in JSON. Whoever fails too often waits; that is counted for a name at
an address, so that nobody can shut another person out, and for the address as a whole.
"""

from __future__ import annotations

import asyncio
import math
from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant import Language
from ui.accounts import Account, Accounts
from ui.errors import AccountsUnusable
from ui.limits import Window, network_of
from ui.serving.guard import is_from_here
from ui.serving.markup import login_markup, logout_markup, style
from ui.serving.sessions import LASTING, Sessions
from ui.wording import DEFAULT_LANGUAGE, WORDS
from ui.wording.serving import SERVING_WORDS, throttled_text

PATIENCE = 15 * 60.0  # seconds in which failures count
FAILURES_OF_A_NAME = 5
FAILURES_OF_AN_ADDRESS = 50

_FORM = 8 * 2**10  # bytes
_AT_ONCE = 2  # passwords checked at the same time: each takes 32 MiB and a whole core

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {"content-security-policy": _POLICY, "cache-control": "no-store"}


class Login:
    """The addresses `login`, `logout` and `login.css` of an application.

    Args:
        accounts: Who may sign in.
        sessions: Remembers them.
        root_path: Path under which visitors find the page, "" or as "/dayek".
    """

    def __init__(self, accounts: Accounts, sessions: Sessions, root_path: str) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._root_path = root_path
        self._names = Window(FAILURES_OF_A_NAME, PATIENCE)
        self._addresses = Window(FAILURES_OF_AN_ADDRESS, PATIENCE)
        self._checking = asyncio.Semaphore(_AT_ONCE)

    def attach(self, app: FastAPI) -> None:
        """Add the addresses."""
        app.add_api_route("/login", self._ask, methods=["GET", "HEAD"], response_model=None)
        app.add_api_route("/login", self._sign_in, methods=["POST"], response_model=None)
        app.add_api_route("/logout", self._ask_out, methods=["GET", "HEAD"], response_model=None)
        app.add_api_route("/logout", self._sign_out, methods=["POST"], response_model=None)
        app.add_api_route("/login.css", _style, methods=["GET", "HEAD"], response_model=None)

    async def _ask(self, request: Request) -> Response:
        language = _language(request.query_params.get("lang"))
        following = _following(request.query_params.get("next"))
        out = "out" in request.query_params
        notice = SERVING_WORDS[language].signed_out if out else ""
        markup = login_markup(language, following, notice=notice)
        return HTMLResponse(markup, headers=_HEADERS)

    async def _ask_out(self, request: Request) -> Response:
        language = _language(request.query_params.get("lang"))
        return HTMLResponse(logout_markup(language), headers=_HEADERS)

    async def _sign_in(self, request: Request) -> Response:
        fields = await _fields(request)
        language = _language(fields.get("lang"))
        name, password = fields.get("username", "").strip(), fields.get("password", "")
        words = SERVING_WORDS[language]
        if not is_from_here(request):
            return self._refused(request, fields, 403, words.foreign)
        wait = self._count(request, name)
        if wait > 0:
            return self._refused(request, fields, 429, throttled_text(wait, language), wait)
        try:
            async with self._checking:
                account = await run_in_threadpool(self._accounts.check, name, password)
        except AccountsUnusable:
            return self._refused(request, fields, 503, words.closed)
        if account is None:
            return self._refused(request, fields, 401, words.wrong)
        self._names.forget(_key(request, name))
        self._addresses.give_back(_place(request))
        return self._let_in(request, account, _following(fields.get("next")))

    def _count(self, request: Request, name: str) -> float:
        """Count an attempt, before its password is looked at; seconds to wait, or 0.0."""
        wait = max(self._names.wait(_key(request, name)), self._addresses.wait(_place(request)))
        if wait == 0.0:
            self._names.take(_key(request, name))
            self._addresses.take(_place(request))
        return wait

    def _refused(
        self, request: Request, fields: dict[str, str], status: int, told: str, wait: float = 0.0
    ) -> Response:
        headers = _HEADERS | ({"retry-after": str(math.ceil(wait))} if wait else {})
        if not _is_for_people(request):
            return JSONResponse({"detail": told}, status, headers)
        language, following = _language(fields.get("lang")), _following(fields.get("next"))
        name = fields.get("username", "")[:64]
        return HTMLResponse(login_markup(language, following, name, told), status, headers)

    def _let_in(self, request: Request, account: Account, following: str) -> Response:
        response: Response
        if _is_for_people(request):
            response = RedirectResponse(f"{self._root_path}/{following}", 303, _HEADERS)
        else:
            response = JSONResponse({"success": True}, headers=_HEADERS)
        response.set_cookie(
            self._sessions.cookie,
            self._sessions.begin(account),
            max_age=LASTING,
            path=f"{self._root_path}/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    async def _sign_out(self, request: Request) -> Response:
        language = _language((await _fields(request)).get("lang"))
        self._sessions.end(request.cookies.get(self._sessions.cookie))
        response = RedirectResponse(f"{self._root_path}/login?lang={language}&out", 303, _HEADERS)
        response.delete_cookie(self._sessions.cookie, path=f"{self._root_path}/")
        return response


async def _style() -> Response:
    return Response(style(), media_type="text/css", headers={"cache-control": "max-age=3600"})


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form, each once; none when it is too large or no form."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _FORM:
            return {}
    sent = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in sent.items()}


def _language(named: str | None) -> Language:
    return named if named in WORDS else DEFAULT_LANGUAGE


def _following(asked: str | None) -> str:
    """Where to go after signing in: a query of our own page, never another address."""
    return asked if asked and asked.startswith("?") and asked.isprintable() else ""


def _place(request: Request) -> str:
    return network_of(request.client.host) if request.client else ""


def _key(request: Request, name: str) -> str:
    return f"{_place(request)} {name.casefold()[:64]}"


def _is_for_people(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
