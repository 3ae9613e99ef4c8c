"""Which letters count as equal when searching, and where each folded letter stands in the text.

The dissertation mixes alphabets inside words (Latin `ə`, `a`, `C` among Cyrillic letters, Cyrillic
`ХХІ` beside Latin `XXI`), holds letters in two code points (`и` + U+0306), no-break spaces, soft
hyphens and runs of spaces. Searching folds all of that; showing never does. A folded copy has
other offsets than the text, so `Folded` keeps the way back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from sources.document import Span

_TWINS = str.maketrans(
    "AaBCcEeHIiKkMmOoPpTtXxYyƏəhRr",
    "АаВСсЕеНІіКкМмОоРрТтХхУуӘәһГг",
)
# In a word written in Latin letters only, a twin is folded when the letter looks like its
# Cyrillic twin in both cases; otherwise "the" and "THE" would fold apart.
_SAFE_LATIN = frozenset("AaCcEeIiKkMmOoPpTtXxYyƏə")
KAZAKH_LETTERS = frozenset("әғқңөұүһі")
"""Letters of Kazakh that Russian lacks, in lower case."""

_SOFT_HYPHEN = "\u00ad"
_DOT_ABOVE = "\u0307"
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
# A whole word, its combining marks included, that holds at least one Latin twin; other words need
# no look.
_WITH_TWIN = re.compile(r"[^\W\d_]*[A-Za-zƏə](?:[^\W\d_]|[\u0300-\u036f])*")
_MARKS = str.maketrans(
    # A dotted İ would lose its dot or keep it with the alphabet it is taken for: none has one.
    {_SOFT_HYPHEN: "", _DOT_ABOVE: "", "İ": "I"}
    | dict.fromkeys("-‐‑‒–—−", "-")
    | dict.fromkeys("«»“”„‟", '"')
    | dict.fromkeys("’‘ʼ`", "'")
)


@dataclass(frozen=True)
class Folded:
    """A text folded for searching.

    Attributes:
        text: The folded text.
        starts: For each folded character, the offset where its source begins in the raw text.
        ends: For each folded character, one past the end of its source.
    """

    text: str
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)

    def raw(self, start: int, end: int) -> Span:
        """The raw range that the folded range `[start, end)` came from; `start < end`."""
        return Span(self.starts[start], self.ends[end - 1])


def fold(text: str) -> Folded:
    """Fold a text for searching and keep the map back to its offsets.

    Composed to NFC, lower case, white space of any kind and length to one space (none at the
    ends), soft hyphens away, dashes to `-`, quotation marks to `"`, Latin letters inside Cyrillic
    words to their twins, and words that could be either alphabet (`XXI`, `EXPO`) to Cyrillic.
    """
    clusters = tuple(_clusters(text))
    plain_of, lower_of = lru_cache(_plain), lru_cache(_lower)
    plain = [plain_of(text[at:end]) for at, end in clusters]
    twinned = _fold_twins("".join(plain))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    begin = 0
    for (at, end), part in zip(clusters, plain, strict=True):
        for letter in lower_of(twinned[begin : begin + len(part)]):
            if not letter.isspace():
                letters.append(letter)
            elif not letters:
                continue
            elif letters[-1] == " ":
                ends[-1] = end
                continue
            else:
                letters.append(" ")
            starts.append(at)
            ends.append(end)
        begin += len(part)
    if letters and letters[-1] == " ":
        letters.pop(), starts.pop(), ends.pop()
    return Folded("".join(letters), tuple(starts), tuple(ends))


def search_form(text: str) -> str:
    """`text` folded for searching: `fold(text).text`, without the map and ten times faster.

    Folding twice changes nothing.
    """
    return " ".join(_lower(_fold_twins(_plain(text))).split())


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of each letter with the marks on it, also across soft hyphens; together all."""
    marks = re.escape("".join(sorted(filter(_is_mark, set(text)))))
    on_it = f"(?:{_SOFT_HYPHEN}*[{marks}])*" if marks else ""
    for found in re.finditer(f"[^{_SOFT_HYPHEN}]{on_it}|{_SOFT_HYPHEN}+", text):
        yield found.span()


def _is_mark(letter: str) -> bool:
    """Whether it may melt into the letter before it: combining marks, and two kinds of jamo."""
    return unicodedata.category(letter).startswith("M") or "\u1160" <= letter <= "\u11ff"


def _plain(text: str) -> str:
    """`text` in NFC with the marks that mean the same made the same."""
    composed = unicodedata.normalize("NFC", text).translate(_MARKS)
    return unicodedata.normalize("NFC", composed)


def _lower(text: str) -> str:
    """`text` in lower case and NFC; a final sigma as any other."""
    return unicodedata.normalize("NFC", text.lower().replace("ς", "σ"))


def _fold_twins(text: str) -> str:
    """`text` of the same length with Latin look-alikes turned Cyrillic where they belong there."""

    def word(found: re.Match[str]) -> str:
        letters = found[0]
        cyrillic = _CYRILLIC.search(letters) or all(letter in _SAFE_LATIN for letter in letters)
        return letters.translate(_TWINS) if cyrillic else letters

    return _WITH_TWIN.sub(word, text)
