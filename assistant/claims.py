"""What each value of a work is said of: the words that it governs, and how much each of them tells.

A *claim* is a value of a sentence (`assistant.values`) with what is said of it. In Kazakh a date
stands before what it dates, so the words of its own clause count whole, those of the next clauses
less and less, those before it less still, and words that another value of the kind governs not at
all. Words are compared as stems, names and terms as concepts in any spelling; each is weighted by
how rare it is in the whole work.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.values import Value, last_year, values_in
from index import STOPWORDS, Concept, named_in, stem, tokens
from sources import POINTS_BACK, Sentence, Work, without_references

EVERYWHERE = "@kazakhstan"
"""The state that every matter here is about; it parts figures only."""

AFTER, BEFORE, TURNED = 0.75, 0.55, 0.4
"""What the weight falls to with each clause after and before the value's, and with each "but"."""

NAME = 0.6
"""Weight of organisations and states: what is said tells the matter, not who takes part in it."""

WHICH = 0.4
"""Weight of the words that a year singles out: `1995 жылғы тұжырымдама` is which, not when."""

ABSENT = 0.5
"""Rarity of a name that only a sentence without values says."""

LABEL = 0.6
"""Rarity of a number that stages, rows and list items bear."""

_WORDS_SINGLED_OUT = 4
_LEAST_WORDS = 3  # a shorter stretch between commas is an item of a list, not a clause


@dataclass(frozen=True)
class Said:
    """What some words say.

    Attributes:
        features: Stems, and `@id` for a name or term in any spelling; people and words that tell
            nothing are left out.
        names: The organisations and states among them, without Kazakhstan.
        organisations: The organisations among these.
        covered: (stem, `@id`) of each word that belongs to a name.
        concepts: What is named.
    """

    features: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    covered: frozenset[tuple[str, str]] = frozenset()
    concepts: frozenset[Concept] = frozenset()


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence between commas, brackets and dashes; `[start, end)` in it."""

    start: int
    end: int
    said: Said


@dataclass(frozen=True)
class Told:
    """A sentence with values.

    Attributes:
        at: Its place in the work's sentences.
        sentence: The sentence.
        text: Its words, references blanked out.
        matter: The words that say what its values are of: its own, or the caption of its table.
        values: Its values, in order.
        clauses: The clauses of these words, values blanked out.
        label: Number of the stage, row or list item that it tells of; None when it has none.
        about: Names taken over from the sentence before: "the two countries".
    """

    at: int
    sentence: Sentence
    text: str
    matter: str
    values: tuple[Value, ...]
    clauses: tuple[Clause, ...]
    label: int | None
    about: frozenset[str]

    def home(self, value: Value) -> int:
        """Place of the clause that a value stands in."""
        return max(at for at, clause in enumerate(self.clauses) if clause.start <= value.start)


@dataclass(frozen=True)
class Claim:
    """A value and what it is said of.

    Attributes:
        told: Its sentence.
        value: The value.
        weights: What it is said of, each with its weight.
        names: Organisations and states in its clause and the next.
        organisations: Organisations anywhere in its sentence.
        covered: As `Said.covered`, of its sentence.
    """

    told: Told
    value: Value
    weights: Mapping[str, float]
    names: frozenset[str]
    organisations: frozenset[str]
    covered: frozenset[tuple[str, str]]

    @cached_property
    def own(self) -> dict[str, float]:
        """Its weights without the words inside names, which count by their name."""
        inside = {word for word, _ in self.covered}
        return {said: weight for said, weight in self.weights.items() if said not in inside}

    @cached_property
    def length(self) -> float:
        """Length of its vector of weights."""
        return math.sqrt(sum(weight * weight for weight in self.own.values())) or 1.0

    @cached_property
    def mass(self) -> float:
        """Sum of its weights."""
        return sum(self.own.values()) or 1.0


def claims_of(work: Work) -> tuple[Claim, ...]:
    """Every claim of a work, in the order of the text.

    Left out are values that only name a document (`2014–2020 жылдарға арналған`), the members of a
    list of years, and dates that only say when a sum or a share was measured.
    """
    told = tuple(_told(work))
    rarity = _rarity(work, told)
    return tuple(
        _claim(one, value, rarity)
        for one in told
        for value in one.values
        if not value.aside and not _dates_a_figure(one, value)
    )


# --- sentences --------------------------------------------------------------------------------

_BREAK = re.compile(r"[;:()\n]|,(?!\d)|\s[–—-]\s")
_GLOSS = re.compile(r"\((\w+)\)")
_TURN = re.compile(
    r"\W*(?:бірақ|ал|алайда|дегенмен|себебі|өйткені|но|а|однако|but|while|however)\b", re.IGNORECASE
)
_TWO_PARTIES = re.compile(
    r"\b(?:екі|осы|аталған|бұл) (?:ел|мемлекет|тарап)|\bдвум?я? стран|\bдвух стран"
    r"|\bboth countries|\bthe two countries",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"\b(?:ұйым|форум|организаци|organi[sz]ation)", re.IGNORECASE)
_LATE = 4  # sentences back in which "the organisation" is looked for
_ORDINALS = (
    "бірінші|перв|first",
    "екінші|втор|second",
    "үшінші|трет|third",
    "төртінші|четв[её]рт|fourth",
    "бесінші|пят|fifth",
)
_LABEL = re.compile(
    r"\s*(?:(\d{1,2})(?:[.)]\s|\s*\n|-(?!ші|шы|\d)\w)"
    rf"|({'|'.join(_ORDINALS)})\w*\s+(?:кезең|этап|stage|phase|period|период))",
    re.IGNORECASE,
)


def _told(work: Work) -> Iterator[Told]:
    """The sentences that give values."""
    captions = {
        table.start: work.document.quote(table.caption)
        for table in work.outline.tables
        if table.caption
    }
    year: int | None = None
    for at, sentence in enumerate(work.sentences):
        text = without_references(work.text[sentence.start : sentence.end])
        values = values_in(text, year)
        year = last_year(values) or year
        if not values:
            continue
        if sentence.row is None:
            matter, clauses = text, tuple(_clauses(text, values))
        else:
            # A cell of another column is another matter, and so are the names in it.
            start = max((place for place in captions if place <= sentence.start), default=-1)
            matter = captions.get(start, "")
            clauses = (Clause(0, 0, replace(said_by(matter), names=frozenset())),)
        about = _about(work, at, text, clauses) if sentence.row is None else frozenset()
        yield Told(at, sentence, text, matter, values, clauses, _label(text), about)


def _clauses(text: str, values: Sequence[Value]) -> Iterator[Clause]:
    """The clauses of a sentence; each further date begins one."""
    letters = list(text)
    for value in values:
        letters[value.start : value.end] = " " * (value.end - value.start)
    plain = _GLOSS.sub(r" \1 ", "".join(letters))
    dates = {value.start for value in values if value.dated} - {values[0].start}
    breaks = {found.start() for found in _BREAK.finditer(plain)}
    start = 0
    for end in sorted(breaks | dates):
        if end in dates or len(plain[start:end].split()) >= _LEAST_WORDS:
            yield Clause(start, end, said_by(plain[start:end]))
            start = end
    yield Clause(start, len(text), said_by(plain[start:]))


def _label(text: str) -> int | None:
    found = _LABEL.match(text)
    if found is None:
        return None
    if found[1]:
        return int(found[1])
    return 1 + next(
        at for at, words in enumerate(_ORDINALS) if re.match(words, found[2], re.IGNORECASE)
    )


def _about(work: Work, at: int, text: str, clauses: Iterable[Clause]) -> frozenset[str]:
    """Names taken over: "the two countries" of the sentence before, "the organisation" of late."""
    said = [clause.said for clause in clauses]
    if _ORGANISATION.search(text) and not any(one.organisations for one in said):
        before = (_said_in(work, back) for back in range(at - 1, max(at - _LATE, 0) - 1, -1))
        return next((one.organisations for one in before if one.organisations), frozenset())
    parties = _TWO_PARTIES.search(text) is not None
    if not parties and (any(one.names for one in said) or not POINTS_BACK.match(text)):
        return frozenset()
    together = at > 0 and work.sentences[at - 1].block == work.sentences[at].block
    return _said_in(work, at - 1).names if together else frozenset()


def _said_in(work: Work, at: int) -> Said:
    return said_by(work.text[work.sentences[at].start : work.sentences[at].end])


# --- words ------------------------------------------------------------------------------------

_SAYS_NOTHING = frozenset(
    """
    бұдан бөлек атап өткен ның тің түрде рет қол қойылды қойып қойған қойды арасында екі арқылы
    шамамен астам жаңа мысалы кейін дейін қатар алып келді жылы айында айқын көрінді құрайды сонымен
    алғаш алғашқы тұңғыш бірінші президент президенті төрағасы өзінің мақсатында республикасы
    республика қарым қатынас қатынастар өтті өткізді өткізу өтіп өтеді
    """.split()
)
_STEMS_OF_NOTHING = frozenset(map(stem, _SAYS_NOTHING - {"астам"}))  # its stem is Astana's
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


def said_by(words: str) -> Said:
    """What some words say."""
    named = named_in(words)
    people = frozenset(
        part
        for one in named
        if one.kind == "people"
        for name in one.names
        for part in _stems(name.words, name.whole)
    )
    stems = frozenset(
        stemmed
        for word in tokens(_without_people(words, people) if people else words)
        if (stemmed := _telling(word))
    )
    things = frozenset(one for one in named if one.kind != "people")
    covered = frozenset(
        (part, f"@{one.id}")
        for one in things
        for name in one.names
        for part in _stems(name.words, name.whole) & stems
    )
    names = {f"@{one.id}": one.kind for one in things if one.kind != "terms"}
    names.pop(EVERYWHERE, None)
    return Said(
        stems | {f"@{one.id}" for one in things},
        frozenset(names),
        frozenset(id for id, kind in names.items() if kind == "organisations"),
        covered,
        things,
    )


def _telling(word: str) -> str:
    """The stem of a word, empty when it tells nothing."""
    if word in STOPWORDS or word in _SAYS_NOTHING or word[0].isdigit():
        return ""
    stemmed = stem(word)
    return "" if len(stemmed) < _SHORTEST or stemmed in _STEMS_OF_NOTHING else stemmed


def _stems(words: Iterable[str], whole: bool) -> frozenset[str]:
    """The words of a name as stems; only those of an abbreviation are not yet."""
    return frozenset(map(stem, words)) if whole else frozenset(words)


def _without_people(words: str, people: frozenset[str]) -> str:
    """The words with the surnames of these people and the names before them blanked out."""
    found = list(_WORD.finditer(words))
    letters = list(words)
    for at in range(len(found) - 1, -1, -1):
        follows = at + 1 < len(found) and letters[found[at + 1].start()] == " "
        given = follows and found[at][0][0].isupper()
        if given or stem(found[at][0].lower()) in people:
            letters[found[at].start() : found[at].end()] = " " * len(found[at][0])
    return "".join(letters)


def _rarity(work: Work, told: Sequence[Told]) -> dict[str, float]:
    """How much each feature tells, from 0 to 1: its inverse frequency in the sentences."""
    often = Counter(
        stemmed
        for sentence in work.sentences
        for stemmed in set(map(stem, tokens(work.text[sentence.start : sentence.end])))
    )
    said = [clause.said for one in told for clause in one.clauses]
    for concept in frozenset().union(*(one.concepts for one in said)):
        # A name is met about as often as its rarest word, in each of its spellings.
        often[f"@{concept.id}"] = sum(
            min((often[part] for part in _stems(name.words, name.whole)), default=0)
            for name in concept.names
        )
    number = len(work.sentences)
    return {
        feature: _inverse(min(often[feature], number), number)
        for feature in frozenset().union(*(one.features for one in said))
    }


def _inverse(often: int, number: int) -> float:
    return math.log(1 + (number - often + 0.5) / (often + 0.5)) / math.log(1 + number)


# --- claims -----------------------------------------------------------------------------------

_OF_YEAR = re.compile(r"жылғы\b", re.IGNORECASE)


def _dates_a_figure(told: Told, value: Value) -> bool:
    """Whether a date only says when a sum or a share was measured."""
    near = (told.home(value), told.home(value) + 1)
    return value.dated and any(
        other.kind in ("money", "percent") and told.home(other) in near for other in told.values
    )


def _claim(told: Told, value: Value, rarity: Mapping[str, float]) -> Claim:
    home = told.home(value)
    near: dict[str, float] = {}
    for at, share in _shares(told, value):
        for feature in told.clauses[at].said.features:
            near[feature] = max(near.get(feature, 0.0), share)
    names = _names(told, home)
    for name in told.about:
        near.setdefault(name, 1.0)
    which = _singled_out(told, value)
    weights = {
        feature: rarity.get(feature, ABSENT)
        * share
        * (WHICH if feature in which else 1.0)
        * (NAME if feature in names else 1.0)
        for feature, share in near.items()
    }
    if value.month:
        weights[f"№{value.month}/"] = LABEL
    if told.label is not None:
        weights[f"№{told.label}"] = LABEL
    said = [clause.said for clause in told.clauses]
    return Claim(
        told,
        value,
        weights,
        names,
        frozenset().union(*(one.organisations for one in said)),
        frozenset().union(*(one.covered for one in said)),
    )


def _shares(told: Told, value: Value) -> Iterator[tuple[int, float]]:
    """Places of the clauses that speak of a value, and how much their words count."""
    home = told.home(value)
    others = {told.home(other) for other in told.values if other.kind == value.kind} - {home}
    for at in range(len(told.clauses)):
        between = range(min(at, home), max(at, home) + 1)
        if others.intersection(between):
            continue
        share = AFTER ** (at - home) if at >= home else BEFORE ** (home - at)
        if at == home - 1 and not told.clauses[home].said.features:
            share = 1.0  # a value alone in brackets belongs to what stands before them
        turns = sum(bool(_TURN.match(told.text, told.clauses[one].start)) for one in between[1:])
        yield at, share * TURNED**turns


def _names(told: Told, home: int) -> frozenset[str]:
    """Who takes part: named in the clause or the next, taken over, or the last organisation."""
    near = told.clauses[home : home + 2]
    names = told.about.union(*(clause.said.names for clause in near))
    if names:
        return names
    before = (clause.said.organisations for clause in reversed(told.clauses[:home]))
    return next((found for found in before if found), frozenset())


def _singled_out(told: Told, value: Value) -> frozenset[str]:
    """What a year singles out: `1995 жылғы сыртқы саясат тұжырымдамасы`."""
    if value.kind != "date" or not _OF_YEAR.search(told.text[value.start : value.end]):
        return frozenset()
    return said_by(" ".join(told.text[value.end :].split()[:_WORDS_SINGLED_OUT])).features
