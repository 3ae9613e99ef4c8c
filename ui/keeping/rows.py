"""Rows of the file as values and back, and what every method of the shelf checks first."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from assistant import Answer
from ui.keeping.errors import NotKept, SignedRecord
from ui.keeping.recording import Desk, is_signed
from ui.keeping.values import Kept, KeptExchange, now, shortened, storable


def owner_key(owner: str) -> str:
    """What is written down of an owner: a sha256, from which no token comes back."""
    return hashlib.sha256(b"dayek owner " + owner.encode("utf-8", "surrogatepass")).hexdigest()


def title_of(title: str) -> str:
    """A title on one line."""
    return " ".join(storable(title).split())


def check_owned(db: sqlite3.Connection, owner: str, id: str) -> None:
    """See that a conversation is there and the owner's.

    Raises:
        NotKept: It is not.
    """
    found = db.execute(
        "SELECT 1 FROM conversations WHERE id = ? AND owner = ?", (storable(id), owner_key(owner))
    ).fetchone()
    if found is None:
        raise NotKept("There is no such conversation.", "Choose one from the list.")


def row_at(db: sqlite3.Connection, owner: str, id: str, position: int) -> sqlite3.Row:
    """The exchange at a position.

    Raises:
        NotKept: The conversation is not the owner's, or there is none at that position.
    """
    check_owned(db, owner, id)
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM exchanges WHERE conversation = ? AND position = ?", (id, position)
    ).fetchone()
    if row is None:
        raise NotKept("There is no such question in this conversation.", "Load it again.")
    return row


def number_at(db: sqlite3.Connection, owner: str, id: str, position: int) -> int:
    """The number in the file of the exchange at a position; raises as `row_at`."""
    return int(row_at(db, owner, id, position)["number"])


def desk_at(db: sqlite3.Connection, owner: str, id: str, position: int) -> Desk:
    """The exchange at a position with its record; raises as `row_at`."""
    return desk_of(db, row_at(db, owner, id, position))


def desk_of(db: sqlite3.Connection, row: sqlite3.Row) -> Desk:
    """An exchange with its record."""
    return Desk(db, row["conversation"], row["number"], row["position"], answer_of(row))


def check_unsigned(
    db: sqlite3.Connection, id: str, position: int, *, and_later: bool = False
) -> None:
    """See that no record of an exchange, or of any from it on, is signed.

    Raises:
        SignedRecord: One is.
    """
    for number, place in db.execute(
        "SELECT number, position FROM exchanges WHERE conversation = ? AND position >= ?",
        (id, position),
    ).fetchall():
        if (and_later or place == position) and is_signed(db, number):
            raise SignedRecord(
                f"The record of answer {place + 1} is signed.", "Withdraw the signature first."
            )


def touch(db: sqlite3.Connection, id: str) -> None:
    """Note the change; a conversation without a name of its own has its first question's."""
    first = db.execute(
        "SELECT question FROM exchanges WHERE conversation = ? ORDER BY position LIMIT 1", (id,)
    ).fetchone()
    db.execute(
        "UPDATE conversations SET changed = ?, title = iif(named, title, ?) WHERE id = ?",
        (now(), shortened(first["question"]) if first else "", id),
    )


def values_of(exchange: KeptExchange) -> tuple[str | bool | None, ...]:
    """The columns of an exchange from its question on, in the order of the table."""
    answer = exchange.answer
    return (
        storable(exchange.question),
        storable(exchange.standalone_question),
        exchange.stage,
        storable(exchange.text),
        storable(exchange.problem),
        None if answer is None else storable(answer.as_json()),
        exchange.asked_at or now(),
        exchange.liked,
        storable(exchange.remark),
    )


def kept_of(row: sqlite3.Row) -> Kept:
    """From a row of `conversations` with the count of its exchanges."""
    return Kept(**dict(row))


def exchange_of(row: sqlite3.Row) -> KeptExchange:
    """From a row of `exchanges`."""
    return KeptExchange(
        position=row["position"],
        question=row["question"],
        standalone_question=row["standalone_question"],
        stage=row["stage"],
        text=row["text"],
        problem=row["problem"],
        answer=answer_of(row),
        asked_at=row["asked_at"],
        liked=None if row["liked"] is None else bool(row["liked"]),
        remark=row["remark"],
    )


def answer_of(row: sqlite3.Row) -> Answer | None:
    """The reply in a row of `exchanges`; None when it has none."""
    return None if row["answer"] is None else Answer.from_dict(json.loads(row["answer"]))
