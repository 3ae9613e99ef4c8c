"""One question in, a stream of page states out; and the page's history as a `Conversation`.

The page shows a `Talk`: the exchanges of one visitor, oldest first. Everything about it is a
value, so that the page can be drawn again from it in another language, and so that nothing of
one visitor can leak into the talk of another. How it looks is `rendering`'s business; Gradio is
not known here.

How an exchange ends keeps three things apart that a reader must never mix up: the work has no
answer ("answered" with an abstention inside), the reader stopped it ("stopped"), and it could
not be finished ("cannot" for what a person can put right, "fault" for a fault of the program).
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from assistant import (
    QUESTION_LIMIT,
    Answer,
    Assistant,
    Citation,
    Conversation,
    Draft,
    FixableError,
    Turn,
    check_question,
)

_log = logging.getLogger(__name__)

Stage = Literal["searching", "found", "writing", "answered", "stopped", "cannot", "fault"]

Flaw = Literal["empty", "too_long", "unreadable"]

GROWTH = 1.25
"""How many times longer a text must be than the one shown before it."""

FIRST_WORDS = 24
"""And by how many characters."""

LONGEST_PAUSE = 0.25
"""Seconds after which any news is shown."""

STOP_SEEN_WITHIN = 0.1
"""Seconds within which a stop is seen while the assistant says nothing."""

UNFINISHED: frozenset[Stage] = frozenset({"searching", "found", "writing"})


@dataclass(frozen=True)
class Exchange:
    """A question and what has come of it so far.

    Attributes:
        question: As the visitor typed it, without outer white space.
        stage: How far it is, or how it ended.
        standalone_question: As the assistant understood it; equal to `question` unless rewritten.
        text: The answer so far, Markdown with markers; "" before the first word.
        answer: The whole reply, once the stage is "answered"; None before and otherwise.
        problem: What a person can put right, when the stage is "cannot"; "" otherwise.
        asked_at: When it was asked, ISO 8601 in UTC; "" when that is not known.
        citations: What its markers point at as far as it has come; as `answer` has them at the end.
        liked: The visitor's thumb: True up, False down, None neither.
        remark: What the visitor wrote about the answer; "" when nothing.
    """

    question: str
    stage: Stage = "searching"
    standalone_question: str = ""
    text: str = ""
    answer: Answer | None = None
    problem: str = ""
    asked_at: str = ""
    citations: tuple[Citation, ...] = ()
    liked: bool | None = None
    remark: str = ""

    @property
    def rewritten(self) -> str:
        """The question as understood, when that differs from what was typed; else ""."""
        return self.standalone_question if self.standalone_question != self.question else ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.stage not in UNFINISHED


@dataclass(frozen=True)
class Talk:
    """What one visitor has asked and read, oldest first.

    Attributes:
        exchanges: The questions with what came of them.
        id: Under which it is kept; "" when it is not.
        title: By which the visitor finds it again; "" when it is not kept.
    """

    exchanges: tuple[Exchange, ...] = ()
    id: str = ""
    title: str = ""

    def add(self, exchange: Exchange) -> Talk:
        """The same talk with one more exchange at its end."""
        return replace(self, exchanges=(*self.exchanges, exchange))

    def with_last(self, exchange: Exchange) -> Talk:
        """The same talk with its last exchange replaced."""
        return self.with_one(len(self.exchanges) - 1, exchange)

    def with_one(self, index: int, exchange: Exchange) -> Talk:
        """The same talk with the exchange at an index, from 0, replaced."""
        before, after = self.exchanges[:index], self.exchanges[index + 1 :]
        return replace(self, exchanges=(*before, exchange, *after))

    def up_to(self, index: int) -> Talk:
        """The same talk without the exchange at an index, from 0, and all after it."""
        return replace(self, exchanges=self.exchanges[:index])

    def kept_as(self, id: str, title: str) -> Talk:
        """The same talk under the id and title by which it is kept."""
        return replace(self, id=id, title=title)

    def conversation(self) -> Conversation:
        """The finished exchanges as turns; what was stopped or failed is no part of it."""
        turns = (
            Turn(exchange.question, exchange.answer.answer)
            for exchange in self.exchanges
            if exchange.answer is not None
        )
        return Conversation(tuple(turns))

    def stopped(self) -> Talk:
        """The talk after the visitor pressed stop: an unfinished last exchange ends there."""
        if self.exchanges and self.exchanges[-1].stage in UNFINISHED:
            return self.with_last(replace(self.exchanges[-1], stage="stopped"))
        return self


def flaw(question: str) -> Flaw | None:
    """What keeps a question from being asked at all; None when it can be asked."""
    if not any(letter.isalnum() for letter in question):
        return "empty"
    if len(question.strip()) > QUESTION_LIMIT:
        return "too_long"
    try:
        check_question(question)
    except FixableError:
        return "unreadable"
    return None


def respond(
    assistant: Assistant, talk: Talk, question: str, stop: threading.Event | None = None
) -> Iterator[Talk]:
    """Ask one question and yield the talk each time there is something new to show.

    The first state comes before the assistant is asked; the last one has ended. Errors end up
    in the talk and are not raised; a fault of ours is logged with its traceback. An iterator that
    is closed early stops the assistant.

    Args:
        assistant: Who answers.
        talk: The talk so far. An unfinished exchange in it counts as stopped.
        question: What was typed; outer white space does not count.
        stop: Ends the answer soon after it is set, also while the assistant says nothing; None
            for an answer that nobody can stop.
    """
    stop = stop or threading.Event()
    talk = talk.stopped()
    conversation = talk.conversation()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    asked = question.strip()
    talk = talk.add(Exchange(asked, standalone_question=asked, asked_at=now))
    yield talk
    exchange = talk.exchanges[-1]
    try:
        for step in _steps(assistant, conversation, exchange, stop):
            exchange = step
            yield talk.with_last(exchange)
    except FixableError as error:
        yield talk.with_last(replace(exchange, stage="cannot", problem=str(error)))
    except Exception:  # the page must go on, and say that it was a fault and not silence
        _log.exception("A question could not be answered")
        yield talk.with_last(replace(exchange, stage="fault"))


def _steps(
    assistant: Assistant, conversation: Conversation, exchange: Exchange, stop: threading.Event
) -> Iterator[Exchange]:
    """The exchange after each step of the assistant that is worth showing."""
    pace = _Pace()
    for draft in _drafts(assistant, conversation, exchange.question, stop):
        if draft.stage == "writing" and not pace.is_due(draft.text):
            continue
        exchange = replace(
            exchange,
            stage="answered" if draft.stage == "done" else draft.stage,
            standalone_question=draft.standalone_question,
            text=draft.text,
            answer=draft.answer,
            citations=draft.citations,
        )
        yield exchange
    if exchange.answer is not None:
        return
    if not stop.is_set():
        raise RuntimeError("The assistant ended without an answer.")
    yield replace(exchange, stage="stopped")


def _drafts(
    assistant: Assistant, conversation: Conversation, question: str, stop: threading.Event
) -> Iterator[Draft]:
    """What the assistant says, until it has ended or `stop` is set.

    It speaks in a thread of its own: a language model may be silent for long, and whoever presses
    stop does not wait for its next word. The thread ends at that word, closing what it asked.
    """
    said: queue.SimpleQueue[Draft | Exception | None] = queue.SimpleQueue()
    gone = threading.Event()  # nobody listens any more

    def speak() -> None:
        try:
            stream = assistant.stream(question, conversation)
            with closing(stream):  # type: ignore[type-var]
                for draft in stream:
                    if stop.is_set() or gone.is_set():
                        return
                    said.put(draft)
            said.put(None)
        except Exception as error:
            said.put(error)

    threading.Thread(target=speak, name="dayek-answer", daemon=True).start()
    try:
        while not stop.is_set():
            try:
                heard = said.get(timeout=STOP_SEEN_WITHIN)
            except queue.Empty:
                continue
            if isinstance(heard, Exception):
                raise heard
            if heard is None:
                return
            yield heard
    finally:
        gone.set()


class _Pace:
    """Which steps of the writing are shown.

    Each state costs the page tens of milliseconds, and an answer without a language model is
    written in one: shown word by word, it would keep its reader waiting. So a state is shown when
    the text has grown well, or when time has passed.
    """

    def __init__(self) -> None:
        self._length = 0
        self._shown = time.monotonic()

    def is_due(self, text: str) -> bool:
        """Whether this text is worth showing after the last that was."""
        grown = len(text) >= self._length * GROWTH + FIRST_WORDS
        if not grown and time.monotonic() - self._shown < LONGEST_PAUSE:
            return False
        self._length, self._shown = len(text), time.monotonic()
        return True
