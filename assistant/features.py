"""What is seen of a sentence that may answer: the numbers from which its score is made.

One candidate is one sentence of the passages found; its features say how near it is to the question
in meaning and in words, how its passage did in the search, whether it has what is asked for, and
how it stands in its paragraph. They are plain numbers of about the size of 1, so that a linear
score of them (see `weights`) can be read and argued with.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.cues import answers_kind, is_item, is_title, things_in
from assistant.expected import Expected, expected, holds
from assistant.questions import Asked
from index import Hit, Search, stem, tokens
from sources import POINTS_BACK, Sentence, Work

PASSAGES = 10
"""Passages whose sentences are looked at."""

FEATURES = (
    "cosine",
    "words",
    "passage",
    "first",
    "passage_cosine",
    "asked_alike",
    "coverage",
    "value",
    "list",
    "definition",
    "reason",
    "person",
    "named",
    "row",
    "item",
    "leans",
    "length",
    "short",
    "place",
    "next",
    "prev",
    "cosine_squared",
    "in_passage",
    "nearest_rank",
    "words_rank",
    "passage_words",
    "passage_sentence",
    "covered_here",
    "covered_passage",
    "rarest",
    "named_here",
    "held",
    "held_date",
    "held_figure",
    "held_place",
    "parts",
    "counted",
    "long_reason",
    "long_definition",
)
"""Names of the features, in the order of a candidate's numbers."""

_SHORT = 60
"""Characters below which a sentence hardly says anything."""

_MANY_PARTS = 10
_PART = re.compile(r"[;,]")
_COUNTED = re.compile(r"\s*(?:Біріншіден|Бірінші|Екінші|Үшінші|[·•]|\d[.)])")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        sentence: Its place in the work's sentences.
        passage: Place of its passage in the work's passages.
        cosine: Nearness to the question; None when the search did not return it.
        coverage: Share of what the question looks for, weighted by rarity, that it has.
        features: One number for each of `FEATURES`.
    """

    sentence: int
    passage: int
    cosine: float | None
    coverage: float
    features: tuple[float, ...]


def candidates(work: Work, search: Search, asked: Asked) -> list[Candidate]:
    """The sentences of the best passages, in the order of the passages; titles are left out."""
    seen = _Seen.of(work, search, asked)
    return [
        _candidate(work, seen, around, at)
        for around in (_Around.of(work, seen, hit) for hit in search.hits[:PASSAGES])
        for at in range(len(around.among))
        if not is_title(work, work.sentences[around.among[at]])
    ]


@dataclass(frozen=True)
class _Seen:
    """What is the same for all candidates of one question."""

    asked: Asked
    search: Search
    top: float
    lowest: float
    mean: float
    spread: float
    most_words: float
    named: tuple[frozenset[str], ...]
    alike: Mapping[int, float]
    wanted: Expected
    nearest_ranks: Mapping[int, int]
    words_ranks: Mapping[int, int]
    most_passage_words: float

    @classmethod
    def of(cls, work: Work, search: Search, asked: Asked) -> _Seen:
        near = np.array(list(search.sentences.values()) or [0.0])
        return cls(
            asked=asked,
            search=search,
            top=search.hits[0].score if search.hits else 0.0,
            lowest=float(near.min()),
            mean=float(near.mean()),
            spread=float(near.std()) or 1.0,
            most_words=max(search.words.values(), default=0.0) or 1.0,
            named=_named(search.question),
            alike=asked_alike(work, search),
            wanted=expected(asked, search.question, native=asked.language == work.language),
            nearest_ranks=_ranks(search.sentences),
            words_ranks=_ranks(search.words),
            most_passage_words=max((hit.scores.words or 0.0 for hit in search.hits), default=0.0)
            or 1.0,
        )

    def nearness(self, sentence: int) -> float:
        """Standard deviations above the mean; the lowest there is for one not returned."""
        return (self.search.sentences.get(sentence, self.lowest) - self.mean) / self.spread


@dataclass(frozen=True)
class _Around:
    """A passage: what is the same for all of its sentences."""

    hit: Hit
    among: tuple[int, ...]
    stems: tuple[frozenset[str], ...]
    nearest: float
    covered: float

    @classmethod
    def of(cls, work: Work, seen: _Seen, hit: Hit) -> _Around:
        among = tuple(hit.passage.sentences)
        stems = tuple(stems_of(work, index) for index in among)
        return cls(
            hit=hit,
            among=among,
            stems=stems,
            nearest=max((seen.nearness(index) for index in among), default=0.0),
            covered=coverage_of(frozenset().union(*stems), seen.search.rarity),
        )

    def here(self, at: int) -> frozenset[str]:
        """Stems of a sentence and of those beside it in the passage."""
        return frozenset().union(*self.stems[max(0, at - 1) : at + 2])


def stems_of(work: Work, sentence: int) -> frozenset[str]:
    """The stems of a sentence as it is searched."""
    return frozenset(stem(word) for word in tokens(work.sentences[sentence].embedding_text))


def _ranks(scores: Mapping[int, float]) -> dict[int, int]:
    """From 0, best first."""
    return {one: rank for rank, one in enumerate(sorted(scores, key=lambda at: -scores[at]))}


def _candidate(work: Work, seen: _Seen, around: _Around, at: int) -> Candidate:
    among, hit = around.among, around.hit
    index = among[at]
    sentence = work.sentences[index]
    present = around.stems[at]
    coverage = coverage_of(present, seen.search.rarity)
    numbers = {
        "cosine": seen.nearness(index),
        "words": seen.search.words.get(index, 0.0) / seen.most_words,
        "passage": hit.score - seen.top,
        "first": 1 / hit.rank,
        "passage_cosine": 20 * ((hit.scores.passage or 0.0) - 0.83),
        "asked_alike": seen.alike.get(index, 0.0),
        "coverage": coverage,
        "named": _share(seen.named, present),
        "row": float(sentence.row is not None and seen.asked.kind != "table"),
        "item": float(is_item(work, sentence)),
        "leans": float(POINTS_BACK.match(work.text, sentence.start) is not None),
        "length": math.log(max(sentence.end - sentence.start, 10)) - 5,
        "short": float(sentence.end - sentence.start < _SHORT),
        "place": at / (len(among) - 1) if len(among) > 1 else 0.5,
        "next": seen.nearness(among[at + 1]) if at + 1 < len(among) else 0.0,
    }
    numbers |= _in_the_search(seen, around, at)
    numbers |= _of_the_matter(work, seen, around, at)
    numbers |= _cues(work, sentence, seen.asked)
    return Candidate(
        sentence=index,
        passage=hit.ordinal,
        cosine=seen.search.sentences.get(index),
        coverage=coverage,
        features=tuple(numbers[name] for name in FEATURES),
    )


def _in_the_search(seen: _Seen, around: _Around, at: int) -> dict[str, float]:
    """How a sentence and what stands around it did in the search."""
    index, scores = around.among[at], around.hit.scores
    near = seen.nearness(index)
    return {
        "prev": seen.nearness(around.among[at - 1]) if at else 0.0,
        "cosine_squared": min(near * near, 36.0) / 4,
        "in_passage": near - around.nearest,
        "nearest_rank": 1 / (1 + seen.nearest_ranks.get(index, len(seen.nearest_ranks))),
        "words_rank": 1 / (1 + seen.words_ranks.get(index, len(seen.words_ranks))),
        "passage_words": (scores.words or 0.0) / seen.most_passage_words,
        "passage_sentence": 20 * ((scores.sentence or 0.0) - 0.85),
    }


def _of_the_matter(work: Work, seen: _Seen, around: _Around, at: int) -> dict[str, float]:
    """Whether it is about what is asked and holds what is asked for."""
    index, kind, rarity = around.among[at], seen.asked.kind, seen.search.rarity
    sentence = work.sentences[index]
    words = work.text[sentence.start : sentence.end]
    here = around.here(at)
    # Whether a person is named `_cues` tells.
    held = 0.0 if seen.wanted.sort == "person" else holds(words, seen.wanted)
    long = math.log(max(len(words), 10)) - 5
    known = (one for stems, one in rarity.items() if stems & around.stems[at])
    parts = min(len(_PART.findall(words)), _MANY_PARTS) / 5
    return {
        "covered_here": coverage_of(here, rarity),
        "covered_passage": around.covered,
        "rarest": max(known, default=0.0) / 8,
        "named_here": _share(seen.named, here),
        "held": held if seen.wanted.sort == "any" else 0.0,
        "held_date": held if seen.wanted.sort == "date" else 0.0,
        "held_figure": held if seen.wanted.sort == "figure" else 0.0,
        "held_place": held if seen.wanted.sort == "place" else 0.0,
        "parts": parts if kind == "list" else 0.0,
        "counted": float(_COUNTED.match(words) is not None),
        "long_reason": long if kind == "reason" else 0.0,
        "long_definition": long if kind == "definition" else 0.0,
    }


def _cues(work: Work, sentence: Sentence, asked: Asked) -> dict[str, float]:
    """Whether the sentence has the sort of thing that the question asks for, by sort."""
    has = float(answers_kind(work, sentence, asked.kind))
    sorts = {
        "value": ("date", "number"),
        "list": ("list",),
        "definition": ("definition",),
        "reason": ("reason",),
        "person": ("person", "attribution"),
    }
    return {name: has if asked.kind in kinds else 0.0 for name, kinds in sorts.items()}


def asked_alike(work: Work, search: Search) -> dict[int, float]:
    """How near the nearest question written ahead is that a sentence answers, by sentence.

    In standard deviations above the median of the nearest ones; sentences that none of them asks
    for are absent. Empty for a work without such questions.
    """
    if not search.questions:
        return {}
    cosines = np.array(list(search.questions.values()))
    middle, spread = float(np.median(cosines)), float(cosines.std()) or 1.0
    alike: dict[int, float] = {}
    for number, cosine in search.questions.items():
        for sentence in work.sentences_in(work.questions[number].answer):
            alike[sentence] = max(alike.get(sentence, 0.0), (cosine - middle) / spread)
    return alike


def _named(question: str) -> tuple[frozenset[str], ...]:
    """What a question names, each as the stems that count as it."""
    return tuple(
        frozenset(found for name in concept.names for found in name.stems)
        for concept in things_in(question)
    )


def _share(wanted: Sequence[frozenset[str]], present: frozenset[str]) -> float:
    if not wanted:
        return 0.0
    return sum(bool(stems & present) for stems in wanted) / len(wanted)


def coverage_of(present: frozenset[str], weights: Mapping[frozenset[str], float]) -> float:
    """Share of the weight of what is looked for that some stems have; 0.0 when nothing is."""
    total = sum(weights.values())
    if not total:
        return 0.0
    return sum(weight for stems, weight in weights.items() if stems & present) / total
