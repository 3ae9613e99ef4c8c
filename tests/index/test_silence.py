from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.silence import Unanswered
from index.vectors import Embedder, Vectors
from index.written import WrittenQuestions

SIZE = 16


def units(seed: int, n: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(n, SIZE)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


ANSWERED = WrittenQuestions(units(1, 40), ["kk"] * 40)
VECTORS = units(2, 30)
SILENT = Unanswered(ANSWERED, VECTORS, ["kk"] * 30)


@given(st.integers(0, 10_000))
def test_the_share_lies_between_nothing_and_all(seed: int) -> None:
    asked = units(seed, 1)[0]
    told = SILENT.silence(asked, "kk", ANSWERED.likeness(asked, "kk"))
    assert told
    assert 0 <= told.share <= 1
    assert -1.001 <= told.unanswered <= 1.001
    assert told.answered == pytest.approx(float(ANSWERED.likeness(asked, "kk").max()))


@pytest.mark.parametrize("at", [0, 11, 29])
def test_one_that_is_not_answered_is_known_again(at: int) -> None:
    told = SILENT.silence(VECTORS[at], "kk", ANSWERED.likeness(VECTORS[at], "kk"))
    assert told
    assert told.unanswered == pytest.approx(1, abs=1e-5)
    assert told.unanswered > told.answered
    assert told.share > 0.5


def test_one_that_is_answered_is_not_taken_for_silence() -> None:
    asked = units(1, 40)[7]
    told = SILENT.silence(asked, "kk", ANSWERED.likeness(asked, "kk"))
    assert told
    assert told.answered > told.unanswered
    assert told.share < 0.5


def test_without_questions_of_one_sort_nothing_is_told() -> None:
    asked = units(5, 1)[0]
    none = Unanswered(ANSWERED, np.empty((0, SIZE), np.float32), [])
    assert none.silence(asked, "kk", ANSWERED.likeness(asked, "kk")) is None
    assert SILENT.silence(asked, "kk", np.empty(0, np.float32)) is None


def test_another_language_is_compared_without_what_its_questions_share(
    bundled_embedder: Embedder,
) -> None:
    """Likeness is of what is asked, not of the language it is asked in."""
    silent = ["Кто подписал договор о театре?", "When was the theatre treaty signed?"]
    answered = [f"Қазақстан {at}-шартты қашан бекітті?" for at in range(12)]
    written = WrittenQuestions(bundled_embedder.encode_queries(answered), ["kk"] * 12)
    unanswered = Unanswered(written, bundled_embedder.encode_queries(silent), ["ru", "en"])
    asked = bundled_embedder.encode_queries(["Театр туралы шартқа кім қол қойды?"])[0]
    told = unanswered.silence(asked, "kk", written.likeness(asked, "kk"))
    assert told
    assert 0 < told.unanswered < 1
