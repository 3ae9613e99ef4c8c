"""Learning the numbers of the assistant from questions whose right answer is known.

Three things are learned, none of them from a test question. The adapter of question vectors and
the weights by which a sentence's features make its score come from the questions written ahead of
the work. A question must not be found by itself nor judged by an adapter that has seen it, so they
are parted into folds: each is searched by an adapter that learned from the other folds, with itself
taken out of the list. The weights of the confidence come from what the work answers (written and
development questions) against what it does not: `silent.jsonl`, questions on its very subject that
readers made sure it does not answer, the development questions of that sort, and if need be a file
of questions on anything else.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import (
    FEATURES,
    SIGNS,
    WEIGHTS,
    Asked,
    Assistant,
    Conversation,
    Linear,
    Settings,
    assemble,
    candidates,
    forget_weights,
    reranked,
    signs,
    understand,
    weigh,
    weights_of,
)
from evals.questions import Case, QuestionsUnreadable
from index import (
    Hidden,
    Lessons,
    Search,
    Searcher,
    adapter_path,
    learn,
    open_embedder,
    open_index,
    write_adapter,
)
from sources import FixableError, Work, open_work

FOLDS = 5
SAMPLE = 1_500
"""Questions written ahead that are searched for the weights; more changed nothing."""

ALIKE = 0.3
"""Weight of the nearest question written ahead in a sentence's score. Not learned: with a question
taken out of the list, the rest are by design on other things, while a student's question often has
its like. Chosen on the development questions."""

ANSWERED = 500
"""Questions written ahead that stand for what the work answers."""

WRITTEN_WEIGHT = 0.3
DEV_WEIGHT = 1.0
SILENT_WEIGHT = 0.15
"""How much a question of each sort counts in the confidence. Together those without an answer weigh
about a fifth of all, so that a confidence is a probability."""

SILENT = Path(__file__).parent / "silent.jsonl"

_HOLD = 0.01
Matrix = NDArray[np.float64]
Progress = Callable[[str, int, int], None]
"""Told the name of a stage, the number done and the number of all."""


class NothingToLearnFrom(FixableError):
    """The work has no questions written ahead."""


@dataclass(frozen=True)
class _Seen:
    """One written question searched: what its answer looks like among what was found."""

    native: bool
    features: Matrix
    right: NDArray[np.bool_]
    asked: Asked
    search: Search


def tune(settings: Settings, *, progress: Progress | None = None) -> Path:
    """Learn the adapter of a work from its questions written ahead and write it.

    The index must exist; its vectors are what the questions learn to come near.

    Raises:
        NothingToLearnFrom: The work has none.
        FixableError: The work or its index cannot be opened.
    """
    work = open_work(settings.source)
    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    assistant = assemble(settings)
    lessons = _lessons(assistant, settings)
    adapter = learn(lessons, progress=_stage(progress, "learning"))
    path = adapter_path(work, settings.home)
    write_adapter(adapter, path, embedder.fingerprint)
    return path


def fit_weights(
    settings: Settings,
    dev: Sequence[Case],
    *,
    silent: Sequence[str] | None = None,
    progress: Progress | None = None,
    path: Path = WEIGHTS,
) -> dict[str, dict[str, float]]:
    """Learn the weights of sentences and of confidence and write them.

    Args:
        settings: Of the assistant; the work must have questions written ahead.
        dev: Development questions, for the confidence.
        silent: Questions that the work does not answer; None means the project's own.
        progress: Told how far it is.
        path: File to write.

    Raises:
        NothingToLearnFrom: The work has no questions written ahead.
    """
    assistant = assemble(settings)
    lessons = _lessons(assistant, settings)
    seen = list(_searched(assistant.searcher, lessons, settings, progress))
    told: dict[str, dict[str, float]] = {}
    for native in (True, False):
        weights = _sentence_weights([one for one in seen if one.native == native])
        told[_part(native=native)] = weights or dict(_present(_part(native=native)))
    told["confidence"] = _confidence_weights(assistant, told, seen, dev, silent)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    new.replace(path)
    forget_weights()
    return told


def _part(*, native: bool) -> str:
    return "evidence.native" if native else "evidence.other"


def _present(part: str) -> Iterator[tuple[str, float]]:
    """The weights in use: kept where the work has no questions to learn others from."""
    linear = weights_of(part, FEATURES)
    return zip(linear.names, linear.weights, strict=True)


def _lessons(assistant: Assistant, settings: Settings) -> Lessons:
    work = assistant.work
    if not work.questions:
        raise NothingToLearnFrom(
            f"Nobody has written questions ahead for {work.title!r}.",
            "Write them with a language model: dayek enrich",
        )
    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    with open_index(work, embedder, settings.home, chroma=settings.chroma) as opened:
        sentences, passages = opened.sentence_vectors(), opened.passage_vectors()
    searcher = assistant.searcher
    asked = [searcher.spelled(one.text, one.language) for one in work.questions]
    owners = [searcher.owner_of_sentence(at) for at in range(len(work.sentences))]
    return Lessons(
        questions=embedder.encode_queries(asked),
        sentences=sentences,
        passages=passages,
        answers=np.array([_first_sentence(work, at) for at in range(len(asked))], dtype=np.intp),
        owners=np.array(owners, dtype=np.intp),
    )


def _first_sentence(work: Work, number: int) -> int:
    answer = work.questions[number].answer
    if found := work.sentences_in(answer):
        return found.start
    # An answer within a sentence: that sentence.
    return bisect_right(work.sentences, answer.start, key=lambda one: one.start) - 1


def _searched(
    searcher: Searcher, lessons: Lessons, settings: Settings, progress: Progress | None
) -> Iterator[_Seen]:
    """A sample of the written questions, each searched by an adapter that has not seen it."""
    numbers = list(range(len(lessons.answers)))
    random.Random(1).shuffle(numbers)
    sample = numbers[:SAMPLE]
    done = 0
    for fold in range(FOLDS):
        others = [number for at, number in enumerate(numbers) if at % FOLDS != fold]
        mine = [number for at, number in enumerate(sample) if at % FOLDS == fold]
        other = searcher.adapted(learn(lessons.of(others)))
        for number in mine:
            yield _see(other, number)
            done += 1
            if progress:
                progress("searching", done, len(sample))


def _see(searcher: Searcher, number: int) -> _Seen:
    work = searcher.work
    written = work.questions[number]
    asked = understand(written.text, searcher.vocabulary)
    search = _search(searcher, asked, Hidden(frozenset((number,))))
    answer = work.sentences_in(written.answer)
    found = candidates(work, search, asked)
    return _Seen(
        native=asked.language == work.language,
        features=np.array([one.features for one in found], dtype=np.float64).reshape(
            len(found), len(FEATURES)
        ),
        right=np.array([one.sentence in answer for one in found], dtype=np.bool_),
        asked=asked,
        search=search,
    )


def _search(searcher: Searcher, asked: Asked, hidden: Hidden | None) -> Search:
    return searcher.search(
        asked.text,
        asked.language,
        table=asked.table,
        lists=asked.kind == "list",
        hidden=hidden,
    )


def _sentence_weights(seen: Sequence[_Seen]) -> dict[str, float]:
    """Weights under which the answering sentences are likeliest among those found (softmax).

    Empty when there is nothing to learn from.
    """
    told = [one for one in seen if one.right.any() and not one.right.all()]
    if not told:
        return {}
    fixed = FEATURES.index("asked_alike")

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros(len(FEATURES))
        for one in told:
            scores = one.features @ weights
            likely = np.exp(scores - scores.max())
            share = likely / likely.sum()
            right = likely * one.right
            total -= float(np.log(right.sum() / likely.sum()))
            gradient -= one.features.T @ (right / right.sum() - share)
        gradient = gradient / len(told) + 2 * _HOLD * weights
        gradient[fixed] = 0.0
        return total / len(told) + _HOLD * float(weights @ weights), gradient

    start = np.zeros(len(FEATURES))
    start[fixed] = 0.0
    weights = _least(loss, start)
    weights[fixed] = ALIKE
    return {name: round(float(one), 3) for name, one in zip(FEATURES, weights, strict=True)}


def _confidence_weights(
    assistant: Assistant,
    told: Mapping[str, Mapping[str, float]],
    seen: Sequence[_Seen],
    dev: Sequence[Case],
    silent: Sequence[str] | None,
) -> dict[str, float]:
    """Logistic regression of "the work answers" on the signs."""
    work = assistant.work
    unanswered = silent_questions() if silent is None else silent
    rows = [
        (_signs(work, one.search, one.asked, told), True, WRITTEN_WEIGHT) for one in seen[:ANSWERED]
    ]
    for question, answerable, weight in (
        *_development(assistant, dev),
        *((one, False, SILENT_WEIGHT) for one in unanswered),
    ):
        asked = understand(question, assistant.searcher.vocabulary)
        search = _search(assistant.searcher, asked, None)
        rows.append((_signs(work, search, asked, told), answerable, weight))
    numbers = np.array([row[0] for row in rows])
    numbers = np.hstack([numbers, np.ones((len(rows), 1))])
    right = np.array([row[1] for row in rows], dtype=np.float64)
    counts = np.array([row[2] for row in rows])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = numbers @ weights
        sure = 1 / (1 + np.exp(-scores))
        total = float(counts @ np.logaddexp(0, np.where(right > 0, -scores, scores)))
        gradient = numbers.T @ (counts * (sure - right))
        size = counts.sum()
        held = weights.copy()
        held[-1] = 0.0
        return total / size + 0.001 * float(held @ held), gradient / size + 0.002 * held

    weights = _least(loss, np.zeros(len(SIGNS) + 1))
    named = {name: round(float(one), 3) for name, one in zip(SIGNS, weights, strict=False)}
    return named | {"bias": round(float(weights[-1]), 3)}


def _development(assistant: Assistant, dev: Sequence[Case]) -> Iterator[tuple[str, bool, float]]:
    for case in dev:
        alone = assistant.stand_alone(case.question, Conversation(case.history))
        # A false premise may rightly be met with the place that corrects it.
        if case.kind != "false_premise":
            yield alone, case.answerable, DEV_WEIGHT if case.answerable else SILENT_WEIGHT


def silent_questions(path: Path = SILENT) -> tuple[str, ...]:
    """Questions that the work does not answer, each once, in the order of the file.

    Raises:
        QuestionsUnreadable: The file is missing, or a line has no question.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        asked = [json.loads(line)["question"] for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionsUnreadable(
            f"{path} is no file of questions ({error}).", 'Give JSON lines with a "question" each.'
        ) from error
    return tuple(dict.fromkeys(asked))


def _signs(
    work: Work, search: Search, asked: Asked, told: Mapping[str, Mapping[str, float]]
) -> tuple[float, ...]:
    part = _part(native=asked.language == work.language)
    evidence = weigh(work, search, asked, Linear.from_dict(told[part], FEATURES))
    return signs(work, reranked(search, evidence), evidence, asked)


def _least(loss: Callable[[Matrix], tuple[float, Matrix]], start: Matrix) -> Matrix:
    from scipy.optimize import minimize  # here: only fitting needs it

    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B")
    weights: Matrix = found.x
    return weights


def _stage(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    return progress and (lambda done, total: progress(name, done, total))
