"""Which real parts make one working assistant."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.chain import last_of, make_chain, make_stream
from assistant.conversation import Conversation
from assistant.phrases import address, place_of
from assistant.questions import check_question, understand
from assistant.replies import Answer, Language
from assistant.rewriting import rewritten
from assistant.settings import Settings, default_home
from assistant.speaker import open_speaker
from assistant.speech import Limits
from assistant.stages import Draft, Inquiry
from assistant.suggesting import Suggester
from assistant.suspected import with_suspected
from assistant.writing import Writer
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
    read_tower,
    tower_path,
    tuned_encoder,
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
        writer: Has a language model write the answers; None for the work's own sentences.
    """

    def __init__(
        self,
        work: Work,
        searcher: Searcher,
        index_fingerprint: str,
        writer: Writer | None = None,
    ) -> None:
        self.work = work
        self.searcher = searcher
        self.index_fingerprint = index_fingerprint
        self.writer = writer
        self.chain = make_chain(work, searcher, index_fingerprint, writer)
        self._stream = make_stream(work, searcher, index_fingerprint, writer)
        self._suggester = Suggester(work, self._ask_the_text)

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
        vocabulary = self.searcher.vocabulary
        language = understand(checked, vocabulary).language
        return last_of(rewritten(checked, conversation, language, vocabulary, self.writer)).text

    def following(self, recipe: Recipe) -> Assistant:
        """The same assistant with a search by another recipe, for measuring."""
        searcher = self.searcher.following(recipe)
        return Assistant(self.work, searcher, self.index_fingerprint, self.writer)

    def written_by(self, writer: Writer | None) -> Assistant:
        """The same assistant with another model, or with none; the search is shared."""
        return Assistant(self.work, self.searcher, self.index_fingerprint, writer)

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

    def next_questions(
        self, answer: Answer, asked: Sequence[str], count: int = 3
    ) -> tuple[str, ...]:
        """Questions that carry an answer on and that the work answers; see `suggesting`."""
        return self._suggester.next_questions(answer, asked, count)

    def questions_of_section(
        self, section: str, language: Language, count: int = 3
    ) -> tuple[str, ...]:
        """Questions on a section that the work answers; none when it has no written ones.

        Raises:
            NoSuchPlace: The work has no such section.
        """
        return self._suggester.questions_of_section(section, language, count)

    def _ask_the_text(self, question: str) -> Answer:
        """An answer of the work's own sentences: what is only tried out is not worth a model."""
        return self.written_by(None).ask(question)

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


def open_writer(settings: Settings) -> Writer | None:
    """Who has the language model of the settings write; None when they name none.

    Raises:
        ModelMissing: It is not set in a way that can be used.
        ModelNotInstalled: The package of its provider is not there.
    """
    if settings.model is None:
        return None
    limits = Limits(settings.model_first, settings.model_pause, settings.model_total)
    speaker = open_speaker(settings, time_limit=settings.model_total)
    return Writer(speaker, limits, followups=settings.model_followups == "model")


def assemble(settings: Settings, *, with_model: bool = True) -> Assistant:
    """Put an assistant together from the work, the model and the index on disk.

    Args:
        settings: What from.
        with_model: Whether the language model that they name writes the answers; False to measure
            or to try out what the text itself says.

    Raises:
        ModelMissing, ModelNotInstalled: See `open_writer`.
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
        # Only now: what is not indexed leaves nothing behind.
        work = with_suspected(work, settings.home)
        adapter = read_adapter(adapter_path(work, settings.home), embedder.fingerprint)
        tower = read_tower(tower_path(work, settings.home), embedder.fingerprint)
        tuned = tuned_encoder(embedder, tower)
        tuning = beside.submit(tuned.load) if tuned else None
        searcher = Searcher(work, embedder, opened, adapter=adapter, tuned=tuned)
        writer = open_writer(settings) if with_model else None
        loading.result()
        if tuning:
            tuning.result()
    return Assistant(work, searcher, opened.fingerprint, writer)
