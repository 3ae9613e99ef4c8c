from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from index.adapter import Adapter, Vectors
from index.tuning import ROUNDS, Lessons, learn

SIZE = 32
SENTENCES = 200
TAUGHT = 150
"""Sentences that lessons are about; the rest are asked about afterwards."""

A_PASSAGE = 4
"""Sentences of a passage."""


def unit(vectors: NDArray[np.float64]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    shortened: Vectors = (vectors / lengths).astype(np.float32)
    return shortened


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    """A made-up work asked in a manner of asking that its sentences do not share.

    Each question is its sentence with some noise, and all of them are pulled the same way: towards
    how students ask.
    """
    numbers = np.random.default_rng(11)
    sentences = numbers.normal(size=(SENTENCES, SIZE))
    sentences /= np.linalg.norm(sentences, axis=1, keepdims=True)
    owners = np.arange(SENTENCES) // A_PASSAGE
    passages = np.vstack([sentences[owners == at].mean(axis=0) for at in range(owners[-1] + 1)])
    asking = unit(numbers.normal(size=SIZE))
    answers = np.repeat(np.arange(SENTENCES), 10)
    noise = numbers.normal(0, 1 / SIZE**0.5, size=(len(answers), SIZE))
    questions = unit(sentences[answers] + 0.8 * noise + 2 * asking)
    return Lessons(questions, unit(sentences), unit(passages), answers, owners)


@pytest.fixture(scope="module")
def unseen(lessons: Lessons) -> Lessons:
    """Questions on sentences that no lesson is about."""
    return lessons.of([at for at, answer in enumerate(lessons.answers) if answer >= TAUGHT])


@pytest.fixture(scope="module")
def adapter(lessons: Lessons) -> Adapter:
    return learn(lessons.of([at for at, answer in enumerate(lessons.answers) if answer < TAUGHT]))


def found_first(asked: Vectors, told: Lessons) -> tuple[float, float]:
    """Share of the questions whose sentence, and whose passage, is the nearest one."""
    sentence = (asked @ told.sentences.T).argmax(axis=1)
    passage = (asked @ told.passages.T).argmax(axis=1)
    return (
        float(np.mean(sentence == told.answers)),
        float(np.mean(passage == told.owners[told.answers])),
    )


def test_questions_never_seen_find_their_sentences_more_often(
    adapter: Adapter, unseen: Lessons
) -> None:
    before = found_first(unseen.questions, unseen)
    after = found_first(adapter.apply(unseen.questions), unseen)
    assert after[0] > before[0] + 0.3
    assert after[1] > before[1] + 0.05


def test_the_same_lessons_teach_the_same(lessons: Lessons) -> None:
    some = lessons.of(range(0, len(lessons.answers), 7))
    one, again, other = learn(some), learn(some), learn(some, seed=2)
    assert np.array_equal(one.matrix, again.matrix)
    assert np.array_equal(one.shift, again.shift)
    assert not np.array_equal(one.matrix, other.matrix)


def test_the_vectors_of_the_text_stay_as_they_are(lessons: Lessons) -> None:
    some = lessons.of(range(5))
    before = [part.copy() for part in (some.questions, some.sentences, some.passages)]
    learn(some)
    for part, was in zip((some.questions, some.sentences, some.passages), before, strict=True):
        assert np.array_equal(part, was)


def test_one_question_is_enough(lessons: Lessons) -> None:
    one = lessons.of([0])
    learned = learn(one).apply(one.questions)[0]
    answer = one.sentences[one.answers[0]]
    assert learned @ answer > one.questions[0] @ answer


def test_every_round_is_told(lessons: Lessons) -> None:
    told: list[tuple[int, int]] = []
    learn(lessons.of([0, 1]), progress=lambda done, total: told.append((done, total)))
    assert told == [(done, ROUNDS) for done in range(1, ROUNDS + 1)]


def test_some_of_the_lessons_keep_the_whole_text(lessons: Lessons) -> None:
    some = lessons.of([12, 3])
    assert np.array_equal(some.questions, lessons.questions[[12, 3]])
    assert some.answers.tolist() == [1, 0]
    assert some.sentences is lessons.sentences
    assert some.owners is lessons.owners
    assert len(lessons.of([]).questions) == 0
