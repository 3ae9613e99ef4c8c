"""Whether the work says two different things about what is asked.

Four ways lead here. A conflict known from reading the work is shown when the question is like those
that were written on it, or when it finds one of its sides and is about its topic; one that it only
comes near is told below its answer. A conflict that a scan suspects is shown when the question,
asking for a date or a figure, finds two of its sides. In any work, two near sentences that say the
same thing with another date or figure are a conflict too. The last two are kept strict, because a
conflict that is none makes a reader doubt a sound text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cues import has_what_is_asked, things_in, values_of
from assistant.evidence import Evidence
from assistant.questions import Asked, Kind
from assistant.replies import Language
from index import Concept, Search, content_words, named_in, stem, tokens
from sources import ConflictSide, KnownConflict, Span, Work

FOUND = 3
"""A known conflict counts when one of its sides is among so many best sentences."""

FOUND_SURELY = 10
"""The same for a question that has most words of its topic."""

BOTH_FOUND = 6
"""A suspected conflict counts when the best sentence is of one side, and another side is among so
many best."""

ALIKE = 0.45
"""Likeness to a question written on a conflict from which a question may be about it."""

SURE_AHEAD, SURE_AHEAD_FOUND = 0.08, 0.03
"""How far that must be ahead of the questions on anything else for the question to be about it; and
the same when the best sentence is one of its sides. Of the questions of
`tests/data/asked_on_conflicts.jsonl` 0.61 pass, of 262 development questions on other matters 4."""

NEAR_AHEAD, NEAR_AHEAD_FOUND = 0.03, 0.0
"""The same for a question that comes near: it is answered, and the conflict told below. 0.66 of the
first pass, and 7 of the others."""

AS_LIKE = 0.06
"""How far behind the likest conflict one may be and still be the one that is meant."""

ABOUT_SURELY = 0.65
"""Share of the topic's words from which the question is about it, whatever other questions say."""

_EVERYWHERE = frozenset(stem(word) for word in ("қазақстан", "казахстан", "kazakhstan"))
_VALUES: dict[str, re.Pattern[str]] = {
    "date": re.compile(r"уақыты|жыл|мерзім|күні|\bкогда|\bгод|\bwhen\b|\byear", re.IGNORECASE),
    "number": re.compile(
        r"саны|ұзындығы|мөлшер|үлес|сколько|число|длина|протяж|how many|number|length",
        re.IGNORECASE,
    ),
}
"""What a topic says when it is about a date or a figure."""

ABOUT = 0.34
"""Share of the topic's words that the question must have, in any spelling."""

ABOUT_ALL = 0.7
"""The same where the question asks for something else than what the sides differ in."""

SAME_MATTER = 0.5
"""Share of stems that two sentences with different values must have in common."""

SHARED = 4
"""Least number of such stems: "Қазақстан … жылы" alone is no matter."""

_DISPUTED = frozenset(("date", "number", "person", "place", "attribution", "statement"))


@dataclass(frozen=True)
class Side:
    """One side: its sentence and the words that disagree."""

    span: Span
    value: Span


@dataclass(frozen=True)
class Conflict:
    """Two or more sides.

    Attributes:
        sides: What differs, in the order of the text.
        topics: What it is about, by language; empty when found by rule.
        sure: Whether the question is about this very matter and not only near it.
    """

    sides: tuple[Side, ...]
    topics: tuple[tuple[Language, str], ...] = ()
    sure: bool = True

    def topic(self, language: Language) -> str:
        """What it is about in a language; empty when not known."""
        return dict(self.topics).get(language, "")


def conflict_for(
    work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked
) -> Conflict | None:
    """The conflict that an answer must show, None when there is none.

    A question for reasons, lists, definitions, comparisons or tables asks for no single value; it
    meets a conflict only where it is like the questions written on one.
    """
    if known := known_conflict(work, search, evidence, asked):
        return known
    return _seen(work, evidence, asked) if asked.kind in _DISPUTED else None


def known_conflict(
    work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked
) -> Conflict | None:
    """The known conflict of the work that a question meets, None when it meets none."""
    written = _asked_like(work, search, evidence, asked)
    if asked.table is not None:
        # A table is asked for what it holds; on what matter it errs may stand below.
        return written and replace(written, sure=False)
    if asked.kind not in _DISPUTED or (written and written.sure):
        return written
    return _by_rule(work, search, evidence, asked) or written


def _by_rule(
    work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked
) -> Conflict | None:
    """The conflict whose topic the question names, or whose sides it finds."""
    best = max(
        (
            (about, -place, known)
            for place, known in enumerate(work.conflicts)
            if _found(work, known, evidence[:FOUND_SURELY]) and _may_answer(work, known, asked.kind)
            if (about := _about(known.topic(asked.language), search.question, asked.kind))
            >= ABOUT_SURELY
            or _found(work, known, evidence[:FOUND])
        ),
        default=None,
        key=lambda one: one[:2],
    )
    if best and best[0] >= _least_about(work, best[2], asked.kind):
        return replace(_told(best[2]), sure=_is_meant(search, best[2], best[0]))
    return _met(work, search, evidence, asked) or _suspected(work, search, evidence, asked)


def _may_answer(work: Work, known: KnownConflict, kind: Kind) -> bool:
    """Whether two sides hold a date or a figure, if that is asked for."""
    if kind not in ("date", "number"):
        return True
    values = [work.document.quote(side.value) for side in known.sides]
    return sum(_may_be(value, kind) for value in values) > 1


def _asked_like(
    work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked
) -> Conflict | None:
    """The known conflict that was asked about in like words.

    Of several that are about as like, for a text may disagree on one matter in more than one way,
    the one whose side stands highest among the best sentences.
    """
    if not search.disputed or search.disputed[0].likeness < ALIKE:
        return None
    known = {one.id: one for one in work.conflicts}
    alike = [
        (_rank(work, known[one.conflict], evidence), place, one)
        for place, one in enumerate(search.disputed)
        if one.likeness >= search.disputed[0].likeness - AS_LIKE
    ]
    rank, _, likest = min(alike, key=lambda one: one[:2])
    conflict = known[likest.conflict]
    if _speaks_of_another(work, conflict, search, asked):
        return None
    if likest.ahead >= (SURE_AHEAD if rank else SURE_AHEAD_FOUND):
        return _told(conflict)
    least = NEAR_AHEAD if rank else NEAR_AHEAD_FOUND
    things = set(things_in(conflict.topic(asked.language)))
    near = things <= set(named_in(search.question)) and _may_answer(work, conflict, asked.kind)
    return replace(_told(conflict), sure=False) if near and likest.ahead >= least else None


def _speaks_of_another(work: Work, known: KnownConflict, search: Search, asked: Asked) -> bool:
    """Whether a question names something of which neither the topic nor any side speaks.

    How long one border is, is no question of another's. Who says it is no matter.
    """
    named = {one for one in things_in(search.question) if one.kind != "people"}
    spoken = set(named_in(known.topic(asked.language)))
    for side in known.sides:
        spoken |= set(named_in(work.document.quote(side.span)))
    return not named <= spoken


def _rank(work: Work, known: KnownConflict, evidence: Sequence[Evidence]) -> int:
    """Place among the best sentences of the first that is a side; `FOUND` for those behind."""
    for rank in range(min(FOUND, len(evidence))):
        if any(_is_among(work, side, evidence[rank : rank + 1]) for side in known.sides):
            return rank
    return FOUND


def _is_meant(search: Search, known: KnownConflict, about: float) -> bool:
    """Whether a question that names words of a topic asks for it, and not for something near."""
    if about >= ABOUT_SURELY or not search.disputed:
        return True
    asked = next((one for one in search.disputed if one.conflict == known.id), None)
    return asked is not None and asked.likeness >= ALIKE and asked.ahead >= NEAR_AHEAD_FOUND


def _least_about(work: Work, known: KnownConflict, kind: Kind) -> float:
    """How much of its topic a question must have; more where dates are at odds and none is asked.

    What followed from giving up nuclear arms is no question of when they were given up.
    """
    values = [work.document.quote(side.value) for side in known.sides]
    dated = all(has_what_is_asked(value, "date") for value in values)
    return ABOUT_ALL if dated and kind not in ("date", "number") else ABOUT


def _met(work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked) -> Conflict | None:
    """A known conflict of dates or figures that a question meets without the words of its topic.

    The best sentence is of one side, another side is among the best, and both name what the
    question names; who said it (people) is no matter.
    """
    if asked.kind not in ("date", "number"):
        return None
    things = {one for one in things_in(search.question) if one.kind != "people"}
    for known in work.conflicts:
        met = [
            (place, side)
            for place, side in enumerate(known.sides)
            if _is_among(work, side, evidence[:BOTH_FOUND])
        ]
        apart = len({place if side.same_as is None else side.same_as for place, side in met}) > 1
        first = any(_is_among(work, side, evidence[:1]) for _, side in met)
        if apart and first and all(_is_of(work, side, asked.kind, things) for _, side in met):
            return _told(known)
    return None


def _is_of(work: Work, side: ConflictSide, kind: Kind, things: set[Concept]) -> bool:
    """Whether a side gives such a value, and names some things."""
    fits = _may_be(work.document.quote(side.value), kind)
    return fits and things <= set(things_in(work.document.quote(side.span)))


def _suspected(
    work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked
) -> Conflict | None:
    """A suspected conflict of dates or figures whose sides the question finds."""
    if asked.kind not in ("date", "number"):
        return None
    things = set(things_in(search.question))
    for suspected in work.suspected:
        met = [side for side in suspected.sides if _is_among(work, side, evidence[:BOTH_FOUND])]
        first = any(_is_among(work, side, evidence[:1]) for side in met)
        said = [set(things_in(work.document.quote(side.span))) for side in met]
        fits = all(_may_be(work.document.quote(side.value), asked.kind) for side in met)
        # Sides that name different things tell of different things.
        alike = all(things <= names == said[0] for names in said)
        if first and len(met) >= 2 and fits and alike:
            told = _told(replace(suspected, sides=tuple(met)))
            return Conflict(told.sides)
    return None


def _may_be(value: str, kind: Kind) -> bool:
    """Whether a value is a date or a figure, as is asked; "that year" is a date too."""
    return has_what_is_asked(value, kind) or (kind == "date" and "жыл" in value.lower())


def _is_among(work: Work, side: ConflictSide, evidence: Sequence[Evidence]) -> bool:
    return any(
        sentence.start < side.span.end and side.span.start < sentence.end
        for sentence in (work.sentences[found.sentence] for found in evidence)
    )


def _found(work: Work, known: KnownConflict, evidence: Sequence[Evidence]) -> bool:
    """Whether one of its sides is among some sentences."""
    return any(_is_among(work, side, evidence) for side in known.sides)


def _about(topic: str, question: str, kind: Kind) -> float:
    """Share of a topic's words that a question has, other spellings of names included.

    0.0 when the question leaves out what the topic names (joining the WTO is not joining the UN),
    or shares nothing but names with it (how long the Belt and Road is, not when it was announced).
    """
    asked = named_in(question)
    things = things_in(topic)
    if any(one not in asked for one in things):
        return 0.0
    names = {found for one in things for name in one.names for found in name.stems}
    own = {stem(word) for word in content_words(topic)} - names - _EVERYWHERE
    if not own & {stem(word) for word in content_words(question)} and not (
        kind in ("date", "number") and _VALUES[kind].search(topic)
    ):
        return 0.0
    said = {stem(word) for word in tokens(question)} | {
        stem(word)
        for concept in named_in(question)
        for name in concept.names
        for word in name.words
    }
    wanted = {stem(word) for word in content_words(topic)}
    return len(wanted & said) / len(wanted) if wanted else 0.0


def _told(known: KnownConflict) -> Conflict:
    """The sides that differ, in the order of the text; agreeing ones are told once."""
    sides = [Side(side.span, side.value) for side in known.sides if side.same_as is None]
    sides.sort(key=lambda side: side.span.start)
    topics: list[tuple[Language, str]] = [
        ("kk", known.topic("kk")),
        ("ru", known.topic("ru")),
        ("en", known.topic("en")),
    ]
    return Conflict(tuple(sides), tuple(topics))


def _seen(work: Work, evidence: Sequence[Evidence], asked: Asked) -> Conflict | None:
    """Two of the best sentences that say the same with another date or figure."""
    if asked.kind not in ("date", "number") or not evidence:
        return None
    first = evidence[0]
    things = set(things_in(asked.text))
    for other in evidence[1:4]:
        if any(things.difference(things_in(_said(work, found))) for found in (first, other)):
            continue
        left, right = (_values(work, found, asked) for found in (first, other))
        single = len(left) == len(right) == 1
        if single and _differ(work, left[0], right[0]) and _same_matter(work, first, other):
            one, two = sorted((first, other), key=lambda found: found.sentence)
            return Conflict((_side(work, one, asked), _side(work, two, asked)))
    return None


def _said(work: Work, found: Evidence) -> str:
    sentence = work.sentences[found.sentence]
    return work.text[sentence.start : sentence.end]


def _values(work: Work, found: Evidence, asked: Asked) -> list[Span]:
    sentence = work.sentences[found.sentence]
    words = work.text[sentence.start : sentence.end]
    spans = []
    for value in values_of(words, asked.kind):
        at = sentence.start + words.index(value)
        spans.append(Span(at, at + len(value)))
    return spans


def _differ(work: Work, one: Span, other: Span) -> bool:
    left, right = work.document.quote(one), work.document.quote(other)
    figures = [[token for token in tokens(words) if token[0].isdigit()] for words in (left, right)]
    return bool(figures[0]) and bool(figures[1]) and figures[0] != figures[1]


def _same_matter(work: Work, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences name the same things in much the same words."""
    if things_in(_said(work, one)) != things_in(_said(work, other)):
        return False
    stems = []
    for found in (one, other):
        sentence = work.sentences[found.sentence]
        words = content_words(work.text[sentence.start : sentence.end])
        stems.append({stem(word) for word in words if word[0].isalpha()})
    shared = len(stems[0] & stems[1])
    return shared >= max(SHARED, SAME_MATTER * min(map(len, stems)))


def _side(work: Work, found: Evidence, asked: Asked) -> Side:
    sentence = work.sentences[found.sentence]
    return Side(Span(sentence.start, sentence.end), _values(work, found, asked)[0])
