"""The JSON form of a document: everything that is needed to prove it again, and nothing to trust.

A receipt says what it is ("format", "version"), which work in which state was asked, and holds the
whole answers, so that `check_receipt` can hold every quotation against the file. Its digest tells
that the receipt was damaged or edited by mistake; it is no signature, since whoever edits it can
write a new one. What proves the answers is the work itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from assistant import Answer, FixableError, Language, address
from ui.exporting.contents import Content, Entry, GatheredPlace, Gathering, Imprint, WorkShown
from ui.exporting.shapes import ShapeError, shaped
from ui.keeping import Record, canonical
from ui.keeping.values import storable

FORMAT: Literal["dayek-receipt"] = "dayek-receipt"
VERSION = 1


class ReceiptUnreadable(FixableError):
    """The file is no receipt, is damaged, or was written by a newer version."""


@dataclass(frozen=True)
class ReceiptExchange:
    """One question with what came of it.

    Attributes:
        position: Its place in the conversation, from 0.
        question: As it was typed.
        standalone_question: As it was understood.
        stage: How it ended.
        problem: What the person could put right; "" when there was nothing.
        asked_at: When, ISO 8601 in UTC.
        addresses: Of the answer's citations in their order, as a person says them.
        answer: The whole reply; None when there is none.
    """

    position: int
    question: str
    standalone_question: str
    stage: str
    problem: str
    asked_at: str
    addresses: tuple[str, ...]
    answer: Answer | None


@dataclass(frozen=True)
class Receipt:
    """A document to be proved.

    Attributes:
        format: "dayek-receipt".
        version: Of the format.
        kind: What it holds: exchanges and records, or places.
        language: Of the addresses.
        title: Of the document.
        made_at: When, ISO 8601 in UTC.
        work: The work, and the state of its file.
        index: Fingerprint of the index; "" when none was searched.
        versions: Of the programs.
        exchanges: Of a transcript, in order.
        records: Examiners' records of these exchanges, in order.
        places: Of a gathering, in the order of the text.
        digest: The sha256 of all the rest as canonical JSON, in hex.
    """

    format: Literal["dayek-receipt"]
    version: int
    kind: Literal["transcript", "gathering"]
    language: Language
    title: str
    made_at: str
    work: WorkShown
    index: str
    versions: dict[str, str]
    exchanges: tuple[ReceiptExchange, ...]
    records: tuple[Record, ...]
    places: tuple[GatheredPlace, ...]
    digest: str


@dataclass(frozen=True)
class ReadReceipt:
    """A receipt that was read from a file.

    Attributes:
        receipt: What it says.
        contents: The digest of what it really holds.
    """

    receipt: Receipt
    contents: str


def receipt_of(content: Content, imprint: Imprint) -> Receipt:
    """The receipt of a document."""
    gathered = isinstance(content, Gathering)
    entries = () if isinstance(content, Gathering) else content.entries
    receipt = Receipt(
        format=FORMAT,
        version=VERSION,
        kind="gathering" if gathered else "transcript",
        language=imprint.language,
        title=storable(content.title),
        made_at=imprint.made_at,
        work=imprint.work,
        index=imprint.index,
        versions=dict(imprint.versions),
        exchanges=tuple(_exchange(entry, imprint.language) for entry in entries),
        records=tuple(entry.record for entry in entries if entry.record is not None),
        places=content.places if isinstance(content, Gathering) else (),
        digest="",
    )
    return replace(receipt, digest=_contents(asdict(receipt)))


def receipt_bytes(receipt: Receipt) -> bytes:
    """The receipt as a file: JSON in UTF-8, letters unescaped, indented for reading."""
    return (json.dumps(asdict(receipt), ensure_ascii=False, indent=2) + "\n").encode()


def read_receipt(raw: bytes, name: str = "the file") -> ReadReceipt:
    """Read the file of a receipt.

    Args:
        raw: Its bytes.
        name: Its name, for messages.

    Raises:
        ReceiptUnreadable: It is none that this version can check.
    """
    try:
        told = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_without_repeats, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise ReceiptUnreadable(
            f"{name} cannot be read as JSON: {error}.", "Export the receipt once more."
        ) from error
    _check_format(told, name)
    try:
        receipt = shaped(Receipt, told)
        contents = _contents(told)
    except (ShapeError, RecursionError) as error:
        raise ReceiptUnreadable(
            f"{name} is not a whole receipt: {error}.",
            "Export it once more, or update the program if a newer one wrote it.",
        ) from error
    return ReadReceipt(receipt, contents)


def _exchange(entry: Entry, language: Language) -> ReceiptExchange:
    kept = entry.exchange
    citations = kept.answer.citations if kept.answer else ()
    return ReceiptExchange(
        position=kept.position,
        question=kept.question,
        standalone_question=kept.standalone_question,
        stage=kept.stage,
        problem=kept.problem,
        asked_at=kept.asked_at,
        addresses=tuple(address(language, citation) for citation in citations),
        answer=kept.answer,
    )


def _contents(told: dict[str, Any]) -> str:
    """The digest of a receipt's plain JSON types."""
    rest = {name: value for name, value in told.items() if name != "digest"}
    return hashlib.sha256(canonical(rest)).hexdigest()


def _check_format(told: object, name: str) -> None:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ReceiptUnreadable(
            f"{name} is not a receipt of Dayek.", "Export a transcript or a record as JSON."
        )
    version = told.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ReceiptUnreadable(f"{name} does not say which version of receipt it is.")
    if version > VERSION:
        raise ReceiptUnreadable(
            f"{name} is a receipt of version {version}; this program knows {VERSION}.",
            "Update the program.",
        )


def _without_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands in it twice would hide one of its values."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return told


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
