"""An answer made of the work's own sentences, without a language model.

The sentence that answers comes first, then what supports it: at most three, no two alike, each
with its marker. A sentence that begins by pointing back ("Бұл …") brings the one before it. A list
question gets lead-in and items, a table question rows with their header. Where two sentences
give different values for one thing, both are shown and the reader is told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.completing import BULLET, complete
from assistant.conflicts import Conflict, conflict_for
from assistant.cues import values_of
from assistant.evidence import Evidence, likelihoods
from assistant.expected import YEAR
from assistant.markup import escaped
from assistant.phrases import (
    CONFLICT,
    CONFLICT_NEAR,
    CONFLICT_ON,
    FRAMES,
    QUOTATION,
    table_title,
)
from assistant.questions import Asked
from assistant.replies import Language
from index import Search, content_words, named_in, spellings, stem, tokens
from sources import POINTS_BACK, Block, Row, Span, Table, Work, without_references

SENTENCES = 3
"""Most sentences of a plain answer."""

CLOSE = 0.2
"""Share of the best one's likelihood that a supporting sentence must have."""

LONGEST = 900
"""Characters of sentences above which no more are added."""

ALIKE = 0.6
"""Share of stems above which a sentence repeats one that is already chosen."""

ROWS_APART = 1.2
"""How far behind the best a row of the same table may score and still be shown with it."""

SIDE_LIKELY = 0.01
"""How likely a sentence on a side that the others leave out must be."""

_OF_SIDES = frozenset(("comparison", "statement", "reason", "list"))
_WORD = re.compile(r"[^\W_]+(?:[-–][^\W_]+)*")
_BOLD_WORDS = 8
_TABLE_WORDS = frozenset(
    stem(word) for word in ("кесте", "таблица", "table", "жол", "строка", "row")
)


@dataclass(frozen=True)
class Composed:
    """An answer before its citations are made.

    Attributes:
        text: With markers.
        spans: What the markers cite, in their order.
        conflict: Whether two sides are shown.
    """

    text: str
    spans: tuple[Span, ...]
    conflict: bool = False


def compose(work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked) -> Composed:
    """Write the answer.

    Args:
        work: The work.
        search: What was found.
        evidence: Best first, not empty.
        asked: What the question asks.
    """
    conflict = conflict_for(work, search, evidence, asked)
    if conflict and conflict.sure:
        return _both_sides(work, conflict, asked)
    composed = _plainly(work, search, evidence, asked)
    return _with_conflict(work, composed, conflict, asked) if conflict else composed


def _plainly(work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked) -> Composed:
    """What the best sentences say."""
    best = work.sentences[evidence[0].sentence]
    block = work.outline.blocks[best.block]
    table = work.outline.table(asked.table) if asked.table is not None else block.table
    if table is not None and (asked.table is not None or block.table is not None):
        return _table(work, table, evidence, asked, search)
    if block.kind == "list" and (asked.kind in ("list", "statement") or best.start == block.start):
        return _list(work, block, asked)
    return _sentences(work, search, evidence, asked)


def _sentences(work: Work, search: Search, evidence: Sequence[Evidence], asked: Asked) -> Composed:
    spans: list[Span] = []
    likely = likelihoods(evidence)
    for found in _chosen(work, evidence, asked):
        span = complete(work, found.sentence, asked.kind, first=not spans, likely=likely)
        if not any(span.meets(other) for other in spans):
            spans.append(span)
    lines = [
        f"{_quoted(_bold(work, span, asked, search), asked.language)} [{marker}]"
        for marker, span in enumerate(spans, 1)
    ]
    return Composed(_framed(asked.language, lines), tuple(spans))


def _chosen(work: Work, evidence: Sequence[Evidence], asked: Asked) -> list[Evidence]:
    """The best sentence, those close behind that add something, one for each side that lacks."""
    sides = _sides(asked)
    chosen: list[Evidence] = []
    length = 0
    likely = likelihoods(evidence)
    best = evidence[0].sentence
    for found in evidence:
        sentence = work.sentences[found.sentence]
        size = sentence.end - sentence.start
        if sentence.row is not None and found is not evidence[0]:
            continue  # a row needs its header; it answers as a table or not at all
        if chosen and (likely[found.sentence] < likely[best] * CLOSE or length + size > LONGEST):
            continue
        if any(_alike(work, found, other) for other in chosen):
            continue
        chosen.append(found)
        length += size
        if len(chosen) == SENTENCES:
            break
    told = set[str]().union(*(_told(work, one) & sides for one in chosen))
    for side in sorted(sides - told):
        lacking = next(
            (
                found
                for found in evidence
                if likely[found.sentence] >= SIDE_LIKELY
                and side in _told(work, found)
                and work.sentences[found.sentence].row is None
                and found not in chosen
            ),
            None,
        )
        if lacking and asked.kind in _OF_SIDES:
            chosen = [*chosen[: SENTENCES - 1], lacking]
    return chosen


def _sides(asked: Asked) -> set[str]:
    """The two or more named things, or years, that a question sets beside one another."""
    named = [concept for concept in named_in(asked.text) if concept.id != "kazakhstan"]
    compared = {one.id for one in named if one.kind != "terms"} or {one.id for one in named}
    if len(compared) < 2:
        compared = set(YEAR.findall(asked.text))
    return compared if len(compared) >= 2 else set()


def _told(work: Work, found: Evidence) -> set[str]:
    """Ids of what a sentence names, and its years."""
    sentence = work.sentences[found.sentence]
    words = work.text[sentence.start : sentence.end]
    return {one.id for one in named_in(words)} | set(YEAR.findall(words))


def _stems(work: Work, sentence: int) -> frozenset[str]:
    found = work.sentences[sentence]
    return frozenset(stem(word) for word in content_words(work.text[found.start : found.end]))


def _alike(work: Work, one: Evidence, other: Evidence) -> bool:
    left, right = _stems(work, one.sentence), _stems(work, other.sentence)
    return len(left & right) > ALIKE * max(1, min(len(left), len(right)))


def _both_sides(work: Work, conflict: Conflict, asked: Asked) -> Composed:
    topic = conflict.topic(asked.language)
    opening = CONFLICT_ON[asked.language].format(topic=topic) if topic else CONFLICT[asked.language]
    return _told_apart(work, Composed("", ()), opening, conflict, asked)


def _with_conflict(work: Work, answer: Composed, conflict: Conflict, asked: Asked) -> Composed:
    """An answer, and below it that the text disagrees on a near matter."""
    opening = CONFLICT_NEAR[asked.language].format(topic=conflict.topic(asked.language))
    return _told_apart(work, answer, opening, conflict, asked)


def _told_apart(
    work: Work, before: Composed, opening: str, conflict: Conflict, asked: Asked
) -> Composed:
    """The sides of a conflict one below the other, after what was said before."""
    lines: list[str] = []
    spans = list(before.spans)
    for side in conflict.sides:
        if side.span not in spans:
            spans.append(side.span)
        words = _emphasised(work, side.span, [(side.value.start, side.value.end)])
        marker = spans.index(side.span) + 1
        lines.append(f"- {_quoted(words, asked.language)} [{marker}]")
    parts = [part for part in (before.text, opening, "\n".join(lines)) if part]
    return Composed("\n\n".join(parts), tuple(spans), conflict=True)


def _list(work: Work, block: Block, asked: Asked) -> Composed:
    """Lead-in and items, cited as one place, after what a pronoun in the lead-in points at."""
    spans = [Span(block.start, block.end)]
    before = _pointed_at(work, block)
    parts: list[str] = []
    if before:
        spans.insert(0, before)
        parts.append(f"{_plain(work.text[before.start : before.end])} [1]")
    items = list(block.items)
    lines: list[str] = []
    if block.has_lead_in:
        lead = items.pop(0)
        lines += [f"{_plain(work.text[lead.start : lead.end])} [{len(spans)}]", ""]
    for item in items:
        words = BULLET.sub("", work.text[item.start : item.end], count=1)
        lines.append(f"- {_plain(words)}")
    if not block.has_lead_in:
        lines[-1] += f" [{len(spans)}]"
    return Composed(_framed(asked.language, [*parts, "\n".join(lines)]), tuple(spans))


def _pointed_at(work: Work, block: Block) -> Span | None:
    """The sentence before a list whose lead-in says nothing alone ("Олардың ерекшеліктері:")."""
    if not block.has_lead_in or not POINTS_BACK.match(work.text, block.start):
        return None
    before = [
        sentence
        for sentence in work.sentences
        if sentence.end <= block.start
        and work.outline.blocks[sentence.block].section == block.section
    ]
    return Span(before[-1].start, before[-1].end) if before else None


def _table(
    work: Work, table: Table, evidence: Sequence[Evidence], asked: Asked, search: Search
) -> Composed:
    rows = _rows(work, table, evidence, asked, search)
    caption = work.text[table.caption.start : table.caption.end] if table.caption else None
    header = [_cell(work, cell.start, cell.end) for cell in table.header.cells]
    lines = [
        f"**{table_title(asked.language, table.number, caption)}**",
        "",
        f"| | {' | '.join(header)} |",
        "|" + " --- |" * (len(header) + 1),
    ]
    for marker, row in enumerate(rows, 1):
        cells = [_cell(work, cell.start, cell.end) for cell in row.cells]
        lines.append(f"| [{marker}] | {' | '.join(cells)} |")
    spans = tuple(Span(row.start, row.end) for row in rows)
    return Composed(_framed(asked.language, ["\n".join(lines)]), spans)


def _rows(
    work: Work, table: Table, evidence: Sequence[Evidence], asked: Asked, search: Search
) -> list[Row]:
    """The rows that answer, in the order of the table.

    All of them when the question names nothing but the table and its columns; those with the most
    of its other words; where none has any, or the question is in another language, those that
    score within `ROWS_APART` of the best.
    """
    columns = _stems_of(work, table.start, table.header.end)
    wanted = [
        stems
        for stems in spellings(search.question)
        if not stems & columns and not stems & _TABLE_WORDS and not _is_number(stems, table.number)
    ]
    if asked.table is not None and not wanted:
        return list(table.rows)
    if asked.language == work.language:
        counts = {row.number: _share(work, row, wanted) for row in table.rows}
        most = max(counts.values())
        if most:
            return [row for row in table.rows if counts[row.number] == most]
    scores = {
        work.sentences[found.sentence].row: found.score
        for found in evidence
        if table.start <= work.sentences[found.sentence].start < table.end
    }
    if not scores:
        return list(table.rows)
    limit = max(scores.values()) - ROWS_APART
    return [row for row in table.rows if scores.get(row.number, -99.0) >= limit]


def _is_number(stems: frozenset[str], number: int) -> bool:
    return stems == frozenset((str(number),))


def _stems_of(work: Work, start: int, end: int) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(work.text[start:end]))


def _share(work: Work, row: Row, wanted: Sequence[frozenset[str]]) -> int:
    present = _stems_of(work, row.start, row.end)
    return sum(bool(stems & present) for stems in wanted)


def _cell(work: Work, start: int, end: int) -> str:
    return _plain(work.text[start:end]).replace("|", "\\|")


def _plain(words: str) -> str:
    """Words on one line of Markdown: line ends and tabs would break its layout."""
    return escaped(re.sub(r"[\n\t\r]+", " ", words).strip())


def _framed(language: Language, parts: Sequence[str]) -> str:
    frame = FRAMES[language]
    return "\n\n".join((frame, *parts) if frame else parts)


def _quoted(words: str, language: Language) -> str:
    opening, closing = QUOTATION[language]
    return f"{opening}{words}{closing}"


def _bold(work: Work, span: Span, asked: Asked, search: Search) -> str:
    """The words of a place, those that answer in bold.

    For dates and figures these are the values; otherwise the words that the question asks about.
    """
    words = without_references(work.text[span.start : span.end])
    values = values_of(words, asked.kind)
    if values:
        marks = [
            (span.start + found.start(), span.start + found.end())
            for value in values
            for found in re.finditer(rf"(?<!\w){re.escape(value)}", words)
        ]
        return _emphasised(work, span, marks)
    wanted = frozenset().union(*spellings(search.question))
    marks = [
        (span.start + found.start(), span.start + found.end())
        for found in _WORD.finditer(words)
        if any(stem(word) in wanted for word in tokens(found[0]))
    ]
    return _emphasised(work, span, marks if len(marks) <= _BOLD_WORDS else [])


def _emphasised(work: Work, span: Span, marks: Sequence[tuple[int, int]]) -> str:
    """The words of a place with some ranges of it in bold, neighbours joined."""
    merged: list[list[int]] = []
    for start, end in sorted(marks):
        if merged and not work.text[merged[-1][1] : start].strip():
            merged[-1][1] = max(end, merged[-1][1])
        elif not merged or start >= merged[-1][1]:
            merged.append([start, end])
    pieces: list[str] = []
    at = span.start
    for start, end in merged:
        pieces += [escaped(work.text[at:start]), "**", escaped(work.text[start:end]), "**"]
        at = end
    pieces.append(escaped(work.text[at : span.end]))
    return "".join(pieces)
