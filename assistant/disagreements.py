"""Where a work seems to say two different things about one matter: a scan of all its sentences.

No language model takes part, and no vectors: those of sentences were measured not to part one
matter from two (mean cosine 0.89 for pairs that disagree, 0.88 for those that do not). Two claims
(see `assistant.claims`) disagree when their values cannot both hold and what they are said of is
near enough; what speaks for two matters (other organisations, yearly events, figures of other
years, a chronicle in one paragraph) takes away from that. Claims that agree and say the same form
one side.

What is found is a hint to a reader, not a verdict; `Work.conflicts` holds what was read by hand.
The weights were set on the dissertation, where it finds 15 of the 18 known matters of dates and
figures, and 20 of the 29 that it tells are real.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.claims import EVERYWHERE, Claim, Told, claims_of
from assistant.values import Value, differ
from index import stem, tokens
from sources import Span, Work

CUT = 0.275
"""Score below which nothing is told."""


@dataclass(frozen=True)
class Statement:
    """One place where a side is said.

    Attributes:
        span: The whole sentence.
        value: The value in it.
    """

    span: Span
    value: Span


@dataclass(frozen=True)
class DisagreementSide:
    """One of the values given for a matter.

    Attributes:
        normal: The value in normal form, see `Value.normal`.
        statements: Where it is given, in the order of the text; at least one.
    """

    normal: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Disagreement:
    """A matter on which a work seems to disagree with itself.

    Attributes:
        sides: Two or more, in the order of the text.
        matter: Words that all sides share, in the order of the first, as they stand there.
        score: How sure it is; higher is surer.
    """

    sides: tuple[DisagreementSide, ...]
    matter: tuple[str, ...]
    score: float


def find_disagreements(work: Work, cut: float = CUT) -> tuple[Disagreement, ...]:
    """The matters on which a work seems to disagree with itself, surest first.

    Args:
        work: The work; its known conflicts are not looked at.
        cut: Score below which nothing is told.
    """
    claims = claims_of(work)
    pairs = sorted(_pairs(claims, cut), key=lambda pair: (-pair.score, pair.one, pair.other))
    return tuple(_disagreement(work, claims, group) for group in _groups(claims, pairs))


# --- pairs ------------------------------------------------------------------------------------

LEAST_SHARED = 0.85
"""Summed weight that two claims must share."""

LEAST_SAID = 0.4
"""Weight of that which must not be names: who takes part is no matter."""

WEIGHTY = 0.1
"""Weight from which a shared word counts as one."""

AGAIN, CHRONICLE, OTHER_DOCUMENT = 0.7, 0.5, 0.6
"""What is left of the score: for yearly events, within one paragraph, for one of two editions."""

PARTIES = 0.6
"""What is left of it when no organisation or state is common to both."""

_AGAIN = frozenset(
    map(
        stem,
        "саммит кездесу сапар сессия отырыс конференция форум төрағалық айналым соғыс съезд визит "
        "встреча заседание summit meeting visit session conference".split(),
    )
) | {"@trade", "@chairmanship"}
"""What happens again and again: with another date it is another one."""


@dataclass(frozen=True)
class _Pair:
    """Two claims by their places, and how sure it is that they disagree."""

    one: int
    other: int
    score: float


def _pairs(claims: Sequence[Claim], cut: float) -> Iterator[_Pair]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    by_sentence: dict[int, list[Claim]] = defaultdict(list)
    for at, claim in enumerate(claims):
        by_kind[claim.value.kind].append(at)
        by_sentence[claim.told.at].append(claim)
    for places in by_kind.values():
        for one, other in combinations(places, 2):
            left, right = claims[one], claims[other]
            score = _disagreeing(left, right)
            if score >= cut and not (
                _agrees_better(left, right, by_sentence[right.told.at])
                or _agrees_better(right, left, by_sentence[left.told.at])
            ):
                yield _Pair(one, other, score)


def _disagreeing(one: Claim, other: Claim) -> float:
    """How sure it is that two claims disagree; 0.0 when they cannot."""
    if one.told is other.told or not differ(one.value, other.value):
        return 0.0
    if not _may_be_one_matter(one, other):
        return 0.0
    score = _nearness(one, other) * _closeness(one.value, other.value)
    if any(_AGAIN & claim.weights.keys() for claim in (one, other)):
        score *= AGAIN
    if one.told.sentence.block == other.told.sentence.block:
        score *= CHRONICLE
    return score * _parties(one.names, other.names) * _documents(one.told, other.told)


def _shared(one: Claim, other: Claim) -> dict[str, float]:
    """What two claims are both said of, by the lesser weight; words of a shared name count once.

    The words of an organisation's name are not compared with loose ones.
    """
    both = one.weights.keys() & other.weights.keys()
    organisations = one.organisations | other.organisations
    inside = {
        word for word, name in one.covered | other.covered if name in both or name in organisations
    }
    return {said: min(one.weights[said], other.weights[said]) for said in both - inside}


def _nearness(one: Claim, other: Claim) -> float:
    """How near the matters of two claims are, 0 to 1; 0.0 when too little is common to tell.

    The geometric mean of the cosine and of the share of the shorter one that the other has.
    """
    shared = _shared(one, other)
    counted = one.value.kind in ("length", "count")
    said = sum(weight for word, weight in shared.items() if word not in one.names | {EVERYWHERE})
    weighty = sum(weight >= WEIGHTY for word, weight in shared.items() if word != EVERYWHERE)
    if said < LEAST_SAID or weighty + counted < 3 or sum(shared.values()) < LEAST_SHARED:
        return 0.0
    product = sum(one.weights[word] * other.weights[word] for word in shared)
    cosine = product / (one.length * other.length)
    return min(1.0, math.sqrt(cosine * sum(shared.values()) / min(one.mass, other.mass)))


def _may_be_one_matter(one: Claim, other: Claim) -> bool:
    labels = {one.told.label, other.told.label}
    rows = any(claim.told.sentence.row is not None for claim in (one, other))
    if len(labels) > 1 and (rows or None not in labels):
        return False
    if _apart(one.names & one.organisations, other.names & other.organisations):
        return False
    if _apart(one.names - one.organisations, other.names - other.organisations):
        return False
    if one.value.dated:
        return True
    return not _apart(_subjects(one), _subjects(other)) and _of_one_time(one.told, other.told)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


def _subjects(claim: Claim) -> frozenset[str]:
    """Whose figure it is: organisations and states, Kazakhstan too."""
    return claim.names | (claim.weights.keys() & {EVERYWHERE} if not claim.names else frozenset())


def _of_one_time(one: Told, other: Told) -> bool:
    """Whether two figures may be of one time: the years beside them, if there are, agree."""
    years = [[value for value in told.values if value.dated] for told in (one, other)]
    return not all(years) or any(
        left.low <= right.high and right.low <= left.high for left in years[0] for right in years[1]
    )


NEAR_YEARS, FAR_YEARS = 2, 15
SAME_MONTH, NEAR_DAYS, NEAR, FAR = 1.6, 1.4, 1.2, 0.8
NEAR_FIGURE = 0.1
"""Share of a figure by which a near miss may be off."""


def _closeness(one: Value, other: Value) -> float:
    """Factor of the score: near misses are of one matter more often than far ones."""
    gap = max(one.low, other.low) - min(one.high, other.high)
    if one.kind == "range":
        return NEAR if gap < 0 else 1.0
    if one.kind == "date":
        return _closeness_in_time(one, other, one.years_to(other))
    size = max(abs(one.low), abs(other.low), 1e-9)
    return NEAR if gap / size < NEAR_FIGURE else 1.0


def _closeness_in_time(one: Value, other: Value, years: float) -> float:
    if years > FAR_YEARS:
        return FAR
    if years > NEAR_YEARS:
        return 1.0
    if one.month and other.month:
        return SAME_MONTH if one.month == other.month else NEAR_DAYS if years < 1 else NEAR
    return NEAR


def _parties(one: frozenset[str], other: frozenset[str]) -> float:
    """Factor of the score by how many of the organisations and states are common."""
    if not one and not other:
        return 1.0
    common = len(one & other) / len(one | other) if one and other else 0.5
    return PARTIES + (1 - PARTIES) * common


def _documents(one: Told, other: Told) -> float:
    """Factor of the score by the editions that are meant: "of the years 2014–2020"."""
    left, right = ({value.normal for value in told.values if value.aside} for told in (one, other))
    if left and right:
        return 1.0 if left & right else 0.0
    return OTHER_DOCUMENT if left or right else 1.0


def _agrees_better(one: Claim, other: Claim, beside: Sequence[Claim]) -> bool:
    """Whether the sentence of the other gives the value of the one too, of that very matter."""
    return any(
        third.value.kind == one.value.kind
        and not differ(one.value, third.value)
        and _nearness(one, third) >= _nearness(one, other)
        for third in beside
        if third is not other
    )


# --- sides ------------------------------------------------------------------------------------

SAME_SIDE = 0.3
"""Nearness from which claims with agreeing values are one side."""


@dataclass(frozen=True)
class _Group:
    """Sides, each with the places of its claims."""

    sides: tuple[tuple[int, ...], ...]
    score: float

    @property
    def members(self) -> frozenset[int]:
        return frozenset(place for side in self.sides for place in side)


def _groups(claims: Sequence[Claim], pairs: Sequence[_Pair]) -> list[_Group]:
    """Pairs put together to matters, surest first."""
    scores = {(pair.one, pair.other): pair.score for pair in pairs}
    groups: list[_Group] = []
    for pair in pairs:
        for at, group in enumerate(groups):
            if joined := _joined(claims, scores, group, pair):
                groups[at] = joined
                break
        else:
            groups.append(_Group(((pair.one,), (pair.other,)), pair.score))
    return groups


def _joined(
    claims: Sequence[Claim],
    scores: dict[tuple[int, int], float],
    group: _Group,
    pair: _Pair,
) -> _Group | None:
    """The group with the pair in it; None when the pair is of another matter."""
    new = [place for place in (pair.one, pair.other) if place not in group.members]
    if not new:
        return group
    return _placed(claims, scores, group, new[0]) if len(new) == 1 else None


def _placed(
    claims: Sequence[Claim], scores: dict[tuple[int, int], float], group: _Group, place: int
) -> _Group | None:
    """The group with one more claim: in the side that it agrees with, or as a side of its own."""
    for at, side in enumerate(group.sides):
        if all(_agrees(claims[place], claims[member]) for member in side):
            sides = (*group.sides[:at], (*side, place), *group.sides[at + 1 :])
            return _Group(sides, group.score)
    apart = all(
        any((min(place, member), max(place, member)) in scores for member in side)
        for side in group.sides
    )
    return _Group((*group.sides, (place,)), group.score) if apart else None


def _agrees(one: Claim, other: Claim) -> bool:
    return (
        one.told is not other.told
        and not differ(one.value, other.value)
        and _nearness(one, other) >= SAME_SIDE
    )


def _disagreement(work: Work, claims: Sequence[Claim], group: _Group) -> Disagreement:
    sides = sorted(tuple(sorted(side)) for side in group.sides)
    return Disagreement(
        tuple(
            DisagreementSide(
                claims[side[0]].value.normal, tuple(_statement(claims[at]) for at in side)
            )
            for side in sides
        ),
        _matter(claims, sides),
        round(group.score, 3),
    )


def _statement(claim: Claim) -> Statement:
    start = claim.told.sentence.start
    return Statement(
        Span(start, claim.told.sentence.end),
        Span(start + claim.value.start, start + claim.value.end),
    )


def _matter(claims: Sequence[Claim], sides: Sequence[tuple[int, ...]]) -> tuple[str, ...]:
    """Words of the first claim that the first claim of each side is said of."""
    first = claims[sides[0][0]]
    shared = set(first.weights)
    for side in sides[1:]:
        shared &= _shared(first, claims[side[0]]).keys()
    wanted = shared | {word for word, name in first.covered if name in shared}
    words: dict[frozenset[str], str] = {}
    for word in first.told.matter.split():
        bare = word.strip(_MARKS)
        told = frozenset(map(stem, tokens(bare))) & wanted
        if told:
            words.setdefault(told, bare)
    return tuple(words.values())


_MARKS = ",.;:()«»“”\"'–—[]"
