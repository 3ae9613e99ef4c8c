"""Whether the names of a statement stand in its spans, in whatever script and ending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.support.figures import is_month
from assistant.support.names import SUBJECT, implied, names_in, sounds_like
from assistant.support.reading import Ground, Reading
from assistant.support.terms import glossary, more_names
from assistant.support.turning import poles_in
from assistant.support.words import Word
from index import STOPWORDS, is_name, stem

_ROMAN = re.compile(r"[IVXІХ]+")


def doubted_names(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt, "name", for each that no span has; True where one has another of its kind."""
    given = implied(ground.names)
    instead = {kind for id, kind in ground.names.items() if id not in implied(said.names)}
    for id, kind in said.names.items():
        if id in given or (id == SUBJECT and "states" not in instead):
            continue
        if any(id in implied((other,)) for other in said.names if other != id and other in given):
            continue
        yield "name", kind in instead
    for at in _unknown(said):
        if (
            not _stands(said.words[at], ground)
            and not _before_surname(said, at, ground)
            and not _in_one_word(said, at, ground)
        ):
            yield "name", False


def _stands(word: Word, ground: Ground) -> bool:
    return stem(word.folded) in ground.stems or sounds_like(word.folded, ground.sounds)


def _before_surname(said: Reading, at: int, ground: Ground) -> bool:
    """Whether it is a first name before a surname that the spans have, with initials or without."""
    after = said.words[at + 1] if at + 1 < len(said.words) else None
    if after is None or not after.capital:
        return False
    people = {id for id, kind in names_in(after.written).items() if kind == "people"}
    return bool(people & ground.names.keys()) or (not _ordinary(after) and _stands(after, ground))


def _in_one_word(said: Reading, at: int, ground: Ground) -> bool:
    """Whether it stands there written together with its neighbour: `Syr Darya`, `Сырдария`."""
    line = [word.folded for word in said.words[max(0, at - 1) : at + 2] if word.capital]
    return any(
        sounds_like(one + other, ground.sounds) for one, other in pairwise(line) if len(one) > 1
    )


def _unknown(said: Reading) -> Iterator[int]:
    """Places of words that are names by their capital only."""
    words = said.words
    named = more_names().placed(word.folded for word in words)
    for at, word in enumerate(words):
        if named[at] or not word.capital or len(word.folded) < 3 or _in_quotation(said, word):
            continue
        if not (word.opens and not _named_after(words, at)) and not _ordinary(word):
            yield at


def _named_after(words: tuple[Word, ...], at: int) -> bool:
    """Whether the next word has a capital too and is no known name: a first name stands before."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.capital and not after.opens and not _ordinary(after)


def _ordinary(word: Word) -> bool:
    """Whether a word with a capital is no unknown name: of a known one, or of the language."""
    return bool(
        word.folded in STOPWORDS
        or _ROMAN.fullmatch(word.written)
        or glossary().of(word.folded)
        or more_names().of(word.folded)
        or is_month(word.folded)
        or is_name(word.folded)
        or names_in(word.written)
        or poles_in(word.written)
    )


def _in_quotation(said: Reading, word: Word) -> bool:
    return any(start <= word.start <= start + len(quoted) for start, quoted in said.quoted)
