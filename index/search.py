"""A question in, ordered hits out.

The way of a question: mend its slips, name its names in the text's own spelling, ask Chroma for
the nearest passages and the nearest sentences and BM25 for both, fuse the four by language, and
merge passages that repeat one another, so that ten places are ten different passages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.fusion import KAZAKH, OTHER, Scores, best_of, fuse, repeats, scattered, shingles
from index.hits import Hit, Search
from index.hits import Scores as HitScores
from index.names import named_in, spellings
from index.vocabulary import Vocabulary
from index.words import WordIndex, content_words, stem, tokens, weighted_stems
from sources import Passage, Work

NEAREST = 1200
"""Passages and sentences asked of the vector store; more changes nothing at this size."""

NAME_WEIGHT = 0.8
"""Weight of another spelling of a name against the one in the question."""

CONSIDERED = 60
"""Passages looked at when repeats are merged."""

TABLE_BONUS = 3.0
"""Standard deviations given to the rows of a table that the question names."""

LIST_BONUS = 0.5
"""Standard deviations given to lists when the question asks for one."""


class Encoder(Protocol):
    """What searching needs of an embedder."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (n, dim), unit length."""
        ...


class VectorIndex(Protocol):
    """What searching needs of the vector store; see `index.build.OpenIndex`."""

    def nearest_passages(self, vector: NDArray[np.float32], n: int) -> list[tuple[int, float]]:
        """Up to `n` (ordinal, cosine), best first."""
        ...

    def nearest_sentences(self, vector: NDArray[np.float32], n: int) -> list[tuple[int, float]]:
        """Up to `n` (ordinal, cosine), best first."""
        ...


class Searcher:
    """Finds passages of one work.

    Args:
        work: The work.
        encoder: Turns the question into a vector.
        vectors: Finds the nearest passages and sentences.
    """

    def __init__(self, work: Work, encoder: Encoder, vectors: VectorIndex) -> None:
        self.work = work
        self._encoder = encoder
        self._vectors = vectors
        sentences = [tokens(sentence.embedding_text) for sentence in work.sentences]
        self.vocabulary = Vocabulary(sentences, work.language)
        self._sentence_words = WordIndex(sentences)
        self._passage_words = WordIndex([_words_of(work, one, sentences) for one in work.passages])
        self._shingles: dict[int, frozenset[tuple[str, ...]]] = {}

    @cached_property
    def _owner(self) -> NDArray[np.intp]:
        owner = np.zeros(len(self.work.sentences), dtype=np.intp)
        for ordinal, passage in enumerate(self.work.passages):
            owner[list(passage.sentences)] = ordinal
        return owner

    def search(
        self,
        question: str,
        language: str,
        k: int = 10,
        *,
        table: int | None = None,
        lists: bool = False,
    ) -> Search:
        """The passages that may answer a question.

        Args:
            question: A checked question that stands alone.
            language: Its language; in the work's own it is mended and words count for more.
            k: How many hits.
            table: Number of a table that the question names; its rows are preferred.
            lists: Whether the question asks for a list; lists are preferred.

        Returns:
            Up to `k` hits, best first, no two of them repeats of one another, with the scores of
            single sentences.
        """
        native = language == self.work.language
        asked = self.vocabulary.mend(question).text if native else question
        vector = self._encoder.encode_queries([_as_question(asked, native=native)])[0]
        sentences = self._vectors.nearest_sentences(vector, NEAREST)
        passages = self._vectors.nearest_passages(vector, NEAREST)
        stems = _stems(asked)
        sentence_words = self._sentence_words.scores(stems)
        size = len(self.work.passages)
        sides = (
            scattered(passages, size),
            best_of(scattered(sentences, len(self._owner)), self._owner, size),
            self._passage_words.scores(stems),
            best_of(sentence_words, self._owner, size),
        )
        fused = fuse(*sides, KAZAKH if native else OTHER)
        if table is not None:
            fused = fused + TABLE_BONUS * self._those(lambda passage: passage.table == table)
        if lists:
            fused = fused + LIST_BONUS * self._those(lambda passage: passage.kind == "list")
        found = dict(sentences)
        known, unknown = self._known(asked)
        return Search(
            question=asked,
            hits=self._hits(fused, sides, {item for item, _ in passages}, k),
            sentences=found,
            words={int(at): float(sentence_words[at]) for at in np.flatnonzero(sentence_words)},
            known=known,
            unknown=unknown,
            rarity=self._rarity(asked, native=native),
        )

    def _those(self, wanted: Callable[[Passage], bool]) -> Scores:
        return np.array([wanted(passage) for passage in self.work.passages], dtype=np.float32)

    def _hits(
        self, fused: Scores, sides: tuple[Scores, ...], returned: set[int], k: int
    ) -> tuple[Hit, ...]:
        order = [int(at) for at in np.argsort(-fused, kind="stable")[: max(CONSIDERED, k)]]
        kept: dict[int, list[int]] = {}
        for ordinal in order:
            twin = next((first for first in kept if self._repeats(first, ordinal)), None)
            if twin is not None:
                kept[twin].append(ordinal)
            elif len(kept) < k:
                kept[ordinal] = []
        return tuple(
            Hit(
                rank=rank,
                ordinal=ordinal,
                passage=self.work.passages[ordinal],
                score=float(fused[ordinal]),
                scores=HitScores(
                    passage=float(sides[0][ordinal]) if ordinal in returned else None,
                    sentence=float(sides[1][ordinal]),
                    words=float(sides[2][ordinal]),
                ),
                repeats=tuple(twins),
            )
            for rank, (ordinal, twins) in enumerate(kept.items(), 1)
        )

    def _repeats(self, one: int, other: int) -> bool:
        return repeats(self._runs(one), self._runs(other))

    def _runs(self, ordinal: int) -> frozenset[tuple[str, ...]]:
        if ordinal not in self._shingles:
            passage = self.work.passages[ordinal]
            words = tokens(self.work.text[passage.start : passage.end])
            self._shingles[ordinal] = shingles(words)
        return self._shingles[ordinal]

    def _rarity(self, question: str, *, native: bool) -> dict[frozenset[str], float]:
        rarity: dict[frozenset[str], float] = {}
        for stems in spellings(question):
            known = [one for one in stems if one in self._sentence_words]
            if known:
                rarity[stems] = min(self._sentence_words.idf(one) for one in known)
            elif native:
                rarity[stems] = max(self._sentence_words.idf(one) for one in stems)
        return rarity

    def _known(self, question: str) -> tuple[float, tuple[str, ...]]:
        """How much of what the question asks about the work speaks of at all."""
        named = {
            word for concept in named_in(question) for name in concept.names for word in name.words
        }
        total = seen = 0.0
        unknown: list[str] = []
        for word in dict.fromkeys(content_words(question)):
            rarity = self._sentence_words.idf(stem(word))
            total += rarity
            if stem(word) in self._sentence_words or word in named or stem(word) in named:
                seen += rarity
            else:
                unknown.append(word)
        return (seen / total if total else 1.0), tuple(unknown)


def _words_of(work: Work, passage: Passage, sentences: list[list[str]]) -> list[str]:
    """The words of a passage, put together from its sentences' where they are the same text."""
    joined = " ".join(work.sentences[index].embedding_text for index in passage.sentences)
    if joined != passage.embedding_text:
        return tokens(passage.embedding_text)
    return [word for index in passage.sentences for word in sentences[index]]


def _stems(question: str) -> dict[str, float]:
    """Stems of a question with their weights: its own words, and other spellings of its names."""
    own = weighted_stems(content_words(question))
    others = {
        stem(word): NAME_WEIGHT
        for concept in named_in(question)
        for name in concept.names
        for word in name.words
    }
    return {**others, **own}


def _as_question(question: str, *, native: bool) -> str:
    """A question as the model likes it: a capital, a question mark, names in the text's spelling.

    Without capital and mark the cosines of all passages fall by 0.03, more than lies between an
    answer and none. In another language all names are added in the text's spelling (to the model
    `Китай` and `Қытай` are not near), in the work's own those that it spells otherwise.
    """
    said = {stem(word) for word in tokens(question)}
    names = [
        concept.canonical
        for concept in named_in(question)
        if not native or not said.issuperset(concept.names[0].stems)
    ]
    bare = question.strip().rstrip("?!. ")
    spelled = f" ({', '.join(names)})" if names else ""
    return f"{bare[:1].upper()}{bare[1:]}{spelled}?"
