"""One text, a statement or what it cites, read once for all checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.support.figures import Figure, figures_in
from assistant.support.names import names_in
from assistant.support.terms import glossary
from assistant.support.words import CYRILLIC, Word, fold_word, is_kazakh, sound, words_of
from index import STOPWORDS, stem
from sources import search_form, without_references

_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"")
_STOP = frozenset(map(fold_word, STOPWORDS))
_SHORTEST_CONTENT = 3


@dataclass(frozen=True)
class Reading:
    """A text as the checks see it.

    Attributes:
        text: Its words without bracket references.
        language: "kk", "ru" or "en".
        words: Its words in order.
        keys: For each word the concepts of the glossary that it may mean.
        figures: Its figures and times in order.
        names: Names of the tables that it has: id -> kind.
        quoted: What it has in quotation marks, and where that begins.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    keys: tuple[frozenset[str], ...]
    figures: tuple[Figure, ...]
    names: dict[str, str]
    quoted: tuple[tuple[int, str], ...]

    @property
    def content(self) -> tuple[int, ...]:
        """Places of the words that say something."""
        return tuple(
            at
            for at, word in enumerate(self.words)
            if len(word.folded) >= _SHORTEST_CONTENT and word.folded not in _STOP
        )


@lru_cache(maxsize=512)
def read(text: str, language: str | None = None) -> Reading:
    """Read a text; its language is taken from its letters when it is not given."""
    plain = without_references(text)
    spoken = language or _language(plain)
    words = words_of(plain)
    return Reading(
        text=plain,
        language=spoken,
        words=words,
        keys=tuple(glossary().placed(word.folded for word in words)),
        figures=figures_in(plain, spoken),
        names=names_in(plain),
        quoted=tuple(
            (found.start(), next(filter(None, found.groups()))) for found in _QUOTED.finditer(plain)
        ),
    )


def _language(text: str) -> str:
    if is_kazakh(text):
        return "kk"
    return "ru" if len(CYRILLIC.findall(text)) * 2 > len(re.findall(r"[^\W\d_]", text)) else "en"


@dataclass(frozen=True)
class Ground:
    """The spans of a statement together.

    Attributes:
        spans: Each of them, read.
        stems: Their words, cut.
        keys: Their concepts of the glossary.
        sounds: How their words sound.
        names: Their names: id -> kind.
        figures: Their figures and times.
        letters: Each span folded, its marks away, for quotations.
    """

    spans: tuple[Reading, ...]
    stems: frozenset[str]
    keys: frozenset[str]
    sounds: frozenset[str]
    names: dict[str, str]
    figures: tuple[Figure, ...]
    letters: tuple[str, ...]

    @property
    def size(self) -> int:
        """Words that say something, in all spans."""
        return sum(len(span.content) for span in self.spans)


@lru_cache(maxsize=256)
def ground_of(spans: tuple[str, ...]) -> Ground:
    """Read the spans of a statement."""
    readings = tuple(read(span) for span in spans)
    folded = [word.folded for reading in readings for word in reading.words]
    return Ground(
        spans=readings,
        stems=frozenset(map(stem, folded)),
        keys=frozenset(key for reading in readings for keys in reading.keys for key in keys),
        sounds=frozenset(
            heard
            for word in folded
            for part in {word, *word.split("-")}
            if len(heard := sound(part)) > 1
        ),
        names={id: kind for reading in readings for id, kind in reading.names.items()},
        figures=tuple(figure for reading in readings for figure in reading.figures),
        letters=tuple(only_letters(reading.text) for reading in readings),
    )


def only_letters(text: str) -> str:
    """A text folded, with one space for all that is neither letter nor digit."""
    return re.sub(r"[\W_]+", " ", search_form(text)).strip()
