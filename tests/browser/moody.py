"""The real assistant on a bad day: what no question to a healthy one can show."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant import Conversation, Draft, FixableError

if TYPE_CHECKING:
    from assistant import Assistant

SLOW = "баяу"
FAULT = "ақау"
FIXABLE = "жөндеу"
SECRET = "a detail of the program that no reader should see"


class Moody:
    """Hands everything to the real assistant, unless a word of the question changes its mood."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def stream(self, question: str, conversation: Conversation | None = None) -> Iterator[Draft]:
        """As the real one, but slow when asked to be, or broken after its first step."""
        for draft in self._assistant.stream(question, conversation):
            yield draft
            if FAULT in question:
                raise RuntimeError(SECRET)
            if FIXABLE in question:
                raise FixableError("The index is missing.", "Run `dayek index build`.")
            if SLOW in question:
                time.sleep(0.2)
