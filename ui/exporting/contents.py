"""What can be exported: a transcript with records, or all places on one matter; and the imprint.

Values only. How they look is told once in `composing`, and written in each form by its own module.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from assistant import Assistant, Language
from ui.keeping import KeptExchange, Record

PROGRAMS = ("dayek", "chromadb", "langchain-core", "onnxruntime")
"""The programs whose versions decide what is found and answered."""


@dataclass(frozen=True)
class WorkShown:
    """The work that was asked, and in which state.

    Attributes:
        id: Its name in the library, or made from the file's name and place.
        title: As the work or its file calls itself.
        language: Of the text: "kk", "ru" or "en".
        sha256: Of its file.
    """

    id: str
    title: str
    language: str
    sha256: str


@dataclass(frozen=True)
class Imprint:
    """What every document says of itself.

    Attributes:
        language: Of the document's own words.
        work: The work.
        index: Fingerprint of the index that was searched; "" when none was.
        versions: (program, version) in the order shown.
        made_at: When, ISO 8601 in UTC, to the second.
    """

    language: Language
    work: WorkShown
    index: str
    versions: tuple[tuple[str, str], ...]
    made_at: str


@dataclass(frozen=True)
class Entry:
    """One question of a transcript with what came of it.

    Attributes:
        exchange: As it was kept.
        record: The examiner's record of it; None when there is none.
    """

    exchange: KeptExchange
    record: Record | None = None


@dataclass(frozen=True)
class Transcript:
    """A conversation, or a part of one.

    Attributes:
        title: Of the conversation; "" for none.
        entries: In order; may be empty.
    """

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class GatheredPlace:
    """One place of a list of all that the work says on a matter.

    Attributes:
        address: As a person says it ("2.1-бөлім, 14-абзац"), in the document's language.
        section_title: Heading of its section as the work has it.
        quote: The words, equal to the text at `[start, end)`.
        start: First code point.
        end: One past the last.
        line: Line of the file where it begins, from 1.
    """

    address: str
    section_title: str
    quote: str
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Gathering:
    """All that the work says on a matter.

    Attributes:
        title: The matter: a term, a person, a state.
        places: In the order of the text; may be empty.
    """

    title: str
    places: tuple[GatheredPlace, ...]


Content = Transcript | Gathering


def transcript(
    title: str, exchanges: Iterable[KeptExchange], records: Iterable[Record] = ()
) -> Transcript:
    """A transcript of kept exchanges, each with its record where there is one.

    Args:
        title: Of the conversation; "" for none.
        exchanges: In order.
        records: In any order; one of an exchange that is not exported does not count.
    """
    of = {record.position: record for record in records}
    return Transcript(title, tuple(Entry(one, of.get(one.position)) for one in exchanges))


def imprint(assistant: Assistant, language: Language) -> Imprint:
    """The imprint of a document that is made now.

    Args:
        assistant: Who answered; knows work and index.
        language: Of the document's own words.
    """
    work = assistant.work
    return Imprint(
        language=language,
        work=WorkShown(work.id, work.title, work.language, work.document.sha256),
        index=assistant.index_fingerprint,
        versions=program_versions(),
        made_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )


def program_versions() -> tuple[tuple[str, str], ...]:
    """(program, version) of Python and of what decides an answer; what is not there is left out."""
    found = [("python", platform.python_version())]
    for name in PROGRAMS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)
