"""Whether a statement denies what its spans affirm, or affirms what they deny.

A denial is held against the same words of the other text: `внёс вклад` and `үлесін қосты` are the
same, so `не внёс вклада` needs a denial beside `қосты`. Where the denied words have no equal there,
the denials of both texts are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.support.reading import Ground, Reading
from assistant.support.terms import Terms, terms
from assistant.support.words import Word, folded_line, sound, words_of
from index import STOPWORDS, stem

# Kazakh puts the denial into the verb: бар-ма-ды, көр-ме-ген, шық-пай, айнал-мау-ы.
_VERB = re.compile(
    r"^[^\W\d_]{2,}[мбп][ае](?:й|й(?:ды|ді|тын|тін|мын|мін|мыз|міз|сың|сің|інше|ынша)\w*|ды|ді"
    r"|д[ыі][мңқк]\w*|ған\w*|ген\w*|с|стай|стей|у|у(?:ы|і|ға|ге|ын|ін|да|де|ды|ді)\w*|са|се"
    r"|пты|пті)$"
)
_PREFIXED = {
    "kk": re.compile(r"(?!қамтамас)\w{2,}с[ыі]з(?!д[ыі][кқгғ])"),
    "ru": re.compile(
        r"^(?:не(?!обход|кото|скольк|фт|дел|посредств|зависим|давн|редко)[а-я]{5,}|без(?!опас)[а-я]{4,})"
    ),
    "en": re.compile(r"^(?:un(?!i|der|til)[a-z]{4,}|non-?[a-z]{4,}|in(?:eff|cap|suff|stab)[a-z]+)"),
}
_ONLY = frozenset({"тек", "ғана", "қана"})
_KAZAKH_PARTICLES = frozenset({"емес", "жоқ"})

_COVERS = 0.5
"""How much of its spans a statement must tell before a denial of theirs is missed in it."""

_CLAUSE = 7
"""Words before `емес` that it may deny."""

_BEFORE = (["тұрып"], ["тұрып-ақ"])
"""After a denied verb: before it happens (`алмай тұрып`)."""

_NEAR = 3
"""Words between a denial and what it denies."""


@dataclass(frozen=True)
class _Denials:
    """Where a text denies: places of its words.

    Attributes:
        told: Denied in so many words or by the verb's ending.
        refused: Words that say no to what stands beside them.
        implied: Words that a translation may render by a denial.
    """

    told: frozenset[int]
    refused: frozenset[int]
    implied: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        """Every place that denies in any way."""
        return self.told | self.refused | self.implied


def turned_polarity(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt, "negation", when it denies what a span affirms or leaves its denial out."""
    if _added(said, ground) or _dropped(said, ground):
        yield "negation", True


def _added(said: Reading, ground: Ground) -> bool:
    """Whether the statement denies what no span denies."""
    mine = _denials(said)
    spans = [(span, _denials(span)) for span in ground.spans]
    for place in mine.told | mine.refused:
        if place in mine.refused and _refuses_too(said, place, spans):
            continue
        equals = [(span, denied, _equals(said, place, span)) for span, denied in spans]
        if any(places for _, _, places in equals):
            if not any(_denied_at(places, denied, span) for span, denied, places in equals):
                return True
        elif len(mine.told) > sum(len(denied.all) for _, denied in spans):
            return True
    return False


def _dropped(said: Reading, ground: Ground) -> bool:
    """Whether a denial of the spans is affirmed by the statement, or gone from what tells them."""
    mine = _denials(said)
    for span in ground.spans:
        theirs = _denials(span)
        missed = theirs.told if len(mine.told | mine.implied) < len(theirs.told) else frozenset()
        if not mine.all:
            missed |= theirs.refused
        for place in missed:
            places = _equals(span, place, said)
            if places and not _denied_at(places, mine, said):
                return True
        if theirs.told and not mine.all and len(said.content) >= _COVERS * ground.size:
            return True
    return False


def _refuses_too(said: Reading, place: int, spans: list[tuple[Reading, _Denials]]) -> bool:
    return any(
        denied.refused or any(said.keys[place] & keys for keys in span.keys)
        for span, denied in spans
    )


def _scope(reading: Reading, place: int) -> list[int]:
    """Places of the words that a denial denies: before it in Kazakh, after it otherwise."""
    word = reading.words[place]
    content = set(reading.content)
    own = [place] if not _particles().of(word.folded) else []
    # A Kazakh word in a Russian or English statement is quoted.
    if reading.language == "kk" or word.folded in _KAZAKH_PARTICLES:
        beside = [at for at in range(place - 1, max(-1, place - 4), -1) if at in content][:2]
    else:
        beside = [at for at in range(place + 1, len(reading.words)) if at in content][:2]
    return [at for at in own + beside if reading.words[at].folded not in STOPWORDS]


def _equals(reading: Reading, place: int, other: Reading) -> list[int]:
    """Places of another text with what a denial denies; the nearest denied word counts."""
    foreign = reading.language != other.language
    for at in _scope(reading, place):
        denied, keys = stem(reading.words[at].folded), reading.keys[at]
        found = [
            there
            for there in other.content
            if stem(other.words[there].folded) == denied
            or keys & other.keys[there]
            or (foreign and _sounds_equal(reading.words[at], other.words[there]))
        ]
        if found:
            return found
    return []


def _sounds_equal(one: Word, other: Word) -> bool:
    mine, theirs = sound(one.folded), sound(other.folded)
    return len(mine) > 3 and mine[:4] == theirs[:4]


def _denied_at(places: list[int], denied: _Denials, reading: Reading) -> bool:
    beside = denied.told | denied.implied | (denied.refused - set(places))
    return any(
        abs(place - other) <= _NEAR or 0 < other - place <= _reach(reading, other)
        for place in places
        for other in beside
    )


def _reach(reading: Reading, place: int) -> int:
    """How far back a denial holds: `емес` and `жоқ` close what they deny."""
    return _CLAUSE if reading.words[place].folded in _KAZAKH_PARTICLES else _NEAR


@cache
def _particles() -> Terms:
    return Terms({"told": terms()["negation"]["words"]})


@cache
def _lexicon() -> tuple[Terms, Terms]:
    table = terms()["negation"]
    return Terms({"implied": table["implied"]}), Terms({"refused": table["refusing"]})


@cache
def _no_denials() -> tuple[str, ...]:
    return tuple(terms()["negation"]["not_negated"].split())


@lru_cache(maxsize=512)
def _adding(text: str) -> frozenset[int]:
    """Places of particles that add instead of denying: "not only"."""
    line, places = folded_line(text), set()
    for phrase in terms()["negation"]["adding"]["phrases"]:
        at = line.find(f" {phrase}")
        while at >= 0:
            first = line.count(" ", 0, at + 1) - 1
            places |= set(range(first, first + len(phrase.split())))
            at = line.find(f" {phrase}", at + 1)
    folded = line.split()
    for at, word in enumerate(folded):
        if word == "емес" and _ONLY & set(folded[max(0, at - _NEAR) : at]):
            places.add(at)
    return frozenset(places)


def _denials(reading: Reading) -> _Denials:
    return _denials_in(reading.text, reading.language)


@lru_cache(maxsize=512)
def _denials_in(text: str, language: str) -> _Denials:
    words = words_of(text)
    folded = [word.folded for word in words]
    implied, refused = (table.placed(folded) for table in _lexicon())
    adding, places = _adding(text), range(len(folded))
    told = {
        at
        for at in places
        if at not in adding
        and (_particles().of(folded[at]) or _denied_verb(words[at], language))
        and folded[at + 1 : at + 2] not in _BEFORE
    }
    prefixed = {at for at in places if _PREFIXED[language].match(folded[at])}
    return _Denials(
        told=frozenset(told),
        refused=frozenset(at for at in places if refused[at] and at not in told),
        implied=frozenset(prefixed | {at for at in places if implied[at]} - told),
    )


def _denied_verb(word: Word, language: str) -> bool:
    if language == "en":
        return word.folded.endswith("n't")
    if language != "kk" or (word.capital and not word.opens):
        return False
    return not word.folded.startswith(_no_denials()) and _VERB.match(word.folded) is not None
