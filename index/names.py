"""Which spellings mean the same organisation, state, person or term.

The text says БҰҰ, a Russian reader ООН, an English one UN; one scholar is Уолт, Уальтс and Walt. No
folding of letters joins these, so they stand in a small table (`names.toml`), and a question that
uses one spelling is searched with the others too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.words import content_words, stem, tokens

_BETWEEN = re.compile("[ыі][ғг][ыі]")
"""What follows no name: `аралығы` is a distance, not a form of `Арал`."""


@dataclass(frozen=True)
class Name:
    """One spelling: its words as compared, and whether it is matched as a whole word.

    Attributes:
        written: As it stands in the table.
        words: Its folded words, cut to stems unless it is an abbreviation.
        whole: Whether it is an abbreviation, matched as a whole word.
    """

    written: str
    words: tuple[str, ...]
    whole: bool

    @property
    def stems(self) -> frozenset[str]:
        """Its words, all cut to stems."""
        return frozenset(map(stem, self.words) if self.whole else self.words)


@dataclass(frozen=True)
class Concept:
    """Spellings of one thing; the first is the text's own.

    Attributes:
        id: Its key in the table.
        kind: "organisations", "states", "people" or "terms".
        names: Its spellings.
    """

    id: str
    kind: str
    names: tuple[Name, ...]

    @property
    def canonical(self) -> str:
        """The text's own spelling."""
        return self.names[0].written


@cache
def concepts() -> tuple[Concept, ...]:
    """The table, read once."""
    with (Path(__file__).parent / "names.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(
        Concept(id, kind, tuple(_name(written) for written in names))
        for kind, group in table.items()
        for id, names in group.items()
    )


def _name(written: str) -> Name:
    words = tokens(written)
    # Two capitals and more: БҰҰ, ЕурАзЭҚ, KazAID, C5+1.
    whole = len(words) == 1 and sum(letter.isupper() for letter in written) >= 2
    return Name(written, tuple(words if whole else map(stem, words)), whole)


def named_in(text: str) -> tuple[Concept, ...]:
    """The concepts that a text names in any spelling, in the order of the table.

    A longer name hides the shorter ones inside it: "Еуразиялық экономикалық одақ" does not also
    name the European Union.
    """
    words = tokens(text)
    stems = [stem(word) for word in words]
    found: list[tuple[int, int, str]] = []
    for concept in concepts():
        for name in concept.names:
            where = words if name.whole else stems
            length = len(name.words)
            for at in range(len(where) - length + 1):
                same = tuple(where[at : at + length]) == name.words
                if same and not (concept.kind != "terms" and _other_word(words[at], name)):
                    found.append((at, at + length, concept.id))
    kept = {
        id
        for start, end, id in found
        if not any(
            first <= start and end <= last and last - first > end - start
            for first, last, _ in found
        )
    }
    return tuple(concept for concept in concepts() if concept.id in kept)


def _other_word(word: str, name: Name) -> bool:
    """Whether a folded word only has the stem of a name of one word."""
    only = tokens(name.written)
    if len(only) > 1 or not word.startswith(only[0]):
        return False
    return _BETWEEN.match(word, len(only[0])) is not None


def spellings(question: str) -> tuple[frozenset[str], ...]:
    """Each content word of a question as the stems that count as it, other spellings included.

    The words of one name are one term: `Біріккен Ұлттар Ұйымы` is a single thing to look for.
    """
    named = {
        word: frozenset(found for name in concept.names for found in name.stems)
        for concept in named_in(question)
        for name in concept.names
        for word in name.stems
    }
    words = dict.fromkeys(stem(word) for word in content_words(question))
    return tuple(dict.fromkeys(named.get(word, frozenset((word,))) for word in words))


@cache
def _name_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of abbreviations whole, and of longer names as stems."""
    names = [name for concept in concepts() for name in concept.names]
    whole = frozenset(word for name in names if name.whole for word in name.words)
    return whole, frozenset(word for name in names if not name.whole for word in name.words)


def is_name(word: str) -> bool:
    """Whether a folded word belongs to a longer name of the table, in any spelling and language."""
    return stem(word) in _name_words()[1]


def is_abbreviation(word: str) -> bool:
    """Whether a folded word is an abbreviation of the table: БҰҰ, ООН, UN."""
    return word in _name_words()[0]
