"""Where a work says two different things about one matter: as programs and the reader tell it.

Two sources: what was read by hand, which a work of the library may carry, and what a scan of all
sentences finds. The scan gives hints; about two of three are real.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant import (
    Disagreement,
    KnownConflict,
    Language,
    Span,
    Work,
    address,
    place_of,
)
from ui.extracts import place_name


@dataclass(frozen=True)
class Said:
    """One place where a side is said.

    Attributes:
        place: By which it can be read; see `ui.extracts`.
        address: The same as a person says it.
        line: Line of the file, from 1.
        start: First code point of the sentence.
        end: One past its last.
        quote: The sentence, equal to the text at `[start, end)`.
        value_start: First code point of the words that disagree.
        value_end: One past their last.
        value: Those words.
    """

    place: str
    address: str
    line: int
    start: int
    end: int
    quote: str
    value_start: int
    value_end: int
    value: str


@dataclass(frozen=True)
class Side:
    """One of the values given for a matter.

    Attributes:
        value: In the words of the text for what was read by hand, else in normal form.
        statements: Where it is given, in the order of the text; at least one.
    """

    value: str
    statements: tuple[Said, ...]


@dataclass(frozen=True)
class Contradiction:
    """A matter on which the work disagrees with itself.

    Attributes:
        id: Its name; None for what the scan found.
        found_by: "reading" (certain) or "scan" (a hint).
        matter: What it is about.
        score: How sure the scan is, higher is surer; None for what was read by hand.
        sides: Two or more.
    """

    id: str | None
    found_by: Literal["reading", "scan"]
    matter: str
    score: float | None
    sides: tuple[Side, ...]


def read_by_hand(work: Work, language: Language) -> tuple[Contradiction, ...]:
    """What readers found; empty for a work that carries none. Topics are in `language`."""
    return tuple(_known(work, one, language) for one in work.conflicts)


def scanned(
    work: Work, found: Iterable[Disagreement], language: Language
) -> tuple[Contradiction, ...]:
    """What a scan found (`find_disagreements`, some seconds), with addresses in `language`."""
    return tuple(_found(work, one, language) for one in found)


def not_known(
    found: Iterable[Contradiction], known: Iterable[Contradiction]
) -> tuple[Contradiction, ...]:
    """Those found of which no known one tells.

    It is the same matter when two of its sides disagree in words in which a known one does: the
    same sentences can also differ in something else.
    """
    told = list(known)
    return tuple(one for one in found if not any(_tells(other, one) for other in told))


def _tells(known: Contradiction, found: Contradiction) -> bool:
    places = [said for side in known.sides for said in side.statements]
    shared = sum(
        any(_overlap(said, place) for said in side.statements for place in places)
        for side in found.sides
    )
    return shared > 1


def _overlap(one: Said, other: Said) -> bool:
    return one.value_start < other.value_end and other.value_start < one.value_end


def _found(work: Work, found: Disagreement, language: Language) -> Contradiction:
    sides = tuple(
        Side(
            side.normal,
            tuple(_said(work, one.span, one.value, language) for one in side.statements),
        )
        for side in found.sides
    )
    return Contradiction(None, "scan", " ".join(found.matter), found.score, sides)


def _known(work: Work, known: KnownConflict, language: Language) -> Contradiction:
    """The sides that agree with one another are one."""
    sides: dict[int, list[Said]] = {}
    for place, side in enumerate(known.sides):
        mine = place if side.same_as is None else side.same_as
        sides.setdefault(mine, []).append(_said(work, side.span, side.value, language))
    return Contradiction(
        id=known.id,
        found_by="reading",
        matter=known.topic(language) or known.id,
        score=None,
        sides=tuple(
            Side(said[0].value, tuple(sorted(said, key=lambda one: one.start)))
            for said in sides.values()
        ),
    )


def _said(work: Work, span: Span, value: Span, language: Language) -> Said:
    return Said(
        place=place_name(work, span.start),
        address=address(language, place_of(work, span.start)),
        line=work.document.line_of(span.start),
        start=span.start,
        end=span.end,
        quote=work.document.quote(span),
        value_start=value.start,
        value_end=value.end,
        value=work.document.quote(value),
    )
