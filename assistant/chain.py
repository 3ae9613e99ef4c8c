"""The order in which a question becomes an answer, as a LangChain Runnable.

One way, no back and forth: stands alone? → what is asked → search → evidence → enough? → compose →
check every citation → answer. Each step takes and gives a typed value; the chain is an ordinary
Runnable (`invoke`, `batch`, `stream`, and their async twins).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.conflicts import known_conflict
from assistant.conversation import Conversation
from assistant.evidence import ENOUGH, Evidence, confidence, reranked, weigh
from assistant.extract import Composed, compose
from assistant.followup import stand_alone
from assistant.phrases import OTHER_LANGUAGE, no_bibliography, no_table, silence
from assistant.questions import Asked, check_question, understand
from assistant.quoting import check, cite
from assistant.replies import Answer, Retrieved, Seconds, Signals, WorkLabel
from index import Search, Searcher
from sources import Work

RETRIEVED = 10
"""Passages that an answer tells of."""

CONFLICT_KNOWN = 0.9
"""Confidence that a question which meets a known conflict of the work is answered by it."""

_PIECE = re.compile(r"\S+\s*|\s+")
_REFERENCE_ASKED = re.compile(r"\[\s*(\d{1,3})\s*\]")
_ELLIPTIC = re.compile(r"\bше\b|^\s*(?:ал|а|and|what about|how about)\b", re.IGNORECASE)
_SOURCE_ASKED = re.compile(
    r"сілтеме|дереккөз|әдебиет|еңбегі|источник|ссылк|сноск|литератур|reference|source|bibliograph|"
    r"cited|citation",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Inquiry:
    """What goes into the chain.

    Attributes:
        question: As asked.
        conversation: The turns before it.
        id: The caller's name for it, None when it has none.
    """

    question: str
    conversation: Conversation = field(default_factory=Conversation)
    id: str | None = None


@dataclass(frozen=True)
class Understood:
    """A question that stands alone, and what it asks."""

    inquiry: Inquiry
    asked: Asked
    begun: float


@dataclass(frozen=True)
class Found:
    """A question with what the search found for it."""

    understood: Understood
    search: Search
    evidence: tuple[Evidence, ...]
    confidence: float
    seconds: float


@dataclass(frozen=True)
class Draft:
    """One step of a streamed answer.

    Attributes:
        stage: How far it is.
        standalone_question: The question as it is searched; "" before it is understood.
        text: The answer so far, with markers; "" before writing.
        answer: The whole answer, at stage "done" only.
    """

    stage: Literal["searching", "found", "writing", "done"]
    standalone_question: str
    text: str
    answer: Answer | None


def make_chain(work: Work, searcher: Searcher, index: str) -> Runnable[Inquiry, Answer]:
    """The chain from an inquiry to its answer.

    Args:
        work: The work.
        searcher: Searches it.
        index: Fingerprint of the index, told in the answer.

    Raises (when invoked):
        QuestionError: The question cannot be taken.
    """
    steps = Steps(work, searcher, index)
    return (
        RunnableLambda(steps.understand, name="understand")
        | RunnableLambda(steps.find, name="find")
        | RunnableLambda(steps.answer, name="answer")
    ).with_config(run_name="dayek")


def make_stream(work: Work, searcher: Searcher, index: str) -> Runnable[Inquiry, Draft]:
    """The same chain step by step: what is searched, what was found, the words as they come."""
    steps = Steps(work, searcher, index)

    def drafts(inquiries: Iterator[Inquiry]) -> Iterator[Draft]:
        for inquiry in inquiries:
            yield from steps.drafts(inquiry)

    return RunnableGenerator(drafts).with_config(run_name="dayek-stream")


class Steps:
    """The steps of the chain over one work.

    Args:
        work: The work.
        searcher: Searches it.
        index: Fingerprint of the index.
    """

    def __init__(self, work: Work, searcher: Searcher, index: str) -> None:
        self._work = work
        self._searcher = searcher
        self._index = index

    def understand(self, inquiry: Inquiry) -> Understood:
        """Check the question, make it stand alone, read what it asks."""
        begun = time.perf_counter()
        question = check_question(inquiry.question)
        vocabulary = self._searcher.vocabulary
        asked = understand(question, vocabulary)
        alone = stand_alone(question, inquiry.conversation, asked.language)
        if alone != question:
            asked = self._as_before(replace(asked, text=alone), inquiry.conversation)
        return Understood(replace(inquiry, question=question), asked, begun)

    def _as_before(self, asked: Asked, conversation: Conversation) -> Asked:
        """A follow-up that does not say what it asks ("Ал ЕҚЫҰ-ға ше?") asks what the last did."""
        vocabulary = self._searcher.vocabulary
        whole = understand(asked.text, vocabulary)
        table = whole.table
        if asked.kind == "statement" and whole.kind != "statement":
            return replace(asked, table=table, kind=whole.kind)
        before = conversation.last
        if asked.kind != "statement" or before is None or not _ELLIPTIC.search(asked.text):
            return replace(asked, table=table)
        return replace(asked, table=table, kind=understand(before.question, vocabulary).kind)

    def find(self, understood: Understood) -> Found:
        """Search, and weigh the sentences found."""
        begun = time.perf_counter()
        asked = understood.asked
        search = self._searcher.search(
            asked.text,
            asked.language,
            RETRIEVED,
            table=asked.table,
            lists=asked.kind == "list",
        )
        evidence = weigh(self._work, search, asked)
        if self._searcher.recipe.reranking:
            search = reranked(search, evidence)
        sure = confidence(self._work, search, evidence, asked)
        if known_conflict(self._work, search, evidence, asked):
            sure = max(sure, CONFLICT_KNOWN)
        return Found(understood, search, evidence, sure, time.perf_counter() - begun)

    def answer(self, found: Found) -> Answer:
        """Write the answer or the word that there is none, and check every citation."""
        begun = time.perf_counter()
        refused = self._refusal(found)
        composed = refused or compose(
            self._work, found.search, found.evidence, found.understood.asked
        )
        citations = cite(self._work, composed.spans)
        check(self._work, composed.text, citations)
        now = time.perf_counter()
        asked = found.understood.asked
        inquiry = found.understood.inquiry
        other = asked.language != self._work.language and not refused
        return Answer(
            id=inquiry.id,
            question=inquiry.question,
            standalone_question=asked.text,
            language=asked.language,
            kind=asked.kind,
            status="abstained" if refused else "answered",
            answer=composed.text,
            confidence=round(found.confidence, 3),
            conflict=composed.conflict,
            citations=citations,
            retrieved=self._retrieved(found.search),
            engine="extractive",
            notice=OTHER_LANGUAGE[asked.language] or None if other else None,
            seconds=Seconds(
                search=round(found.seconds, 4),
                answer=round(now - begun, 4),
                total=round(now - found.understood.begun, 4),
            ),
            work=WorkLabel(self._work.id, self._work.document.sha256),
            index=self._index,
        )

    def drafts(self, inquiry: Inquiry) -> Iterator[Draft]:
        """The steps of one answer; the last has the whole of it."""
        understood = self.understand(inquiry)
        alone = understood.asked.text
        yield Draft("searching", alone, "", None)
        found = self.find(understood)
        yield Draft("found", alone, "", None)
        answer = self.answer(found)
        text = ""
        for piece in _PIECE.findall(answer.answer):
            text += piece
            yield Draft("writing", alone, text, None)
        yield Draft("done", alone, answer.answer, answer)

    def _refusal(self, found: Found) -> Composed | None:
        """The word that the work does not answer, None when it does."""
        asked = found.understood.asked
        tables = self._work.outline.tables
        if asked.table is not None and self._work.outline.table(asked.table) is None:
            numbers = [table.number for table in tables]
            return Composed(no_table(asked.language, asked.table, numbers), ())
        reference = _REFERENCE_ASKED.search(asked.text)
        if reference and _SOURCE_ASKED.search(asked.text) and not self._work.has_bibliography:
            return Composed(no_bibliography(asked.language, reference[1]), ())
        if found.confidence >= ENOUGH:
            return None
        unknown = found.search.unknown if asked.language == self._work.language else ()
        count = len(self._work.passages)
        return Composed(silence(asked.language, count, unknown), ())

    def _retrieved(self, search: Search) -> tuple[Retrieved, ...]:
        return tuple(
            Retrieved(
                rank=hit.rank,
                start=hit.passage.start,
                end=hit.passage.end,
                score=round(hit.score, 4),
                signals=Signals(
                    passage=_rounded(hit.scores.passage),
                    sentence=_rounded(hit.scores.sentence),
                    question=_rounded(hit.scores.question),
                    words=_rounded(hit.scores.words),
                ),
            )
            for hit in search.hits
        )


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)
