"""Where a model's answer is written down, each statement checked before it stands there.

A statement that passes stands with its markers, one that does not stands marked, one that
contradicts its evidence does not stand at all; and the sheet knows when so much has failed that
none of it may be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.exhibits import Exhibit
from assistant.markup import bare, marked_up
from assistant.phrases import UNCONFIRMED
from assistant.reading_out import Said
from assistant.replies import CheckedStatement, Fault, Language
from assistant.tongue import tongue_of
from sources import Span

if TYPE_CHECKING:
    from assistant.support import Closeness

MOST = 12
"""Statements of one answer that are read; six are asked for."""

REPEATS = 3
"""Statements that repeat earlier ones after which a model goes round in circles."""

FAILING = 1 / 3
"""Share of statements that may fail a check; above it the answer is not given."""

_ADDRESS = re.compile(r"(?<![\w.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")


@dataclass(frozen=True)
class Shown:
    """A model's answer, whole or as far as it has come.

    Attributes:
        text: Markdown with markers, numbered from 1 in the order in which they come.
        spans: What the markers cite, in their order.
        statements: What stands in the text.
        removed: Statements that were taken out.
        cut: Whether the model would have gone on.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()
    statements: tuple[CheckedStatement, ...] = ()
    removed: int = 0
    cut: bool = False

    @property
    def marked(self) -> int:
        """Statements shown marked."""
        return sum(one.verdict == "unconfirmed" for one in self.statements)


class Sheet:
    """A model's answer as it is written down, checked statement by statement.

    Args:
        language: Of the question, and so of the answer.
        exhibits: What the model was shown; only that can be cited.
        closeness: See `assistant.support.examine`.
    """

    def __init__(
        self, language: Language, exhibits: Sequence[Exhibit], closeness: Closeness | None
    ) -> None:
        self._language: Language = language
        self._closeness = closeness
        # Its tables are read by whoever has a model, and by nobody else.
        from assistant.support import examine

        self._examine = examine
        self._exhibits = {one.number: one for one in exhibits}
        self._markers: dict[Span, int] = {}
        self._statements: list[CheckedStatement] = []
        self._text = ""
        self._seen: set[str] = set()
        self._repeats = 0
        self._removed = 0
        self._prose: list[str] = []
        self.cut = False

    @property
    def full(self) -> bool:
        """Whether no more is wanted."""
        return len(self._statements) + self._removed >= MOST or self._repeats >= REPEATS

    @property
    def foreign_so_far(self) -> bool:
        """Whether the model answers in another language than it was asked in."""
        return self._is_foreign(" ".join(self._prose))

    def take(self, said: Sequence[Said]) -> None:
        """Check some statements and write them down."""
        for one in said:
            if self.full:
                self.cut = True
                return
            words = bare(one.text)
            if words.casefold() in self._seen:
                self._repeats += 1
                continue
            self._seen.add(words.casefold())
            self._prose.append(words)
            self._take(one, words)

    def _take(self, one: Said, words: str) -> None:
        cited = [self._exhibits[number] for number in one.numbers if number in self._exhibits]
        grounds = [exhibit.grounds for exhibit in cited]
        doubts: list[str] = []
        if cited:
            found = self._examine(words, grounds, self._language, self._closeness)
            if found.contradicts:
                self._removed += 1
                return
            doubts += found.doubts
        if len(cited) < len(one.numbers) or not cited:
            doubts.append("citation")
        if one.leads_out or any(
            address not in "\n".join(grounds) for address in _ADDRESS.findall(words)
        ):
            doubts.append("name")
        if self._is_foreign(words):
            doubts.append("overlap")
        self._write(one, tuple(dict.fromkeys(exhibit.span for exhibit in cited)), doubts)

    def _write(self, one: Said, spans: Sequence[Span], doubts: Sequence[str]) -> None:
        markers = tuple(self._markers.setdefault(span, len(self._markers) + 1) for span in spans)
        parts = [marked_up(one.text), "".join(f"[{marker}]" for marker in markers)]
        if doubts:
            parts.append(UNCONFIRMED[self._language])
        text = " ".join(part for part in parts if part)
        self._statements.append(
            CheckedStatement(
                text,
                markers,
                "unconfirmed" if doubts else "supported",
                tuple(dict.fromkeys(doubts)),
            )
        )
        self._text += _joint(self._text, one) + text

    def _is_foreign(self, words: str) -> bool:
        return tongue_of(words) not in (None, self._language)

    def shown(self) -> Shown:
        """The answer so far."""
        return Shown(
            self._text, tuple(self._markers), tuple(self._statements), self._removed, self.cut
        )

    def result(self, *, no_answer: bool, silent: bool) -> Shown | Fault:
        """The answer, or why it is not given.

        Args:
            no_answer: Whether the model says that there is none.
            silent: Whether it said nothing at all.
        """
        shown = self.shown()
        stated = len(shown.statements) + shown.removed
        if no_answer and not shown.spans:
            return "no answer"
        if not stated:
            return "empty" if silent else "broken" if self.cut else "unreadable"
        if not shown.spans and not shown.removed:
            return "uncited"
        failed = shown.removed + shown.marked
        if failed > stated * FAILING or failed == stated:
            return "unsupported"
        return shown


def _joint(before: str, one: Said) -> str:
    """What parts a statement from the text before it."""
    last = before.rpartition("\n")[2]
    if one.opens == "item":
        return f"{_between(before, last)}- "
    if not before:
        return ""
    return " " if one.opens == "run" else "\n\n"


def _between(before: str, last: str) -> str:
    if not before:
        return ""
    return "\n" if last.startswith("- ") else "\n\n"
