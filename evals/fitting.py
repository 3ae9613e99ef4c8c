"""Learning the numbers of the assistant from questions whose right answer is known.

Four things are learned, none of them from a test question. The adapter of question vectors and the
tower that encodes questions come from the questions written ahead of the work, but for some that
are held out; the weights by which a sentence's features make its score from these and the
development questions. For a written question must not be judged by what has learned from it, nor be
found by itself: it is taken out of the list when it is searched. The weights of the confidence come
from what the work answers (written and development questions) against what it does not:
`silent.jsonl`, questions on its very subject that readers made sure it does not answer, the
development questions of that sort, and if need be a file of questions on anything else.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any
from zlib import crc32

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
from evals.measures import covers
from evals.questions import Case, QuestionsUnreadable, resolve
from index import (
    Hidden,
    Lessons,
    Search,
    Searcher,
    adapter_path,
    learn,
    learn_tower,
    open_embedder,
    open_index,
    tower_path,
    write_adapter,
    write_tower,
)
from sources import FixableError, Span, Work, open_work

HELD = 1_000
"""Questions written ahead from which neither adapter nor tower learns, so that the weights can be
learned from them; never more than one in five."""

ALIKE = "asked_alike"
"""The feature that is learned from the development questions alone: with a written question taken
out of the list, the rest are by design on other things, while a student's question often has its
like."""

DEV_SHARE = 20.0
"""How many written questions one development question counts as among the sentences: it is asked as
students ask. By cross-validation over the development questions (families kept together) 3, 8, 20
and nothing else than these bring the right sentence first in 0.752, 0.764, 0.771 and 0.776."""

HOLD = 0.03
"""How near nothing the weights of sentences are held, features brought to one spread. 0.003 to 0.1
change little."""

ANSWERED = 500
"""Questions written ahead that stand for what the work answers."""

WRITTEN_WEIGHT = 0.05
DEV_WEIGHT = 1.0
SILENT_WEIGHT = 0.5
OFF_TOPIC_WEIGHT = 0.1
"""How much a question of each sort counts in the confidence: those asked as students ask, and those
on the work's own subject that nothing answers, for telling these apart is hard; questions on
anything else are told easily. The bias is moved back afterwards (`UNANSWERED`)."""

CONFIDENCE_HOLD = 0.01

UNANSWERED = 0.15
"""Share of questions without an answer for which a confidence is a probability."""

SILENT = Path(__file__).parent / "silent.jsonl"

Matrix = NDArray[np.float64]
Progress = Callable[[str, int, int], None]
"""Told the name of a stage, the number done and the number of all."""


class NothingToLearnFrom(FixableError):
    """The work has no questions written ahead."""


@dataclass(frozen=True)
class _Seen:
    """One question searched: what its answer looks like among what was found."""

    features: Matrix
    right: NDArray[np.bool_]
    asked: Asked
    search: Search


def tune(settings: Settings, *, progress: Progress | None = None) -> tuple[Path, ...]:
    """Learn from the questions written ahead of a work how its readers ask, and write it.

    The index must exist; its vectors are what the questions learn to come near. Two minutes for the
    adapter of 20,000 questions on two cores, and half an hour for the tower, which only the bundled
    embedder can have.

    Returns:
        The files written: the adapter's, and the tower's where there is one.

    Raises:
        NothingToLearnFrom: The work has none.
        FixableError: The work or its index cannot be opened.
    """
    work = open_work(settings.source)
    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    assistant = assemble(settings, with_model=False)
    taught = _taught(work)
    asked = _spelled(assistant)
    lessons = _lessons(assistant, settings, asked).of(taught)
    adapter = learn(lessons, progress=_stage(progress, "learning"))
    path = adapter_path(work, settings.home)
    write_adapter(adapter, path, embedder.fingerprint)
    if settings.embedder != "bundled":
        return (path,)
    tower = learn_tower(
        settings.models,
        [asked[at] for at in taught],
        lessons,
        progress=_stage(progress, "learning the tower"),
    )
    write_tower(tower, tower_path(work, settings.home), embedder.fingerprint)
    return (path, tower_path(work, settings.home))


def held_out(work: Work) -> list[int]:
    """Places of the written questions that nothing has learned from, in their order."""
    size = min(HELD, len(work.questions) // 5)
    drawn = sorted(
        range(len(work.questions)), key=lambda at: (crc32(work.questions[at].text.encode()), at)
    )
    return sorted(drawn[:size])


def _taught(work: Work) -> list[int]:
    held = set(held_out(work))
    return [at for at in range(len(work.questions)) if at not in held]


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
        dev: Development questions, for the weights of sentences and of confidence.
        silent: Questions that the work does not answer; None means the project's own.
        progress: Told how far it is.
        path: File to write.

    Raises:
        NothingToLearnFrom: The work has no questions written ahead.
    """
    assistant = assemble(settings, with_model=False)
    if not assistant.work.questions:
        raise _nothing(assistant.work)
    seen = list(_searched(assistant.searcher, progress))
    asked = list(_asked_by_development(assistant, dev))
    told = {"evidence": _sentence_weights(seen, asked) or dict(_present())}
    told["confidence"] = _confidence_weights(assistant, told, seen, dev, silent)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    new.replace(path)
    forget_weights()
    return told


def _present() -> Iterator[tuple[str, float]]:
    """The weights in use: kept where the work has no questions to learn others from."""
    linear = weights_of("evidence", FEATURES)
    return zip(linear.names, linear.weights, strict=True)


def _spelled(assistant: Assistant) -> list[str]:
    """The questions written ahead as they are searched."""
    if not assistant.work.questions:
        raise _nothing(assistant.work)
    return [assistant.searcher.spelled(one.text, one.language) for one in assistant.work.questions]


def _lessons(assistant: Assistant, settings: Settings, asked: Sequence[str]) -> Lessons:
    work = assistant.work
    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    with open_index(work, embedder, settings.home, chroma=settings.chroma) as opened:
        sentences, passages = opened.sentence_vectors(), opened.passage_vectors()
    searcher = assistant.searcher
    owners = [searcher.owner_of_sentence(at) for at in range(len(work.sentences))]
    return Lessons(
        questions=embedder.encode_queries(asked),
        sentences=sentences,
        passages=passages,
        answers=np.array([_first_sentence(work, at) for at in range(len(asked))], dtype=np.intp),
        owners=np.array(owners, dtype=np.intp),
    )


def _nothing(work: Work) -> NothingToLearnFrom:
    return NothingToLearnFrom(
        f"Nobody has written questions ahead for {work.title!r}.",
        "Write them with a language model: dayek enrich",
    )


def _first_sentence(work: Work, number: int) -> int:
    answer = work.questions[number].answer
    if found := work.sentences_in(answer):
        return found.start
    # An answer within a sentence: that sentence.
    return bisect_right(work.sentences, answer.start, key=lambda one: one.start) - 1


def _searched(searcher: Searcher, progress: Progress | None) -> Iterator[_Seen]:
    """The written questions that were held out, each searched without itself."""
    numbers = held_out(searcher.work)
    random.Random(1).shuffle(numbers)
    for done, number in enumerate(numbers, start=1):
        yield _see(searcher, number)
        if progress:
            progress("searching", done, len(numbers))


def _see(searcher: Searcher, number: int) -> _Seen:
    work = searcher.work
    written = work.questions[number]
    asked = understand(written.text, searcher.vocabulary)
    search = _search(searcher, asked, Hidden(frozenset((number,))))
    answer = [work.sentences[at] for at in work.sentences_in(written.answer)]
    return _seen(work, asked, search, [Span(one.start, one.end) for one in answer])


def _asked_by_development(assistant: Assistant, dev: Sequence[Case]) -> Iterator[_Seen]:
    """The development questions that the work answers, searched."""
    work = assistant.work
    for case in dev:
        if case.answerable:
            alone = assistant.stand_alone(case.question, Conversation(case.history))
            asked = understand(alone, assistant.searcher.vocabulary)
            gold = [span for group in resolve(case, work.text) for span in group]
            search = _search(assistant.searcher, asked, None)
            yield _seen(work, asked, search, gold)


def _seen(work: Work, asked: Asked, search: Search, right: Sequence[Span]) -> _Seen:
    found = candidates(work, search, asked)
    return _Seen(
        features=np.array([one.features for one in found], dtype=np.float64).reshape(
            len(found), len(FEATURES)
        ),
        right=np.array([_answers(work, one.sentence, right) for one in found], dtype=np.bool_),
        asked=asked,
        search=search,
    )


def _answers(work: Work, sentence: int, right: Sequence[Span]) -> bool:
    """Whether a sentence and a right place share at least half of the shorter of the two."""
    found = Span(work.sentences[sentence].start, work.sentences[sentence].end)
    return any(covers(found, one) or covers(one, found) for one in right)


def _search(searcher: Searcher, asked: Asked, hidden: Hidden | None) -> Search:
    return searcher.search(
        asked.text,
        asked.language,
        table=asked.table,
        lists=asked.kind == "list",
        hidden=hidden,
    )


def _sentence_weights(written: Sequence[_Seen], dev: Sequence[_Seen]) -> dict[str, float]:
    """Weights under which the answering sentences are likeliest among those found (softmax).

    Empty when there is nothing to learn from.
    """
    unlike = np.array([name != ALIKE for name in FEATURES], dtype=np.float64)
    lessons = [
        *((one.features * unlike, one.right, 1.0) for one in written),
        *((one.features, one.right, DEV_SHARE) for one in dev),
    ]
    lessons = [one for one in lessons if one[1].any() and not one[1].all()]
    if not lessons:
        return {}
    spread = np.vstack([one.features for one in dev or written]).std(axis=0) + 0.05
    lessons = [(features / spread, right, weight) for features, right, weight in lessons]
    size = sum(weight for _, _, weight in lessons)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros(len(FEATURES))
        for features, answering, weight in lessons:
            scores = features @ weights
            likely = np.exp(scores - scores.max())
            right = likely * answering
            total -= weight * float(np.log(right.sum() / likely.sum()))
            gradient -= weight * (features.T @ (right / right.sum() - likely / likely.sum()))
        return total / size + HOLD * float(weights @ weights), gradient / size + 2 * HOLD * weights

    weights = _least(loss, np.zeros(len(FEATURES))) / spread
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
    own = frozenset(silent_questions())
    unanswered = silent_questions() if silent is None else silent
    rows = [
        (_signs(work, one.search, one.asked, told), True, WRITTEN_WEIGHT) for one in seen[:ANSWERED]
    ]
    for question, answerable, weight in (
        *_development(assistant, dev),
        *((one, False, SILENT_WEIGHT if one in own else OFF_TOPIC_WEIGHT) for one in unanswered),
    ):
        asked = understand(question, assistant.searcher.vocabulary)
        search = _search(assistant.searcher, asked, None)
        rows.append((_signs(work, search, asked, told), answerable, weight))
    return _logistic(
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows], dtype=np.float64),
        np.array([row[2] for row in rows]),
    )


def _logistic(numbers: Matrix, right: Matrix, counts: Matrix) -> dict[str, float]:
    """Weights of the signs and a bias, moved to where `UNANSWERED` of the questions are so."""
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0) + 0.05
    scaled = np.hstack([(numbers - middle) / spread, np.ones((len(numbers), 1))])
    size = counts.sum()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = scaled @ weights
        sure = 1 / (1 + np.exp(-scores))
        total = float(counts @ np.logaddexp(0, np.where(right > 0, -scores, scores)))
        held = weights.copy()
        held[-1] = 0.0
        gradient = scaled.T @ (counts * (sure - right)) / size + 2 * CONFIDENCE_HOLD * held
        return total / size + CONFIDENCE_HOLD * float(held @ held), gradient

    found = _least(loss, np.zeros(len(SIGNS) + 1))
    weights = found[:-1] / spread
    learned = float(counts @ (1 - right)) / size
    moved = (
        log(learned / (1 - learned)) - log(UNANSWERED / (1 - UNANSWERED))
        if 0 < learned < 1
        else 0.0
    )
    bias = float(found[-1] - middle @ weights) + moved
    named = {name: round(float(one), 3) for name, one in zip(SIGNS, weights, strict=True)}
    return named | {"bias": round(bias, 3)}


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
    evidence = weigh(work, search, asked, Linear.from_dict(told["evidence"], FEATURES))
    return signs(work, reranked(search, evidence), evidence, asked)


def _least(loss: Callable[[Matrix], tuple[float, Matrix]], start: Matrix) -> Matrix:
    from scipy.optimize import minimize  # here: only fitting needs it

    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B")
    weights: Matrix = found.x
    return weights


def _stage(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    return progress and (lambda done, total: progress(name, done, total))
