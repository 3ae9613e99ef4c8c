"""Which persons, states, bodies and places a text names, and whether its spans name them too.

Known names are those of the table that the search uses and of the glossary. Any other word with a
capital is compared by its sound, so that `Marcia Friedman` meets `Марсия Фридман` and
`Лукашенконың` meets `Lukashenko`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from assistant.support.terms import more_names
from assistant.support.words import fold_word, sound, words_of
from index import Concept, Naming, concepts, namings, not_inside
from sources import search_form

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
SUBJECT = "kazakhstan"
"""The state that the work is about: `the country` may be told by its name."""

_IMPLIED = {
    "security_council": ("un",),
    "undp": ("un",),
    "central_asia": ("asia",),
    "eu": ("europe",),
    "europe": ("eu",),
    "eaeu": ("eurasia",),
    "silk_road": ("belt_and_road",),
    "white_house": ("usa",),
    "ussr": ("soviet",),
    "soviet": ("ussr",),
}


@lru_cache(maxsize=1024)
def names_in(text: str) -> dict[str, str]:
    """The known names of a text: id -> "organisations", "states", "people" or "places".

    A longer name hides the shorter ones inside it. A name has a capital somewhere: `us` is no
    state and `транспорт` no corridor.
    """
    found = {one.concept.id: one.concept.kind for one in not_inside(_in_the_table(text))}
    for word in words_of(text):
        if concept := _inflected(word.folded, word.capital):
            found.setdefault(concept.id, concept.kind)
    for keys in more_names().placed(word.folded for word in words_of(text)):
        for key in keys:
            found.setdefault(key.removesuffix("_more"), "places")
    return found


_NAME_LETTERS, _PLAIN_LETTERS = 4, 5
"""Letters that a word must share with a name of one word: with a capital, and without one."""


@cache
def _beginnings() -> dict[str, Concept]:
    """Names of one word without their last vowel, which Russian and English endings replace."""
    return {
        begin: concept
        for concept in concepts()
        if concept.kind in ("states", "people")
        for name in concept.names
        if len(name.words) == 1 and not name.whole
        if len(begin := re.sub(r"[аеийоуыьяaeiouy]$", "", fold_word(name.written))) >= _NAME_LETTERS
    }


@cache
def _short_names() -> dict[str, Concept]:
    """People of three letters, which take only known endings: `Найдың`, `Вуда`."""
    return {
        folded: concept
        for concept in concepts()
        if concept.kind == "people"
        for name in concept.names
        if len(folded := fold_word(name.written)) == _NAME_LETTERS - 1
    }


_SHORT_ENDINGS = frozenset(
    "дың дің тың тің ның нің ды ді ты ті ға ге қа ке да де та те дан ден тан тен пен мен бен"
    " а у ом е я ю ем и ы ой".split()
)


@lru_cache(maxsize=1 << 14)
def _inflected(folded: str, capital: bool) -> Concept | None:
    """The state or person that a word names with any ending: `Ресейді`, `индийский`."""
    shortest = _NAME_LETTERS if capital else _PLAIN_LETTERS
    for length in range(len(folded), shortest - 1, -1):
        if concept := _beginnings().get(folded[:length]):
            return concept
    short, ending = folded[: _NAME_LETTERS - 1], folded[_NAME_LETTERS - 1 :]
    stem_of_name = next((n for n in (short, short[:-1] + "й") if n in _short_names()), None)
    if capital and stem_of_name and ending in _SHORT_ENDINGS:
        return _short_names()[stem_of_name]
    return None


def _in_the_table(text: str) -> list[Naming]:
    """The names of the table in a text; what has no capital is none."""
    written = _TOKEN.findall(text)
    return [
        one
        for one in namings([search_form(word) for word in written])
        if one.concept.kind != "terms"
        and any(word[0].isupper() for word in written[one.start : one.end])
    ]


def implied(names: Iterable[str]) -> frozenset[str]:
    """Some names and those that they bring along: a council of the UN brings the UN."""
    known = set(names)
    for name in tuple(known):
        known.update(_IMPLIED.get(name, ()))
    return frozenset(known)


def sounds_like(word: str, sounds: frozenset[str]) -> bool:
    """Whether a folded word sounds like one of some words, endings aside."""
    mine = sound(word)
    return any(_alike(mine, other) for other in sounds)


_SHORT = 3


def _alike(mine: str, other: str) -> bool:
    """One begins like the other; short ones may differ by an ending only."""
    if mine == other:
        return True
    short, long = sorted((mine, other), key=len)
    if len(short) < 2 or short[0] != long[0]:
        return False
    if len(short) < _SHORT:
        return long.startswith(short) and len(long) - len(short) <= 3
    common = next(
        (at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    return common >= max(_SHORT, round(0.75 * len(short)))
