"""Plain BM25 on whole words: the baseline that costs nothing and is not easily beaten.

bm25s (Lù 2024, arXiv 2407.03618) with its defaults, on the same passages as ours; words are
lower-cased and nothing else, as somebody would do who knows no Kazakh. Its distance to our own word
search is what stems, names and mending bring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sources import Span, Work

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Bm25:
    """The baseline, ready to be searched."""

    work: Work
    _ranker: Any

    def search(self, question: str, k: int = 10) -> tuple[Span, ...]:
        """The `k` passages with the highest BM25, best first; none for words never used."""
        found, scores = self._ranker.retrieve(
            [_words(question)], k=min(k, len(self.work.passages)), show_progress=False
        )
        return tuple(
            Span(self.work.passages[at].start, self.work.passages[at].end)
            for at, score in zip(found[0].tolist(), scores[0].tolist(), strict=True)
            if score > 0
        )


def open_bm25(work: Work) -> Bm25:
    """Index the passages of a work."""
    import bm25s  # here: only who measures needs it

    ranker = bm25s.BM25()
    ranker.index(
        [_words(work.text[one.start : one.end]) for one in work.passages], show_progress=False
    )
    return Bm25(work, ranker)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
