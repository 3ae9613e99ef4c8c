"""What a program can do with a work: ask, search, read, list its contradictions.

The page's endpoints for programs and the MCP server offer the same four, so that what one client
can do every client can. Arguments come from outside and are looked at here; what comes back are
frozen values that become JSON as they are, and every one names the work and the sha256 of its
file: offsets hold for that file alone.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from assistant import (
    Answer,
    Assistant,
    Conversation,
    Disagreement,
    FixableError,
    Language,
    WorkLabel,
    address,
    check_question,
    find_disagreements,
    place_of,
    search_form,
    understand,
)
from ui.contradictions import Contradiction, not_known, read_by_hand, scanned
from ui.extracts import Extract, extract, place_name
from ui.wording import LANGUAGES

MOST_PASSAGES = 50
"""Most passages of one search."""

MOST_TURNS = 100
"""Most earlier turns of a question; only the last few can matter."""

LONGEST_TURN = 20_000
"""Characters of one earlier question or answer."""

_STEM = 5
"""Letters of a word that must agree: Kazakh, Russian and English endings come after them."""


class ArgumentUnfit(FixableError):
    """An argument of a program is of another kind or size than the tool takes."""


@dataclass(frozen=True)
class PassageFound:
    """One passage of a search.

    Attributes:
        rank: From 1, best first.
        place: By which it can be read again, with its neighbours; see `ui.extracts`.
        address: The same as a person says it, in the language of the query.
        section: Id of its section.
        section_title: Heading of that section.
        start: First code point.
        end: One past the last.
        quote: The words, equal to the text at `[start, end)`.
        score: Comparable within one search only.
    """

    rank: int
    place: str
    address: str
    section: str
    section_title: str
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True)
class SearchFound:
    """What a search found.

    Attributes:
        work: Which work, in which state.
        query: As it was searched, slips mended.
        language: Of the query.
        unknown_words: Words of the query that the work never uses, in a query of its language.
        passages: Best first.
    """

    work: WorkLabel
    query: str
    language: Language
    unknown_words: tuple[str, ...]
    passages: tuple[PassageFound, ...]


@dataclass(frozen=True)
class ContradictionsFound:
    """Where the work disagrees with itself.

    Attributes:
        work: Which work, in which state.
        contradictions: Those read by hand first, then what the scan adds, surest first.
    """

    work: WorkLabel
    contradictions: tuple[Contradiction, ...]


class Tools:
    """The four, over one assistant; safe to share between threads.

    Args:
        assistant: Who answers.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._work = assistant.work
        self._label = WorkLabel(self._work.id, self._work.document.sha256)
        self._lock = threading.Lock()
        self._scanned: tuple[Disagreement, ...] | None = None

    def ask(self, question: str, history: list[list[str]] | None = None) -> Answer:
        """Answer a question; `history` holds earlier pairs of question and answer, oldest first.

        Raises:
            QuestionError: The question cannot be taken.
            ArgumentUnfit: An argument is of another kind or size.
        """
        return self._assistant.ask(_text("question", question), _conversation(history))

    def search(self, query: str, k: int = 10) -> SearchFound:
        """The best `k` passages for a query, 1 to `MOST_PASSAGES`.

        Raises:
            QuestionError: The query cannot be taken.
            ArgumentUnfit: An argument is of another kind or size.
        """
        asked = check_question(_text("query", query))
        if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_PASSAGES:
            raise ArgumentUnfit(f"k is {k!r}.", f"Give a whole number from 1 to {MOST_PASSAGES}.")
        language = understand(asked, self._assistant.searcher.vocabulary).language
        found = self._assistant.find(asked, k)
        native = language == self._work.language
        return SearchFound(
            work=self._label,
            query=found.question,
            language=language,
            unknown_words=found.unknown if native else (),
            passages=tuple(
                self._passage(hit.rank, hit.passage.start, hit.passage.end, hit.score, language)
                for hit in found.hits
            ),
        )

    def read(self, place: str, language: Language = "kk") -> Extract:
        """What stands at a place of the work; addresses in `language`.

        Raises:
            PlaceUnclear, NoSuchPlace: It is no place of this work.
            ArgumentUnfit: An argument is of another kind or size.
        """
        return extract(self._work, _text("place", place), _language(language))

    def conflicts(self, about: str = "", language: Language = "kk") -> ContradictionsFound:
        """Where the work disagrees with itself.

        Args:
            about: Only those in which all these words occur, whatever their endings; empty for all.
            language: Of addresses and topics.

        Raises:
            ArgumentUnfit: An argument is of another kind or size.
        """
        wanted = [word[:_STEM] for word in search_form(_text("about", about)).split()]
        told = self._all_contradictions(_language(language))
        return ContradictionsFound(
            self._label, tuple(one for one in told if all(_speaks_of(one, word) for word in wanted))
        )

    def _passage(
        self, rank: int, start: int, end: int, score: float, language: Language
    ) -> PassageFound:
        place = place_of(self._work, start)
        section = self._work.outline.section(place.section)
        return PassageFound(
            rank=rank,
            place=place_name(self._work, start),
            address=address(language, place),
            section=section.id,
            section_title=" ".join(section.title.split()),
            start=start,
            end=end,
            quote=self._work.text[start:end],
            score=score,
        )

    def _all_contradictions(self, language: Language) -> tuple[Contradiction, ...]:
        with self._lock:  # the scan reads every sentence: once, and by one thread
            if self._scanned is None:
                self._scanned = find_disagreements(self._work)
        known = read_by_hand(self._work, language)
        return (*known, *not_known(scanned(self._work, self._scanned, language), known))


def _speaks_of(told: Contradiction, word: str) -> bool:
    said = [told.matter, *(one.quote for side in told.sides for one in side.statements)]
    return any(word in search_form(text) for text in said)


def _text(name: str, value: object) -> str:
    """A text argument; half characters that JSON can smuggle in are refused."""
    if not isinstance(value, str):
        raise ArgumentUnfit(f"{name} is not text.", f"Give {name} as a string.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArgumentUnfit(
            f"{name} holds half a character (an unpaired surrogate).", "Send whole characters."
        ) from error
    return value


def _language(value: object) -> Language:
    for _, language in LANGUAGES:
        if value == language:
            return language
    known = ", ".join(language for _, language in LANGUAGES)
    raise ArgumentUnfit(f"There is no language {value!r}.", f"Choose one of {known}.")


def _conversation(history: object) -> Conversation:
    """The earlier turns.

    Raises:
        ArgumentUnfit: They are no list of pairs of texts, or too many.
    """
    if history is None:
        return Conversation()
    if not isinstance(history, list | tuple) or len(history) > MOST_TURNS:
        raise ArgumentUnfit(
            "history is not a list of earlier turns.",
            f"Give at most {MOST_TURNS} pairs [question, answer], oldest first.",
        )
    return Conversation.of(_turn(number, pair) for number, pair in enumerate(history, 1))


def _turn(number: int, pair: object) -> tuple[str, str]:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise ArgumentUnfit(
            f"Turn {number} of the history is no pair.", "Give each as [question, answer]."
        )
    question, answer = (_text(f"turn {number} of the history", one) for one in pair)
    if max(len(question), len(answer)) > LONGEST_TURN:
        raise ArgumentUnfit(
            f"Turn {number} of the history is too long.",
            f"Give at most {LONGEST_TURN} characters of a question or an answer.",
        )
    return question, answer
