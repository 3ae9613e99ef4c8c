"""What is seen of a sentence that may answer: the numbers from which its score is made.

One candidate is one sentence of the passages found; its features say how near it is to the question
in meaning and in words, how its passage did in the search, whether it has what is asked for, and
how it stands in its paragraph. They are plain numbers of about the size of 1, so that a linear
score of them (see `weights`) can be read and argued with.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.cues import answers_kind, is_item, is_title
from assistant.questions import Asked
from index import Hit, Search, named_in, stem, tokens
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
)
"""Names of the features, in the order of a candidate's numbers."""

_SHORT = 60
"""Characters below which a sentence hardly says anything."""


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
        _candidate(work, seen, hit, at)
        for hit in search.hits[:PASSAGES]
        for at in range(len(hit.passage.sentences))
        if not is_title(work, work.sentences[hit.passage.sentences[at]])
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
        )

    def nearness(self, sentence: int) -> float:
        """Standard deviations above the mean; the lowest there is for one not returned."""
        return (self.search.sentences.get(sentence, self.lowest) - self.mean) / self.spread


def _candidate(work: Work, seen: _Seen, hit: Hit, at: int) -> Candidate:
    among = hit.passage.sentences
    index = among[at]
    sentence = work.sentences[index]
    present = {stem(word) for word in tokens(sentence.embedding_text)}
    coverage = _coverage(present, seen.search.rarity)
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
    numbers |= _cues(work, sentence, seen.asked)
    return Candidate(
        sentence=index,
        passage=hit.ordinal,
        cosine=seen.search.sentences.get(index),
        coverage=coverage,
        features=tuple(numbers[name] for name in FEATURES),
    )


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
    """What a question names, each as the stems that count as it; Kazakhstan is named everywhere."""
    return tuple(
        frozenset(found for name in concept.names for found in name.stems)
        for concept in named_in(question)
        if concept.kind != "terms" and concept.id != "kazakhstan"
    )


def _share(wanted: Sequence[frozenset[str]], present: set[str]) -> float:
    if not wanted:
        return 0.0
    return sum(bool(stems & present) for stems in wanted) / len(wanted)


def _coverage(present: set[str], weights: Mapping[frozenset[str], float]) -> float:
    total = sum(weights.values())
    if not total:
        return 0.0
    return sum(weight for stems, weight in weights.items() if stems & present) / total
