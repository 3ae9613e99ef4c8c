"""Exchanges to keep, made from the sample replies."""

from __future__ import annotations

from dataclasses import replace

from assistant import Answer, CheckedStatement
from tests.ui.samples import QUOTE, answered, citation
from ui.keeping import KeptExchange, Shelf

SECOND = "Қазақстан 1992 жылы қаңтарда БҰҰ-ға мүше болып қабылданды."


def judgeable() -> Answer:
    """An answer of two statements, each with its citation."""
    statements = (
        CheckedStatement(f"{QUOTE} [1]", (1,), "verbatim"),
        CheckedStatement(f"{SECOND} [2]", (2,), "verbatim"),
    )
    text = "\n\n".join(one.text for one in statements)
    reply = answered(text, citation(), citation(2, SECOND, 300))
    return replace(reply, statements=statements)


def exchange(question: str = "Қазақстан БҰҰ-ға қашан мүше болды?") -> KeptExchange:
    """An answered question."""
    answer = replace(judgeable(), question=question, standalone_question=question)
    return KeptExchange(0, question, question, "answered", answer.answer, "", answer, "")


def asked(question: str) -> KeptExchange:
    """A question that was only just asked."""
    return KeptExchange(0, question, question, "searching", "", "", None, "")


def begun(shelf: Shelf, owner: str, *questions: str) -> str:
    """A conversation with answered questions; its id."""
    kept = shelf.begin(owner)
    for question in questions:
        shelf.add(owner, kept.id, exchange(question))
    return kept.id
