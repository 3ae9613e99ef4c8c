"""Questions worth asking next, each of which the work really answers.

They are taken from those written ahead with the work: near the places just cited, in the language
of the question, not yet answered by what was said. Nothing is offered on trust: each is put to the
assistant first, and offered only when the answer cites the very place that it was written for. A
work without written questions has no suggestions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.replies import Answer, Language
from sources import Span, Work, WrittenQuestion

NEAR = 6_000
"""Characters around a cited place within which a question still carries the matter on."""

TRIED = 8
"""Questions newly put to the assistant at most, for one list; each costs it a search."""

LONGEST = 110
"""Characters of a question that still fits on a button."""

Ask = Callable[[str], Answer]


class Suggester:
    """Offers questions on one work; safe to share between threads.

    What a question came to when it was tried is remembered, so that a much visited page soon tries
    none any more.

    Args:
        work: The work.
        ask: Puts a question to the assistant, without a language model.
    """

    def __init__(self, work: Work, ask: Ask) -> None:
        self._work = work
        self._ask = ask
        self._held: dict[WrittenQuestion, bool] = {}

    def next_questions(
        self, answer: Answer, asked: Sequence[str], count: int = 3
    ) -> tuple[str, ...]:
        """Questions that carry an answer on.

        Args:
            answer: What was answered last; for an abstention its nearest passage stands for it.
            asked: Questions of the conversation so far; none of them is offered again.
            count: How many at most.

        Returns:
            Questions in the language of the answer, the nearest first; fewer than `count`, or
            none, when there are no more that hold.
        """
        told = _told(answer)
        if not told:
            return ()
        known = {_plain(question) for question in asked}
        written = [
            (distance, question)
            for question in self._work.questions
            if question.language == answer.language
            and question.conflict is None
            and _plain(question.text) not in known
            and (distance := _distance(question.answer, told)) is not None
        ]
        written.sort(key=lambda pair: pair[0])
        return self._holding((question for _, question in written), count)

    def questions_of_section(
        self, section: str, language: Language, count: int = 3
    ) -> tuple[str, ...]:
        """Questions on one section, spread over it, that hold as those of `next_questions` do.

        Raises:
            NoSuchPlace: The work has no such section.
        """
        place = self._work.outline.section(section)
        inside = [
            question
            for question in self._work.questions
            if question.language == language
            and question.conflict is None
            and place.start <= question.answer.start < place.end
        ]
        return self._holding(_spread(inside, count), count)

    def _holding(self, questions: Iterable[WrittenQuestion], count: int) -> tuple[str, ...]:
        """The first questions that hold, no two of them for the same place."""
        held: list[WrittenQuestion] = []
        tried = 0
        for question in questions:
            if len(held) == count or tried == TRIED:
                break
            beside = any(question.answer.meets(other.answer) for other in held)
            if len(question.text) > LONGEST or beside:
                continue
            tried += question not in self._held
            if self._holds(question):
                held.append(question)
        return tuple(question.text for question in held)

    def _holds(self, question: WrittenQuestion) -> bool:
        """Whether its answer cites the place that it was written for."""
        if question not in self._held:
            answer = self._ask(question.text)
            cited = (Span(one.start, one.end) for one in answer.citations)
            self._held[question] = answer.status == "answered" and any(
                question.answer.meets(span) for span in cited
            )
        return self._held[question]


def _told(answer: Answer) -> tuple[Span, ...]:
    if answer.status == "answered":
        return tuple(Span(citation.start, citation.end) for citation in answer.citations)
    return tuple(Span(passage.start, passage.end) for passage in answer.retrieved[:1])


def _distance(place: Span, told: Iterable[Span]) -> int | None:
    """Characters between a place and the nearest told one; None when told itself, or too far."""
    nearest = NEAR + 1
    for span in told:
        if place.meets(span):
            return None
        nearest = min(nearest, max(span.start - place.end, place.start - span.end))
    return nearest if nearest <= NEAR else None


def _spread(questions: list[WrittenQuestion], count: int) -> Iterator[WrittenQuestion]:
    """Every question once, stepping through the section `count` times."""
    step = max(1, len(questions) // count)
    for first in range(step):
        yield from questions[first::step]


def _plain(question: str) -> str:
    return " ".join(question.casefold().rstrip("?!. ").split())
