"""The order in which a question becomes an answer, as a LangChain Runnable.

One way, no back and forth: stands alone? → what is asked → search → evidence → enough? → compose →
check every citation → answer. Each step takes and gives a typed value; the chain is an ordinary
Runnable (`invoke`, `batch`, `stream`, and their async twins).

Composing is done by the work's own sentences, always: where a language model writes, they are what
it may rest on, what its answer is measured by, and what is given when it fails. A model is not
asked where the work is silent, nor where the text itself must stand: a table that the question
names, and a matter on which the text says two things.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.conflicts import known_conflict
from assistant.conversation import Conversation
from assistant.evidence import ENOUGH, confidence, reranked, weigh
from assistant.exhibits import Exhibit, exhibits
from assistant.extract import Composed, compose
from assistant.phrases import (
    OTHER_LANGUAGE,
    instead,
    no_bibliography,
    no_table,
    on_a_models_answer,
    silence,
    silent_too,
)
from assistant.questions import Asked, check_question, understand
from assistant.quoting import check, cite, verbatim_statements
from assistant.replies import (
    Answer,
    Language,
    Retrieved,
    Seconds,
    Signals,
    WorkLabel,
)
from assistant.rewriting import rewritten
from assistant.stages import EXTRACTIVE, Draft, Found, Inquiry, Reply, Stage, Understood
from assistant.writing import Outcome, Writer, together
from index import Search, Searcher
from sources import Work

RETRIEVED = 10
"""Passages that an answer tells of."""

CONFLICT_KNOWN = 0.9
"""Confidence that a question which meets a known conflict of the work is answered by it."""

DENIED = 0.7
"""What is left of the confidence when a model finds no answer in the evidence. It is one more
witness, not the judge: where the search is sure (0.79 and more) the nearest sentences are still
given, where it was only just sure the work is taken to be silent."""

T = TypeVar("T")

_PIECE = re.compile(r"\S+\s*|\s+")
_REFERENCE_ASKED = re.compile(r"\[\s*(\d{1,3})\s*\]")
_ELLIPTIC = re.compile(r"\bше\b|^\s*(?:ал|а|and|what about|how about)\b", re.IGNORECASE)
_SOURCE_ASKED = re.compile(
    r"сілтеме|дереккөз|әдебиет|еңбегі|источник|ссылк|сноск|литератур|reference|source|bibliograph|"
    r"cited|citation",
    re.IGNORECASE,
)


def make_chain(
    work: Work, searcher: Searcher, index: str, writer: Writer | None = None
) -> Runnable[Inquiry, Answer]:
    """The chain from an inquiry to its answer.

    Args:
        work: The work.
        searcher: Searches it.
        index: Fingerprint of the index, told in the answer.
        writer: Has a language model write the answers; None for the work's own sentences.

    Raises (when invoked):
        QuestionError: The question cannot be taken.
    """
    steps = Steps(work, searcher, index, writer)
    return (
        RunnableLambda(steps.understand, name="understand")
        | RunnableLambda(steps.find, name="find")
        | RunnableLambda(steps.answer, name="answer")
    ).with_config(run_name="dayek")


def make_stream(
    work: Work, searcher: Searcher, index: str, writer: Writer | None = None
) -> Runnable[Inquiry, Draft]:
    """The same chain step by step: what is searched, what was found, the words as they come.

    A stream that is closed stops what it is doing, the request to a model included.
    """
    steps = Steps(work, searcher, index, writer)

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
        writer: Has a language model write; None for none.
    """

    def __init__(
        self, work: Work, searcher: Searcher, index: str, writer: Writer | None = None
    ) -> None:
        self._work = work
        self._searcher = searcher
        self._index = index
        self._writer = writer

    def understand(self, inquiry: Inquiry) -> Understood:
        """Check the question, make it stand alone, read what it asks."""
        return last_of(self._understanding(inquiry))

    def _understanding(self, inquiry: Inquiry) -> Generator[None, None, Understood]:
        begun = time.perf_counter()
        question = check_question(inquiry.question)
        vocabulary = self._searcher.vocabulary
        asked = understand(question, vocabulary)
        alone = yield from rewritten(
            question, inquiry.conversation, asked.language, vocabulary, self._writer
        )
        if alone.text != question:
            asked = self._as_before(replace(asked, text=alone.text), inquiry.conversation)
        return Understood(replace(inquiry, question=question), asked, begun, alone.usage)

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
        conflict = known_conflict(self._work, search, evidence, asked)
        if conflict and conflict.sure:
            sure = max(sure, CONFLICT_KNOWN)
        return Found(understood, search, evidence, sure, time.perf_counter() - begun)

    def answer(self, found: Found) -> Answer:
        """Write the answer or the word that there is none, and check every citation."""
        return last_of(self._answering(found))

    def drafts(self, inquiry: Inquiry) -> Iterator[Draft]:
        """The steps of one answer; the last has the whole of it."""
        understanding = self._understanding(inquiry)
        understood = None
        while understood is None:
            try:
                next(understanding)
                yield Draft("searching", "", "", None)
            except StopIteration as end:
                understood = end.value
        alone = understood.asked.text
        yield Draft("searching", alone, "", None)
        found = self.find(understood)
        yield Draft("found", alone, "", None)
        answer = yield from self._answering(found)
        if answer.engine == EXTRACTIVE:
            text = ""
            for piece in _PIECE.findall(answer.answer):
                text += piece
                yield Draft("writing", alone, text, None)
        yield Draft("done", alone, answer.answer, answer, answer.citations, answer.engine)

    def _answering(self, found: Found) -> Generator[Draft, None, Answer]:
        """What a model writes as it grows, if one does; then the answer."""
        begun = time.perf_counter()
        refused = self._refusal(found)
        if refused:
            return self._answer(found, Reply(refused, refused=True), begun)
        composed = compose(self._work, found.search, found.evidence, found.understood.asked)
        asked = found.understood.asked
        if self._writer is None or not _may_be_retold(composed, asked):
            return self._answer(found, Reply(composed), begun)
        evidence = exhibits(self._work, found.evidence, composed, asked.language)
        if not evidence:
            return self._answer(found, Reply(composed), begun)
        outcome = yield from self._written(asked, evidence, self._writer)
        return self._answer(found, self._decided(found, composed, outcome, self._writer), begun)

    def _written(
        self, asked: Asked, evidence: Sequence[Exhibit], writer: Writer
    ) -> Generator[Draft, None, Outcome]:
        writing = writer.write(asked, evidence)
        try:
            while True:
                shown = next(writing)
                citations = cite(self._work, shown.spans)
                check(self._work, shown.text, citations)
                stage: Stage = "writing" if shown.text else "found"
                yield Draft(stage, asked.text, shown.text, None, citations, writer.engine)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        finally:
            writing.close()

    def _decided(self, found: Found, composed: Composed, outcome: Outcome, writer: Writer) -> Reply:
        """The model's answer, or the work's own sentences with the reason why not."""
        language = found.understood.asked.language
        shown, fault = outcome.shown, outcome.fault
        if shown is not None:
            notice = on_a_models_answer(
                language, removed=shown.removed, marked=shown.marked, cut=shown.cut
            )
            written = Composed(shown.text, shown.spans)
            return Reply(
                written, writer.engine, notice, shown.statements, shown.removed, outcome.usage
            )
        if fault == "no answer" and found.confidence * DENIED < ENOUGH:
            return Reply(
                self._silence(found),
                notice=silent_too(language),
                usage=outcome.usage,
                refused=True,
                trust=DENIED,
            )
        return Reply(
            composed,
            notice=instead(language, fault or "unreadable"),
            usage=outcome.usage,
            trust=DENIED if fault == "no answer" else 1.0,
        )

    def _answer(self, found: Found, reply: Reply, begun: float) -> Answer:
        """The reply with all that belongs to it, its citations checked."""
        composed, understood = reply.composed, found.understood
        citations = cite(self._work, composed.spans)
        check(self._work, composed.text, citations)
        now = time.perf_counter()
        asked, inquiry = understood.asked, understood.inquiry
        statements = reply.statements
        if reply.engine == EXTRACTIVE and not reply.refused:
            statements = verbatim_statements(composed.text)
        return Answer(
            id=inquiry.id,
            question=inquiry.question,
            standalone_question=asked.text,
            language=asked.language,
            kind=asked.kind,
            status="abstained" if reply.refused else "answered",
            answer=composed.text,
            confidence=round(found.confidence * reply.trust, 3),
            conflict=composed.conflict,
            citations=citations,
            retrieved=self._retrieved(found.search),
            engine=reply.engine,
            notice=self._notice(asked.language, reply),
            seconds=Seconds(
                search=round(found.seconds, 4),
                answer=round(now - begun, 4),
                total=round(now - understood.begun, 4),
            ),
            work=WorkLabel(self._work.id, self._work.document.sha256),
            index=self._index,
            statements=statements,
            removed=reply.removed,
            usage=together(understood.usage, reply.usage),
        )

    def _notice(self, language: Language, reply: Reply) -> str | None:
        foreign = language != self._work.language and not reply.refused
        parts = (reply.notice, OTHER_LANGUAGE[language] if foreign else "")
        return " ".join(part for part in parts if part) or None

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
        return None if found.confidence >= ENOUGH else self._silence(found)

    def _silence(self, found: Found) -> Composed:
        asked = found.understood.asked
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


def _may_be_retold(composed: Composed, asked: Asked) -> bool:
    """Whether a model may say it in its own words."""
    return not composed.conflict and asked.table is None


def last_of(steps: Generator[Any, None, T]) -> T:
    """What a generator gives back at its end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)
