"""Replies as the assistant gives them, made by hand: values to draw, never to measure with."""

from __future__ import annotations

from dataclasses import replace

from assistant import (
    Answer,
    Citation,
    Retrieved,
    Seconds,
    Signals,
    Surroundings,
    WorkLabel,
)
from ui.view import View
from ui.wording import WORDS

QUOTE = "1992 жылдың 5-ші наурызында Қазақстан БҰҰ мүшелікке қабылданды."


def citation(marker: int = 1, quote: str = QUOTE, start: int = 100) -> Citation:
    """A citation of a paragraph of section 2.1."""
    return Citation(
        marker=marker,
        quote=quote,
        start=start,
        end=start + len(quote),
        passage_start=start - 50,
        passage_end=start + len(quote) + 50,
        section="2.1",
        section_title="2.1 Тәуелсіз Қазақстанның сыртқы саясаты",
        paragraph=14,
        kind="paragraph",
        table=None,
        row=None,
        references=(),
        line=425,
    )


def retrieved(count: int = 10) -> tuple[Retrieved, ...]:
    """The best passages, one after the other in the text."""
    signals = Signals(passage=0.86, sentence=0.88, words=7.2)
    return tuple(
        Retrieved(
            rank, start=1000 * rank, end=1000 * rank + 300, score=3 - rank / 10, signals=signals
        )
        for rank in range(1, count + 1)
    )


def answered(text: str = f"{QUOTE} [1]", *citations: Citation) -> Answer:
    """An answer with evidence; without citations given, one."""
    return Answer(
        id=None,
        question="Қазақстан БҰҰ-ға қашан мүше болды?",
        standalone_question="Қазақстан БҰҰ-ға қашан мүше болды?",
        language="kk",
        kind="date",
        status="answered",
        answer=text,
        confidence=0.91,
        conflict=False,
        citations=citations or (citation(),),
        retrieved=retrieved(),
        engine="extractive",
        notice=None,
        seconds=Seconds(search=0.05, answer=0.02, total=0.07),
        work=WorkLabel(id="multivector", sha256="0" * 64),
        index="index",
    )


def abstained() -> Answer:
    """The word that the work does not answer."""
    return replace(
        answered("Диссертацияда бұл сұраққа жауап табылмады."),
        status="abstained",
        citations=(),
        confidence=0.1,
    )


def look(start: int, end: int) -> Surroundings:
    """Every place says its numbers and stands between the same two sentences."""
    return Surroundings(
        before="Алдыңғы сөйлем. ",
        quote=f"{start}–{end} аралығы",
        after=" Келесі сөйлем.",
        start=start,
        end=end,
        section_heading="2.1 Тәуелсіз Қазақстанның  сыртқы саясаты",
        address=f"2.1-бөлім, {start}-абзац",
    )


KK = View(WORDS["kk"], look, "kk", "kk", "Көпвекторлы сыртқы саясат")
