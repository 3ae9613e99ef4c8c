"""The turns of a conversation so far. Adding a turn gives a new conversation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """One question and the answer that was shown for it.

    Attributes:
        question: As it was asked.
        answer: As it was shown; empty when nothing was.
    """

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Conversation:
    """Turns in order, oldest first; empty for a fresh start."""

    turns: tuple[Turn, ...] = ()

    def add(self, turn: Turn) -> Conversation:
        """This conversation with one more turn."""
        return Conversation((*self.turns, turn))

    @property
    def last(self) -> Turn | None:
        """The newest turn, None in an empty conversation."""
        return self.turns[-1] if self.turns else None

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Conversation:
        """A conversation from pairs of question and answer, oldest first."""
        return cls(tuple(Turn(question, answer) for question, answer in pairs))
