"""Which dates, spans of years and quantities a sentence gives, and which of them cannot both hold.

A value is read into numbers once, so that `1,7 мың шақырым` and `1700 km`, or `1992 жылы` and
`1992 жылдың 5-ші наурызы`, are compared by what they mean. A date is an interval of days: a year
holds each of its days, so a year and a day of it agree. Kazakh, Russian and English forms are read.

`assistant.evidence` only asks whether there is a date or a figure; here each needs its address and
its meaning, which is why these patterns are other ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import Literal

from index import STOPWORDS, stem, tokens

ValueKind = Literal["date", "range", "percent", "money", "length", "count"]


@dataclass(frozen=True)
class Value:
    """A date, a span of years or a quantity.

    Attributes:
        start: First character, in the text that was read.
        end: One past its last.
        kind: Values of one kind can be compared.
        low: Least that it may mean: days for dates, kilometres for lengths, else the number;
            minus infinity for "until".
        high: Most that it may mean; infinity for "since".
        normal: The value in normal form: `1992-03-05`, `1990s`, `2017/2018`, `1700 km`, `26`.
        units: Of money the currency; of a count the stems of the words after it, among which is
            what is counted. Two quantities without a common one are of different things.
        aside: Whether it dates nothing by itself: it tells which document is meant
            (`2014–2020 жылдарға арналған`) or is one of a list (`2002, 2006, 2010 жылдары`).
    """

    start: int
    end: int
    kind: ValueKind
    low: float
    high: float
    normal: str
    units: frozenset[str] = frozenset()
    aside: bool = False

    @property
    def dated(self) -> bool:
        """Whether it is a time, not a quantity."""
        return self.kind in ("date", "range")

    @property
    def month(self) -> str:
        """Of a date of a month or a day its month, else empty."""
        found = re.fullmatch(r"\d{4}-(\d\d)(?:-\d\d)?", self.normal)
        return found[1] if found else ""

    def years_to(self, other: Value) -> float:
        """Years between two dates; 0.0 when they touch."""
        gap = max(self.low, other.low) - min(self.high, other.high)
        return max(0.0, gap / _DAYS_OF_YEAR)


def values_in(text: str, year_before: int | None = None) -> tuple[Value, ...]:
    """The values of a sentence, in its order.

    Args:
        text: The sentence; references in brackets must be blanked out (`without_references`).
        year_before: The year last given before this sentence, for "the next year"; None leaves
            such words out.
    """
    found: list[Value] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            free = all(match.end() <= one.start or one.end <= match.start() for one in found)
            if free and (value := read(match, text)):
                found.append(value)
    found.sort(key=lambda one: one.start)
    found += _relative(text, found, year_before)
    return _listed(text, tuple(sorted(found, key=lambda one: one.start)))


def last_year(values: tuple[Value, ...]) -> int | None:
    """The year of the last date, None when there is none."""
    dates = [one for one in values if one.kind == "date" and one.low > -inf]
    return int(dates[-1].low // _DAYS_OF_YEAR) if dates else None


def differ(one: Value, other: Value) -> bool:
    """Whether two values of one matter cannot both hold.

    A span that holds the other, a rounding of the other and "since" an earlier year agree with it.
    """
    if one.kind != other.kind or (one.units and not one.units & other.units):
        return False
    if one.kind == "range":
        together = (one.low == other.low) != (one.high == other.high)
        return together or not (_holds(one, other) or _holds(other, one))
    return one.high < other.low or other.high < one.low


def _holds(one: Value, other: Value) -> bool:
    return one.low <= other.low and other.high <= one.high


_JOINED = re.compile(r"\s*(?:,|және|мен|пен|и|and)?\s*")


def _listed(text: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values, times that stand in one list marked."""
    beside = {
        place
        for at, (one, other) in enumerate(pairwise(values))
        if one.dated and other.dated and _JOINED.fullmatch(text[one.end : other.start])
        for place in (at, at + 1)
    }
    return tuple(
        replace(value, aside=True) if at in beside else value for at, value in enumerate(values)
    )


# --- dates ------------------------------------------------------------------------------------

_DAYS_OF_MONTH, _DAYS_OF_YEAR = 31, 372  # only the order of days matters

_MONTHS = (
    "қаңтар|январ|january",
    "ақпан|феврал|february",
    "наурыз|март|march",
    "сәуір|апрел|april",
    "мамыр|ма[йея]|may",
    "маусым|июн|june",
    "шілде|июл|july",
    "тамыз|август|august",
    "қыркүйе|сентябр|september",
    "қазан|октябр|october",
    "қараша|ноябр|november",
    "желтоқсан|декабр|december",
)
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_SAID = r"\s?-?(?:жыл\w*|жж?\b\.?|год\w*|гг?\b\.?)"
_DASH = r"\s?[-–—]\s?"
_MONTH = "(?:" + "|".join(_MONTHS) + r")[^\W\d_]*"
_DAY = r"\d{1,2}(?!\d)(?:[-–]\d{1,2}(?!\d))?(?:-?(?:ші|шы|st|nd|rd|th)\b)?"
_FREE = r"(?<![\w.,+-])(?<!\d [-–])"
_STOP = r"(?![\w-]|[.,]\d)"
_AFTER = re.compile(
    r"\s*(?:[^\W\d]+\s+)?(бері|бастап|кейін|дейін(?:гі)?|қарай)\b"
    r"|(?:\s+[^\W\d]+){0,3}\s+[^\W\d]*[нтд][ае]н\s+(?:кейін|бері)\b",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?:ға|ге|қа|ке)?\s*(?:арналған|бағытталған)\b|-стратегия", re.IGNORECASE)


def _day(year: str | int, month: int = 0, day: int = 0) -> int:
    """A day as a number; months and days from 0."""
    return int(year) * _DAYS_OF_YEAR + month * _DAYS_OF_MONTH + day


def _month(word: str) -> int:
    """Number of a month, from 0."""
    return next(at for at, names in enumerate(_MONTHS) if re.match(names, word, re.IGNORECASE))


def _date(match: re.Match[str], text: str) -> Value:
    year, month, days = match["y"], _month(match["m"]), match["d"]
    named = [int(day) for day in re.findall(r"\d+", days or "")]
    first, last = (named[0] - 1, named[-1] - 1) if named else (0, _DAYS_OF_MONTH - 1)
    normal = f"{year}-{month + 1:02}" + (f"-{named[0]:02}" if named else "")
    return _placed(match, text, _day(year, month, first), _day(year, month, last), normal)


def _year(match: re.Match[str], text: str) -> Value:
    year = match["y"]
    return _placed(match, text, _day(year), _day(int(year) + 1) - 1, year)


def _placed(match: re.Match[str], text: str, low: float, high: float, normal: str) -> Value:
    """A date with the word after it that opens it to one side."""
    after = _AFTER.match(text, match.end())
    end = after.end() if after else match.end()
    if after and (after[1] or "").lower().startswith(("дейін", "қарай")):
        return Value(match.start(), end, "date", -inf, high, f"until {normal}")
    if after:
        return Value(match.start(), end, "date", low, inf, f"since {normal}")
    return Value(match.start(), end, "date", low, high, normal)


_PARTS = {
    "бірінші": (0, 4, "first half"),
    "екінші": (5, 9, "second half"),
    "бас": (0, 3, "beginning"),
    "орта": (3, 6, "middle"),
    "соң": (7, 9, "end"),
    "аяғ": (7, 9, "end"),
}


def _decade(match: re.Match[str], text: str) -> Value:
    year = int(match["y"])
    said = (match["part"] or "").lower()
    first, last, name = next(
        (part for begin, part in _PARTS.items() if said.startswith(begin)), (0, 9, "")
    )
    normal = f"{year}s" + (f", {name}" if name else "")
    return _placed(match, text, _day(year + first), _day(year + last + 1) - 1, normal)


def _years(match: re.Match[str], text: str) -> Value | None:
    first, last = match["a"], match["b"]
    if last <= first:
        return None
    aside = _FOR.match(text, match.end()) is not None
    low, high = _day(first), _day(int(last) + 1) - 1
    return Value(*match.span(), "range", low, high, f"{first}/{last}", aside=aside)


_RELATIVE = re.compile(
    r"\b(?:(?P<next>келесі жыл\w+|в следующем году|(?:the )?(?:next|following) year)"
    r"|(?P<same>сол жыл\w+|аталған жыл\w+|в том же году|(?:the )?same year))",
    re.IGNORECASE,
)


def _relative(text: str, found: list[Value], year_before: int | None) -> Iterator[Value]:
    """Years told by the one before: "the next year"."""
    for match in _RELATIVE.finditer(text):
        earlier = last_year(tuple(one for one in found if one.end <= match.start()))
        year = year_before if earlier is None else earlier
        free = all(match.end() <= one.start or one.end <= match.start() for one in found)
        if year is not None and free:
            year += bool(match["next"])
            yield Value(*match.span(), "date", _day(year), _day(year + 1) - 1, str(year))


# --- quantities -------------------------------------------------------------------------------

_NUMBER = r"(?P<n>\d{1,3}(?:[ \u00a0]\d{3})+(?![\d])|\d+)(?:[.,](?P<f>\d+))?"
_SCALES = {
    "мың": 10**3, "тыс": 10**3, "thousand": 10**3,
    "млн": 10**6, "миллион": 10**6, "million": 10**6,
    "млрд": 10**9, "миллиард": 10**9, "billion": 10**9,
    "трлн": 10**12, "триллион": 10**12, "trillion": 10**12,
}  # fmt: skip
_SCALE = rf"(?:\s*(?P<s>{'|'.join(_SCALES)})[^\W\d_]*\.?)?"
_KILOMETRES = {"шақырым": 1.0, "километр": 1.0, "км": 1.0, "km": 1.0, "kilomet": 1.0, "mile": 1.609}
_ABOVE = re.compile(
    r"[^\W\d_-]*(?:-?\w{2,3})?\s+(?:астам|артық|асты|асып|асатын)|(?:\w+\s+)?more than",
    re.IGNORECASE,
)
_SURPLUS = 1.25
"""How far "more than" reaches."""

_HALF = 0.49
"""How much of its last digit a number may have been rounded by; 26 and 27 differ."""

_WORDS_OF_UNIT = 3
"""Words after a number among which is what is counted."""


def _amount(match: re.Match[str]) -> tuple[float, float]:
    """Least and most that a number may mean: two zeros at its end are taken for rounding."""
    whole, part = re.sub(r"\s", "", match["n"]), match["f"] or ""
    said = match.groupdict().get("s")
    scale = _SCALES[said.lower()] if said else 1
    zeros = len(whole) - len(whole.rstrip("0")) if not part else 0
    step = 10 ** (zeros if zeros >= 2 else -len(part))
    number = float(f"{whole}.{part or 0}")
    return (number - step * _HALF) * scale, (number + step * _HALF) * scale


def _said(number: float) -> str:
    return f"{number:,.2f}".removesuffix("0").removesuffix(".0").replace(",", " ")


def _quantity(
    match: re.Match[str], text: str, kind: ValueKind, unit: str, factor: float, sign: str
) -> Value:
    low, high = _amount(match)
    middle = (low + high) / 2
    if _ABOVE.match(text, match.end()):
        high = middle * _SURPLUS
    normal = _said(middle * factor) + sign
    units = frozenset({unit}) if unit else frozenset()
    return Value(*match.span(), kind, low * factor, high * factor, normal, units)


def _percent(match: re.Match[str], text: str) -> Value:
    return _quantity(match, text, "percent", "", 1, " %")


def _money(match: re.Match[str], text: str) -> Value:
    currency = match["u"].lower()
    return _quantity(match, text, "money", currency, 1, f" {currency}")


def _length(match: re.Match[str], text: str) -> Value:
    factor = _KILOMETRES[match["u"].lower()]
    return _quantity(match, text, "length", "", factor, " km")


def _count(match: re.Match[str], text: str) -> Value | None:
    after = re.split(r"[,;:()–—.\n\t]|\d", text[match.end() : match.end() + 80])[0]
    words = [word for word in tokens(after) if word not in STOPWORDS][:_WORDS_OF_UNIT]
    if not words:
        return None
    low, high = _amount(match)
    counted = frozenset(map(stem, words))
    return Value(*match.span(), "count", low, high, _said((low + high) / 2), counted)


_Reader = Callable[[re.Match[str], str], Value | None]


def _reader(pattern: str, read: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern, re.IGNORECASE), read


# In this order: what an earlier one has read is not read again.
_READERS = (
    _reader(
        rf"{_FREE}(?P<a>{_YEAR}){_SAID}\s+{_DAY}\s+{_MONTH}\s+бастап\s+"
        rf"(?P<b>{_YEAR}){_SAID}\s+{_DAY}\s+{_MONTH}(?:\s+дейін\w*)?",
        _years,
    ),
    _reader(
        rf"{_FREE}(?P<a>{_YEAR}){_DASH}(?P<b>{_YEAR}){_STOP}(?:{_SAID}(?:\s+аралығ\w+)?)?", _years
    ),
    _reader(
        rf"{_FREE}(?P<a>{_YEAR})(?:{_SAID})?(?:\s+(?:мен|пен))?\s+(?P<b>{_YEAR})"
        rf"(?:\s+жылға дейін|{_SAID}\s+аралығ\w+)",
        _years,
    ),
    _reader(
        rf"\b(?:с|from|between)\s+(?P<a>{_YEAR})(?:{_SAID})?\s+(?:по|to|and)\s+(?P<b>{_YEAR}){_STOP}",
        _years,
    ),
    _reader(
        rf"{_FREE}(?P<y>{_YEAR}){_SAID},?\s+(?:(?P<d>{_DAY})\s+)?(?P<m>{_MONTH})(?:\s+айы\w*)?",
        _date,
    ),
    _reader(
        rf"{_FREE}(?:(?P<d>{_DAY})\s+)?(?P<m>{_MONTH})\s+(?P<y>{_YEAR}){_STOP}(?:{_SAID})?", _date
    ),
    _reader(rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}}),\s+(?P<y>{_YEAR}){_STOP}", _date),
    _reader(
        rf"{_FREE}(?P<y>(?:1[5-9]|20)\d0)(?:\s?-?\s?жылдар\w*|-х(?:\s+год\w+)?|s\b)"
        r"(?:\s+(?P<part>(?:бірінші|екінші)\s+жарты\w*|бас(?:ы|та)\w*|орта\w*|соң\w*|аяғ\w*))?",
        _decade,
    ),
    _reader(rf"{_FREE}{_NUMBER}\s*(?:%|пайыз\w*|процент\w*|percent)", _percent),
    _reader(
        rf"{_FREE}{_NUMBER}{_SCALE}\s+(?:АҚШ\s+|US\s+)?"
        r"(?P<u>доллар|теңге|тенге|евро|рубл|юан|dollar|euro|tenge)\w*",
        _money,
    ),
    _reader(rf"{_FREE}{_NUMBER}{_SCALE}\s*(?P<u>{'|'.join(_KILOMETRES)})[^\W\d_]*", _length),
    _reader(rf"{_FREE}(?P<y>{_YEAR})(?:{_SAID}|{_STOP})", _year),
    _reader(rf"{_FREE}{_NUMBER}{_STOP}{_SCALE}", _count),
    _reader(
        rf"{_FREE}{_NUMBER}-(?:ға|ге|қа|ке|дан|ден|тан|тен|нан|нен|дағы|сы|і)\b{_SCALE}", _count
    ),
)
