"""Whether what a receipt says still stands in the work: every item on its own, nothing trusted.

Needs the file of the work and nothing else: no index, no model, no network. What is found is told
in codes; whoever shows them has the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant import Answer, CheckedStatement, Citation, Language, Work, address, place_of
from ui.exporting.answer_text import statement_pieces
from ui.exporting.contents import GatheredPlace
from ui.exporting.receipt import ReadReceipt, Receipt, ReceiptExchange
from ui.keeping import Record, record_digest

Kind = Literal["receipt", "work", "answer", "statement", "citation", "record", "place"]

Fault = Literal[
    "digest",  # the receipt, or a signed record, is not what its digest was made of
    "sha256",  # the file of the work is another one
    "outside",  # the text has no such characters
    "quotation",  # other words stand there
    "passage",  # the quotation does not lie in the passage named with it
    "place",  # section, paragraph, table or row are others
    "section_title",
    "line",
    "address",  # the address in words is another one
    "markers",  # markers and citations do not belong together
    "addresses",  # there are not as many addresses as citations
    "nearest",  # a passage of the list is none of the text
    "not_in_answer",  # a statement does not stand in the answer
    "not_verbatim",  # words given as the work's own stand in no citation of the statement
    "positions",  # two exchanges or records share a position
    "no_answer",  # a record of an answer that is not there
    "verdicts",  # its judgements are not one for each statement
    "unjudged",  # it is signed, but a statement is not judged
    "signature",  # a signature without a name, a time or a digest
    "log",  # the log of signatures tells another story
]

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


@dataclass(frozen=True)
class Check:
    """One item that was checked.

    Attributes:
        kind: What it is.
        exchange: Position of its exchange, from 0; None for what belongs to none.
        number: Which of its kind: marker, statement or place, from 1; None where there is one.
        start: First code point of a place or citation; None for other items.
        end: One past its last.
        faults: What does not hold; empty when all does.
        signed_by: Who signed a record; None for other items and unsigned records.
    """

    kind: Kind
    exchange: int | None = None
    number: int | None = None
    start: int | None = None
    end: int | None = None
    faults: tuple[Fault, ...] = ()
    signed_by: str | None = None


@dataclass(frozen=True)
class Checked:
    """All that was checked, in the order of the receipt."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every item does."""
        return not any(check.faults for check in self.checks)


def check_receipt(read: ReadReceipt, work: Work) -> Checked:
    """Check everything that a receipt says against the work.

    Args:
        read: The receipt.
        work: The work that it is said to be about.
    """
    receipt = read.receipt
    checks = [
        Check("receipt", faults=_whole(read)),
        Check("work", faults=_if(receipt.work.sha256 != work.document.sha256, "sha256")),
    ]
    answers = {}
    for exchange in receipt.exchanges:
        if exchange.answer is not None:
            answers[exchange.position] = exchange.answer
            checks += _exchange(exchange, exchange.answer, receipt.language, work)
    checks += [_record(record, answers.get(record.position)) for record in receipt.records]
    checks += [
        _place(number, place, receipt.language, work)
        for number, place in enumerate(receipt.places, 1)
    ]
    return Checked(tuple(checks))


def _if(condition: bool, fault: Fault) -> tuple[Fault, ...]:
    return (fault,) if condition else ()


def _whole(read: ReadReceipt) -> tuple[Fault, ...]:
    return (
        *_if(read.receipt.digest != read.contents, "digest"),
        *_if(_repeats(read.receipt), "positions"),
    )


def _repeats(receipt: Receipt) -> bool:
    """Whether two exchanges, or two records, claim one position."""
    exchanges = Counter(exchange.position for exchange in receipt.exchanges)
    records = Counter(record.position for record in receipt.records)
    return max((*exchanges.values(), *records.values()), default=0) > 1


def _exchange(
    exchange: ReceiptExchange, answer: Answer, language: Language, work: Work
) -> Iterator[Check]:
    yield Check("answer", exchange.position, faults=_answer(exchange, answer, work))
    for number, statement in enumerate(answer.statements, 1):
        faults = _statement(statement, answer)
        yield Check("statement", exchange.position, number, faults=faults)
    for at, citation in enumerate(answer.citations):
        said = exchange.addresses[at] if at < len(exchange.addresses) else None
        yield Check(
            "citation",
            exchange.position,
            citation.marker,
            citation.start,
            citation.end,
            _citation(citation, said, language, work),
        )


def _answer(exchange: ReceiptExchange, answer: Answer, work: Work) -> tuple[Fault, ...]:
    markers = {int(found[1]) for found in _MARKER.finditer(answer.answer)}
    numbers = [citation.marker for citation in answer.citations]
    belong = numbers == list(range(1, len(numbers) + 1)) and markers == set(numbers)
    inside = all(0 <= one.start < one.end <= len(work.text) for one in answer.retrieved)
    return (
        *_if(answer.work.sha256 != work.document.sha256, "sha256"),
        *_if(not belong, "markers"),
        *_if(len(exchange.addresses) != len(numbers), "addresses"),
        *_if(not inside, "nearest"),
    )


def _statement(statement: CheckedStatement, answer: Answer) -> tuple[Fault, ...]:
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    found = {int(marker[1]) for marker in _MARKER.finditer(statement.text)}
    sound = found == set(statement.markers) <= set(quotes)
    cited = _spaced(" ".join(quotes.get(marker, "") for marker in statement.markers))
    # In another language than the work's, the quotation stands in quotation marks.
    own = all(_spaced(piece.strip("«»“” ")) in cited for piece in statement_pieces(statement.text))
    return (
        *_if(statement.text not in answer.answer, "not_in_answer"),
        *_if(not sound, "markers"),
        *_if(statement.verdict == "verbatim" and not own, "not_verbatim"),
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _citation(
    citation: Citation, said: str | None, language: Language, work: Work
) -> tuple[Fault, ...]:
    if not 0 <= citation.start < citation.end <= len(work.text):
        return ("outside",)
    place = place_of(work, citation.start)
    named = (citation.section, citation.paragraph, citation.table, citation.row)
    around = citation.passage_start <= citation.start and citation.end <= citation.passage_end
    inside = citation.passage_start >= 0 and citation.passage_end <= len(work.text)
    return (
        *_words(citation.quote, citation.start, citation.end, citation.line, work),
        *_if(not (around and inside), "passage"),
        *_if(named != (place.section, place.paragraph, place.table, place.row), "place"),
        *_if(citation.section_title != work.outline.section(place.section).title, "section_title"),
        *_if(said is not None and said != address(language, place), "address"),
    )


def _words(quote: str, start: int, end: int, line: int, work: Work) -> tuple[Fault, ...]:
    return (
        *_if(work.text[start:end] != quote, "quotation"),
        *_if(work.document.line_of(start) != line, "line"),
    )


def _place(number: int, place: GatheredPlace, language: Language, work: Work) -> Check:
    if not 0 <= place.start < place.end <= len(work.text):
        return Check("place", None, number, place.start, place.end, ("outside",))
    found = place_of(work, place.start)
    # A whole table is told without its first row.
    addresses = {address(language, found), address(language, replace(found, row=None))}
    title = _spaced(work.outline.section(found.section).title)
    faults = (
        *_words(place.quote, place.start, place.end, place.line, work),
        *_if(_spaced(place.section_title) != title, "section_title"),
        *_if(place.address not in addresses, "address"),
    )
    return Check("place", None, number, place.start, place.end, faults)


def _record(record: Record, answer: Answer | None) -> Check:
    if answer is None:
        return Check("record", record.position, faults=("no_answer",))
    places = [verdict.statement for verdict in record.verdicts]
    faults = _if(places != list(range(len(answer.statements))), "verdicts")
    return Check(
        "record",
        record.position,
        faults=(*faults, *_signature(record, answer)),
        signed_by=record.signed_by,
    )


def _signature(record: Record, answer: Answer) -> tuple[Fault, ...]:
    """What does not hold of a record's signature, or of there being none."""
    last = record.log[-1] if record.log else None
    if record.signed_by is None and record.signed_at is None and record.digest is None:
        return _if(last is not None and last.event == "signed", "log")
    if not (record.signed_by and record.signed_at and record.digest):
        return ("signature",)
    digest = record_digest(answer, record.verdicts, record.signed_by, record.signed_at)
    logged = last is not None and (last.event, last.by, last.at, last.digest) == (
        "signed",
        record.signed_by,
        record.signed_at,
        record.digest,
    )
    return (
        *_if(any(verdict.judgement is None for verdict in record.verdicts), "unjudged"),
        *_if(digest != record.digest, "digest"),
        *_if(not logged, "log"),
    )
