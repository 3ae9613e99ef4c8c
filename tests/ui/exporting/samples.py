"""Documents of the dissertation's own words, made without the model."""

from __future__ import annotations

from assistant import (
    Answer,
    CheckedStatement,
    Citation,
    Language,
    Retrieved,
    Seconds,
    Signals,
    Work,
    WorkLabel,
    address,
    place_of,
)
from ui.exporting import (
    Entry,
    GatheredPlace,
    Gathering,
    Imprint,
    Transcript,
    WorkShown,
    program_versions,
)
from ui.keeping import KeptExchange, Logged, Record, Verdict, record_digest

MADE_AT = "2026-11-24T10:00:00Z"
ROW = (228543, 228689)
"""A row of table 5."""
SENTENCES = ((180374, 180437), (221416, 221556))
"""Two sentences that disagree on when Kazakhstan joined the United Nations."""


def imprint_of(work: Work, language: Language = "kk") -> Imprint:
    """An imprint of a fixed day."""
    shown = WorkShown(work.id, work.title, work.language, work.document.sha256)
    return Imprint(language, shown, "c61db480b9a7bf8d", program_versions(), MADE_AT)


def cited(work: Work, marker: int, start: int, end: int) -> Citation:
    """A citation as the assistant makes it."""
    place = place_of(work, start)
    return Citation(
        marker=marker,
        quote=work.text[start:end],
        start=start,
        end=end,
        passage_start=start,
        passage_end=end,
        section=place.section,
        section_title=work.outline.section(place.section).title,
        paragraph=place.paragraph,
        kind="paragraph" if place.table is None else "table_row",
        table=place.table,
        row=place.row,
        references=(),
        line=work.document.line_of(start),
    )


def replied(work: Work, *spans: tuple[int, int], question: str = "Қашан?") -> Answer:
    """An answer that says each span, a statement each; without spans, an abstention."""
    citations = tuple(cited(work, marker, *span) for marker, span in enumerate(spans, 1))
    statements = tuple(
        CheckedStatement(f"{_escaped(one.quote)} [{one.marker}]", (one.marker,), "verbatim")
        for one in citations
    )
    return Answer(
        id=None,
        question=question,
        standalone_question=question,
        language="kk",
        kind="date",
        status="answered" if spans else "abstained",
        answer="\n\n".join(one.text for one in statements) or "Диссертацияда жауап табылмады.",
        confidence=0.9,
        conflict=False,
        citations=citations,
        retrieved=(Retrieved(1, 10, 20, 1.5, Signals(0.8, None, 2.0)),),
        engine="extractive",
        notice=None,
        seconds=Seconds(0.05, 0.02, 0.07),
        work=WorkLabel(work.id, work.document.sha256),
        index="c61db480b9a7bf8d",
        statements=statements,
    )


def _escaped(quote: str) -> str:
    return " ".join(quote.split()).replace("[", r"\[").replace("]", r"\]")


def kept(answer: Answer | None, position: int = 0, question: str = "Қашан?") -> KeptExchange:
    """A kept exchange."""
    stage = "answered" if answer else "stopped"
    text = answer.answer if answer else ""
    return KeptExchange(position, question, question, stage, text, "", answer, MADE_AT)


def signed(answer: Answer, remark: str = "Жылы дәл", position: int = 0) -> Record:
    """A signed record: the first statement in part, the others whole."""
    verdicts = tuple(
        Verdict(place, "supported" if place else "partly", remark, MADE_AT)
        for place in range(len(answer.statements))
    )
    digest = record_digest(answer, verdicts, "Айгүл Серік", MADE_AT)
    log = (Logged("signed", MADE_AT, "Айгүл Серік", digest, ""),)
    return Record(position, verdicts, "Айгүл Серік", MADE_AT, digest, log)


def transcribed(work: Work) -> Transcript:
    """Two answers, the first with a signed record; an abstention; a question that was stopped."""
    first, second = replied(work, *SENTENCES), replied(work, ROW)
    return Transcript(
        "БҰҰ туралы",
        (
            Entry(kept(first), signed(first)),
            Entry(kept(second, 1)),
            Entry(kept(replied(work), 2)),
            Entry(kept(None, 3)),
        ),
    )


def gathered(work: Work, language: Language = "kk") -> Gathering:
    """Three places."""
    places = tuple(
        GatheredPlace(
            address=address(language, place_of(work, start)),
            section_title=work.outline.section(place_of(work, start).section).title,
            quote=work.text[start:end],
            start=start,
            end=end,
            line=work.document.line_of(start),
        )
        for start, end in (*SENTENCES, ROW)
    )
    return Gathering("БҰҰ", places)
