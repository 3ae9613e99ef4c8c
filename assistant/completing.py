"""How much of a paragraph a sentence needs to be an answer.

A sentence that begins "Бұл …" says nothing without the one before it; one that announces ("бірнеше
бағытта көрінді") nothing without those after it; "Автор пікірінше" does not say who. What is added
is always next to the sentence and in its block, so that one address covers the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.cues import has_what_is_asked
from assistant.questions import Kind
from sources import POINTS_BACK, Span, Work

SHORT = 200
"""A first sentence below so many characters is given with the one after it."""

LONGEST = 700
"""Characters beyond which nothing is added."""

NEIGHBOUR_LIKELY = 0.003
"""How likely a sentence beside the best one must be to be given with it."""

LEANING_LIKELY = 0.0005
"""The same for one that goes on from it ("Бұл …", "Олар …"): it says nothing elsewhere."""

WINDOW = 600
"""Characters that a sentence and its neighbours may have together."""

LOOK_BACK = 2
"""Sentences before it in which a person is looked for."""

BULLET = re.compile(r"\s*(?:[·•▪‣*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
"""The sign before a list item: layout, not words."""

_ANNOUNCES = re.compile(
    r"бірнеше|бірқатар|мынадай|келесі|төмендегі|келесідей|(?:екі|үш|төрт|бес|алты|жеті) (?:\w+ )?"
    r"(?:бағыт|тип|түр|топ|кезең|себеп|негіз|сала|мақсат|басым)|қалыптасқан\.?$|қамтиды\.?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:Бірінші(?:ден|сі)|Екінші(?:ден|сі)|Үшінші(?:ден|сі)|Төртінші(?:ден|сі)|Бесінші(?:ден|сі)|"
    r"Соңғы(?:сы)?|Мысалы|Атап айтқанда|Яғни|Демек|Олар(?:дың)?|Бұл|Ол|Оның|Сонымен қатар|"
    r"Сондай-ақ|Осылайша|Аталған|Аталмыш|Мұндай)\b"
)


def complete(
    work: Work, index: int, kind: Kind, *, first: bool, likely: Mapping[int, float]
) -> Span:
    """The place that answers: a sentence with what it leans on and what may answer beside it.

    Args:
        work: The work.
        index: The sentence's place in the work's sentences.
        kind: What is asked for.
        first: Whether it opens the answer; only then is what follows added.
        likely: How likely each sentence is the one that answers, by its place; absent ones are
            not.
    """
    start = end = index
    if _leans_back(work, index):
        start = index - 1
    if kind in ("person", "attribution"):
        start = _with_person(work, start, index, kind)
    if first:
        end = _with_rest(work, index, kind)
        start, end = _with_neighbours(work, start, end, likely)
    begin = work.sentences[start].start
    bullet = BULLET.match(work.text, begin)
    return Span(bullet.end() if bullet else begin, work.sentences[end].end)


def _with_neighbours(
    work: Work, start: int, end: int, likely: Mapping[int, float]
) -> tuple[int, int]:
    """The stretch with the sentences beside it, as long as they may be what answers."""
    while True:
        beside = [
            (likely.get(one, 0.0), one)
            for one in (end + 1, start - 1)
            if _may_answer(work, one, likely, after=one > end)
            and _together(work, min(start, one), max(end, one), WINDOW)
        ]
        if not beside:
            return start, end
        _, one = max(beside)
        start, end = min(start, one), max(end, one)


def _may_answer(work: Work, index: int, likely: Mapping[int, float], *, after: bool) -> bool:
    share = likely.get(index, 0.0)
    if share <= 0:
        return False
    leans = after and POINTS_BACK.match(_words(work, index)) is not None
    return share >= (LEANING_LIKELY if leans else NEIGHBOUR_LIKELY)


def _words(work: Work, index: int) -> str:
    sentence = work.sentences[index]
    return work.text[sentence.start : sentence.end]


def _together(work: Work, start: int, end: int, longest: int = LONGEST) -> bool:
    """Whether two sentences stand in one paragraph and near enough to be given as one."""
    if not 0 <= start <= end < len(work.sentences):
        return False
    one, other = work.sentences[start], work.sentences[end]
    return one.block == other.block and one.row is None and other.end - one.start <= longest


def _leans_back(work: Work, index: int) -> bool:
    leans = POINTS_BACK.match(_words(work, index)) is not None
    return leans and _together(work, index - 1, index)


def _with_person(work: Work, start: int, index: int, kind: Kind) -> int:
    """The nearest sentence at or before that names a person; `start` when none near does."""
    for earlier in range(start, start - LOOK_BACK - 1, -1):
        if not _together(work, earlier, index):
            break
        if has_what_is_asked(_words(work, earlier), kind):
            return earlier
    return start


def _with_rest(work: Work, index: int, kind: Kind) -> int:
    """The last sentence that belongs to an announcement or to a very short answer."""
    end = index
    words = _words(work, index)
    wants_value = kind in ("date", "number") and not has_what_is_asked(words, kind)
    needs_more = len(words) < SHORT or _ANNOUNCES.search(words) or wants_value
    if needs_more and _together(work, index, index + 1):
        end = index + 1
    if kind == "list" and _ANNOUNCES.search(words):
        while _together(work, index, end + 1):
            end += 1
    if kind not in ("date", "number", "person"):
        while end > index and _together(work, index, end + 1):
            if not _GOES_ON.match(_words(work, end + 1)):
                break
            end += 1
    return end
