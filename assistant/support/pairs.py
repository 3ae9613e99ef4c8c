"""Whether a statement gives each thing its own: the north its neighbour, the year its figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator

from assistant.support.names import names_in
from assistant.support.reading import Ground, Reading
from assistant.support.turning import poles_in

_PART = re.compile(
    r"[,;:()]\s|\s[–—-]\s|\s(?:and|but|while|и|а|но|ал|және|мен|бен|пен)\s", re.IGNORECASE
)
_AXIS = "compass"


def crossed(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt, "direction" or "date", when the statement joins what the spans join otherwise."""
    for code, pairs in (("direction", _sides), ("date", _years)):
        mine, theirs = pairs(said), [pairs(span) for span in ground.spans]
        for key, value in mine.items():
            others = {told[key] for told in theirs if key in told}
            if others and value not in others and any(value in told.values() for told in theirs):
                yield code, True


def _parts(reading: Reading) -> Iterator[tuple[int, int]]:
    """Clauses: first character, one past the last."""
    start = 0
    for found in _PART.finditer(reading.text):
        yield start, found.start()
        start = found.end()
    yield start, len(reading.text)


def _sides(reading: Reading) -> dict[Hashable, Hashable]:
    """Names by the point of the compass that stands in one clause with them, if one does."""
    told: dict[Hashable, Hashable] = {}
    for start, end in _parts(reading):
        part = reading.text[start:end]
        poles = poles_in(part).get(_AXIS, Counter[str]())
        names = names_in(part) if len(poles) == 1 else {}
        if len(poles) == 1:
            told |= dict.fromkeys(names, next(iter(poles)))
    return told


def _years(reading: Reading) -> dict[Hashable, Hashable]:
    """Figures by the year that stands in one clause with them, if each is alone there."""
    told: dict[Hashable, Hashable] = {}
    years = [one for one in reading.figures if one.kind == "year"]
    others = [one for one in reading.figures if one.kind in ("number", "percent")]
    if len(years) < 2 or len(years) != len(others):
        return told
    return {other.value: year.value for year, other in zip(years, others, strict=True)}
