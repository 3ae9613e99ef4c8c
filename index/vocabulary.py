"""The words that a work uses, and how a question typed carelessly is brought back to them.

Students type Kazakh without its letters (`кай`, `уйым`), in Latin script (`Qazaqstan`, `syrtqy
saiasat`) and with slips (`саяст`). The work's own words are the dictionary: a word of the question
that the work does not know is replaced by the known word with the same skeleton (letters that
are confused fall together), or by one that is a slip away. Words that are known stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.names import is_abbreviation, is_name
from index.words import QUESTION_WORDS, STOPWORDS, stem, tokens
from sources import search_form

_SKELETON = str.maketrans(
    {
        "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х",
        "і": "и", "ы": "и", "й": "и", "ё": "е", "э": "е", "ъ": "", "ь": "", "щ": "ш", "в": "у",
    }
)  # fmt: skip
_LATIN = (
    ("shch", "ш"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("ya", "я"),
    ("ıa", "я"), ("yu", "ю"), ("ia", "я"), ("iu", "ю"), ("ts", "ц"), ("yo", "е"),
    ("a", "а"), ("ä", "а"), ("á", "а"), ("ə", "а"), ("b", "б"), ("c", "с"), ("ç", "ч"), ("d", "д"),
    ("e", "е"), ("f", "ф"), ("g", "г"), ("ğ", "г"), ("ǵ", "г"), ("h", "х"), ("i", "и"), ("ı", "и"),
    ("í", "и"), ("j", "ж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("ñ", "н"), ("ń", "н"),
    ("ŋ", "н"), ("o", "о"), ("ö", "о"), ("ó", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"),
    ("ş", "ш"), ("t", "т"), ("u", "у"), ("ü", "у"), ("ú", "у"), ("ū", "у"), ("v", "у"), ("w", "у"),
    ("x", "х"), ("y", "и"), ("ý", "у"), ("z", "з"),
)  # fmt: skip
_LATIN_WORD = re.compile(r"[^\W\d_а-яёәіңғүұқөһ]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SLIP_LENGTH = 5
_WRONG_LETTER_LENGTH = 8
"""A shorter word with one other letter is more often another word than a slip (мықты, шықты)."""
_PREFIX = 4


@dataclass(frozen=True)
class Mended:
    """A question brought back to the words of the work.

    Attributes:
        text: The question with mended words; equal to the question when nothing was mended.
        changes: The words that were replaced, with what replaced them, in order.
    """

    text: str
    changes: tuple[tuple[str, str], ...]


def skeleton(word: str) -> str:
    """A folded word with confusable letters fallen together; Latin letters become Cyrillic."""
    if _LATIN_WORD.fullmatch(word):
        word = _cyrillic(word)
    return word.translate(_SKELETON)


def _cyrillic(word: str) -> str:
    letters: list[str] = []
    at = 0
    while at < len(word):
        for latin, cyrillic in _LATIN:
            if word.startswith(latin, at):
                letters.append(cyrillic)
                at += len(latin)
                break
        else:
            letters.append(word[at])
            at += 1
    return "".join(letters)


class Vocabulary:
    """The words of a work, folded, with how often they occur.

    Args:
        texts: The words of the work's text in pieces (see `tokens`).
        language: Language of the work; questions in it are mended.
    """

    def __init__(self, texts: Iterable[Sequence[str]], language: str) -> None:
        self.language = language
        self.counts: Counter[str] = Counter()
        for words in texts:
            self.counts.update(word for word in words if not word[0].isdigit())
        self._stems = {stem(word) for word in self.counts}

    @cached_property
    def _by_skeleton(self) -> dict[str, str]:
        """The commonest word of each skeleton; the work's quotations in English need no mending."""
        known: dict[str, str] = {}
        common = Counter(dict.fromkeys(QUESTION_WORDS[self.language], 1))
        for word, _ in (self.counts + common).most_common():
            if not _LATIN_WORD.fullmatch(word):
                known.setdefault(skeleton(word), word)
        return known

    @cached_property
    def _by_prefix(self) -> dict[str, str]:
        """The commonest word that begins with some letters of a skeleton."""
        known: dict[str, str] = {}
        for bones, word in self._by_skeleton.items():
            for length in range(_PREFIX, len(bones) + 1):
                known.setdefault(bones[:length], word)
        return known

    @cached_property
    def _long(self) -> list[str]:
        return [word for word in self.counts if len(word) >= _SLIP_LENGTH]

    def knows(self, word: str) -> bool:
        """Whether the work uses a folded word in some form, or it is a common question word."""
        return word in self.counts or word in STOPWORDS or stem(word) in self._stems

    def kazakh_share(self, question: str) -> float:
        """Share of a question's words that are words of the work once confusable letters agree.

        Tells Kazakh typed in Latin script or without its letters from English and Russian.
        Returns 0.0 for a question without words.
        """
        words = [word for word in tokens(question) if not word[0].isdigit()]
        known = [skeleton(word) in self._by_skeleton or stem(word) in self._stems for word in words]
        return sum(known) / len(known or [False])

    def mend(self, question: str) -> Mended:
        """Replace the words that the work does not know by the ones they stand for.

        Only for questions in the language of the work.
        """
        changes: list[tuple[str, str]] = []

        def word(found: re.Match[str]) -> str:
            written = found[0]
            better = self._mend_word(search_form(written))
            if better is None:
                return written
            if written.isupper() and len(written) > 1:
                better = better.upper()
            elif written[0].isupper():
                better = better[0].upper() + better[1:]
            changes.append((written, better))
            return better

        return Mended(_WORD.sub(word, question), tuple(changes))

    def _mend_word(self, word: str) -> str | None:
        if word in self.counts or word in STOPWORDS or is_abbreviation(word):
            return None
        bones = skeleton(word)
        same = self._by_skeleton.get(bones)
        if same is not None:
            return same if same != word else None
        # `Walt`, `Евросоюз` are no slips: names as other languages spell them.
        if stem(word) in self._stems or is_name(word):
            return None
        if _LATIN_WORD.fullmatch(word):
            return self._spell(word, bones)
        better = self._slip(word) or self._spell(word, bones)
        return better if better != word else None

    def _slip(self, word: str) -> str | None:
        """The likeliest known word one slip away, None when there is none.

        A slip is a letter left out, put in or swapped with its neighbour, and in longer words a
        wrong letter; the first letter is right.
        """
        if len(word) < _SLIP_LENGTH:
            return None
        near = process.extract(
            word, self._long, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=50
        )
        known = [str(found[0]) for found in near if self._likely(word, str(found[0]))]
        return min(known, key=lambda other: (*self._cost(word, other), other), default=None)

    @staticmethod
    def _likely(word: str, known: str) -> bool:
        if word[0] != known[0]:
            return False
        swapped = sorted(word) == sorted(known)
        return len(word) != len(known) or swapped or len(word) >= _WRONG_LETTER_LENGTH

    def _cost(self, word: str, known: str) -> tuple[bool, int]:
        """A dropped letter is the likeliest slip; then the commoner word is meant."""
        return len(known) <= len(word), -self.counts[known]

    def _spell(self, word: str, bones: str) -> str | None:
        """The word with the beginning of the known word that agrees longest, None if too short."""
        for length in range(len(bones), _PREFIX - 1, -1):
            known = self._by_prefix.get(bones[:length])
            if known is None:
                continue
            if length < len(bones) - 5:
                return None
            rest = _cyrillic(word) if _LATIN_WORD.fullmatch(word) else word
            return known[:length] + rest[length:] if len(rest) > length else known[:length]
        return None
