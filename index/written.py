"""Which questions written ahead are like the one that is asked.

A cosine of two questions tells first of all whether they are in one language and how they are
phrased: of an English question the nearest are English ones, though each passage has only one of
these. So both go through the adapter, which brings questions of any language to the text that
answers them, and from both is taken what all questions of their language have in common, the mean
vector (as Mu and Viswanath 2018, "All-but-the-Top", arXiv 1702.01417, do with words). Measured in
`evals/RESULTS.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.adapter import Adapter
from index.vectors import Vectors

ENOUGH = 100
"""Questions of a language from which their mean tells of the language and not of themselves."""

_PART = 2_000
"""Questions compared with others at once: of all together the likenesses take 60 MB."""


class WrittenQuestions:
    """The questions written ahead of a work, ready to be compared with what is asked.

    All are compared: a work has a few thousand, and that takes two milliseconds.

    Args:
        vectors: Of the questions as the embedder gives them, shape (n, dimension).
        languages: Of each question.
        adapter: Moves them and what is asked; None leaves all where they are.
    """

    def __init__(
        self, vectors: Vectors, languages: Sequence[str], adapter: Adapter | None = None
    ) -> None:
        self._plain = vectors
        self._languages = np.asarray(languages, dtype=np.str_)
        self._adapter = adapter
        moved = self._moved(vectors)
        nothing = np.zeros(vectors.shape[1], dtype=np.float32)
        self._common: Vectors = moved.mean(axis=0) if len(moved) >= ENOUGH else nothing
        self._middles: dict[str, Vectors] = {}
        for language in dict.fromkeys(languages):
            spoken = moved[self._languages == language]
            if len(spoken) >= ENOUGH:
                self._middles[language] = spoken.mean(axis=0)
        self._vectors = self._apart(moved, languages)

    def adapted(self, adapter: Adapter | None) -> WrittenQuestions:
        """The same questions with another adapter."""
        return WrittenQuestions(self._plain, self._languages.tolist(), adapter)

    def likeness(self, vector: Vectors, language: str) -> NDArray[np.float32]:
        """How like each question is to the one asked, -1 to 1, shape (n,).

        Args:
            vector: Of the question asked, as the embedder gives it, shape (dimension,).
            language: It is in; one that none is written in is compared without it.
        """
        alike: NDArray[np.float32] = self._vectors @ self.placed(vector[None], (language,))[0]
        return alike

    def placed(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Where other questions stand among these, for their dot products: shape (n, dimension).

        Args:
            vectors: Of the questions as the embedder gives them, shape (n, dimension).
            languages: Of each of them.
        """
        return self._apart(self._moved(vectors), languages) if len(vectors) else vectors

    def _apart(self, moved: Vectors, languages: Sequence[str]) -> Vectors:
        """Moved vectors less what the questions of their language have in common."""
        return _unit(moved - np.stack([self._middle(one) for one in languages]))

    def likest_of(self, groups: Sequence[NDArray[np.intp]]) -> NDArray[np.float32]:
        """How like each question is to the likest of each group, shape (groups, n).

        Args:
            groups: Places of questions; none of them empty.
        """
        starts = np.cumsum([0, *map(len, groups[:-1])])
        chosen = self._vectors[np.concatenate(groups)]
        found = np.empty((len(groups), len(self._vectors)), dtype=np.float32)
        for start in range(0, len(self._vectors), _PART):
            alike = chosen @ self._vectors[start : start + _PART].T
            found[:, start : start + _PART] = np.maximum.reduceat(alike, starts, axis=0)
        return found

    def cosines(self, vector: Vectors) -> NDArray[np.float32]:
        """Cosine of the question asked with each question as it is, shape (n,)."""
        cosines: NDArray[np.float32] = self._plain @ vector
        return cosines

    def _moved(self, vectors: Vectors) -> Vectors:
        return self._adapter.apply(vectors) if self._adapter else vectors

    def _middle(self, language: str) -> Vectors:
        return self._middles.get(language, self._common)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
