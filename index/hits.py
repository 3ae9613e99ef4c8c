"""What a hit is: a passage that a search found, how good it seemed and to which search."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources import Passage


@dataclass(frozen=True)
class Scores:
    """What each search said of a passage; None where that search did not return it.

    Attributes:
        passage: Cosine of the question and the passage.
        sentence: Cosine of the question and the best sentence of the passage.
        question: Likeness of the question and the likest one written ahead that the passage
            answers, -1 to 1; see `index.written`.
        words: BM25 of the passage on word stems; 0.0 when no word of the question occurs.
    """

    passage: float | None
    sentence: float | None
    words: float | None
    question: float | None = None


@dataclass(frozen=True)
class Hit:
    """A passage in a ranked list.

    Attributes:
        rank: From 1.
        ordinal: Its place in the work's passages.
        passage: The passage.
        score: Fused score; comparable within one search only.
        scores: What it was made from.
        repeats: Ordinals of passages that say nearly the same elsewhere and rank below it.
    """

    rank: int
    ordinal: int
    passage: Passage
    score: float
    scores: Scores
    repeats: tuple[int, ...] = ()


@dataclass(frozen=True)
class Disputed:
    """A known conflict of the work that a question may be about.

    Attributes:
        conflict: Its id.
        likeness: How like the question is to the likest one that was written on this conflict,
            -1 to 1; see `index.written`.
        ahead: How much liker that is than the likest question on anything else; negative when
            that one is liker.
    """

    conflict: str
    likeness: float
    ahead: float


@dataclass(frozen=True)
class Silence:
    """What the questions written ahead say of whether the work answers; see `index.silence`.

    Attributes:
        answered: How like the likest question is that the work answers, -1 to 1.
        unanswered: How like the likest one is that it does not answer, -1 to 1.
        share: Share of the latter among the likest of both sorts, 0 to 1.
    """

    answered: float
    unanswered: float
    share: float


@dataclass(frozen=True)
class Search:
    """The result of one search.

    Attributes:
        question: The question as it was searched, mended and with names added.
        hits: Best first.
        sentences: Cosine of the question with sentences of the work, by their place in the
            work's sentences; those not returned by the search are absent.
        questions: Cosine of the question with the nearest questions written ahead, by their
            place in the work's questions, best first; empty when the work has none.
        words: BM25 of the question with sentences of the work, likewise; only those above 0.
        known: Share of the question's content words (weighted by rarity) that the work uses,
            0 to 1; 1.0 for a question without content words.
        unknown: The content words that the work never uses, as asked.
        rarity: What the question looks for, each as the stems that count as it, with its inverse
            document frequency among the work's sentences. In another language only what the
            work knows, that is names and loan-words.
        disputed: The conflicts that the question is likeliest about, likest first; empty when no
            question was written on a conflict of the work.
        silence: What the questions written ahead say of whether the work answers; None when nobody
            wrote questions that it does not answer.
    """

    question: str
    hits: tuple[Hit, ...]
    sentences: dict[int, float]
    words: dict[int, float]
    known: float
    unknown: tuple[str, ...]
    rarity: dict[frozenset[str], float]
    questions: dict[int, float] = field(default_factory=dict)
    disputed: tuple[Disputed, ...] = ()
    silence: Silence | None = None
