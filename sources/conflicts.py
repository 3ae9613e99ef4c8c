"""Where a work says two different things about one matter, found by reading it whole.

A work of the library may carry `conflicts.toml`: each matter with its topic in three languages and
its sides, quoted word for word. A quotation is resolved to its address when the work is opened; one
that does not stand in the text is an error of the file, never passed over.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.document import Document, Span
from sources.errors import WorkAltered


@dataclass(frozen=True)
class ConflictSide:
    """One of the things that a work says about a matter.

    Attributes:
        span: The whole sentence.
        value: The words in it that disagree with the other sides.
        same_as: Place (from 0) of an earlier side that it agrees with; None when it stands alone.
    """

    span: Span
    value: Span
    same_as: int | None


@dataclass(frozen=True)
class KnownConflict:
    """A matter on which a work disagrees with itself.

    Attributes:
        id: Its name.
        topics: What it is about, by language.
        sides: Two or more, in the order of the file.
    """

    id: str
    topics: tuple[tuple[str, str], ...]
    sides: tuple[ConflictSide, ...]

    def topic(self, language: str) -> str:
        """What it is about in a language; empty when the file does not say."""
        return dict(self.topics).get(language, "")


def read_conflicts(folder: Path, document: Document) -> tuple[KnownConflict, ...]:
    """The known conflicts of a library work; empty when it carries none.

    Raises:
        WorkAltered: The file quotes words that the work does not have.
    """
    path = folder / "conflicts.toml"
    if not path.exists():
        return ()
    with path.open("rb") as file:
        table = tomllib.load(file)
    return tuple(_conflict(entry, document, path) for entry in table.get("conflict", ()))


def _conflict(entry: dict[str, Any], document: Document, path: Path) -> KnownConflict:
    topics = tuple(
        (key.removeprefix("topic_"), said) for key, said in entry.items() if key.startswith("topic")
    )
    sides = tuple(_side(side, document, path) for side in entry["side"])
    return KnownConflict(entry["id"], topics, sides)


def _side(side: dict[str, Any], document: Document, path: Path) -> ConflictSide:
    start = document.text.find(side["quote"])
    within = side["quote"].find(side["value"])
    if start < 0 or within < 0:
        raise WorkAltered(
            f"{path} quotes words that the work does not have: {side['quote'][:60]!r}.",
            "Quote the work letter for letter.",
        )
    same_as = side.get("same_as")
    return ConflictSide(
        span=Span(start, start + len(side["quote"])),
        value=Span(start + within, start + within + len(side["value"])),
        same_as=None if same_as is None else same_as - 1,
    )
