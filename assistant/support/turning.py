"""Whether a statement turns a direction round: risen for fallen, first for last, east for west."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.support.reading import Ground, Reading
from assistant.support.terms import Terms, terms
from assistant.support.words import words_of


@cache
def _axes() -> Terms:
    """The poles of all axes of terms.toml, each as "axis/pole"."""
    return Terms(
        {
            f"{axis}/{pole}": words
            for axis, poles in terms()["directions"].items()
            for pole, words in poles.items()
        }
    )


@lru_cache(maxsize=512)
def poles_in(text: str) -> dict[str, Counter[str]]:
    """How many words of a text stand for each pole, by axis; axes without any are left out."""
    found: dict[str, Counter[str]] = {}
    for poles in _axes().placed(word.folded for word in words_of(text)):
        for told in poles:
            axis, pole = told.split("/")
            found.setdefault(axis, Counter())[pole] += 1
    return found


def turned_direction(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt, "direction", for each axis with one pole more and another less than the spans."""
    for axis, mine in poles_in(said.text).items():
        theirs = Counter[str]()
        for span in ground.spans:
            theirs += poles_in(span.text).get(axis, Counter())
        if mine - theirs and theirs - mine:
            yield "direction", True
