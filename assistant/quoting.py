"""Whether each citation stands at its address, word for word.

Nothing leaves the assistant without passing here: a citation is made from an address, its words
are read from the canonical text, and a draft that quotes anything else is a fault of the program,
never an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.phrases import place_of
from assistant.replies import CITATION_KINDS, CheckedStatement, Citation
from sources import Span, Work, references

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
_MARKERS_AT_END = re.compile(r"(?:(?<!\\)\[\d+\]\s*)+$")
_LINE_BY_LINE = re.compile(r"^(?:\||- )", re.MULTILINE)


class MisquotedError(AssertionError):
    """A citation whose words are not those at its address: a fault of the program."""


def cite(work: Work, spans: Sequence[Span]) -> tuple[Citation, ...]:
    """Citations of some places of the work, numbered from 1 in the order given.

    Raises:
        NoSuchPlace: A span is empty or outside the text.
    """
    return tuple(_citation(work, marker, span) for marker, span in enumerate(spans, 1))


def _citation(work: Work, marker: int, span: Span) -> Citation:
    quote = work.document.quote(span)
    block = work.outline.block_at(span.start)
    passage = next(
        (p for p in work.passages if p.start <= span.start < p.end),
        None,
    )
    place = place_of(work, span.start)
    return Citation(
        marker=marker,
        quote=quote,
        start=span.start,
        end=span.end,
        passage_start=min(passage.start, span.start) if passage else span.start,
        passage_end=max(passage.end, span.end) if passage else span.end,
        section=place.section,
        section_title=work.outline.section(place.section).title,
        paragraph=place.paragraph,
        kind=CITATION_KINDS[block.kind],
        table=place.table,
        row=place.row,
        references=references(quote),
        line=work.document.line_of(span.start),
    )


def check(work: Work, answer: str, citations: Sequence[Citation]) -> None:
    """Prove that every citation is exact and every marker of the answer has its citation.

    Raises:
        MisquotedError: One is not.
    """
    for number, citation in enumerate(citations, 1):
        if citation.marker != number:
            raise MisquotedError(f"citation {number} carries the marker {citation.marker}")
        if work.text[citation.start : citation.end] != citation.quote:
            raise MisquotedError(f"citation {number} does not stand at {citation.start}")
    markers = {int(found[1]) for found in _MARKER.finditer(answer)}
    if markers != set(range(1, len(citations) + 1)):
        raise MisquotedError(f"markers {sorted(markers)} for {len(citations)} citations")


def markers_in(text: str) -> tuple[int, ...]:
    """The numbers of the markers of a text, in order, each once."""
    return tuple(dict.fromkeys(int(found[1]) for found in _MARKER.finditer(text)))


def verbatim_statements(answer: str) -> tuple[CheckedStatement, ...]:
    """The statements of an answer that is made of the work's own words.

    One for each paragraph, list item or row of a table that carries its markers; frames, headers
    and the items under a cited lead-in state nothing on their own.

    Args:
        answer: Markdown with its markers, checked.
    """
    statements = []
    for part in answer.split("\n\n"):
        for line in part.split("\n") if _LINE_BY_LINE.search(part) else (part,):
            if line.startswith("| [") or _MARKERS_AT_END.search(line):
                text = line.removeprefix("- ").strip()
                statements.append(CheckedStatement(text, markers_in(text), "verbatim"))
    return tuple(statements)
