"""Which spellings mean the same organisation, state, person or term.

The text says БҰҰ, a Russian reader ООН, an English one UN; one scholar is Уолт, Уальтс and Walt. No
folding of letters joins these, so they stand in a small table (`names.toml`), and a question that
uses one spelling is searched with the others too.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
        folded: Its folded words.
        words: The same as they are compared: cut to stems unless it is an abbreviation.
        whole: Whether it is an abbreviation, matched as a whole word.
    """

    written: str
    folded: tuple[str, ...]
    words: tuple[str, ...]
    whole: bool

    @property
    def stems(self) -> frozenset[str]:
        """Its words, all cut to stems."""
        return frozenset(map(stem, self.folded))


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
    words = tuple(tokens(written))
    # Two capitals and more: БҰҰ, ЕурАзЭҚ, KazAID, C5+1.
    whole = len(words) == 1 and sum(letter.isupper() for letter in written) >= 2
    return Name(written, words, words if whole else tuple(map(stem, words)), whole)


@dataclass(frozen=True)
class Naming:
    """A place where a text has a spelling of the table.

    Attributes:
        start: Its first word, by its place among the words of the text.
        end: One past its last.
        concept: What is named.
        name: The spelling.
    """

    start: int
    end: int
    concept: Concept
    name: Name


@cache
def _beginnings() -> Mapping[tuple[str, bool], Sequence[tuple[Concept, Name]]]:
    """The spellings of the table by their first word and whether that is a whole one."""
    begun: defaultdict[tuple[str, bool], list[tuple[Concept, Name]]] = defaultdict(list)
    for concept in concepts():
        for name in concept.names:
            begun[name.words[0], name.whole].append((concept, name))
    return dict(begun)


def namings(words: Sequence[str]) -> list[Naming]:
    """Every spelling of the table among some folded words, in their order."""
    stems = [stem(word) for word in words]
    begun = _beginnings()
    return [
        Naming(at, at + len(name.words), concept, name)
        for at in range(len(words))
        for line, whole in ((words, True), (stems, False))
        for concept, name in begun.get((line[at], whole), ())
        if tuple(line[at : at + len(name.words)]) == name.words
    ]


def not_inside(found: Sequence[Naming]) -> list[Naming]:
    """Those that do not stand inside a longer one."""
    return [
        one
        for one in found
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            for other in found
        )
    ]


def named_in(text: str) -> tuple[Concept, ...]:
    """The concepts that a text names in any spelling, in the order of the table.

    A longer name hides the shorter ones inside it: "Еуразиялық экономикалық одақ" does not also
    name the European Union.
    """
    words = tokens(text)
    found = [one for one in namings(words) if not _is_other_word(words[one.start], one)]
    kept = {one.concept.id for one in not_inside(found)}
    return tuple(concept for concept in concepts() if concept.id in kept) if kept else ()


def _is_other_word(word: str, named: Naming) -> bool:
    """Whether a folded word only has the stem of a name of one word."""
    first = named.name.folded[0]
    if named.concept.kind == "terms" or named.end - named.start > 1 or not word.startswith(first):
        return False
    return _BETWEEN.match(word, len(first)) is not None


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
