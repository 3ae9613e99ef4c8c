"""Cases and replies small enough to score on paper."""

from __future__ import annotations

from typing import Any

from assistant import Answer, Citation, Retrieved, Seconds, Signals, WorkLabel
from evals.questions import Case

TEXT = "Ол 1991 жылы құрылды. Ол 2015 жылы ДСҰ-ға кірді. Ол 1991 жылы құрылды."


def case(id: str = "c1", **changed: Any) -> Case:
    """A right case about `TEXT`, with some fields changed."""
    fields: dict[str, Any] = {
        "language": "kk",
        "kind": "fact",
        "question": f"{id}: қашан құрылды?",
        "history": (),
        "answer": "1991 жылы.",
        "key_facts": (("1991",),),
        "evidence": (("Ол 1991 жылы құрылды.",),),
        "split": "dev",
    }
    return Case(id=id, **(fields | changed))


def citation(start: int, end: int, marker: int = 1) -> Citation:
    """A citation of `TEXT` whose quotation is exact."""
    return Citation(
        marker=marker,
        quote=TEXT[start:end],
        start=start,
        end=end,
        passage_start=0,
        passage_end=len(TEXT),
        section="1.1",
        section_title="1.1",
        paragraph=1,
        kind="paragraph",
        table=None,
        row=None,
        references=(),
        line=1,
    )


def answer(said: str = "**1991** жылы құрылды [1]", **changed: Any) -> Answer:
    """An answered reply that found all of `TEXT` and cites its first sentence."""
    fields: dict[str, Any] = {
        "id": None,
        "question": "Қашан құрылды?",
        "standalone_question": "Қашан құрылды?",
        "language": "kk",
        "kind": "date",
        "status": "answered",
        "answer": said,
        "confidence": 0.9,
        "conflict": False,
        "citations": (citation(0, 21),),
        "retrieved": (Retrieved(1, 0, len(TEXT), 1.0, Signals(None, None, None)),),
        "engine": "extractive",
        "notice": None,
        "seconds": Seconds(0.01, 0.01, 0.02),
        "work": WorkLabel("w", "s"),
        "index": "i",
    }
    return Answer(**(fields | changed))
