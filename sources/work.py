"""A work ready to be searched: its text, its shape, its sentences and passages.

Works live in `sources/library/<id>/` with a card that names them and holds what the text cannot
say of itself (title, provenance, sha256, how far a run-in heading reaches, example questions).
Any other UTF-8 text file becomes a work by its path; only questions may stand beside it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sources.conflicts import KnownConflict, read_conflicts
from sources.document import Document, Span
from sources.errors import WorkAltered, WorkNotFound
from sources.letters import KAZAKH_LETTERS
from sources.outline import Outline, make_outline
from sources.passages import CUTTING_RULES, Passage, find_passages, find_sentences
from sources.questions import (
    FILE,
    WrittenQuestion,
    questions_beside,
    read_own_questions,
    read_questions,
)
from sources.runins import RunIn
from sources.sentences import Sentence
from sources.unanswered import UnansweredQuestion, read_unanswered

_BIBLIOGRAPHY = re.compile(
    r"әдебиеттер|список литературы|список использованн|источники|references|bibliography",
    re.IGNORECASE,
)
LIBRARY = Path(__file__).parent / "library"
DEFAULT_WORK = "multivector"


@dataclass(frozen=True)
class Card:
    """What is known of a work beside its text.

    Attributes:
        id: Name in the library, or made from the file's name and place.
        title: As the work or its file calls itself.
        language: Of the text: "kk", "ru" or "en".
        questions_file: Where questions written ahead are kept, or would be.
        provenance: Where the file came from; empty for a file of the user's.
        run_ins: Run-in headings with a known reach.
        examples: Example questions by language; empty when there are none.
        folder: Where the work keeps what travels with it; None for a file of the user's.
    """

    id: str
    title: str
    language: str
    questions_file: Path
    provenance: str = ""
    run_ins: tuple[RunIn, ...] = ()
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()
    folder: Path | None = None

    def examples_in(self, language: str) -> tuple[str, ...]:
        """Example questions in a language; empty when there are none."""
        return dict(self.examples).get(language, ())


@dataclass(frozen=True)
class Work:
    """One work, cut and addressed.

    Attributes:
        card: What is known of it beside its text.
        document: Its text.
        outline: Its chapters, sections, blocks and tables.
        sentences: Its sentences, list items and table rows in order.
        passages: Its passages in order.
        conflicts: Matters on which it is known to disagree with itself; empty when none is known.
        questions: Questions that it answers, written ahead; empty when nobody wrote any.
        suspected: Matters on which a scan suspects it of that; empty until it was scanned.
        unanswered: Questions on its subject that it does not answer, written ahead; empty when
            nobody wrote any.
    """

    card: Card
    document: Document = field(repr=False)
    outline: Outline = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    conflicts: tuple[KnownConflict, ...] = field(repr=False, default=())
    questions: tuple[WrittenQuestion, ...] = field(repr=False, default=())
    suspected: tuple[KnownConflict, ...] = field(repr=False, default=())
    unanswered: tuple[UnansweredQuestion, ...] = field(repr=False, default=())

    @property
    def id(self) -> str:
        """Name of the work."""
        return self.card.id

    @property
    def title(self) -> str:
        """Title of the work."""
        return self.card.title

    @property
    def language(self) -> str:
        """Language of the text."""
        return self.card.language

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    @property
    def has_bibliography(self) -> bool:
        """Whether the text has a list of literature, so that `[57]` can be looked up in it."""
        return any(
            _BIBLIOGRAPHY.search(self.text[block.start : block.end])
            for block in self.outline.blocks
            if block.kind == "heading"
        )

    def sentences_in(self, span: Span) -> range:
        """Places of the sentences that lie in a span; empty when none does."""
        first = bisect_left(self.sentences, span.start, key=lambda one: one.start)
        last = first
        while last < len(self.sentences) and self.sentences[last].end <= span.end:
            last += 1
        return range(first, last)

    @property
    def cutting(self) -> str:
        """Fingerprint of how this text was cut and asked about: equal ones have equal pieces."""
        told = hashlib.sha256(f"rules {CUTTING_RULES}\n".encode())
        pieces: tuple[Sentence | Passage, ...] = (*self.sentences, *self.passages)
        for piece in pieces:
            told.update(f"{piece.start}:{piece.end}:{piece.embedding_text}\n".encode())
        for asked in self.questions:
            told.update(f"{asked.answer.start}:{asked.answer.end}?{asked.text}\n".encode())
        for silent in self.unanswered:
            told.update(f"?!{silent.text}\n".encode())
        return told.hexdigest()[:16]


def library_works(library: Path = LIBRARY) -> tuple[str, ...]:
    """Names of the works in a library: by default of those that come with the project."""
    return tuple(sorted(card.parent.name for card in library.glob("*/card.toml")))


def open_work(source: str | Path | None = None, library: Path = LIBRARY) -> Work:
    """Open a work of the library by its name, or any UTF-8 text file by its path.

    Args:
        source: Name or path; None means the dissertation.
        library: Folder with a folder for each work; the one that comes with the project.

    Raises:
        WorkNotFound: Neither a work of that name nor a readable file.
        WorkUnreadable: The file is not UTF-8 text.
        WorkAltered: A library file is not the one its card describes, or what stands beside the
            file as questions are none.
    """
    name = DEFAULT_WORK if source is None or str(source) == "" else str(source)
    if name in library_works(library):
        return _open_library(library / name)
    path = Path(name).expanduser()
    if not path.exists():
        raise WorkNotFound(
            f"There is no work {name!r} in the library and no file of that name.",
            f"Give one of {', '.join(library_works(library))} or the path of a UTF-8 text file.",
        )
    document = Document.read(path)
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:32] or "work"
    # Named by its place, not its words: an edited file stays the same work, and its index is
    # brought up to date instead of made anew.
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    card = Card(
        id=f"{slug}-{place}",
        title=path.stem,
        language=_language(document),
        questions_file=questions_beside(path),
    )
    return _cut(card, document)


def _open_library(folder: Path) -> Work:
    with (folder / "card.toml").open("rb") as file:
        card = tomllib.load(file)
    document = Document.read(folder / card["file"])
    if document.sha256 != card["sha256"]:
        raise WorkAltered(
            f"{folder / card['file']} was altered: its sha256 is {document.sha256}, "
            f"its card says {card['sha256']}.",
            f"Restore it: git checkout -- sources/library/{folder.name}",
        )
    return _cut(_card(card, folder), document)


def _card(card: dict[str, Any], folder: Path) -> Card:
    return Card(
        id=folder.name,
        title=card["title"],
        language=card["language"],
        questions_file=folder / FILE,
        provenance=card.get("provenance", ""),
        run_ins=tuple(RunIn(**run) for run in card.get("run_in", ())),
        examples=tuple((key, tuple(said)) for key, said in card.get("examples", {}).items()),
        folder=folder,
    )


def _cut(card: Card, document: Document) -> Work:
    outline = make_outline(document, card.run_ins)
    sentences = find_sentences(document.text, outline)
    passages = find_passages(document.text, outline, sentences)
    conflicts = read_conflicts(card.folder, document) if card.folder else ()
    if card.folder:
        questions = read_questions(card.folder, document)
        _check_disputed(card.folder, questions, conflicts)
    else:
        questions, _ = read_own_questions(card.questions_file, document)
    return Work(
        card,
        document,
        outline,
        sentences,
        passages,
        conflicts,
        questions,
        unanswered=read_unanswered(card.folder) if card.folder else (),
    )


def _check_disputed(
    folder: Path, questions: Sequence[WrittenQuestion], conflicts: Sequence[KnownConflict]
) -> None:
    known = {conflict.id for conflict in conflicts}
    for question in questions:
        if question.conflict is not None and question.conflict not in known:
            raise WorkAltered(
                f"{folder / 'questions.jsonl'} asks about the conflict {question.conflict!r}, "
                "which conflicts.toml does not have.",
                f"Restore it: git checkout -- sources/library/{folder.name}",
            )


def _language(document: Document) -> str:
    """Kazakh when its own letters occur, Russian for other Cyrillic text, else English."""
    sample = document.text[:20_000].lower()
    letters = sum(letter.isalpha() for letter in sample) or 1
    kazakh = sum(letter in KAZAKH_LETTERS for letter in sample)
    cyrillic = sum("а" <= letter <= "я" for letter in sample)
    if kazakh / letters > 0.02:
        return "kk"
    return "ru" if cyrillic / letters > 0.3 else "en"
