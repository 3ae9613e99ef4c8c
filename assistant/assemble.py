"""Which real parts make one working assistant."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.chain import Draft, Inquiry, make_chain, make_stream
from assistant.conversation import Conversation
from assistant.followup import stand_alone
from assistant.phrases import address, place_of
from assistant.questions import check_question, understand
from assistant.replies import Answer, Language
from assistant.settings import Settings, default_home
from index import (
    Hit,
    IndexMissing,
    IndexStale,
    Recipe,
    Search,
    Searcher,
    adapter_path,
    index_status,
    open_embedder,
    open_index,
    read_adapter,
)
from sources import Span, Work, open_work


@dataclass(frozen=True)
class Surroundings:
    """The text around a place, raw.

    Attributes:
        before: What stands before it in the same section.
        quote: The place itself.
        after: What stands after it in the same section.
        start: First code point of the quote.
        end: One past its last.
        section_heading: Number and title of the section, as a reader finds it.
        address: The address in the language asked for.
    """

    before: str
    quote: str
    after: str
    start: int
    end: int
    section_heading: str
    address: str


class Assistant:
    """Answers questions about one work.

    Safe to share between threads: it keeps nothing of a question or a visitor.

    Args:
        work: The work.
        searcher: Searches it.
        index_fingerprint: Which index is searched.
    """

    def __init__(self, work: Work, searcher: Searcher, index_fingerprint: str) -> None:
        self.work = work
        self.searcher = searcher
        self.index_fingerprint = index_fingerprint
        self.chain = make_chain(work, searcher, index_fingerprint)
        self._stream = make_stream(work, searcher, index_fingerprint)

    def ask(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        id: str | None = None,
    ) -> Answer:
        """Answer a question.

        Args:
            question: As typed.
            conversation: The turns before it; None or empty for a fresh start.
            id: Handed through to the answer.

        Raises:
            QuestionError: The question is empty, too long or not text.
        """
        return self.chain.invoke(Inquiry(question, conversation or Conversation(), id))

    def stand_alone(self, question: str, conversation: Conversation) -> str:
        """The question as it is searched: itself, or rewritten when it leans on earlier turns.

        Raises:
            QuestionError: As `ask`.
        """
        checked = check_question(question)
        language = understand(checked, self.searcher.vocabulary).language
        return stand_alone(checked, conversation, language)

    def following(self, recipe: Recipe) -> Assistant:
        """The same assistant with a search by another recipe, for measuring."""
        return Assistant(self.work, self.searcher.following(recipe), self.index_fingerprint)

    def stream(self, question: str, conversation: Conversation | None = None) -> Iterator[Draft]:
        """The same, step by step; the last draft has the whole answer.

        Raises:
            QuestionError: As `ask`, at the first step.
        """
        return self._stream.stream(Inquiry(question, conversation or Conversation()))

    def search(self, question: str, k: int = 10) -> tuple[Hit, ...]:
        """The best passages for a question that stands alone."""
        return self.find(question, k).hits

    def find(self, question: str, k: int = 10) -> Search:
        """The same with what the search says of single sentences."""
        asked = understand(question, self.searcher.vocabulary)
        return self.searcher.search(
            asked.text, asked.language, k, table=asked.table, lists=asked.kind == "list"
        )

    def surroundings(
        self, start: int, end: int, language: Language, margin: int = 600
    ) -> Surroundings:
        """The text around a place, at most `margin` characters each way, within its section.

        Raises:
            NoSuchPlace: The range is empty or outside the text.
        """
        quote = self.work.document.quote(Span(start, end))
        place = place_of(self.work, start)
        section = self.work.outline.section(place.section)
        text = self.work.text
        first = max(self._word_start(max(section.start, start - margin)), section.start)
        last = min(self._word_end(min(section.end, end + margin)), max(section.end, end))
        number = place.section if place.section[0].isdigit() else ""
        return Surroundings(
            before=text[first:start],
            quote=quote,
            after=text[end:last],
            start=start,
            end=end,
            section_heading=f"{number} {section.title}".strip() or self.work.title,
            address=address(language, place),
        )

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions to begin with, in a language; empty when the work's card has none."""
        return self.work.card.examples_in(language)

    def _word_start(self, offset: int) -> int:
        text = self.work.text
        while offset > 0 and not text[offset - 1].isspace():
            offset -= 1
        return offset

    def _word_end(self, offset: int) -> int:
        text = self.work.text
        while offset < len(text) and not text[offset].isspace():
            offset += 1
        return offset


def _build_command(settings: Settings) -> str:
    """What to type to build the index of the very work and folder that were asked for."""
    words = ["dayek", "index", "build"]
    if settings.source:
        words += ["--source", settings.source]
    if settings.home != default_home():
        words += ["--home", str(settings.home)]
    return shlex.join(words)


def assemble(settings: Settings) -> Assistant:
    """Put an assistant together from the work, the model and the index on disk.

    Raises:
        WorkNotFound, WorkUnreadable, WorkAltered: See `sources`.
        IndexMissing, IndexStale: See `index`; the remedy is `dayek index build`.
    """
    work = open_work(settings.source)
    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    status = index_status(work, embedder, settings.home, chroma=settings.chroma)
    with ThreadPoolExecutor(max_workers=1) as beside:
        # The model takes longest to load: beside the rest, but not when there is nothing to ask.
        if status.condition.state == "fresh":
            loading = beside.submit(embedder.load)
        try:
            opened = open_index(work, embedder, settings.home, chroma=settings.chroma)
        except (IndexMissing, IndexStale) as error:
            raise type(error)(error.message, f"Run: {_build_command(settings)}") from error
        adapter = read_adapter(adapter_path(work, settings.home), embedder.fingerprint)
        searcher = Searcher(work, embedder, opened, adapter=adapter)
        loading.result()
    return Assistant(work, searcher, opened.fingerprint)
