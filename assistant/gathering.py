"""Every place where a work mentions something: by any spelling, in any form, in its order.

The search ranks and may miss; this lists. It serves two readers: one who looks words up in the
text (`find`), and one who wants everything that the work says on a term, a person or a state
(`gather`). Names are known by the table of spellings, words by their strict forms (`forms`), never
by cut stems, so that what is listed is what was asked for. No index and no model takes part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from assistant.wanted import WORD, Asking, Spelling, Wanted, term_of
from index import Vocabulary
from sources import Sentence, Span, Work, search_form

WORDS_LIMIT = 200
"""Longest search, in characters; the rest is cut off."""


@dataclass(frozen=True)
class Mention:
    """A sentence, list item, table row, heading or caption that mentions what was looked for.

    Attributes:
        start: First code point.
        end: One past the last.
        matches: Where in it the words stand, in order; at least one, none overlapping.
        section: Id of its section.
        said: False for a heading, a caption and the header of a table.
    """

    start: int
    end: int
    matches: tuple[Span, ...]
    section: str
    said: bool


@dataclass(frozen=True)
class Gathered:
    """What was found.

    Attributes:
        asked: The words as typed.
        term: What was looked for: the text's own name of it, or the words; mended when the text
            has none of those typed. Empty when nothing was typed.
        spellings: The spellings under which the text has it, the commonest first; empty when it
            has none.
        places: In the order of the text.
        mended: Whether the text has none of the words typed, and others like them were looked for.
    """

    asked: str
    term: str
    spellings: tuple[str, ...]
    places: tuple[Mention, ...]
    mended: bool = False

    @property
    def matches(self) -> tuple[Span, ...]:
        """Where the words stand, over all places, in order."""
        return tuple(match for place in self.places for match in place.matches)

    def by_section(self) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
        """Section ids in order, each with its places; sections without any are left out."""
        grouped = groupby(self.places, key=lambda place: place.section)
        return tuple((section, tuple(places)) for section, places in grouped)


@dataclass(frozen=True)
class _Found:
    """One occurrence: its words by their numbers in the text, `[first, last)`."""

    first: int
    last: int
    written: str


class Concordance:
    """The words of a work, each with its places; made once, then quick to ask.

    Safe to share between threads.

    Args:
        work: The work.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._pieces = _pieces(work)
        self._words: list[str] = []
        self._spans: list[Span] = []
        at: dict[str, list[int]] = defaultdict(list)
        known: dict[str, str] = {}
        for found in WORD.finditer(work.text):
            raw = found[0]
            word = known.get(raw) or known.setdefault(raw, search_form(raw))
            if word:
                at[word].append(len(self._words))
                self._words.append(word)
                self._spans.append(Span(found.start(), found.end()))
        self._at = dict(at)
        counts = {word: len(places) for word, places in at.items()}
        self._asking = Asking(counts, work.language)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The work's words, by which words typed carelessly are mended."""
        return Vocabulary([self._words], self._work.language)

    def gather(self, words: str) -> Gathered:
        """Everything that the work says on a term, a person or a state: no headings.

        Args:
            words: Names, words, or an exact phrase in quotation marks. Words that follow one
                another must do so in the text; a place mentions all names, words and phrases.
        """
        return self._look(words, together=True)

    def find(self, words: str) -> Gathered:
        """All places that have the words, in any order, headings and captions too.

        Args:
            words: As for `gather`; words need not follow one another.
        """
        return self._look(words, together=False)

    def _look(self, words: str, *, together: bool) -> Gathered:
        asked = " ".join(words[:WORDS_LIMIT].split())
        found = self._look_for(asked, asked, together=together)
        if found.places:
            return found
        mended = self.vocabulary.mend(asked).text
        return found if mended == asked else self._look_for(mended, asked, together=together)

    def _look_for(self, said: str, asked: str, *, together: bool) -> Gathered:
        wanted = self._asking.wanted(said, together=together)
        places, spellings = self._places(wanted, said_only=together)
        if not places:
            return Gathered(asked, asked, (), ())
        return Gathered(asked, term_of(wanted, said), spellings, places, said != asked)

    # Where it stands

    def _places(
        self, wanted: Sequence[Wanted], *, said_only: bool
    ) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
        """The places that mention all that is wanted, and the spellings met in them."""
        by_piece: dict[int, list[list[_Found]]] = {}
        for number, one in enumerate(wanted):
            for found in self._found(one):
                piece = self._piece(found)
                if piece is None or (said_only and not self._pieces[piece].said):
                    continue
                lists = by_piece.setdefault(piece, [[] for _ in wanted])
                lists[number].append(found)
        places: list[Mention] = []
        met: Counter[str] = Counter()
        for piece in sorted(by_piece):
            if all(by_piece[piece]):
                kept = _apart(found for lists in by_piece[piece] for found in lists)
                met.update(found.written for found in kept)
                places.append(self._mention(piece, kept))
        return tuple(places), tuple(written for written, _ in met.most_common())

    def _found(self, wanted: Wanted) -> list[_Found]:
        hiding = [found for one in wanted.hidden_by for found in self._occurrences(one)]
        return [
            found
            for one in wanted.spellings
            for found in self._occurrences(one)
            if not any(
                longer.first <= found.first
                and found.last <= longer.last
                and longer.last - longer.first > found.last - found.first
                for longer in hiding
            )
        ]

    def _occurrences(self, spelling: Spelling) -> Iterator[_Found]:
        length = len(spelling.words)
        for word in spelling.words[0]:
            for at in self._at.get(word, ()):
                if at + length <= len(self._words) and all(
                    self._words[at + step] in forms for step, forms in enumerate(spelling.words)
                ):
                    raw = self._work.text[self._spans[at].start : self._spans[at].end]
                    if not spelling.capital or raw[: spelling.capital].isupper():
                        yield _Found(at, at + length, spelling.written)

    def _piece(self, found: _Found) -> int | None:
        """The piece that holds all words of an occurrence; None when none does."""
        start, end = self._spans[found.first].start, self._spans[found.last - 1].end
        at = bisect_left(self._pieces, start + 1, key=lambda piece: piece.start) - 1
        return at if at >= 0 and end <= self._pieces[at].end else None

    def _mention(self, piece: int, found: Sequence[_Found]) -> Mention:
        one = self._pieces[piece]
        matches = tuple(
            Span(self._spans[each.first].start, self._spans[each.last - 1].end) for each in found
        )
        section = self._work.outline.block_at(one.start).section
        return Mention(one.start, one.end, matches, section, one.said)


def gather(work: Work, words: str) -> Gathered:
    """`Concordance.gather` for one search; keep a `Concordance` for many."""
    return Concordance(work).gather(words)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Occurrences in order; of those that overlap only the longest."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.first - one.last, one.first)):
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.first)


# --- pieces -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    said: bool


def _pieces(work: Work) -> list[_Piece]:
    """Sentences, items and rows; headings, captions and table headers; in order."""
    pieces = [_said(sentence) for sentence in work.sentences]
    for block in work.outline.blocks:
        if block.kind == "heading":
            pieces.append(_Piece(block.start, block.end, said=False))
        elif block.table is not None:
            if block.table.caption is not None:
                caption = block.table.caption
                pieces.append(_Piece(caption.start, caption.end, said=False))
            header = block.table.header
            pieces.append(_Piece(header.start, header.end, said=False))
    return sorted(pieces, key=lambda piece: piece.start)


def _said(sentence: Sentence) -> _Piece:
    return _Piece(sentence.start, sentence.end, said=True)
