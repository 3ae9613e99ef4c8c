"""What every piece of the reader needs to draw itself: the work, the language, the words (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Language, Work, address, place_of
from ui.formatting import escape
from ui.reading.links import span_link
from ui.wording import READING_WORDS, ReadingWords


@dataclass(frozen=True)
class ReadingView:
    """Words and addresses of one drawing of the reader.

    Attributes:
        work: What is read.
        language: Of the page.
    """

    work: Work
    language: Language

    @property
    def words(self) -> ReadingWords:
        """What the reader says in that language."""
        return READING_WORDS[self.language]

    @property
    def lang(self) -> str:
        """The attribute that tells a screen reader the language of the work."""
        return f'lang="{escape(self.work.language)}"'

    def address(self, offset: int) -> str:
        """The human address of a code point."""
        return address(self.language, place_of(self.work, offset))

    def heading(self, section: str) -> str:
        """Number and title of a section on one line; the work's title for what has no heading."""
        one = self.work.outline.section(section)
        if one.heading is None:
            return self.work.title
        return " ".join(self.work.text[one.heading.start : one.heading.end].split())

    def link(self, start: int, end: int, kind: str = "address") -> str:
        """A link that opens some words: their address."""
        href = escape(span_link(self.work, start, end))
        return f'<a class="{kind}" href="{href}">{escape(self.address(start))}</a>'
