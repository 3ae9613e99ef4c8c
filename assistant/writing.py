"""A language model writes the answer, the text decides what of it is shown.

Every statement is compared with the sentences it names as soon as it is complete. One that passes
is shown with its markers, one that does not is shown marked, one that contradicts them is taken
out. When too much fails, or the model is slow, broken or absent, there is no answer of the model's
at all, and whoever asked gives the extractive one and says why. What a model says of itself counts
for nothing here: neither a marker nor a word of it is believed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import (
    ModelBrokeOff,
    ModelError,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
)
from assistant.exhibits import Exhibit
from assistant.prompting import FORM, ORDERS, data
from assistant.questions import Asked
from assistant.reading_out import Reader
from assistant.replies import Fault, Usage
from assistant.sheet import Sheet, Shown
from assistant.speaker import Speaker
from assistant.speech import BEAT, Limits, Speech

if TYPE_CHECKING:
    from assistant.support import Closeness

N = TypeVar("N", int, float)

_log = logging.getLogger(__name__)
_BUSY = " status 429"


@dataclass(frozen=True)
class Outcome:
    """What came of asking a model.

    Attributes:
        shown: Its answer; None when it is not given.
        fault: Why not; None when it is.
        usage: What was asked of it.
    """

    shown: Shown | None
    fault: Fault | None
    usage: Usage


@dataclass(frozen=True)
class Writer:
    """Has a model write answers.

    Attributes:
        speaker: The model.
        limits: How long it is waited for.
        followups: Whether it also makes follow-ups stand alone.
        closeness: Nearness in meaning by which a statement is held to its span; None, as the
            product has it, leaves that to shared words, names and figures: a short statement is far
            from a long span that contradicts it, and would be doubted instead of taken out.
    """

    speaker: Speaker
    limits: Limits = field(default_factory=Limits)
    followups: bool = True
    closeness: Closeness | None = field(default=None, repr=False)

    @property
    def engine(self) -> str:
        """What an answer says of who wrote it."""
        return f"model:{self.speaker.name}"

    def write(self, asked: Asked, exhibits: Sequence[Exhibit]) -> Generator[Shown, None, Outcome]:
        """The answer as it grows, then what came of it.

        Something is yielded at least every quarter of a second, so that it can be stopped; closing
        the generator closes the request.

        Args:
            asked: What the question asks.
            exhibits: What the model is shown, not empty.
        """
        speech = self.speaker.stream(
            ORDERS[asked.language], data(asked.text, exhibits, asked.language), FORM, self.limits
        )
        sheet = Sheet(asked.language, exhibits, self.closeness)
        try:
            result = yield from _listened(speech, self.speaker, sheet)
        finally:
            speech.close()
        usage = used(speech, self.speaker)
        if isinstance(result, Shown):
            return Outcome(result, None, usage)
        return Outcome(None, result, usage)


def used(speech: Speech, speaker: Speaker) -> Usage:
    """What one request was, and cost where its tokens and prices are known."""
    read, written = speech.input_tokens, speech.output_tokens
    cost = None
    if speaker.prices and read is not None and written is not None:
        cost = (read * speaker.prices[0] + written * speaker.prices[1]) / 1e6
    return Usage(int(speech.spoke), read, written, cost)


def together(one: Usage | None, other: Usage | None) -> Usage | None:
    """Two usages as one; what one of them does not tell, the sum does not tell."""
    if one is None or other is None:
        return one or other
    return Usage(
        one.calls + other.calls,
        _sum(one.input_tokens, other.input_tokens),
        _sum(one.output_tokens, other.output_tokens),
        _sum(one.cost, other.cost),
    )


def fault_of(error: ModelError) -> Fault:
    """What a reader is told of an error of the model's."""
    if isinstance(error, ModelRefused):
        return "busy" if _BUSY in error.message else "refused"
    for kind, fault in _FAULTS.items():
        if isinstance(error, kind):
            return fault
    return "unreadable"


_FAULTS: dict[type[ModelError], Fault] = {
    ModelTooSlow: "slow",
    ModelUnreachable: "unreachable",
    ModelBrokeOff: "broken",
}


def _listened(
    speech: Speech, speaker: Speaker, sheet: Sheet
) -> Generator[Shown, None, Shown | Fault]:
    """Listen to the end, or to where it has become useless."""
    reader = Reader()
    told = time.monotonic()
    while True:
        try:
            piece = next(speech)
        except StopIteration:
            break
        except Exception as error:  # every provider raises what its own client raises
            trouble = speaker.trouble(error)
            _log.warning("%s", trouble)
            return fault_of(trouble)
        fresh = reader.feed(piece) if piece else ()
        sheet.take([replace(one, text=speaker.without_key(one.text)) for one in fresh])
        if sheet.foreign_so_far:
            return "language"
        if fresh or time.monotonic() - told >= BEAT:
            told = time.monotonic()
            yield sheet.shown()
        if reader.full or sheet.full:
            sheet.cut = True
            break
    if speech.finish in ("length", "max_tokens", "MAX_TOKENS"):
        sheet.cut = True
    rest = reader.complete() if sheet.cut else reader.finish()
    sheet.take([replace(one, text=speaker.without_key(one.text)) for one in rest])
    if sheet.foreign_so_far:
        return "language"
    return sheet.result(no_answer=reader.reading().no_answer, silent=reader.silent)


def _sum(one: N | None, other: N | None) -> N | None:
    return None if one is None or other is None else one + other
