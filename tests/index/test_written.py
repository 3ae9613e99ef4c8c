from __future__ import annotations

import numpy as np
import pytest

from index.adapter import Adapter, Vectors
from index.written import ENOUGH, WrittenQuestions

DIMENSION = 24
LANGUAGES = ("kk", "ru", "en")


def unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
    return scaled


def drawn(seed: int, *shape: int) -> Vectors:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


MATTERS = drawn(1, ENOUGH, DIMENSION)
"""What is asked about."""

MANNERS = dict(zip(LANGUAGES, 8 * drawn(2, 3, DIMENSION), strict=True))
"""What all questions of a language have in common; more than what they ask about."""


def asked(language: str, matter: int, seed: int = 3) -> Vectors:
    noise = 0.3 * drawn(seed * 1000 + matter, DIMENSION)
    return unit(MATTERS[matter] + MANNERS[language] + noise)


@pytest.fixture(scope="module")
def written() -> WrittenQuestions:
    """Every matter asked about once in each language, language by language."""
    pairs = [(language, matter) for language in LANGUAGES for matter in range(ENOUGH)]
    vectors = np.stack([asked(language, matter) for language, matter in pairs])
    return WrittenQuestions(vectors, [language for language, _ in pairs])


def test_a_question_is_like_those_on_the_same_matter_in_every_language(
    written: WrittenQuestions,
) -> None:
    for language in LANGUAGES:
        for matter in range(0, ENOUGH, 7):
            alike = written.likeness(asked(language, matter, seed=4), language)
            likest = {int(at) for at in np.argsort(-alike)[: len(LANGUAGES)]}
            assert likest == {matter + ENOUGH * place for place in range(len(LANGUAGES))}


def test_by_cosine_alone_it_would_be_like_those_of_its_own_language(
    written: WrittenQuestions,
) -> None:
    question = asked("en", 5, seed=4)
    cosines = written.cosines(question)
    assert {int(at) // ENOUGH for at in np.argsort(-cosines)[:ENOUGH]} == {LANGUAGES.index("en")}


def test_likeness_is_a_cosine(written: WrittenQuestions) -> None:
    alike = written.likeness(asked("kk", 3, seed=4), "kk")
    assert alike.shape == (len(LANGUAGES) * ENOUGH,)
    assert -1.001 <= alike.min() < 0 < alike.max() <= 1.001
    assert written.likeness(asked("kk", 3), "kk")[3] == pytest.approx(1.0, abs=1e-5)


def test_a_language_that_none_is_written_in_is_compared_with_all(
    written: WrittenQuestions,
) -> None:
    between = unit(MATTERS[3] + np.mean(list(MANNERS.values()), axis=0))
    alike = written.likeness(between, "tr")
    assert np.isfinite(alike).all()
    assert int(np.argmax(alike)) % ENOUGH == 3


def test_of_too_few_questions_nothing_is_taken(written: WrittenQuestions) -> None:
    vectors = np.stack([asked("kk", matter) for matter in range(4)])
    few = WrittenQuestions(vectors, ["kk", "kk", "ru", "ru"])
    question = asked("kk", 1, seed=4)
    assert few.likeness(question, "kk") == pytest.approx(vectors @ question, abs=1e-5)


def test_an_adapter_moves_both_sides(written: WrittenQuestions) -> None:
    adapter = Adapter(0.3 * drawn(7, DIMENSION, DIMENSION), drawn(8, DIMENSION))
    question = asked("kk", 3, seed=4)
    vectors = np.stack([asked(one, at) for one in LANGUAGES for at in range(ENOUGH)])
    languages = [one for one in LANGUAGES for _ in range(ENOUGH)]
    moved = WrittenQuestions(adapter.apply(vectors), languages)
    expected = moved.likeness(adapter.apply(question[None])[0], "kk")
    adapted = written.adapted(adapter)
    assert adapted.likeness(question, "kk") == pytest.approx(expected, abs=1e-5)
    assert adapted.likeness(question, "kk") != pytest.approx(written.likeness(question, "kk"))
    again = adapted.adapted(None).likeness(question, "kk")
    assert np.array_equal(again, written.likeness(question, "kk"))
