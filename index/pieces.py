"""What is stored of a work: passages, sentences, both sorts of questions, as entries of lists.

A piece has two names. Its id is made from work, address and text, so it is the same for the same
words at the same place. Its content is a digest of what is embedded, whatever the place: when a
paragraph is added in front, every address behind it moves and every id changes, but no vector does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.collection import Entry
from sources import Passage, Sentence, UnansweredQuestion, Work, WrittenQuestion

LISTS = ("passages", "sentences", "questions", "unanswered")


@dataclass(frozen=True)
class Piece:
    """A passage, sentence or question on its way into the store.

    Attributes:
        entry: What is stored beside the vector.
        embedding_text: What the vector is made of.
        content: Digest of `embedding_text` and of `asks`, 16 hexadecimal digits.
        asks: Whether it is a question, which models tell from a text by its prefix.
    """

    entry: Entry
    embedding_text: str
    content: str
    asks: bool = False


def pieces_of(work: Work) -> dict[str, list[Piece]]:
    """The pieces of each list by its name, in the order of the work."""
    return {name: pieces_in(work, name) for name in LISTS}


def pieces_in(work: Work, name: str) -> list[Piece]:
    """The pieces of one list, in the order of the work."""
    if name == "passages":
        return _pieces(work, work.passages, map(_passage_place, work.passages))
    if name == "sentences":
        places = (_sentence_place(work, each) for each in work.sentences)
        return _pieces(work, work.sentences, places)
    if name == "questions":
        return [_question(work, at, each) for at, each in enumerate(work.questions)]
    return [_unanswered(work, at, each) for at, each in enumerate(work.unanswered)]


def _question(work: Work, ordinal: int, question: WrittenQuestion) -> Piece:
    place = question.answer
    content = _digest(f"?{question.text}")
    metadata: dict[str, str | int] = {
        "ordinal": ordinal,
        "start": place.start,
        "end": place.end,
        "language": question.language,
        "content": content,
    }
    # By its number too: a reader may write the same question about the same place twice.
    id = _digest(f"{work.id}\n{ordinal}\n{place.start}:{place.end}\n?{question.text}")
    return Piece(Entry(id, question.text, metadata), question.text, content, asks=True)


def _unanswered(work: Work, ordinal: int, question: UnansweredQuestion) -> Piece:
    content = _digest(f"?{question.text}")
    metadata: dict[str, str | int] = {
        "ordinal": ordinal,
        "language": question.language,
        "content": content,
    }
    id = _digest(f"{work.id}\n{ordinal}\n?!{question.text}")
    return Piece(Entry(id, question.text, metadata), question.text, content, asks=True)


def _pieces(
    work: Work,
    texts: Iterable[Passage | Sentence],
    places: Iterable[dict[str, str | int | None]],
) -> list[Piece]:
    ids: set[str] = set()
    pieces: list[Piece] = []
    for ordinal, (each, place) in enumerate(zip(texts, places, strict=True)):
        content = _digest(each.embedding_text)
        id = _digest(f"{work.id}\n{each.start}:{each.end}\n{each.embedding_text}")
        while id in ids:  # the same words at the same place twice, as an empty table may have
            id += "+"
        ids.add(id)
        told = {"ordinal": ordinal, "start": each.start, "end": each.end, **place}
        metadata = {name: value for name, value in told.items() if value is not None}
        entry = Entry(id, work.text[each.start : each.end], metadata | {"content": content})
        pieces.append(Piece(entry, each.embedding_text, content))
    return pieces


def _passage_place(passage: Passage) -> dict[str, str | int | None]:
    return {
        "section": passage.section,
        "paragraph": passage.paragraph,
        "kind": passage.kind,
        "table": passage.table,
        "row": passage.row,
    }


def _sentence_place(work: Work, sentence: Sentence) -> dict[str, str | int | None]:
    block = work.outline.blocks[sentence.block]
    return {
        "section": block.section,
        "paragraph": block.number,
        "kind": block.kind,
        "table": block.table.number if block.table else None,
        "row": sentence.row,
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def contents(pieces: dict[str, list[Piece]]) -> Iterator[Piece]:
    """A piece for each different content of all lists, in order."""
    seen: set[str] = set()
    for piece in (piece for some in pieces.values() for piece in some):
        if piece.content not in seen:
            seen.add(piece.content)
            yield piece
