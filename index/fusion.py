"""How several searches become one ranked list (pure).

Scores of different searches do not compare (a cosine of 0.85, a BM25 of 7), so each is turned into
standard deviations from its own mean over all passages (z-scores) before they are weighed and
added. Measured on the development questions against reciprocal ranks and plain sums: see
`evals/RESULTS.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """How much each search counts; the shares are of 1.

    Attributes:
        words: Share of the word search against the vectors.
        sentence_words: Within the word search, share of the best sentence against the passage.
        questions: How much the likest question written ahead counts beside passage and sentence,
            which count 1 each.
        letters: How much runs of letters count within the word search, beside 1 of stems.
    """

    words: float
    sentence_words: float
    questions: float
    letters: float


KAZAKH = Weights(words=0.4, sentence_words=0.4, questions=1.0, letters=0.3)
"""For questions in the language of the work."""

OTHER = Weights(words=0.08, sentence_words=0.4, questions=1.0, letters=0.0)
"""For questions in another language, which share only names and loan-words with the text."""


def standard(scores: Scores) -> Scores:
    """Scores in standard deviations from their mean; zeros when they are all equal."""
    spread = float(scores.std())
    if spread < 1e-9:
        return np.zeros(len(scores), dtype=np.float32)
    result: Scores = ((scores - scores.mean()) / spread).astype(np.float32)
    return result


def best_of(scores: Scores, owner: NDArray[np.intp], size: int) -> Scores:
    """For each of `size` passages the best score among its sentences.

    Args:
        scores: Of the sentences, shape (m,).
        owner: Passage of each sentence, shape (m,).
        size: Number of passages n.

    Returns:
        Shape (n,); a passage without sentences gets the lowest score there is, and any passage 0
        when there are no sentences at all.
    """
    floor = float(scores.min()) if len(scores) else 0.0
    best = np.full(size, floor, dtype=np.float32)
    np.maximum.at(best, owner, scores)
    return best


def first_of(scores: Scores, n: int) -> NDArray[np.intp]:
    """Places of the `n` highest scores, highest first, equal ones in their order; all if fewer.

    Of tens of thousands only a few are wanted, and sorting them all takes longer than all else.
    """
    if n >= len(scores):
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, len(scores) - n)[len(scores) - n]
    among = np.flatnonzero(scores >= least)
    order: NDArray[np.intp] = among[np.argsort(-scores[among], kind="stable")][:n]
    return order


@dataclass(frozen=True)
class Sides:
    """What each search says of every passage, each of shape (n,); zeros where it was left out.

    Attributes:
        passage: Cosine of passage and question.
        sentence: Cosine of the passage's best sentence.
        question: Likeness of the likest question written ahead that it answers.
        words: BM25 of the passage.
        sentence_words: BM25 of its best sentence.
        letters: BM25 of the passage on runs of letters.
    """

    passage: Scores
    sentence: Scores
    question: Scores
    words: Scores
    sentence_words: Scores
    letters: Scores


def fuse(sides: Sides, weights: Weights) -> Scores:
    """One score a passage from all searches, shape (n,).

    A side that is the same for all passages says nothing and changes nothing; so does a whole
    half of them, the vectors or the words.
    """
    vectors = standard(
        standard(sides.passage)
        + standard(sides.sentence)
        + weights.questions * standard(sides.question)
    )
    share = weights.sentence_words
    lexical: Scores = (
        (1 - share) * standard(sides.words)
        + share * standard(sides.sentence_words)
        + weights.letters * standard(sides.letters)
    )
    fused: Scores = ((1 - weights.words) * vectors + weights.words * lexical).astype(np.float32)
    return fused


def scattered(found: Iterable[tuple[int, float]], size: int) -> Scores:
    """A search's result as one score for each of `size` items; the lowest found for the others."""
    pairs = list(found)
    floor = min((score for _, score in pairs), default=0.0)
    scores = np.full(size, floor, dtype=np.float32)
    for item, score in pairs:
        scores[item] = score
    return scores


SHINGLE = 4
REPEATED_SHARE = 0.6
"""Share of the shorter text's word runs that must occur in the other for it to be a repeat."""


def shingles(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Runs of `SHINGLE` words; the whole text where it is shorter."""
    if len(words) <= SHINGLE:
        return frozenset((tuple(words),))
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def repeats(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two texts, as shingles, say nearly the same (containment in the shorter)."""
    return len(one & other) >= REPEATED_SHARE * min(len(one), len(other))
