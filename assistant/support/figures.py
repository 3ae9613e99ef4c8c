"""Which figures and times a text gives, in digits or in the words of three languages.

All readings are kept as (kind, value): `30 %`, `отыз пайыз` and `thirty percent` are
("percent", 30), `1990-жылдары` and `the 1990s` ("decade", 1990), `қыркүйек` ("month", 9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from assistant.support.terms import Terms, terms
from assistant.support.words import Word, words_of

FigureKind = Literal["number", "percent", "year", "decade", "month"]
TIMES: frozenset[FigureKind] = frozenset({"year", "decade", "month"})


_EXACT, _ROUGH = 1e-6, 0.05
"""How far values may lie apart, as shares of the greater; the second where one is told roughly."""


@dataclass(frozen=True)
class Figure:
    """A figure or a time.

    Attributes:
        kind: What it counts; "number" also for ordinals and days.
        values: What it may mean: two for `2,800`, which is one thing in English and another in
            Kazakh.
        start: First character.
        spoken: Whether it stands in words.
        about: Whether the text calls it rough.
    """

    kind: FigureKind
    values: tuple[float, ...]
    start: int
    spoken: bool = False
    about: bool = False

    @property
    def value(self) -> float:
        """What it means first of all."""
        return self.values[0]

    def same(self, other: Figure) -> bool:
        """Whether the other gives its value, or one that it rounds."""
        near = _ROUGH if self.about and not other.about else _EXACT
        return any(
            abs(mine - theirs) <= near * max(abs(mine), abs(theirs), 1e-9)
            for mine in self.values
            for theirs in other.values
        )


_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?P<n>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:(?P<m>[.,])(?P<f>\d+))*"
)
_COMMAS = re.compile(r"(?<!\d)(?<!\d[.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_DECADE = re.compile(
    r"(?<![\d–-])(?P<y>(?:1[5-9]|20)\d0)(?:['’]?s\b|\s?-?\s?(?:жылдар|[еx]\b|х\b|ые\b|ых\b))"
)
_ROMAN = re.compile(r"(?<!\w)[IVXІХ]{1,6}(?=\s*(?:-\s?[^\W\d]+\s+)?(?:ғасыр|век|столет|centur))")
_ROMAN_VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10}
_UNIT_AFTER = re.compile(
    r"\s*(?:-?(?:ден|дан|тан|тен|нан|нен|ға|ге)?\s*)(?:астам|км|шақырым|километр|km|kilomet|компани"
    r"|compan|доллар|dollar|%|млн|млрд|миллион|миллиард)",
    re.IGNORECASE,
)
_PERCENT_AFTER = re.compile(r"\s*(?:-?[а-яәіңғүұқөһ]{0,3}\s*)?(?:%|пайыз|процент|per\s?cent)")
_FIRST_YEAR, _LAST_YEAR = 1500, 2099


@lru_cache(maxsize=512)
def figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """The figures and times of a text in its order.

    Args:
        text: The text without bracket references.
        language: "kk", "ru" or "en", for number words and for what a comma means.
    """
    words = words_of(text)
    found = [*_in_digits(text, language), *_in_words(text, words, language), *_months(words)]
    return tuple(sorted(found, key=lambda figure: figure.start))


def _in_digits(text: str, language: str) -> list[Figure]:
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []

    def free(at: int) -> bool:
        return all(not start <= at < end for start, end in taken)

    for match in _DECADE.finditer(text):
        taken.append(match.span())
        found.append(Figure("decade", (float(match["y"]),), match.start()))
    for match in _ROMAN.finditer(text):
        found.append(Figure("number", (float(_roman(match[0])),), match.start()))
    for match in _COMMAS.finditer(text):
        if free(match.start()) and (language == "en" or match[0].count(",") > 1):
            taken.append(match.span())
            number = float(match[0].replace(",", ""))
            found.append(_quantity(text, match.start(), match.end(), number))
    for match in _DIGITS.finditer(text):
        if free(match.start()):
            whole = re.sub(r"\D", "", match["n"])
            number = float(f"{whole}.{match['f'] or 0}")
            found.append(_quantity(text, match.start(), match.end(), number, match["f"] is None))
    return found


def _quantity(text: str, start: int, end: int, number: float, bare: bool = False) -> Figure:
    """A number with what follows it: a scale, a sign of percent, nothing."""
    about = _said_rough(text, start, end)
    if _PERCENT_AFTER.match(text, end):
        return Figure("percent", (number,), start, about=about)
    year = bare and _FIRST_YEAR <= number <= _LAST_YEAR and end - start == 4
    if year and not _UNIT_AFTER.match(text, end):
        return Figure("year", (number,), start)
    after = next((word for word in words_of(text) if word.start >= end), None)
    if after and after.start - end <= 2 and (keys := _scales().of(after.folded)):
        number *= float(next(iter(keys)))
    return Figure("number", (number,), start, about=about)


def _said_rough(text: str, start: int, end: int) -> bool:
    near = words_of(text[max(0, start - 24) : start])[-2:] + words_of(text[end : end + 40])[:4]
    return any(_about().of(word.folded) for word in near)


@cache
def _about() -> Terms:
    return Terms({"about": " ".join(f"={word}" for word in terms()["about"]["words"].split())})


@cache
def _scales() -> Terms:
    return Terms(terms()["scales"])


@cache
def _month_names() -> Terms:
    return Terms(terms()["months"])


@cache
def _shares() -> Terms:
    return Terms(terms()["shares"])


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < max(values[at:], default=0) else value for at, value in enumerate(values)
    )


def is_month(folded: str) -> bool:
    """Whether a folded word names a month."""
    return bool(_month_names().of(folded))


def _months(words: tuple[Word, ...]) -> list[Figure]:
    return [
        Figure("month", (float(key),), word.start)
        for word in words
        if not (word.folded in ("may", "march") and (word.opens or not word.capital))
        for key in _month_names().of(word.folded)
    ]


# --- number words -----------------------------------------------------------------------------

_KAZAKH_CASES = (
    "ден дан тен тан нен нан ге ға ке қа де да те та ні ны ді ды ті ты сі сы і ы нің ның дің дың"
    " тің тың уі еуі ауы еу ау еуінің інен мен бен пен дің"
)
_ORDINALS = tuple(
    ending + case
    for ending in ("інші", "ыншы", "нші", "ншы")
    for case in ("", "ден", "дан", "сі", "сы", "сінде", "сында", "ге", "ға")
)


@cache
def _number_words(language: str) -> dict[str, float]:
    """Number words of a language; ordinals are as good as cardinals."""
    known: dict[str, float] = {}
    for value, words in terms()["cardinals"][language].items():
        for word in words.split():
            known[word] = float(value)
            if language == "kk":
                for case in _KAZAKH_CASES.split():
                    known.setdefault(word + case, float(value))
                    if word.endswith(("і", "ы")):
                        known.setdefault(word[:-1] + case, float(value))
                for ordinal in _ORDINALS:
                    known[word + ordinal] = float(value)
    for value, words in terms().get("ordinals", {}).get(language, {}).items():
        known |= dict.fromkeys(words.split(), float(value))
    if language == "kk":
        known |= {
            "жиырмасыншы": 20.0,
            "бірінші": 1.0,
            "біріншіден": 1.0,
            "қосарлы": 2.0,
            "отызыншы": 30.0,
        }
        for word in ("оның", "оны", "оған", "онда", "онан", "оны", "жүзі", "жүзге", "бесік"):
            known.pop(word, None)
    return known


def _in_words(text: str, words: tuple[Word, ...], language: str) -> list[Figure]:
    """Numbers that stand in words: tens and units together, a scale after them."""
    known = _number_words(language)
    found: list[Figure] = []
    at = 0
    while at < len(words):
        for key in _shares().of(words[at].folded):
            found.append(Figure("number", (float(key),), words[at].start, spoken=True))
        parts, after = _run(words, at, known)
        if not parts:
            at += 1
            continue
        value = _summed(parts)
        end = words[after - 1].start + len(words[after - 1].written)
        kind: FigureKind = "percent" if _PERCENT_AFTER.match(text, end) else "number"
        if after < len(words) and (keys := _scales().of(words[after].folded)):
            value *= float(next(iter(keys)))
        about = _said_rough(text, words[at].start, end)
        found.append(Figure(kind, (value,), words[at].start, spoken=True, about=about))
        at = after
    return found


def _run(words: tuple[Word, ...], at: int, known: dict[str, float]) -> tuple[list[float], int]:
    """The number words from a place on that make one number, and the place after them."""
    parts: list[float] = []
    while at < len(words):
        pieces = words[at].folded.split("-")
        values = [known[piece] for piece in pieces if piece in known]
        if len(values) != len(pieces) or not values:
            break
        if parts and not (parts[-1] >= 10 and parts[-1] > values[0]):
            break
        parts += values
        at += 1
    return parts, at


def _summed(parts: list[float]) -> float:
    total = 0.0
    for part in parts:
        total = total * part if part == 100 and total else total + part
    return total
