"""What a question must find, and whether a sentence has it: a figure with its unit, a date, a name.

The text may speak of the very matter and still not say what is asked: that a bank stores uranium
and not how many tonnes. Nearness cannot tell the two apart; what sort of thing is missing can. So
the question is read for what its answer must hold, beyond the question's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.cues import has_what_is_asked
from assistant.questions import Asked
from index import named_in, stem, tokens

Sort = Literal["figure", "date", "person", "place", "any"]

_FIGURE_ASKED = re.compile(
    r"\b(?:неше|қанша|нешеу)\s+(?P<kk>\w+)|\bсколько\s+(?P<ru>\w+(?:\s\w+)?)|"
    r"\bhow (?:many|much)\s+(?P<en>\w+(?:\s\w+)?)|"
    r"\b(?P<bare>неше|қанша|нешеу|сколько|how (?:many|much|long|large))\b",
    re.IGNORECASE,
)
_DATE_ASKED = re.compile(
    r"қашан|(?:қай|қандай|нешінші)\s+(?:жыл|күн|ай|кез|уақыт|мерзім)|\bкогда|"
    r"в как(?:ом|ие) (?:год|месяц)|как(?:ого|ой) (?:числа|год)|\bwhen\b|"
    r"\b(?:what|which) (?:year|date|month)",
    re.IGNORECASE,
)
_PLACE_ASKED = re.compile(
    r"қайда\b|қайдан\b|(?:қай|қандай)\s+(?:қала|ел\b|ел[дг]|мемлекет|жер|өңір|аймақ)|\bгде\b|"
    r"как(?:ой|ая|ую|ом|их|ие)\s+(?:город|стран|государств)|\bwhere\b|"
    r"(?:what|which) (?:city|country|countries|state|town)",
    re.IGNORECASE,
)
_PERSON_ASKED = re.compile(
    r"\bкім(?:дер|нің|ге|ді|нен|мен)?\b|қай (?:ғалым|зерттеуші|автор|басшы|министр|президент)|"
    r"\bкто\b|\bкого\b|\bкому\b|\bкем\b|\bwho\b|\bwhom\b|\bwhose\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:қай|қандай|қайсы)\s+(\w{3,})", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
"""A year, whatever ending is written to it."""

_FIGURE = re.compile(r"(?<![\w\[])\d+(?:[.,\u00a0 ]\d+)*")
_NUMERAL = re.compile(
    r"\b(?:бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу|жүз|мың)\b",
    re.IGNORECASE,
)
_AFTER = 48
"""Characters behind a figure in which its unit stands."""

_UNITS: dict[str, tuple[str, ...]] = {
    "километр": ("шақырым", "километр", "км"),
    "kilomet": ("шақырым", "километр", "км"),
    "шақыр": ("шақырым", "километр", "км"),
    "процент": ("пайыз", "%"),
    "percent": ("пайыз", "%"),
    "пайыз": ("пайыз", "%"),
    "человек": ("адам",),
    "people": ("адам",),
    "стран": ("мемлекет", "ел"),
    "государств": ("мемлекет", "ел"),
    "countr": ("мемлекет", "ел"),
    "states": ("мемлекет", "ел"),
    "этап": ("кезең",),
    "stages": ("кезең",),
    "статей": ("мақала",),
    "articles": ("мақала",),
    "страниц": ("бет",),
    "pages": ("бет",),
    "документ": ("құжат",),
    "documents": ("құжат",),
    "долларов": ("доллар",),
    "dollars": ("доллар",),
    "тонн": ("тонна",),
    "tons": ("тонна",),
    "tonnes": ("тонна",),
    "лет": ("жыл", "жас"),
    "years": ("жыл", "жас"),
}
"""What a counted thing is called in the text, by how its question begins; others are as they are
where the question is in the text's language, and unknown elsewhere."""


@dataclass(frozen=True)
class Expected:
    """What an answer must hold.

    Attributes:
        sort: What sort of thing.
        units: For a figure the stems of which one must stand behind it; empty when not known.
        nouns: Stem of the thing that "which ..." asks for, when the question is in the language
            of the text; empty otherwise.
        own: Folded words and ids of names of the question itself, which answer nothing.
    """

    sort: Sort
    units: frozenset[str]
    nouns: frozenset[str]
    own: frozenset[str]


def expected(asked: Asked, question: str, *, native: bool) -> Expected:
    """Read what a question wants.

    Args:
        asked: The question as it was understood.
        question: The same, mended.
        native: Whether it is in the language of the text.
    """
    own = frozenset(tokens(question)) | {one.id for one in named_in(question)}
    which = _WHICH.search(question) if native else None
    nouns = frozenset([stem(tokens(which[1])[0])]) if which and tokens(which[1]) else frozenset()
    figure = _FIGURE_ASKED.search(question)
    if _DATE_ASKED.search(question):
        return Expected("date", frozenset(), frozenset(), own)
    if figure:
        return Expected("figure", _units(figure, native=native), frozenset(), own)
    if _PLACE_ASKED.search(question):
        return Expected("place", frozenset(), frozenset(), own)
    if _PERSON_ASKED.search(question) and asked.kind != "comparison":
        return Expected("person", frozenset(), frozenset(), own)
    return Expected("any", frozenset(), nouns, own)


def _units(found: re.Match[str], *, native: bool) -> frozenset[str]:
    told = found["kk"] or found["ru"] or found["en"] or ""
    words = tokens(told)
    for word in words:
        for begin, units in _UNITS.items():
            if word.startswith(begin):
                return frozenset(stem(unit) if unit.isalpha() else unit for unit in units)
    if native and words:
        return frozenset([stem(words[0])])
    known = [one for word in words for one in named_in(word)]
    return frozenset(found for one in known[:1] for name in one.names for found in name.stems)


def holds(words: str, wanted: Expected) -> float:
    """How far some words hold what is wanted: 1 they do, 0 they do not, between when in doubt."""
    if wanted.sort == "date":
        return float(has_what_is_asked(words, "date"))
    if wanted.sort == "figure":
        return _figure(words, wanted.units)
    if wanted.sort == "person":
        named = {one.id for one in named_in(words) if one.kind == "people"}
        return float(bool(named - wanted.own) or has_what_is_asked(words, "attribution"))
    if wanted.sort == "place":
        places = {one.id for one in named_in(words) if one.kind == "states"}
        return 1.0 if places - wanted.own else 0.3
    if wanted.nouns:
        return float(bool(wanted.nouns & {stem(word) for word in tokens(words)}))
    return 1.0


def _figure(words: str, units: frozenset[str]) -> float:
    bare = YEAR.sub(lambda found: "x" * len(found[0]), words)
    figures = [*_FIGURE.finditer(bare), *_NUMERAL.finditer(bare)]
    if not figures:
        return 0.0
    if not units:
        return 1.0 if _FIGURE.search(bare) else 0.5
    for found in figures:
        behind = bare[found.end() : found.end() + _AFTER]
        if units & {stem(word) for word in tokens(behind)} or ("%" in units and "%" in behind):
            return 1.0
    return 0.3
