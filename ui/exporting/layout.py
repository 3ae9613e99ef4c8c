"""The few parts that an exported document is made of, whatever its form.

Markdown, DOCX and PDF differ in how they write a heading or a table, not in what the document says:
`composing` says it once, in these parts, and each writer knows nothing else. Texts in them are
plain: whatever stands in a work, a question or a remark is escaped by the writer of each form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ui.plain import harmless

_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What neither XML nor UTF-8 can carry."""


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look.

    Attributes:
        text: Plain.
        bold: Whether it is emphasised.
        target: Name of the citation that it leads to; "" for none.
    """

    text: str
    bold: bool = False
    target: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `aside` for what is said about the document rather than in it."""

    text: Text
    aside: bool = False


@dataclass(frozen=True)
class Items:
    """A list; `first` is the number of its first item, None for bullets."""

    items: tuple[Text, ...]
    first: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        header: Column names; None for a table without a header.
        rows: Each as long as the header, or shorter.
        widths: Of the columns, as parts of the whole; empty for equal ones.
    """

    header: tuple[Text, ...] | None
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(len(row) for row in ((self.header or ()), *self.rows))


@dataclass(frozen=True)
class Facts:
    """Names with their values, one pair a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Quoted:
    """Words of the work with where they stand.

    Attributes:
        label: "[1]"; "" for none.
        name: By which a marker leads here; "" for none.
        words: The quotation.
        source: Its address.
    """

    label: str
    name: str
    words: str
    source: str


Part = Heading | Paragraph | Items | Grid | Facts | Quoted


def plain(text: str, *, bold: bool = False) -> Text:
    """A text of one look."""
    return (Run(text, bold),)


def fit(text: str) -> str:
    """`text` with what not every form can carry replaced by the sign for an unknown character."""
    return _UNFIT.sub("\ufffd", harmless(text))


def on_one_line(text: str) -> str:
    """The same with white space of every kind and length as one space."""
    return " ".join(fit(text).split())
