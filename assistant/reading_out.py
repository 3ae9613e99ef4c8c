"""What a model's answer states, read while it is being written.

Asked for are sentences that end in `[numbers]`, or a JSON object where the provider holds its model
to one; either is understood whichever was asked for. Models slip in known ways: numbers in other
brackets, ranges, words before a number, numbers in front of a sentence, a thought aloud, a fence, a
preface, a list of sources, a forged next turn, tokens of a chat template. Those are understood or
left out; whatever else stands there is a statement, and one without numbers stays without.

Nothing is judged here: numbers may be out of range, words may be false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.markers import cut_markers
from assistant.markup import LINK, plain
from assistant.reading_json import read_json
from sources import Span, split_sentences

LONGEST = 12_000
"""Characters read of one answer; six sentences need a tenth of it."""

Opens = Literal["run", "paragraph", "item"]


@dataclass(frozen=True)
class Said:
    """One statement of a model.

    Attributes:
        text: Its words on one line, without markers; bold words stand in `**`.
        numbers: The evidence that it names, in order, as they stand; empty when it names none.
        opens: Whether it goes on in its line, begins a paragraph or a list item.
        leads_out: Whether an address of something outside was taken out of it.
    """

    text: str
    numbers: tuple[int, ...]
    opens: Opens
    leads_out: bool = False


@dataclass(frozen=True)
class Reading:
    """All that an answer states so far.

    Attributes:
        statements: In order.
        no_answer: Whether it says that the evidence does not answer.
    """

    statements: tuple[Said, ...]
    no_answer: bool


class Reader:
    """Reads one answer piece by piece."""

    def __init__(self) -> None:
        self._heard = ""
        self._given = 0
        self._named = self._thought = False

    @property
    def full(self) -> bool:
        """Whether so much was said that the rest is not read."""
        return len(self._heard) >= LONGEST

    @property
    def silent(self) -> bool:
        """Whether nothing was said."""
        return not self._heard.strip()

    def feed(self, piece: str) -> tuple[Said, ...]:
        """The statements that are complete with this piece and were not before."""
        self._heard = (self._heard + piece)[:LONGEST]
        if _THOUGHT_ENDS.search(self._heard) and not self._thought:
            # All before it was a thought that nothing had opened.
            self._thought, self._given = True, 0
        closed = max(piece.rfind(one) for one in _CLOSING) + 1
        self._named = self._named or closed > 0
        goes_on = self._named and any(one.isalnum() for one in piece[closed:])
        if not goes_on and not any(one in "\n}" for one in piece):
            return ()  # nothing can be complete now that was not before
        self._named = False
        return self.complete()

    def complete(self) -> tuple[Said, ...]:
        """The statements that are complete though the answer is not, and were not given before."""
        return self._fresh(read(self._heard, finished=False))

    def finish(self) -> tuple[Said, ...]:
        """The statements that are complete now that the answer is."""
        return self._fresh(self.reading())

    def reading(self) -> Reading:
        """The whole answer, taken as finished."""
        return read(self._heard, finished=True)

    def _fresh(self, reading: Reading) -> tuple[Said, ...]:
        fresh = reading.statements[self._given :]
        self._given += len(fresh)
        return fresh


_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_TURN_ENDS = re.compile(
    r"<\|(?:im_end|im_start|eot_id|end|endoftext|user|system|assistant)\|>|</s>|<end_of_turn>|"
    r"^[ \t*]*(?:question|сұрақ|вопрос|user|human|system|evidence|дәлелдер|свидетельства)\b\**\s*:|"
    r"^[ \t#*]*(?:sources?|references?|citations?|дереккөз\w*|сілтемелер|источники|ссылки)"
    r"\**\s*(?::|$)",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = "])】"
_PREFIX = re.compile(r"^[\s#*]*(?:answer|жауап|ответ)\**\s*:\**\s*", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*•·▪–—]\s+|\(?\d{1,2}[.)]\s+)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_OBJECT = re.compile(
    r"[\[{][\s\[{]*\"(?:no_answer|answered|statements?|text|answer|sentence|claim)\""
)
_SENTINEL = re.compile(r"\W*NO[\s_-]*ANSWER(?![a-z])", re.IGNORECASE)
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*]+\*\*\s*$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:долл|руб|тыс|чел|напр|англ|рус|каз|соч|изд|U\.S|U\.K|e\.g|i\.e|Mr|Dr|No|St|vs))\.$"
)
_UNDER_WAY = re.compile(r"(?:\\|\*+|[\[(【][^\])】]{0,40}|<[^>]{0,40})$")


def read(heard: str, *, finished: bool) -> Reading:
    """What an answer states.

    Args:
        heard: The answer so far.
        finished: Whether nothing follows; else what is not complete is left out.
    """
    text = _own_words(heard, finished=finished)
    begins = _OBJECT.search(text)
    if begins is None:
        return _prose(text, finished=finished)
    before = _prose(text[: begins.start()], finished=True)
    told = _objects(text[begins.start() :])
    return Reading(before.statements + told.statements, before.no_answer or told.no_answer)


def _own_words(heard: str, *, finished: bool) -> str:
    """The answer without thoughts before it and without what is no part of it after it."""
    text = _THOUGHT.sub("", heard)
    text = _THOUGHT_ENDS.sub("", text)
    ends = _TURN_ENDS.search(text)
    if ends and (finished or ends.end() < len(text) or "|" in ends[0]):
        text = text[: ends.start()]
    return text


def _prose(text: str, *, finished: bool) -> Reading:
    statements: list[Said] = []
    lines = text.split("\n")
    opens: Opens = "paragraph"
    for place, line in enumerate(lines):
        complete = finished or place < len(lines) - 1
        if _SENTINEL.match(line) and (complete or len(line) > len("NO_ANSWER") + 2):
            return Reading(tuple(statements), no_answer=True)
        if not line.strip():
            opens = "paragraph"
            continue
        found = list(_of_line(line, opens, complete=complete))
        statements += found
        if found:
            opens = "run"
    return Reading(tuple(statements), no_answer=False)


def _of_line(line: str, opens: Opens, *, complete: bool) -> Iterator[Said]:
    """The statements of one line; of one that is being written all but the last."""
    if not any(one.isalnum() for one in line) or _FENCE.match(line):
        return
    item = _ITEM.match(line)
    if item:
        line, opens = line[item.end() :], "item"
    elif _HEADING.match(line) and not cut_markers(line).marks:
        return
    if not complete:
        line = _UNDER_WAY.sub("", line)
    line = re.sub(r"\s*\|\s*", " — ", line.strip().strip("|").strip())
    yield from _statements(_PREFIX.sub("", line), opens, complete=complete)


def _statements(line: str, opens: Opens, *, complete: bool) -> Iterator[Said]:
    """Sentence by sentence with the numbers that stand in or after each.

    A sentence without numbers shares those of the next one in its line that has some: models
    often put them at the end of a thought. Each is then checked by itself.
    """
    cut = cut_markers(line)
    spans = _sentences(cut.text)
    named: list[tuple[int, ...]] = [() for _ in spans]
    for mark in cut.marks:
        owner = next(
            (
                place
                for place, span in enumerate(spans)
                if (mark.at < span.end if cut.leading else mark.at <= span.end)
            ),
            len(spans) - 1,
        )
        if owner >= 0:
            named[owner] = tuple(dict.fromkeys((*named[owner], *mark.numbers)))
    # The last sentence of a line that is still being written may get other numbers, and its end
    # may not be one.
    upto = len(spans) if complete else max(len(spans) - 1, 0)
    last = max((place for place in range(upto) if named[place]), default=-1)
    for place in range(last - 1, -1, -1):
        named[place] = named[place] or named[place + 1]
    for span, numbers in zip(spans[: upto if complete else last + 1], named, strict=False):
        raw = cut.text[span.start : span.end]
        said = plain(raw)
        if not any(one.isalnum() for one in said) or (said.endswith(":") and not numbers):
            continue
        yield Said(said, numbers, opens, LINK.search(raw) is not None)
        opens = "run"


def _sentences(text: str) -> list[Span]:
    """The sentences of a line in any of the three languages.

    The work's own division knows Kazakh abbreviations; those of the others are mended here.
    """
    spans: list[Span] = []
    for span in split_sentences(text):
        if spans and _ABBREVIATED.search(text[spans[-1].start : spans[-1].end]):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _objects(text: str) -> Reading:
    """The statements in JSON, those of an object that is still being written among them."""
    told = read_json(text)
    statements: list[Said] = []
    for one in told.statements:
        if _SENTINEL.match(one.text):
            return Reading(tuple(statements), no_answer=True)
        found = _of_line(" ".join(one.text.split()), "run", complete=True)
        statements += [replace(said, numbers=said.numbers or one.numbers) for said in found]
    no_answer = told.no_answer
    for answer in told.answers:
        prose = _prose(answer, finished=True)
        statements += prose.statements
        no_answer = no_answer or prose.no_answer
    return Reading(tuple(statements), no_answer)
