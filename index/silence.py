"""Whether a question is liker to those that the work answers or to those that it does not.

Readers wrote both sorts ahead, close to one another on purpose: the same matter, another detail. So
what surrounds a question among both tells more than how near the nearest of one sort is: of the
`LOOKED_AT` likest ones the share that the work does not answer, the liker ones counting for more
(k nearest neighbours weighted by distance: Dudani 1976, doi 10.1109/TSMC.1976.5408784). Measured in
`evals/RESULTS.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.fusion import first_of
from index.hits import Silence
from index.vectors import Vectors
from index.written import WrittenQuestions

LOOKED_AT = 20
"""Questions of both sorts that are looked at; 5, 10, 20 and 40 are about as good."""

_SHARPNESS = 20.0
"""How much more a liker one counts: e times for each 0.05 of likeness."""


class Unanswered:
    """The questions that a work does not answer, compared as those that it answers are.

    Args:
        written: Questions that it answers.
        vectors: Of those that it does not, as the embedder gives them, shape (n, dimension).
        languages: Of each of these.
    """

    def __init__(
        self, written: WrittenQuestions, vectors: Vectors, languages: Sequence[str]
    ) -> None:
        self._plain = vectors
        self._languages = tuple(languages)
        self._written = written
        self._moved = written.placed(vectors, self._languages)

    def beside(self, written: WrittenQuestions) -> Unanswered:
        """The same questions, compared as other answered ones are."""
        return Unanswered(written, self._plain, self._languages)

    def silence(
        self, vector: Vectors, language: str, answered: NDArray[np.float32]
    ) -> Silence | None:
        """What the likest questions of both sorts say of one that is asked.

        Args:
            vector: Of the question asked, as the embedder gives it, shape (dimension,).
            language: It is in.
            answered: How like each answered question is to it; see `WrittenQuestions.likeness`.

        Returns:
            None when no question of one of the sorts was written.
        """
        if not len(self._moved) or not len(answered):
            return None
        unanswered = self._moved @ self._written.placed(vector[None], (language,))[0]
        both = np.concatenate([answered, unanswered])
        likest = first_of(both, LOOKED_AT)
        counts = np.exp(_SHARPNESS * (both[likest] - both[likest[0]]))
        return Silence(
            answered=float(answered.max()),
            unanswered=float(unanswered.max()),
            share=float((counts * (likest >= len(answered))).sum() / counts.sum()),
        )
