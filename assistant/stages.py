"""What is handed from one step of the chain to the next: values, each knowing the one before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.conversation import Conversation
from assistant.evidence import Evidence
from assistant.extract import Composed
from assistant.questions import Asked
from assistant.replies import Answer, CheckedStatement, Citation, Usage
from index import Search

EXTRACTIVE = "extractive"
"""The engine of an answer made of the work's own sentences."""

Stage = Literal["searching", "found", "writing", "done"]


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
    usage: Usage | None = None


@dataclass(frozen=True)
class Found:
    """A question with what the search found for it."""

    understood: Understood
    search: Search
    evidence: tuple[Evidence, ...]
    confidence: float
    seconds: float


@dataclass(frozen=True)
class Reply:
    """What is said, before all that belongs to an answer.

    Attributes:
        composed: The words and what they cite.
        engine: Who wrote them.
        notice: What a reader must know of how they came about; empty for nothing.
        statements: What was checked of a model's; empty for the work's own sentences.
        removed: Statements of a model that were taken out.
        usage: What a model was asked for them; None when none was.
        refused: Whether they say that the work does not answer.
        trust: What is left of the confidence, 0 to 1.
    """

    composed: Composed
    engine: str = EXTRACTIVE
    notice: str = ""
    statements: tuple[CheckedStatement, ...] = ()
    removed: int = 0
    usage: Usage | None = None
    refused: bool = False
    trust: float = 1.0


@dataclass(frozen=True)
class Draft:
    """One step of a streamed answer.

    Attributes:
        stage: How far it is.
        standalone_question: The question as it is searched; "" before it is understood.
        text: The answer so far, with markers; "" before writing.
        answer: The whole answer, at stage "done" only.
        citations: What the markers of `text` cite, as far as it has come, when a model writes;
            each stands in the work letter for letter, so that its marker may be live. Empty
            otherwise before "done".
        engine: Who writes `text`; see `Answer`. A text of a model's is dropped for the work's
            own sentences when too much of it fails, and then the engine changes with it.
    """

    stage: Stage
    standalone_question: str
    text: str
    answer: Answer | None
    citations: tuple[Citation, ...] = ()
    engine: str = EXTRACTIVE
