"""The first reply of the page, without what Gradio's template says of itself.

Its head names Gradio as the title for whoever shares a link, a picture on another host, and a
manifest at the root of the host, which under a path belongs to somebody else; it has no icon, so
that browsers look for one at that root too. What we give as `head` comes later, by a script. So the
lines are replaced in the reply itself, and nothing else in it.
"""

from __future__ import annotations

import re
from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OF_GRADIO = re.compile(
    rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*|<link rel="manifest"[^>]*>\s*'
)


class Front:
    """Stands around the application and touches the replies at "/" only.

    Args:
        app: What comes behind.
        language: Of the page before anybody chooses, for screen readers.
        title: Of the page.
    """

    def __init__(self, app: ASGIApp, language: str, title: str) -> None:
        self._app = app
        self._language = language.encode("ascii")
        self._head = (
            '<link rel="icon" href="favicon.ico" type="image/svg+xml">'
            f'<meta property="og:title" content="{escape(title)}">'
        ).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; replace the lines in a page that comes back."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # Compressed, the lines could not be found; the page is fetched once.
        scope["headers"] = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
        start: Message = {}
        body = b""

        async def collected(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            if Headers(scope=start).get("content-type", "").startswith("text/html"):
                body = self._ours(body)
                MutableHeaders(scope=start)["content-length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, collected)

    def _ours(self, page: bytes) -> bytes:
        head, end, rest = page.partition(b"</head>")
        head = _OF_GRADIO.sub(b"", head).replace(b'lang="en"', b'lang="%s"' % self._language, 1)
        return head + self._head + end + rest
