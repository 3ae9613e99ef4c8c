"""An examiner's record of one answer: a judgement of each statement, and what a signature covers.

A record is judged statement by statement. Signing freezes it: the signature is a sha256 over the
answer, the judgements, the signer and the time, so that a changed letter in any of them is found
later. It is no proof of who signed: whoever can write the file can write another digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant import Answer, CheckedStatement, Citation

Judgement = Literal["supported", "partly", "unsupported"]

JUDGEMENTS: tuple[Judgement, ...] = ("supported", "partly", "unsupported")

Event = Literal["signed", "unsigned"]


@dataclass(frozen=True)
class Verdict:
    """What an examiner says of one statement.

    Attributes:
        statement: Its place in `Answer.statements`, from 0.
        judgement: None while it is not judged.
        remark: The examiner's words; "" for none.
        changed: When it was last changed, ISO 8601 in UTC; "" for never.
    """

    statement: int
    judgement: Judgement | None
    remark: str
    changed: str


@dataclass(frozen=True)
class Logged:
    """One signature, or the taking back of one.

    Attributes:
        event: "signed" or "unsigned".
        at: When, ISO 8601 in UTC.
        by: Who did it.
        digest: Of the record that was signed or is so no more.
        reason: Why it was taken back; "" for a signature.
    """

    event: Event
    at: str
    by: str
    digest: str
    reason: str


@dataclass(frozen=True)
class Record:
    """The record of one exchange.

    Attributes:
        position: The exchange's place in its conversation, from 0.
        verdicts: One for every statement of the answer, in order.
        signed_by: Who signed it; None while it is not signed.
        signed_at: When, ISO 8601 in UTC; None likewise.
        digest: See `record_digest`; None likewise.
        log: Every signature of it and every one taken back, oldest first.
    """

    position: int
    verdicts: tuple[Verdict, ...]
    signed_by: str | None = None
    signed_at: str | None = None
    digest: str | None = None
    log: tuple[Logged, ...] = ()

    @property
    def judged(self) -> int:
        """How many statements have a judgement."""
        return sum(verdict.judgement is not None for verdict in self.verdicts)


def canonical(value: Any) -> bytes:
    """Plain JSON types as bytes that are the same for equal values: keys sorted, no spaces."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told.encode("utf-8", "surrogatepass")


def record_digest(
    answer: Answer, verdicts: Sequence[Verdict], signed_by: str, signed_at: str
) -> str:
    """The sha256 of what is signed, in hex."""
    return hashlib.sha256(
        canonical(signed_form(answer, verdicts, signed_by, signed_at))
    ).hexdigest()


def signed_form(
    answer: Answer, verdicts: Sequence[Verdict], signed_by: str, signed_at: str
) -> dict[str, Any]:
    """What a signature covers, as plain JSON types.

    The parts are named one by one: a part that a later version adds to `Answer` must not break the
    signatures made before it. Times, scores and the list of passages are left out; nobody signs
    for them.
    """
    return {
        "form": 1,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "language": answer.language,
        "status": answer.status,
        "answer": answer.answer,
        "conflict": answer.conflict,
        "engine": answer.engine,
        "work": {"id": answer.work.id, "sha256": answer.work.sha256},
        "index": answer.index,
        "citations": [_citation(one) for one in answer.citations],
        "statements": [_statement(one) for one in answer.statements],
        "verdicts": [asdict(verdict) for verdict in verdicts],
        "signed_by": signed_by,
        "signed_at": signed_at,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "section": citation.section,
        "section_title": citation.section_title,
        "paragraph": citation.paragraph,
        "table": citation.table,
        "row": citation.row,
        "line": citation.line,
    }


def _statement(statement: CheckedStatement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "markers": list(statement.markers),
        "verdict": statement.verdict,
        "doubts": list(statement.doubts),
    }
