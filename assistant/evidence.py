"""Which sentences answer, how sure that is, and what it says of the passages they stand in.

The sentences of the best passages are scored by a linear function of their features. Its weights
are learned (`dayek eval fit`) from the questions written ahead of the work and from the development
questions: each of them has its answering sentence, and the sentences around it are what it must be
told from. A passage is then as good as its search and its best sentence together, which puts the
passages in order once more.

Confidence is a logistic function of what tells questions that the text answers from the same
questions when their answer is taken out of the text. Below `ENOUGH` the work is taken to be silent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.cues import things_in
from assistant.expected import YEAR, Expected, expected, holds
from assistant.features import (
    FEATURES,
    Candidate,
    asked_alike,
    candidates,
    coverage_of,
    stems_of,
)
from assistant.questions import Asked, kind_of
from assistant.weights import Linear, weights_of
from index import Hit, Search, content_words, named_in, stem, tokens
from sources import Work

ENOUGH = 0.55
"""Confidence below which the answer is that the work is silent. Of the development questions on the
subject that the text does not answer 57 in 100 lie below it, and 2 of those that it does."""

CONFIDENT = 0.9
"""Confidence from which 0.90 of the answers to development questions show their evidence, those
without an answer counted as wrong."""

LIKELY = 0.75
"""Confidence from which, up to `CONFIDENT`, 0.87 of the answers do; below it 0.71."""

TABLE_KNOWN = 0.95
"""Confidence that a question about a table that the work has is answered by that table."""

PERSON_KNOWN = 0.6
"""Least confidence that the work answers about a person whom its best sentence names."""

RERANKING = 0.3
"""Standard deviations of the search that one point of the best sentence's score is worth."""

UNSEEN = -5.0
"""Score of a passage none of whose sentences was looked at."""


@dataclass(frozen=True)
class Evidence:
    """A sentence that may answer.

    Attributes:
        sentence: Its place in the work's sentences.
        score: How well it answers; comparable within one question only.
        cosine: Nearness to the question; None when the search did not return it.
        coverage: Share of the question's content words, weighted by rarity, that it has.
        passage: Place of its passage in the work's passages.
    """

    sentence: int
    score: float
    cosine: float | None
    coverage: float
    passage: int


def weigh(
    work: Work, search: Search, asked: Asked, linear: Linear | None = None
) -> tuple[Evidence, ...]:
    """The sentences of the best passages, best first; empty when the search found nothing.

    Args:
        work: The work.
        search: What was found.
        asked: What the question asks.
        linear: Weights of the features; None means the learned ones.
    """
    linear = linear or weights_of("evidence", FEATURES)
    found = [_weighed(one, linear.score(one.features)) for one in candidates(work, search, asked)]
    return tuple(sorted(found, key=lambda one: (-one.score, one.sentence)))


def _weighed(one: Candidate, score: float) -> Evidence:
    return Evidence(one.sentence, score, one.cosine, one.coverage, one.passage)


def likelihoods(evidence: Sequence[Evidence]) -> dict[int, float]:
    """How likely each sentence is the one that answers, if one of them does; they add up to 1.

    The weights are learned as those of a softmax over the sentences found, so its shares are what
    they mean.
    """
    if not evidence:
        return {}
    top = evidence[0].score
    shares = {found.sentence: math.exp(found.score - top) for found in evidence}
    whole = sum(shares.values())
    return {sentence: share / whole for sentence, share in shares.items()}


def reranked(search: Search, evidence: Sequence[Evidence]) -> Search:
    """The search with its passages in the order of search and best sentence together."""
    best: dict[int, float] = {}
    for found in evidence:
        best[found.passage] = max(best.get(found.passage, UNSEEN), found.score)

    def together(hit: Hit) -> float:
        return hit.score + RERANKING * best.get(hit.ordinal, UNSEEN)

    ordered = sorted(search.hits, key=lambda hit: (-together(hit), hit.rank))
    hits = tuple(
        replace(hit, rank=rank, score=together(hit)) for rank, hit in enumerate(ordered, 1)
    )
    return replace(search, hits=hits)


def confidence(work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked) -> float:
    """How sure it is that the work answers, 0 to 1; 0.0 without evidence."""
    if not evidence:
        return 0.0
    if asked.table is not None and work.outline.table(asked.table):
        return TABLE_KNOWN
    sure = weights_of("confidence", SIGNS).probability(signs(work, search, evidence, asked))
    return max(sure, PERSON_KNOWN) if _on_a_person_it_tells_of(work, evidence, asked) else sure


def _on_a_person_it_tells_of(work: Work, evidence: Sequence[Evidence], asked: Asked) -> bool:
    """Whether the question is who somebody is or what they say, and the work speaks of them."""
    people = {one for one in named_in(asked.text) if one.kind == "people"}
    if not people or asked.kind in ("date", "number", "place", "table", "list"):
        return False
    best = work.sentences[evidence[0].sentence]
    return people <= set(named_in(work.text[best.start : best.end]))


SIGNS = (
    "nearest",
    "near",
    "asked_alike",
    "alike_here",
    "known",
    "shared",
    "covered",
    "best",
    "ahead",
    "passage",
    "other",
    "missing",
    "named_missing",
    "rare_missing",
    "figure",
    "date",
    "person",
    "place",
    "nothing_known",
    "same_kind",
    "alike_gap",
    "rarest",
    "named_here",
    "words",
    "covered_passage",
    "passage_sentence",
    "long",
    "year_asked",
    "likely",
    "spread",
    "silent_share",
    "silent_ahead",
    "silent_nearest",
)
"""What confidence is made from, in the order of its weights."""

_FIRST = 5
"""Best sentences looked at."""

_HOLDING = 3
"""Best sentences in which what is asked for is looked for, with what stands around them."""

_MUCH_SHARED = 20.0

_SPREAD = 5
"""Place of the sentence that the best one is measured against; at least so far ahead counts."""


_NOTHING_SILENT = {"silent_share": 0.1, "silent_ahead": -0.7, "silent_nearest": 0.55}
"""Of a work for which nobody wrote what it does not answer: as of a question that is answered."""


def signs(
    work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked
) -> tuple[float, ...]:
    """The numbers of `SIGNS` for a question with its evidence, not empty.

    How near the best sentence is, and sentences on the whole (a short question is far from
    everything); how near the nearest question written ahead is, and whether it is answered where
    the best evidence stands; the share of the question's content that the work knows at all, and
    how much rarity one sentence shares with it; how well the best sentence answers, and how far
    it is ahead of the best one of another passage; whether what the answer must hold (a date, a
    figure with its unit, a person, a place) is missing there, and what the question names; the
    rarest of its words that the best passage does not have. Then whether the nearest question
    written ahead asks for the same sort of thing and how far it is ahead of the tenth, what of the
    question the best sentence, its neighbours and its passage have, and how clearly the best
    sentence stands out among those found.
    """
    native = asked.language == work.language
    near = np.array(list(search.sentences.values()) or [0.0])
    best = evidence[0]
    covered = max(found.coverage for found in evidence)
    elsewhere = next((one.score for one in evidence if one.passage != best.passage), best.score)
    alike = asked_alike(work, search)
    wanted = expected(asked, search.question, native=native)
    top = max(search.questions.values(), default=0.0)
    numbers = {
        "nearest": 20 * (max((one.cosine or 0.0) for one in evidence[:_FIRST]) - 0.2),
        "near": 20 * (float(near.mean()) - 0.05),
        "asked_alike": 20 * (top - 0.9) if search.questions else 0.0,
        "alike_here": max((alike.get(one.sentence, 0.0) for one in evidence[:2]), default=0.0),
        "known": search.known if native else 1.0,
        "shared": min(covered * sum(search.rarity.values()), _MUCH_SHARED) / 10,
        "covered": covered,
        "best": best.score / 5,
        "ahead": (best.score - elsewhere) / 5,
        "passage": 20 * ((search.hits[0].scores.passage or 0.0) - 0.2),
        "other": 0.0 if native else 1.0,
        "missing": 1 - _held(work, evidence, wanted),
        "named_missing": _named_missing(work, search, best),
        "rare_missing": _rare_missing(work, search, best) / 10 if native else 0.0,
        "figure": float(wanted.sort == "figure"),
        "date": float(wanted.sort == "date"),
        "person": float(wanted.sort == "person"),
        "place": float(wanted.sort == "place"),
        "nothing_known": float(not native and not search.rarity),
    }
    numbers |= _of_the_nearest_question(work, search, asked)
    numbers |= _of_the_best(work, search, evidence)
    numbers |= _of_what_is_not_answered(search)
    return tuple(numbers[name] for name in SIGNS)


def _of_the_nearest_question(work: Work, search: Search, asked: Asked) -> dict[str, float]:
    """What the questions written ahead that are nearest say; the search gives them best first."""
    nearest = list(search.questions.items())[:10]
    if not nearest:
        return {"same_kind": 0.0, "alike_gap": 0.0}
    kind = kind_of(work.questions[nearest[0][0]].text)
    gap = nearest[0][1] - nearest[-1][1] if len(nearest) == 10 else 0.0
    return {"same_kind": float(kind == asked.kind), "alike_gap": 20 * gap}


def _of_what_is_not_answered(search: Search) -> dict[str, float]:
    """What the questions say that were written ahead and that the work does not answer."""
    told = search.silence
    if told is None:
        return _NOTHING_SILENT
    return {
        "silent_share": told.share,
        "silent_ahead": 5 * (told.unanswered - told.answered),
        "silent_nearest": told.unanswered,
    }


def _of_the_best(work: Work, search: Search, evidence: Sequence[Evidence]) -> dict[str, float]:
    """How much of the question stands at the best sentence, and how clearly that is the best."""
    best = evidence[0]
    stems = stems_of(work, best.sentence)
    here = set(named_in(_around(work, best.sentence)))
    named = set(things_in(search.question))
    hit = next((one for one in search.hits if one.ordinal == best.passage), None)
    last = evidence[min(_SPREAD, len(evidence)) - 1]
    known = (rarity for told, rarity in search.rarity.items() if told & stems)
    passage = frozenset[str]().union(
        *(stems_of(work, one) for one in work.passages[best.passage].sentences)
    )
    return {
        "rarest": max(known, default=0.0) / 8,
        "named_here": len(named & here) / len(named) if named else 0.0,
        "words": search.words.get(best.sentence, 0.0) / (max(search.words.values(), default=1.0)),
        "covered_passage": coverage_of(passage, search.rarity),
        "passage_sentence": 20 * ((hit.scores.sentence or 0.0) - 0.85) if hit else 0.0,
        "long": len(set(content_words(search.question))) / 8,
        "year_asked": float(YEAR.search(search.question) is not None),
        "likely": likelihoods(evidence)[best.sentence],
        "spread": min(_SPREAD, best.score - last.score) / _SPREAD,
    }


def _around(work: Work, index: int) -> str:
    """A sentence with those beside it in its block."""
    block = work.sentences[index].block
    near = [
        work.sentences[at]
        for at in range(max(0, index - 1), min(len(work.sentences), index + 2))
        if work.sentences[at].block == block
    ]
    return work.text[near[0].start : near[-1].end]


def _held(work: Work, evidence: Sequence[Evidence], wanted: Expected) -> float:
    """How far the best sentences hold what is wanted; the first counts fully, later ones less."""
    best = 0.0
    for place, found in enumerate(evidence[:_HOLDING]):
        sentence = work.sentences[found.sentence]
        share = holds(work.text[sentence.start : sentence.end], wanted)
        best = max(best, share * (1 - 0.15 * place))
    return best


def _passage_stems(work: Work, best: Evidence) -> set[str]:
    return {stem(word) for word in tokens(work.passages[best.passage].embedding_text)}


def _named_missing(work: Work, search: Search, best: Evidence) -> float:
    """Share of what the question names that the best passage does not name."""
    named = set(things_in(search.question))
    if not named:
        return 0.0
    here = set(named_in(work.passages[best.passage].embedding_text))
    return len(named - here) / len(named)


def _rare_missing(work: Work, search: Search, best: Evidence) -> float:
    """Rarity of the rarest thing of the question that the best passage does not have."""
    here = _passage_stems(work, best)
    return max((one for stems, one in search.rarity.items() if not stems & here), default=0.0)
