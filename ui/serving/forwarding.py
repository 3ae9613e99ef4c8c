"""What a reverse proxy in front of the page changes: the path, and who seems to be asking.

A proxy connects in place of the visitor and tells the visitor's address in headers. Anybody can
send such headers, so they are believed only from the addresses that the owner named, and removed
otherwise, before Gradio builds its own address from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_TOLD_BY_PROXIES = frozenset({
    b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-port",
    b"x-forwarded-proto", b"x-forwarded-prefix", b"x-gradio-server",
})  # fmt: skip


class Forwarding:
    """Puts each request right before anything else sees it.

    Args:
        app: What comes behind.
        root_path: Path under which visitors find the page, "" or as "/dayek". Proxies may take
            it away or leave it there: both arrive at the same page.
        proxies: Addresses or networks of the proxies that are believed.
    """

    def __init__(self, app: ASGIApp, root_path: str, proxies: Sequence[str]) -> None:
        self._app = app
        self._root_path = root_path
        self._behind_proxy = ProxyHeadersMiddleware(app, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["path"] = self._without_root(scope["path"])
        scope["raw_path"] = scope["path"].encode("utf-8")
        peer = scope["client"][0] if scope.get("client") else None
        if peer in self._behind_proxy.trusted_hosts:
            await self._behind_proxy(scope, receive, send)  # type: ignore[arg-type]
            return
        scope["headers"] = [one for one in scope["headers"] if one[0] not in _TOLD_BY_PROXIES]
        await self._app(scope, receive, send)

    def _without_root(self, path: str) -> str:
        if self._root_path and path.startswith(f"{self._root_path}/"):
            return path.removeprefix(self._root_path)
        return path
