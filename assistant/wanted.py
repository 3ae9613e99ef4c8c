"""What a search asks for: names in any language, words in any form, phrases letter for letter.

Names are known by the table of spellings. A term of one word that stands beside other words is a
word among them; a state, a person or an organisation is always meant as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.forms import base_of, forms_in, is_form, same_word
from index import STOPWORDS, Concept, Name, concepts, skeleton, tokens
from sources import search_form

WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]|[\u0300-\u036f\u00ad])+")
_QUOTED = re.compile(r"[\"«“„]([^\"«»“”„]+)[\"»”“]")

_COMMON = frozenset(("арал", "най"))
"""Names of the table that are common words too; their capital tells them apart."""

_WITH_DERIVED = frozenset(("states", "people"))
"""Kinds of names whose adjective is a mention too: `қазақстандық`, `назарбаевтық`."""


@dataclass(frozen=True)
class Spelling:
    """A run of words to look for, each as the set of its forms.

    Attributes:
        written: As it is told to the reader.
        words: For each word the folded words that count as it.
        capital: Letters that must be capitals where it stands: 0 for none, else that many.
    """

    written: str
    words: tuple[frozenset[str], ...]
    capital: int = 0


@dataclass(frozen=True)
class Wanted:
    """One thing that a place must mention: under any of its spellings.

    Attributes:
        written: As it is told to the reader.
        spellings: To look for.
        hidden_by: Longer names that it is a part of; inside them it is not meant.
    """

    written: str
    spellings: tuple[Spelling, ...]
    hidden_by: tuple[Spelling, ...] = ()


class Asking:
    """Turns what was typed into what is looked for in one text.

    Args:
        counts: How often the text has each of its words, folded.
        language: Of the text.
    """

    def __init__(self, counts: Mapping[str, int], language: str) -> None:
        self._counts = counts
        self._language = language

    def wanted(self, said: str, *, together: bool) -> tuple[Wanted, ...]:
        """All that a place must mention; empty when nothing was typed.

        Args:
            said: What was typed.
            together: Whether words that follow one another must do so in the text.
        """
        return tuple(self._wanted(said, together=together))

    def _wanted(self, said: str, *, together: bool) -> Iterator[Wanted]:
        position = 0
        for quoted in _QUOTED.finditer(said):
            yield from self._loose(said[position : quoted.start()], together=together)
            exact = tuple(frozenset((word,)) for word in tokens(quoted[1]))
            if exact:
                yield Wanted(quoted[0], (Spelling(quoted[0], exact),))
            position = quoted.end()
        yield from self._loose(said[position:], together=together)

    def _loose(self, said: str, *, together: bool) -> Iterator[Wanted]:
        """Names and words outside quotation marks."""
        # A soft hyphen alone is no word once it is folded.
        words = [word for word in WORD.findall(said) if search_form(word)]
        at = 0
        run: list[str] = []
        while at < len(words):
            length, named = _named(words, at)
            if length > 1 or any(one.kind != "terms" for one in named):
                yield from self._run(run, together=together)
                run = []
                yield self._name(named)
                at += length
            else:
                run.append(words[at])
                at += 1
        yield from self._run(run, together=together)

    def _run(self, words: Sequence[str], *, together: bool) -> Iterator[Wanted]:
        """Plain words and terms: as one phrase, or each for itself; joining words are left out."""
        telling = [at for at, word in enumerate(words) if search_form(word) not in STOPWORDS]
        if telling and together:
            words = words[telling[0] : telling[-1] + 1]
        elif telling:
            words = [words[at] for at in telling]
        if not words:
            return
        for phrase in [words] if together else [[word] for word in words]:
            named = _named(phrase, 0)[1] if len(phrase) == 1 else []
            if named:
                yield self._name(named)
            else:
                written = " ".join(phrase)
                yield Wanted(written, (Spelling(written, tuple(map(self._word, phrase))),))

    def _word(self, typed: str) -> frozenset[str]:
        """The words of the text that count as a typed one: its forms, and its other names."""
        forms = self._forms(base_of(search_form(typed), self._counts))
        for concept in _named([typed], 0)[1]:
            for name in concept.names:
                if len(name.folded) == 1:
                    forms |= self._forms(name.folded[0])
        return forms

    def _name(self, named: Sequence[Concept]) -> Wanted:
        own = tuple(self._spelling(one, name) for one in named for name in one.names)
        # A term inside a longer one is still meant, a state inside an organisation's name is not.
        others = [one for one in concepts() if one not in named and one.kind != "terms"]
        longer = tuple(
            self._spelling(other, name)
            for other in others
            for name in other.names
            if any(_holds(name, mine) for one in named for mine in one.names)
        )
        return Wanted(named[0].canonical, own, longer)

    def _spelling(self, concept: Concept, name: Name) -> Spelling:
        words = name.folded
        belongs = concept.kind in _WITH_DERIVED and len(words) == 1
        sets = tuple(self._forms(word, derived=belongs) for word in words)
        if name.whole and len(words[0]) <= 4:
            return Spelling(name.written, sets, capital=len(words[0]))
        return Spelling(name.written, sets, capital=int(words[0] in _COMMON))

    def _forms(self, base: str, *, derived: bool = False) -> frozenset[str]:
        return frozenset(forms_in(self._counts, base, self._language, derived=derived))


def term_of(wanted: Sequence[Wanted], said: str) -> str:
    """What was looked for, as it is told: a name by the text's spelling, words as typed."""
    if len(wanted) > 1 or wanted[0].written == " ".join(WORD.findall(said)):
        return said
    return wanted[0].written


# --- names ------------------------------------------------------------------------------------


def _named(words: Sequence[str], at: int) -> tuple[int, list[Concept]]:
    """The longest name that begins at a word: its length, and the concepts that bear it."""
    best, named = 0, []
    for concept in concepts():
        longest = max(
            (
                len(name.folded)
                for name in concept.names
                if _is_name(words[at : at + len(name.folded)], name.folded, concept.kind)
            ),
            default=0,
        )
        if longest > best:
            best, named = longest, [concept]
        elif longest and longest == best:
            named.append(concept)
    return best, named


def _is_name(typed: Sequence[str], name: Sequence[str], kind: str) -> bool:
    """Whether typed words are the words of a name."""
    if len(typed) != len(name):
        return False
    if len(name) == 1 and len(name[0]) <= 2:
        # `ЕС` is the European Union to a Russian reader, `ес` is mind.
        return search_form(typed[0]) == name[0] and typed[0].isupper()
    derived = kind in _WITH_DERIVED and len(name) == 1
    return all(
        _names_word(search_form(word), part, derived=derived)
        for word, part in zip(typed, name, strict=True)
    )


def _names_word(typed: str, part: str, *, derived: bool) -> bool:
    """Whether a typed word is a word of a name, in any language, or carelessly written."""
    return (
        is_form(typed, part, derived=derived)
        or same_word(typed, part)
        or skeleton(typed) == skeleton(part)
    )


def _holds(longer: Name, shorter: Name) -> bool:
    """Whether the words of one name stand inside a longer one, in some form."""
    outer, inner = longer.folded, shorter.folded
    return len(outer) > len(inner) and any(
        all(is_form(word, part, derived=True)
            for word, part in zip(outer[at : at + len(inner)], inner, strict=True))
        for at in range(len(outer) - len(inner) + 1)
    )  # fmt: skip
