"""A question in, ordered hits out.

The way of a question: mend its slips, name its names in the text's own spelling, correct its vector
by what was learned of this work, ask Chroma for the nearest passages and sentences, compare it with
the questions written ahead, ask BM25 for passages and sentences by their stems and for passages by
runs of letters, fuse the six by language, and merge passages that repeat one another, so that ten
places are ten different passages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.adapter import Adapter
from index.asking import as_question, weighted
from index.disputes import Disputes
from index.fusion import (
    KAZAKH,
    OTHER,
    Scores,
    Sides,
    best_of,
    first_of,
    fuse,
    repeats,
    scattered,
    shingles,
)
from index.hits import Disputed, Hit, Search, Silence
from index.hits import Scores as HitScores
from index.names import named_in, spellings
from index.recipe import WHOLE, Recipe
from index.silence import Unanswered
from index.vocabulary import Vocabulary
from index.words import WordIndex, content_words, runs, stem, tokens
from index.written import WrittenQuestions
from sources import Passage, Work

NEAREST = 1200
"""Passages and sentences asked of the vector store; more changes nothing at this size."""

CONSIDERED = 60
"""Passages looked at when repeats are merged."""

TABLE_BONUS = 4.0
"""Standard deviations given to the rows of a table that the question names."""

ASKED_ALIKE = 40
"""Questions written ahead that a search tells of."""

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

    def question_vectors(self) -> NDArray[np.float32]:
        """Vectors of the questions written ahead in their order, shape (n, dim)."""
        ...

    def unanswered_vectors(self) -> NDArray[np.float32]:
        """Vectors of the questions that the work does not answer, likewise."""
        ...


@dataclass(frozen=True)
class Hidden:
    """What a search must not find, as if it had never been written.

    Attributes:
        questions: Places of questions written ahead.
    """

    questions: frozenset[int]


@dataclass(frozen=True)
class _Found:
    """What was asked of the store, the questions and the words, before it is one list.

    The questions: how like each of them is, and those that are told of with their cosines.
    """

    passages: list[tuple[int, float]]
    sentences: list[tuple[int, float]]
    questions: Scores
    told: dict[int, float]
    disputed: tuple[Disputed, ...]
    silence: Silence | None
    words: Scores
    sentence_words: Scores
    letters: Scores


class Searcher:
    """Finds passages of one work.

    Args:
        work: The work.
        encoder: Turns the question into a vector.
        vectors: Finds the nearest passages, sentences and questions written ahead.
        adapter: Corrects the question's vector; None leaves it as it is.
        tuned: Encodes what is looked for in the text, where that was learned; None leaves it to
            the encoder and the adapter. Questions written ahead are compared by those always.
        recipe: Which parts of the search are at work.
    """

    def __init__(
        self,
        work: Work,
        encoder: Encoder,
        vectors: VectorIndex,
        *,
        adapter: Adapter | None = None,
        tuned: Encoder | None = None,
        recipe: Recipe = WHOLE,
    ) -> None:
        self.work = work
        self.recipe = recipe
        self._adapter = adapter
        self._tuned = tuned
        self._encoder = encoder
        self._vectors = vectors
        sentences = [tokens(sentence.embedding_text) for sentence in work.sentences]
        self.vocabulary = Vocabulary(sentences, work.language)
        self._sentence_words = WordIndex(sentences)
        passages = [_words_of(work, one, sentences) for one in work.passages]
        self._passage_words = WordIndex(passages)
        self._passage_letters = WordIndex(passages, parts=runs)
        self._shingles: dict[int, frozenset[tuple[str, ...]]] = {}
        self._owner = _owners(work)
        self._question_owner = _question_owners(work)
        self._written: WrittenQuestions | None = None
        self._unanswered: Unanswered | None = None
        if work.questions:
            self._written = WrittenQuestions(
                vectors.question_vectors(), [one.language for one in work.questions], self._at_work
            )
            self._unanswered = Unanswered(
                self._written,
                vectors.unanswered_vectors(),
                [one.language for one in work.unanswered],
            )
        self._disputes = Disputes(work, self._written)

    @property
    def _at_work(self) -> Adapter | None:
        return self._adapter if self.recipe.adapter else None

    def following(self, recipe: Recipe) -> Searcher:
        """The same search by another recipe, sharing everything that is costly to make."""
        return self._changed(self._adapter, recipe)

    def adapted(self, adapter: Adapter | None) -> Searcher:
        """The same search with another adapter, sharing everything that is costly to make."""
        return self._changed(adapter, self.recipe)

    def _changed(self, adapter: Adapter | None, recipe: Recipe) -> Searcher:
        other = copy(self)
        other._adapter, other.recipe = adapter, recipe
        if self._written and other._at_work is not self._at_work:
            other._written = self._written.adapted(other._at_work)
            other._disputes = Disputes(self.work, other._written)
            if self._unanswered:
                other._unanswered = self._unanswered.beside(other._written)
        return other

    def spelled(self, question: str, language: str) -> str:
        """A question as it is embedded: mended, with its names in the text's own spelling."""
        native = language == self.work.language
        asked = self.vocabulary.mend(question).text if native else question
        return as_question(asked, native=native, names=True)

    def search(
        self,
        question: str,
        language: str,
        k: int = 10,
        *,
        table: int | None = None,
        lists: bool = False,
        hidden: Hidden | None = None,
    ) -> Search:
        """The passages that may answer a question.

        Args:
            question: A checked question that stands alone.
            language: Its language; in the work's own it is mended and words count for more.
            k: How many hits.
            table: Number of a table that the question names; its rows are preferred.
            lists: Whether the question asks for a list; lists are preferred.
            hidden: What must not be found, for measuring; None hides nothing.

        Returns:
            Up to `k` hits, best first, no two of them repeats of one another, with the scores of
            single sentences.
        """
        native = language == self.work.language
        mends = native and self.recipe.mending
        asked = self.vocabulary.mend(question).text if mends else question
        found = self._ask(asked, language, hidden or Hidden(frozenset()))
        weights = KAZAKH if native or not self.recipe.language_weights else OTHER
        sides = self._sides(found)
        fused = fuse(sides, weights)
        if table is not None and self.recipe.cues:
            fused = fused + TABLE_BONUS * self._those(lambda passage: passage.table == table)
        if lists and self.recipe.cues:
            fused = fused + LIST_BONUS * self._those(lambda passage: passage.kind == "list")
        known, unknown = self._known(asked)
        words = found.sentence_words
        return Search(
            question=asked,
            hits=self._hits(fused, sides, found, k),
            sentences=dict(found.sentences),
            words={int(at): float(words[at]) for at in np.flatnonzero(words)},
            known=known,
            unknown=unknown,
            rarity=self._rarity(asked, native=native),
            questions=found.told,
            disputed=found.disputed,
            silence=found.silence,
        )

    def _ask(self, asked: str, language: str, hidden: Hidden) -> _Found:
        """Every list of the store, and the words, for a mended question."""
        native = language == self.work.language
        spelled = as_question(asked, native=native, names=self.recipe.names)
        # Questions were written ahead in the student's own language: no need to spell names.
        plain = as_question(asked, native=native, names=False)
        raw = self._encoder.encode_queries([plain])[0]
        questions, told = self._asked_before(raw, language, hidden)
        vector = self._looked_for(spelled, raw if plain == spelled else None)
        stems = weighted(asked, native=native, names=self.recipe.names)
        return _Found(
            passages=self._vectors.nearest_passages(vector, NEAREST),
            sentences=self._vectors.nearest_sentences(vector, NEAREST),
            questions=questions,
            told=told,
            disputed=self._disputes.likest(questions) if told else (),
            silence=self._unanswered.silence(raw, language, questions)
            if told and self._unanswered
            else None,
            words=self._passage_words.scores(stems),
            sentence_words=self._sentence_words.scores(stems),
            letters=self._passage_letters.scores(
                {run: 1.0 for word in content_words(asked) for run in runs(word)}
            ),
        )

    def _looked_for(self, spelled: str, raw: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """What is compared with the vectors of the text; `raw` where it is encoded already."""
        if self._tuned and self.recipe.adapter and self.recipe.tower:
            found: NDArray[np.float32] = self._tuned.encode_queries([spelled])[0]
            return found
        if raw is None:
            raw = self._encoder.encode_queries([spelled])[0]
        if not self._at_work:
            return raw
        vector: NDArray[np.float32] = self._at_work.apply(raw[None])[0]
        return vector

    def _asked_before(
        self, vector: NDArray[np.float32], language: str, hidden: Hidden
    ) -> tuple[Scores, dict[int, float]]:
        """How like each question written ahead is, and the cosines of the nearest.

        Likeness finds passages. Whether the work answers at all is told better by the plain cosine
        (area under the curve 0.67 against 0.55), and that is what is told of.
        """
        if not self._written or not self.recipe.questions:
            return np.zeros(len(self._question_owner), dtype=np.float32), {}
        alike = self._written.likeness(vector, language)
        cosines = self._written.cosines(vector)
        if unseen := list(hidden.questions):
            alike[unseen] = alike.min()
            cosines[unseen] = -1.0
        nearest = first_of(cosines, ASKED_ALIKE)
        told = {int(at): float(cosines[at]) for at in nearest if int(at) not in hidden.questions}
        return alike, told

    def owner_of_sentence(self, sentence: int) -> int:
        """Place of the passage that a sentence stands in."""
        return int(self._owner[sentence])

    def _sides(self, found: _Found) -> Sides:
        size = len(self.work.passages)
        nothing = np.zeros(size, dtype=np.float32)
        sentences = scattered(found.sentences, len(self._owner))
        recipe = self.recipe
        return Sides(
            passage=scattered(found.passages, size) if recipe.passages else nothing,
            sentence=best_of(sentences, self._owner, size) if recipe.sentences else nothing,
            question=best_of(found.questions, self._question_owner, size),
            words=found.words if recipe.words else nothing,
            sentence_words=best_of(found.sentence_words, self._owner, size)
            if recipe.words
            else nothing,
            letters=found.letters if recipe.words else nothing,
        )

    def _those(self, wanted: Callable[[Passage], bool]) -> Scores:
        return np.array([wanted(passage) for passage in self.work.passages], dtype=np.float32)

    def _hits(self, fused: Scores, sides: Sides, found: _Found, k: int) -> tuple[Hit, ...]:
        order = [int(at) for at in np.argsort(-fused, kind="stable")[: max(CONSIDERED, k)]]
        kept: dict[int, list[int]] = {}
        for ordinal in order:
            twin = next((first for first in kept if self._repeats(first, ordinal)), None)
            if twin is not None:
                kept[twin].append(ordinal)
            elif len(kept) < k:
                kept[ordinal] = []
        returned = {item for item, _ in found.passages}
        return tuple(
            Hit(
                rank=rank,
                ordinal=ordinal,
                passage=self.work.passages[ordinal],
                score=float(fused[ordinal]),
                scores=HitScores(
                    passage=float(sides.passage[ordinal]) if ordinal in returned else None,
                    sentence=float(sides.sentence[ordinal]),
                    words=float(sides.words[ordinal]),
                    question=float(sides.question[ordinal]) if found.told else None,
                ),
                repeats=tuple(twins),
            )
            for rank, (ordinal, twins) in enumerate(kept.items(), 1)
        )

    def _repeats(self, one: int, other: int) -> bool:
        return self.recipe.merging and repeats(self._runs(one), self._runs(other))

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


def _owners(work: Work) -> NDArray[np.intp]:
    """The passage of each sentence."""
    owner = np.zeros(len(work.sentences), dtype=np.intp)
    for ordinal, passage in enumerate(work.passages):
        owner[list(passage.sentences)] = ordinal
    return owner


def _question_owners(work: Work) -> NDArray[np.intp]:
    """The passage that holds the beginning of each written question's answer."""
    starts = [passage.start for passage in work.passages]
    return np.array(
        [max(0, bisect_right(starts, one.answer.start) - 1) for one in work.questions],
        dtype=np.intp,
    )
