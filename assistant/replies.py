"""What the assistant gives back: one answer, one schema, on every surface.

Terminal, page, API, evaluation and export all carry `Answer`; nothing else leaves the
assistant. A reply is either answered or abstained, and both say what was searched. These are
values: they know nothing of how they were found, shown or stored, and two equal ones are equal.

Offsets are code points into the canonical text of the work, `[start, end)`; `quote` is always
`text[start:end]`, letter for letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sources import BlockKind

Language = Literal["kk", "ru", "en"]
Status = Literal["answered", "abstained"]
CitationKind = Literal["paragraph", "list", "table_row", "heading"]
Verdict = Literal["exact"]
Fault = Literal[
    "slow", "unreachable", "busy", "refused", "broken", "empty", "unreadable", "language",
    "uncited", "unsupported", "no answer",
]  # fmt: skip
"""Why what a language model wrote is not given, or that it found no answer."""

StatementVerdict = Literal["verbatim", "supported", "unconfirmed"]

CITATION_KINDS: dict[BlockKind, CitationKind] = {
    "paragraph": "paragraph",
    "list": "list",
    "table": "table_row",
    "heading": "heading",
}


@dataclass(frozen=True)
class Citation:
    """One piece of evidence: where it stands and what it says.

    Attributes:
        marker: The number that stands in the answer as `[marker]`; from 1, without gaps.
        quote: The cited words, equal to the text at `[start, end)`.
        start: First code point of the quotation.
        end: One past its last code point.
        passage_start: Where the passage around it begins.
        passage_end: Where that passage ends.
        section: Section id: "intro", "2", "2.1", "conclusion".
        section_title: The heading of the section as the work has it.
        paragraph: Running number of the block in its section, from 1; 0 for a heading.
        kind: What sort of block it stands in.
        table: Number of the table, None outside tables.
        row: Number of the row in the table from 1; 0 for its header; None outside tables.
        references: The bracket references inside the quotation as they stand, e.g. ("57",).
        line: Line of the file where the quotation begins, counted from 1 as editors do.
        verdict: "exact": the quotation was compared with the text and is equal.
    """

    marker: int
    quote: str
    start: int
    end: int
    passage_start: int
    passage_end: int
    section: str
    section_title: str
    paragraph: int
    kind: CitationKind
    table: int | None
    row: int | None
    references: tuple[str, ...]
    line: int
    verdict: Verdict = "exact"


@dataclass(frozen=True)
class Signals:
    """What each search thought of a passage; None where that search did not return it.

    Attributes:
        passage: Cosine of question and passage.
        sentence: Cosine of question and the best sentence of the passage.
        words: BM25 score of the passage.
        question: Cosine of question and the best one written ahead that the passage answers.
    """

    passage: float | None
    sentence: float | None
    words: float | None
    question: float | None = None


@dataclass(frozen=True)
class Retrieved:
    """One of the best passages, in order.

    Attributes:
        rank: From 1.
        start: First code point.
        end: One past the last.
        score: Fused score; comparable within one answer only.
        signals: The scores it was made from.
    """

    rank: int
    start: int
    end: int
    score: float
    signals: Signals


@dataclass(frozen=True)
class Seconds:
    """How long an answer took, in seconds: finding, composing, all together."""

    search: float
    answer: float
    total: float


@dataclass(frozen=True)
class WorkLabel:
    """Which work was asked, and in which state: id and sha256 of its file."""

    id: str
    sha256: str


@dataclass(frozen=True)
class CheckedStatement:
    """One statement of an answer and what the check of it found.

    Attributes:
        text: As it stands in `Answer.answer`, Markdown with its markers.
        markers: Numbers of the citations it rests on, in order; empty when it names none.
        verdict: "verbatim" (words of the work, quoted), "supported" (a model's words, all checks
            passed), "unconfirmed" (a model's words, a check failed; shown marked).
        doubts: What failed, one code each ("figure", "date", "name", "negation", "direction",
            "quotation", "citation", "overlap"); empty when nothing did.
    """

    text: str
    markers: tuple[int, ...]
    verdict: StatementVerdict
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Usage:
    """What a language model was asked for one answer, and what that cost.

    Attributes:
        calls: Requests that were answered at least in part.
        input_tokens: Tokens it read; None when its server does not tell.
        output_tokens: Tokens it wrote, thoughts included; None likewise.
        cost: In US dollars; None when the tokens or their prices are not known.
    """

    calls: int
    input_tokens: int | None
    output_tokens: int | None
    cost: float | None


@dataclass(frozen=True)
class Answer:
    r"""The answer to one question, or the word that the work does not answer it.

    Attributes:
        id: The caller's name for the question (batch input), else None.
        question: As it was asked.
        standalone_question: The same, readable without the conversation; equal to `question`
            unless a follow-up was rewritten.
        language: Language of the question, and so of the reply's own words.
        kind: What is asked for: "date", "number", "definition", "list" ...
        status: "answered" or "abstained".
        answer: Markdown with markers `[1]`; the words that answer stand in `**bold**`. Brackets
            and stars of the work itself are escaped (`\[57\]`), so that only a marker looks
            like one; `plain_text` takes the Markdown off.
        confidence: 0 to 1, how sure that the work answers the question with this evidence.
        conflict: Whether the citations give different values for one thing.
        citations: In the order of their markers; for an abstention the nearest passages are in
            `retrieved` and this is empty.
        retrieved: The ten best passages in order.
        engine: Who wrote `answer`: "extractive" (the work's own sentences) or "model:NAME".
        notice: One sentence for the reader about this reply (language of the work, fallback),
            or None.
        seconds: Time taken.
        work: The work asked.
        index: Fingerprint of the index that was searched.
        statements: What the answer states, in order, with what the check of each found; empty for
            an abstention.
        removed: Statements of a model that were taken out because they contradict their span.
        usage: What a language model was asked, None when none was.
    """

    id: str | None
    question: str
    standalone_question: str
    language: Language
    kind: str
    status: Status
    answer: str
    confidence: float
    conflict: bool
    citations: tuple[Citation, ...]
    retrieved: tuple[Retrieved, ...]
    engine: str
    notice: str | None
    seconds: Seconds
    work: WorkLabel
    index: str
    statements: tuple[CheckedStatement, ...] = ()
    removed: int = 0
    usage: Usage | None = None

    @property
    def plain_text(self) -> str:
        """The answer without Markdown: no bold, no escapes."""
        return re.sub(r"\\([\\*\[\]`_|])", r"\1", re.sub(r"\*\*", "", self.answer))

    def as_dict(self) -> dict[str, Any]:
        """The reply as plain JSON types, keys in the order of the contract."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Answer:
        """The reply of which `as_dict` gave the parts, for example read back from JSON.

        A reply that was written down before statements were checked has none.

        Raises:
            KeyError: A part is missing.
            TypeError: A part is unknown or of another shape.
        """
        parts = dict(told)
        parts["citations"] = tuple(
            Citation(**{**one, "references": tuple(one["references"])})
            for one in parts["citations"]
        )
        parts["retrieved"] = tuple(
            Retrieved(**{**one, "signals": Signals(**one["signals"])}) for one in parts["retrieved"]
        )
        parts["seconds"] = Seconds(**parts["seconds"])
        parts["work"] = WorkLabel(**parts["work"])
        parts["statements"] = tuple(
            CheckedStatement(
                **{**one, "markers": tuple(one["markers"]), "doubts": tuple(one["doubts"])}
            )
            for one in parts.get("statements", ())
        )
        usage = parts.get("usage")
        parts["usage"] = None if usage is None else Usage(**usage)
        return cls(**parts)

    def as_json(self) -> str:
        """One line of JSON, letters unescaped."""
        return json.dumps(self.as_dict(), ensure_ascii=False)
