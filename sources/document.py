"""The canonical text of a work: what the file says, and where its lines begin.

The text is the file decoded as UTF-8 and nothing else: no normalisation, no stripping, no
newline translation. Every address in the project is a code-point range `[start, end)` into it.
This is the only place that opens a work's file.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from sources.errors import NoSuchPlace, WorkNotFound, WorkUnreadable


@dataclass(frozen=True)
class Span:
    """A code-point range `[start, end)` of the canonical text."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


_BLANK = "\ufeff" + "".join(filter(str.isspace, map(chr, range(0x3001))))
"""White space of every kind, and the byte order mark, which is none to Python."""


def trimmed(text: str, span: Span) -> Span:
    """A range without the white space around it; empty, at its start, when it holds no more."""
    piece = text[span.start : span.end]
    bare = piece.strip(_BLANK)
    if not bare:
        return Span(span.start, span.start)
    begin = span.start + len(piece) - len(piece.lstrip(_BLANK))
    return Span(begin, begin + len(bare))


@dataclass(frozen=True)
class Document:
    """The text of one work.

    Attributes:
        text: The whole file, decoded, unchanged.
        sha256: Of the file's bytes.
        line_starts: Offset of the first character of each line.
    """

    text: str = field(repr=False)
    sha256: str
    line_starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, raw: bytes, name: str = "the text") -> Document:
        """Decode the bytes of a work.

        Raises:
            WorkUnreadable: The bytes are not UTF-8, hold NUL (a binary file), or nothing.
        """
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise WorkUnreadable(
                f"{name} is not text in UTF-8 (byte {error.start} cannot be read).",
                "Save it as UTF-8 plain text and try again.",
            ) from error
        if "\0" in text:
            raise WorkUnreadable(
                f"{name} is a binary file, not text.",
                "Convert it to UTF-8 plain text and try again.",
            )
        if not text.strip(_BLANK):
            raise WorkUnreadable(f"{name} holds no text.", "Choose a file with something in it.")
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return cls(text=text, sha256=hashlib.sha256(raw).hexdigest(), line_starts=tuple(starts))

    @classmethod
    def read(cls, path: Path) -> Document:
        """Read the file of a work.

        Raises:
            WorkNotFound: There is no file there, or it may not be read.
            WorkUnreadable: See `of`.
        """
        try:
            raw = path.read_bytes()
        except IsADirectoryError as error:
            raise WorkNotFound(f"{path} is a folder, not a file.", "Name a text file.") from error
        except OSError as error:
            raise WorkNotFound(
                f"Cannot read {path}: {error.strerror}.", "Check the path and its permissions."
            ) from error
        return cls.of(raw, str(path))

    def line_span(self, line: int) -> Span:
        """Address of a line counted from 0, without its newline (a CR before it stays)."""
        starts = self.line_starts
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.text)
        return Span(starts[line], end)

    def line_of(self, offset: int) -> int:
        """Number of the line that holds `offset`, from 1 as editors count."""
        return bisect_right(self.line_starts, offset)

    def quote(self, span: Span) -> str:
        """The words at an address.

        Raises:
            NoSuchPlace: The range is empty, reversed or outside the text.
        """
        if not 0 <= span.start < span.end <= len(self.text):
            raise NoSuchPlace(
                f"There is no text at {span.start}:{span.end}.",
                f"Give START:END with 0 <= START < END <= {len(self.text)}.",
            )
        return self.text[span.start : span.end]
