"""The page's endpoints for programs: `ask`, `search`, `read`, `conflicts`, named and typed.

Gradio reads names, types and defaults from the functions' signatures and shows them to clients
(`/gradio_api/info`), so annotations here are objects and not strings: this file goes without
`from __future__ import annotations`. It checks none of them; `ui.tools` does.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.events import api

from assistant import Answer, Assistant, FixableError, Language
from ui.extracts import Extract
from ui.limits import Limits
from ui.tools import ContradictionsFound, SearchFound, Tools

QUEUE = "ask"
"""Name of the queue that the page's own questions share with those of programs."""


class TooManyQuestions(FixableError):
    """A caller asks more often than one visitor may."""


def register(assistant: Assistant, limits: Limits | None = None, *, at_once: int = 2) -> None:
    """Give the page that is being built its endpoints; called inside its `gr.Blocks`.

    Args:
        assistant: Who answers.
        limits: How often a caller may call, the page's own visitors among them; None for no limit.
        at_once: Questions answered at the same time, the page's own among them.
    """
    endpoints = _Endpoints(Tools(assistant), limits)
    computing: dict[str, Any] = {"concurrency_id": QUEUE, "concurrency_limit": at_once}
    _offer(endpoints.ask, **computing)
    _offer(endpoints.search, **computing)
    _offer(endpoints.conflicts, **computing)
    _offer(endpoints.read, queue=False)


def _offer(endpoint: Callable[..., Any], **how: Any) -> None:
    """Register one under its own name, described by all of its docstring."""
    # Left to itself Gradio tells clients the first paragraph alone.
    api(endpoint, api_name=endpoint.__name__, api_description=inspect.getdoc(endpoint), **how)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What a caller can mend is told in words; anything else stays a fault of ours."""
    try:
        yield
    except FixableError as error:
        raise gr.Error(str(error), print_exception=False) from error


class _Endpoints:
    """The functions that Gradio calls; what they return becomes JSON field by field."""

    def __init__(self, tools: Tools, limits: Limits | None) -> None:
        self._tools = tools
        self._limits = limits

    def ask(
        self,
        question: str,
        history: list[list[str]] | None = None,
        _request: gr.Request | None = None,
    ) -> Answer:
        """Answer a question about the work, in its language, with exact citations.

        Args:
            question: At most 2,000 characters, in Kazakh, Russian or English.
            history: Earlier turns as pairs [question, answer], oldest first, when this question
                leans on them.

        Returns:
            The answer. `status` is "answered", or "abstained" where the work does not answer;
            `answer` is Markdown with markers [1] that `citations` resolve: each has the quotation
            and its `[start, end)` in the text whose sha256 `work` tells.
        """
        with _told_plainly():
            self._count(_request)
            return self._tools.ask(question, history)

    def search(self, query: str, k: int = 10, _request: gr.Request | None = None) -> SearchFound:
        """Find the passages of the work that are nearest to a query, without answering it.

        Args:
            query: A question or some words, in Kazakh, Russian or English.
            k: How many passages, 1 to 50.

        Returns:
            The passages, best first, each with its quotation, `[start, end)`, address and the
            `place` by which `read` shows it; and the words of the query that the work never uses.
        """
        with _told_plainly():
            self._count(_request)
            return self._tools.search(query, k)

    def read(
        self, place: str, language: Language = "kk", _request: gr.Request | None = None
    ) -> Extract:
        """Read the work at a place, letter for letter.

        Args:
            place: A paragraph "2.1.14", a section "2.1" or "intro", a table "t4" or its row
                "t4.3", or characters "101-205".
            language: Of the addresses: "kk", "ru" or "en".

        Returns:
            The headings, paragraphs, lists and tables there, at most 12,000 characters of them;
            `next` is the place to read on, null at the end.
        """
        with _told_plainly():
            self._count(_request)
            return self._tools.read(place, language)

    def conflicts(
        self, about: str = "", language: Language = "kk", _request: gr.Request | None = None
    ) -> ContradictionsFound:
        """List where the work says two different things about one matter.

        Args:
            about: Only those in which all these words occur, whatever their endings; empty for all.
            language: Of topics and addresses: "kk", "ru" or "en".

        Returns:
            Each matter with its sides and where they are said. Those found by "reading" are
            certain; about two of three found by "scan" are real.
        """
        with _told_plainly():
            self._count(_request)
            return self._tools.conflicts(about, language)

    def _count(self, request: gr.Request | None) -> None:
        """Take the caller's turn: of the user signed in, else of the address it comes from.

        Raises:
            TooManyQuestions: It has none now.
        """
        if self._limits is None or request is None:
            return
        user = f"user:{request.username}" if request.username else ""
        address = None if user or not request.client else request.client.host
        wait = self._limits.wait(user, address)
        if wait > 0:
            raise TooManyQuestions(
                "Too many calls within a minute.", f"Call again in {int(wait) + 1} seconds."
            )
