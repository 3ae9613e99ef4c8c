from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.quickstart import OVERLAP, WINDOW, open_quick_start
from sources import Work, open_work


class LetterCounts:
    """An embedder whose vectors can be worked out on paper: how often each letter occurs."""

    fingerprint = "letters"
    dimension = 33

    def __init__(self) -> None:
        self.embedded = 0

    def load(self) -> None:
        """Nothing to load."""

    def prepare(self) -> None:
        """It has no files."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array(
            [[1 + text.lower().count(chr(0x430 + at)) ** 2 for at in range(33)] for text in texts],
            dtype=np.float32,
        )
        unit: NDArray[np.float32] = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return unit

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.embedded += len(texts)
        return self.encode_queries(texts)


@pytest.fixture
def letters(tmp_path: Path) -> Work:
    """Forty lines of one letter each, 120 characters long."""
    text = "\n".join(" ".join([chr(0x430 + at % 30) * 3] * 30) for at in range(40))
    (tmp_path / "letters.txt").write_text(text, encoding="utf-8")
    return open_work(tmp_path / "letters.txt")


def test_windows_are_addressed_by_their_offsets(letters: Work) -> None:
    found = open_quick_start(letters, LetterCounts()).search("ккк", k=10)
    assert len(found) == len(set(found))
    assert all(0 < span.end - span.start <= WINDOW for span in found)
    assert "ккк" in letters.text[found[0].start : found[0].end]


def test_windows_cover_the_text_and_overlap(letters: Work) -> None:
    quick_start = open_quick_start(letters, LetterCounts())
    spans = sorted(quick_start.search("а", k=quick_start.windows), key=lambda span: span.start)
    assert len(spans) == quick_start.windows
    assert spans[0].start == 0
    assert spans[-1].end == len(letters.text)
    gaps = [other.start - one.end for one, other in pairwise(spans)]
    assert all(-OVERLAP <= gap <= 1 for gap in gaps)
    assert any(gap < 0 for gap in gaps)


def test_opening_it_twice_doubles_nothing(letters: Work) -> None:
    first, again = (open_quick_start(letters, LetterCounts()) for _ in range(2))
    assert again.search("ккк", k=50) == first.search("ккк", k=50)


def test_kept_vectors_are_used_again_and_only_for_the_same_windows(
    letters: Work, tmp_path: Path
) -> None:
    embedder = LetterCounts()
    first = open_quick_start(letters, embedder, tmp_path / "kept")
    made = embedder.embedded
    again = open_quick_start(letters, embedder, tmp_path / "kept")
    assert made == first.windows
    assert embedder.embedded == made
    assert again.search("ккк") == first.search("ккк")
    (tmp_path / "other.txt").write_text(letters.text + "\nяяя", encoding="utf-8")
    open_quick_start(open_work(tmp_path / "other.txt"), embedder, tmp_path / "kept")
    assert embedder.embedded > made
