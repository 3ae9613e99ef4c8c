"""What an exported document says, in which order: the same for Markdown, DOCX and PDF."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import Answer, CheckedStatement, Citation, address
from ui.exporting.answer_text import Target, answer_line, answer_parts
from ui.exporting.contents import Content, Entry, GatheredPlace, Gathering, Imprint, Transcript
from ui.exporting.layout import (
    Facts,
    Grid,
    Heading,
    Paragraph,
    Part,
    Quoted,
    Text,
    on_one_line,
    plain,
)
from ui.keeping import Logged, Record, Verdict, shortened
from ui.wording.exporting import EXPORT_WORDS, ExportWords

COMMAND = "dayek receipt verify FILE.json"
"""What proves the JSON form of a document."""

_HEADING_LENGTH = 110
_WIDTHS = (0.06, 0.68, 0.26)
_WIDTHS_JUDGED = (0.05, 0.37, 0.2, 0.17, 0.21)


def title_of(content: Content, imprint: Imprint) -> str:
    """The title of a document."""
    words = EXPORT_WORDS[imprint.language]
    if isinstance(content, Gathering):
        return on_one_line(f"{words.gathering}: {content.title}")
    return on_one_line(content.title) or words.transcript


def compose(content: Content, imprint: Imprint) -> tuple[Part, ...]:
    """A document in parts; the first is its title."""
    words = EXPORT_WORDS[imprint.language]
    head = (Heading(1, title_of(content, imprint)), _about(imprint, words))
    if isinstance(content, Gathering):
        body = tuple(_gathered(content, words))
    else:
        body = tuple(_transcribed(content, imprint))
    return (*head, *body, Paragraph(plain(words.proof.format(command=COMMAND)), aside=True))


def moment(time: str) -> str:
    """A time of ISO 8601 in UTC as a person reads it, to the second; anything else as it is."""
    day, parted, rest = time.partition("T")
    return f"{day} {rest[:8]} UTC" if parted and time.endswith("Z") else time


def _about(imprint: Imprint, words: ExportWords) -> Facts:
    versions = ", ".join(f"{name} {number}" for name, number in imprint.versions)
    pairs = [
        (words.work, on_one_line(imprint.work.title)),
        (words.sha256, imprint.work.sha256),
        (words.index, imprint.index),
        (words.versions, versions),
        (words.made_at, moment(imprint.made_at)),
    ]
    return _facts(pairs)


def _facts(pairs: list[tuple[str, str]]) -> Facts:
    return Facts(tuple((name, value) for name, value in pairs if value))


def _gathered(gathering: Gathering, words: ExportWords) -> Iterator[Part]:
    if not gathering.places:
        yield Paragraph(plain(words.no_places))
        return
    yield Paragraph(plain(words.places.format(count=len(gathering.places))))
    for number, place in enumerate(gathering.places, 1):
        yield Quoted(f"{number}.", "", _quotation(place.quote), _source(place, words))


def _transcribed(transcript: Transcript, imprint: Imprint) -> Iterator[Part]:
    for number, entry in enumerate(transcript.entries, 1):
        yield from _entry(number, entry, imprint)


def _entry(number: int, entry: Entry, imprint: Imprint) -> Iterator[Part]:
    words = EXPORT_WORDS[imprint.language]
    question = on_one_line(entry.exchange.question)
    short = shortened(question, _HEADING_LENGTH)
    yield Heading(2, f"{number}. {short}")
    yield _circumstances(entry, "" if short == question else question, imprint, words)
    answer = entry.exchange.answer
    if answer is None:
        problem = on_one_line(entry.exchange.problem)
        yield Paragraph(plain(f"{words.unfinished} {problem}".strip(), bold=True))
        return
    if answer.status == "abstained":
        yield Paragraph(plain(words.abstained, bold=True))
    target = _targets(number, answer)
    yield from answer_parts(answer.answer, target)
    if answer.notice:
        yield Paragraph(plain(f"{words.notice}: {on_one_line(answer.notice)}"), aside=True)
    if answer.citations:
        yield Heading(3, words.citations)
        yield from (_cited(one, target, imprint) for one in answer.citations)
    if entry.record is not None:
        yield from _record(answer, entry.record, target, words)
    elif any(one.verdict != "verbatim" for one in answer.statements):
        yield Heading(3, words.statements)
        yield _statements(answer, target, words)


def _targets(number: int, answer: Answer) -> Target:
    """The names of an answer's citations; "" for a marker without one."""
    markers = {citation.marker for citation in answer.citations}

    def target(marker: int) -> str:
        return f"c-{number}-{marker}" if marker in markers else ""

    return target


def _circumstances(entry: Entry, question: str, imprint: Imprint, words: ExportWords) -> Facts:
    """When and by what it was answered, and of which state of work and index if not the imprint's.

    Args:
        entry: The question.
        question: In full; "" when the heading has all of it.
        imprint: Of the document.
        words: Of its language.
    """
    exchange, answer = entry.exchange, entry.exchange.answer
    rewritten = exchange.standalone_question not in ("", exchange.question)
    pairs = [
        (words.question, question),
        (words.understood_as, on_one_line(exchange.standalone_question) if rewritten else ""),
        (words.asked_at, moment(exchange.asked_at)),
    ]
    if answer is not None:
        own = answer.engine == "extractive"
        pairs.append((words.engine, words.extractive if own else on_one_line(answer.engine)))
        if answer.work.sha256 != imprint.work.sha256:
            pairs.append((words.sha256, answer.work.sha256))
        if answer.index != imprint.index:
            pairs.append((words.index, answer.index))
    return _facts(pairs)


def _cited(citation: Citation, target: Target, imprint: Imprint) -> Quoted:
    words = EXPORT_WORDS[imprint.language]
    place = GatheredPlace(
        address(imprint.language, citation),
        citation.section_title,
        citation.quote,
        citation.start,
        citation.end,
        citation.line,
    )
    name = target(citation.marker)
    quotation = _quotation(citation.quote, is_row=citation.kind == "table_row")
    return Quoted(f"[{citation.marker}]", name, quotation, _source(place, words))


def _quotation(quote: str, *, is_row: bool = False) -> str:
    """The words on one line; the cells of a table's row, one a line in the text, parted."""
    if not is_row:
        return on_one_line(quote)
    cells = (on_one_line(line) for line in quote.splitlines())
    return " | ".join(cell for cell in cells if cell)


def _source(place: GatheredPlace, words: ExportWords) -> str:
    return "; ".join(
        (
            place.address,
            f"«{on_one_line(place.section_title)}»",
            f"{words.characters} [{place.start}, {place.end})",
            words.line.format(line=place.line),
        )
    )


def _record(answer: Answer, record: Record, target: Target, words: ExportWords) -> Iterator[Part]:
    yield Heading(3, words.record)
    yield _statements(answer, target, words, record)
    if record.signed_by is None:
        yield Paragraph(plain(words.not_signed, bold=True))
    else:
        time = moment(record.signed_at or "")
        signed = words.signed.format(name=on_one_line(record.signed_by), time=time)
        yield Paragraph(plain(signed, bold=True))
        yield Facts(((words.digest, record.digest or ""),))
    for one in record.log:
        if one.event == "unsigned":
            yield Paragraph(plain(_taken_back(one, words)))


def _taken_back(logged: Logged, words: ExportWords) -> str:
    told = words.taken_back.format(name=on_one_line(logged.by), time=moment(logged.at))
    reason = on_one_line(logged.reason)
    return f"{told}. {words.reason.format(reason=reason)}" if reason else told


def _statements(
    answer: Answer, target: Target, words: ExportWords, record: Record | None = None
) -> Grid:
    """The statements, each with the program's check and, in a record, the examiner's judgement."""
    names = [words.number, words.statement, words.program_check]
    if record is not None:
        names += [words.judgement, words.remark]
    verdicts: dict[int, Verdict] = {one.statement: one for one in record.verdicts} if record else {}
    rows: list[tuple[Text, ...]] = []
    for place, statement in enumerate(answer.statements):
        row = [
            plain(str(place + 1)),
            answer_line(statement.text, target),
            plain(_checked(statement, words)),
        ]
        if record is not None:
            verdict = verdicts.get(place)
            judgement = verdict.judgement if verdict else None
            row.append(plain(words.judgements[judgement] if judgement else words.not_judged))
            row.append(plain(on_one_line(verdict.remark) if verdict else ""))
        rows.append(tuple(row))
    widths = _WIDTHS_JUDGED if record is not None else _WIDTHS
    return Grid(tuple(plain(name, bold=True) for name in names), tuple(rows), widths)


def _checked(statement: CheckedStatement, words: ExportWords) -> str:
    told = words.checked[statement.verdict]
    doubts = ", ".join(words.doubts.get(code, on_one_line(code)) for code in statement.doubts)
    return f"{told}: {doubts}" if doubts else told
