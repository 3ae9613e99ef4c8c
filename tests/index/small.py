"""A small work and an embedder that a person can work out on paper, for tests of the index.

`python -m tests.index.small HOME TEXT SECONDS` builds its index in a process of its own, pausing so
many seconds for each text, for tests that kill it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.build import build_index
from index.vectors import Vectors
from sources import Work, open_work

LETTERS = "аәбвгғдежзийкқлмнңоөпрстуұүфхһыіэюя"


class LetterEmbedder:
    """Vectors of letter counts, at unit length; counts what it was asked for."""

    dimension = len(LETTERS) + 1

    def __init__(self, fingerprint: str = "letters-1", pause: float = 0.0) -> None:
        self.fingerprint = fingerprint
        self.pause = pause
        self.embedded: list[str] = []

    def load(self) -> None:
        """There is nothing to load."""

    def prepare(self) -> None:
        """It has no files."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        self.embedded += texts
        time.sleep(self.pause * len(texts))
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        counts = np.array(
            [[text.lower().count(letter) for letter in LETTERS] + [1] for text in texts],
            dtype=np.float32,
        ).reshape(len(texts), self.dimension)
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        vectors: Vectors = (counts / np.maximum(lengths, 1)).astype(np.float32)
        return vectors


_SUBJECTS = ("Қазақстан", "Бұл елдер", "Еуразиялық одақ", "Сыртқы саясат", "Көпвекторлы бағыт")
_DEEDS = ("жаңа келісімге қол қойды", "ынтымақтастықты кеңейтті", "мүдделерін қорғайды")


def small_text(paragraphs: int = 30) -> str:
    """Plain paragraphs, no two alike, each of three sentences."""
    lines = []
    for number in range(paragraphs):
        subject = _SUBJECTS[number % len(_SUBJECTS)]
        deed = _DEEDS[number % len(_DEEDS)]
        lines.append(
            f"{subject} {1991 + number} жылы {deed}. Осы шешім {number * 7 + 3} мемлекетке "
            f"қатысты болды. Оның нәтижесі {number + 2} салада көрінді."
        )
    return "\n\n".join(lines) + "\n"


def work_of(text: str, folder: Path, id: str = "small") -> Work:
    """A work of some text, under a name that does not change with the text."""
    path = folder / "small.txt"
    path.write_text(text, encoding="utf-8")
    work = open_work(path)
    return replace(work, card=replace(work.card, id=id))


def main() -> None:
    home, text, pause = sys.argv[1:4]
    work = work_of(text, Path(home))
    print("building", flush=True)
    embedder = LetterEmbedder(pause=float(pause))
    print(build_index(work, embedder, Path(home), rebuild=True).state, flush=True)


if __name__ == "__main__":
    main()
