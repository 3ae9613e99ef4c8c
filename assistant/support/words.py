"""The words of a statement and of a span as they are compared: folded, and by their sounds.

Letters are folded one word at a time (`search_form` of a Cyrillic word mends its Latin look-alikes,
a Latin word stays Latin), so that a term of the tables means the same in every sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sources import KAZAKH_LETTERS, search_form

_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b|(?:-[^\W\d_]+)*)")
CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True)
class Word:
    """A word of a text.

    Attributes:
        written: As it stands.
        folded: In lower case, look-alikes mended, `ё` as `е`.
        start: Its first character in the text.
        opens: Whether it opens a sentence or a quotation, where a capital means nothing.
    """

    written: str
    folded: str
    start: int
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.written[0].isupper()


@lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """A word as it is compared."""
    plain = search_form(word) if CYRILLIC.search(word) else word.lower().replace("’", "'")
    return plain.replace("ё", "е")


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; figures are none."""
    return tuple(
        Word(found[0], fold_word(found[0]), found.start(), _opens(text, found.start()))
        for found in _WORD.finditer(text)
    )


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(' \u00a0«“„"(—–-')
    return not before or before[-1] in ".!?…:"


@lru_cache(maxsize=512)
def folded_line(text: str) -> str:
    """The folded words of a text with one space before and after each."""
    return f" {' '.join(word.folded for word in words_of(text))} "


def is_kazakh(text: str) -> bool:
    """Whether a text has letters that Russian lacks."""
    return not KAZAKH_LETTERS.isdisjoint(text.lower())


_LATIN = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ж": "j",
    "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n",
    "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u",
    "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i",
    "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ё": "e",
}  # fmt: skip
_ALIKE = (
    ("ck", "k"), ("ks", "x"), ("tch", "ch"), ("sch", "sh"), ("zh", "j"), ("dj", "j"), ("dzh", "j"),
    ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("q", "k"), ("w", "v"), ("y", "i"),
    ("ch", "c1"), ("sh", "s1"), ("ce", "s"), ("ci", "si"), ("cy", "si"), ("c1", "ch"), ("s1", "sh"),
    ("sh", "1"), ("ch", "2"), ("ts", "s"), ("tion", "si"), ("z", "s"), ("f", "v"), ("h", "g"),
)  # fmt: skip
_HARD_C = re.compile(r"c(?!h)")


@lru_cache(maxsize=1 << 14)
def sound(folded: str) -> str:
    """How a word sounds, roughly and without its vowels: the same for both alphabets.

    `стратегия` and `strategy` give `strtg`, `Вашингтон` and `Washington` `vshngtn`.
    """
    latin = "".join(_LATIN.get(letter, letter) for letter in folded)
    for written, heard in _ALIKE:
        latin = latin.replace(written, heard)
    latin = _HARD_C.sub("k", latin)
    first = "a" if latin[:1] in "aeiou" else latin[:1]
    rest = re.sub(r"[aeiou'-]", "", latin[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)
