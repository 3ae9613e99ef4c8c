"""The shelf of conversations: what is kept for whom.

Every method takes the owner first and looks among that owner's rows only; what belongs to somebody
else is told in the same words as what was never there, so that an id that was guessed or overheard
opens nothing. Of the owner only a sha256 is written down: what a visitor's browser shows as its
secret, or a user's name, is not in the file.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import search_form
from ui.keeping.file import PATIENCE, ShelfFile
from ui.keeping.records import Judgement, Record
from ui.keeping.rows import (
    check_owned,
    check_unsigned,
    desk_at,
    desk_of,
    exchange_of,
    kept_of,
    number_at,
    owner_key,
    title_of,
    touch,
    values_of,
)
from ui.keeping.values import Kept, KeptExchange, now, storable

_KEPT = """
    SELECT c.id, c.title, c.begun, c.changed, count(e.number) AS count
    FROM conversations AS c LEFT JOIN exchanges AS e ON e.conversation = c.id
    WHERE c.owner = ?
"""
_NEWEST_FIRST = " GROUP BY c.id ORDER BY c.changed DESC, c.rowid DESC"


class Shelf:
    """Keeps conversations and examiners' records. Safe to share between threads.

    Args:
        path: The file; made with its folder when it is not there.
        patience: Seconds to wait for another process that holds it.

    Raises:
        ShelfError: The file cannot be used; any later call may raise it too.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._file = ShelfFile(path, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the shelf cannot be used afterwards."""
        self._file.close()

    # Conversations

    def list(self, owner: str) -> tuple[Kept, ...]:
        """The owner's conversations, last changed first; empty when there are none."""
        with self._file.reading() as db:
            rows = db.execute(_KEPT + _NEWEST_FIRST, (owner_key(owner),)).fetchall()
        return tuple(kept_of(row) for row in rows)

    def find(self, owner: str, words: str) -> tuple[Kept, ...]:
        """The owner's conversations that hold every one of some words, last changed first.

        Looked for in title and questions, as parts of words, folded as the search does it: case,
        look-alike letters and white space do not count. No words find every conversation.
        """
        wanted = search_form(words).split()
        with self._file.reading() as db:
            rows = db.execute(_KEPT + _NEWEST_FIRST, (owner_key(owner),)).fetchall()
            asked: dict[str, list[str]] = {row["id"]: [row["title"]] for row in rows}
            for row in db.execute(
                "SELECT e.conversation, e.question FROM exchanges AS e "
                "JOIN conversations AS c ON c.id = e.conversation WHERE c.owner = ?",
                (owner_key(owner),),
            ):
                asked[row["conversation"]].append(row["question"])
        told = {id: search_form("\n".join(texts)) for id, texts in asked.items()}
        return tuple(
            kept_of(row) for row in rows if all(word in told[row["id"]] for word in wanted)
        )

    def get(self, owner: str, id: str) -> Kept:
        """One conversation, without what was said in it.

        Raises:
            NotKept: See the class.
        """
        with self._file.reading() as db:
            check_owned(db, owner, id)
            row = db.execute(
                f"{_KEPT} AND c.id = ? GROUP BY c.id", (owner_key(owner), id)
            ).fetchone()
        return kept_of(row)

    def begin(self, owner: str, title: str = "") -> Kept:
        """Begin a conversation.

        Args:
            owner: Whose it is.
            title: Its name; "" names it by its first question.
        """
        id, time, given = secrets.token_urlsafe(16), now(), title_of(title)
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?)",
                (id, owner_key(owner), given, bool(given), time, time),
            )
        return Kept(id, given, time, time, 0)

    def rename(self, owner: str, id: str, title: str) -> None:
        """Give a conversation a name; "" names it by its first question again.

        Raises:
            NotKept: See the class.
        """
        given = title_of(title)
        with self._file.writing() as db:
            check_owned(db, owner, id)
            db.execute(
                "UPDATE conversations SET title = ?, named = ? WHERE id = ?",
                (given, bool(given), id),
            )
            touch(db, id)

    def delete(self, owner: str, id: str) -> None:
        """Delete a conversation with its records, signed ones too; nothing of it stays in the file.

        Raises:
            NotKept: See the class.
        """
        with self._file.writing() as db:
            check_owned(db, owner, id)
            db.execute("DELETE FROM conversations WHERE id = ?", (id,))
        self._file.settle()

    def forget(self, owner: str) -> int:
        """Delete everything of an owner; how many conversations that were."""
        with self._file.writing() as db:
            gone = db.execute(
                "DELETE FROM conversations WHERE owner = ?", (owner_key(owner),)
            ).rowcount
        self._file.settle()
        return gone

    # Exchanges

    def load(self, owner: str, id: str) -> tuple[KeptExchange, ...]:
        """The exchanges of a conversation in order.

        Raises:
            NotKept: See the class.
        """
        with self._file.reading() as db:
            check_owned(db, owner, id)
            rows = db.execute(
                "SELECT * FROM exchanges WHERE conversation = ? ORDER BY position", (id,)
            ).fetchall()
        return tuple(exchange_of(row) for row in rows)

    def add(self, owner: str, id: str, exchange: KeptExchange) -> KeptExchange:
        """Add an exchange at the end; what is given as its position does not count.

        Returns:
            The exchange as it is kept, with its position.

        Raises:
            NotKept: See the class.
        """
        with self._file.writing() as db:
            check_owned(db, owner, id)
            (position,) = db.execute(
                "SELECT coalesce(max(position) + 1, 0) FROM exchanges WHERE conversation = ?", (id,)
            ).fetchone()
            number = db.execute(
                "INSERT INTO exchanges (conversation, position, question, standalone_question, "
                "stage, text, problem, answer, asked_at, liked, remark) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (id, position, *values_of(exchange)),
            ).lastrowid
            touch(db, id)
            row = db.execute("SELECT * FROM exchanges WHERE number = ?", (number,)).fetchone()
        return exchange_of(row)

    def replace(self, owner: str, id: str, exchange: KeptExchange) -> KeptExchange:
        """Put an exchange in the place of the one at its position, of which no judgement stays.

        Raises:
            NotKept: See the class; or there is none at that position.
            SignedRecord: Its record is signed.
        """
        with self._file.writing() as db:
            number = number_at(db, owner, id, exchange.position)
            check_unsigned(db, id, exchange.position)
            db.execute("DELETE FROM verdicts WHERE exchange = ?", (number,))
            db.execute(
                "UPDATE exchanges SET question = ?, standalone_question = ?, stage = ?, text = ?, "
                "problem = ?, answer = ?, asked_at = ?, liked = ?, remark = ? WHERE number = ?",
                (*values_of(exchange), number),
            )
            touch(db, id)
            row = db.execute("SELECT * FROM exchanges WHERE number = ?", (number,)).fetchone()
        return exchange_of(row)

    def drop_from(self, owner: str, id: str, position: int) -> None:
        """Drop the exchange at a position and all after it, to ask again from there.

        Raises:
            NotKept: See the class; or there is none at that position.
            SignedRecord: One of them has a signed record.
        """
        with self._file.writing() as db:
            number_at(db, owner, id, position)
            check_unsigned(db, id, position, and_later=True)
            db.execute(
                "DELETE FROM exchanges WHERE conversation = ? AND position >= ?", (id, position)
            )
            touch(db, id)
        self._file.settle()

    def like(
        self, owner: str, id: str, position: int, liked: bool | None, remark: str = ""
    ) -> None:
        """Keep what a reader thinks of an answer: thumb up, down, or None for neither.

        Raises:
            NotKept: See the class; or there is none at that position.
        """
        with self._file.writing() as db:
            number = number_at(db, owner, id, position)
            db.execute(
                "UPDATE exchanges SET liked = ?, remark = ? WHERE number = ?",
                (liked, storable(remark), number),
            )

    # Records

    def record(self, owner: str, id: str, position: int) -> Record:
        """The examiner's record of an exchange; one without judgements when none was begun.

        Raises:
            NotKept: See the class; or there is none at that position.
            NotJudgeable: The exchange has no answer with statements.
        """
        with self._file.reading() as db:
            return desk_at(db, owner, id, position).record()

    def records(self, owner: str, id: str) -> tuple[Record, ...]:
        """The records of a conversation that were begun, in order; empty when none was.

        Raises:
            NotKept: See the class.
        """
        with self._file.reading() as db:
            check_owned(db, owner, id)
            rows = db.execute(
                "SELECT * FROM exchanges WHERE conversation = ? AND (number IN (SELECT exchange "
                "FROM verdicts) OR number IN (SELECT exchange FROM signatures)) ORDER BY position",
                (id,),
            ).fetchall()
            return tuple(desk_of(db, row).record() for row in rows)

    def judge(
        self,
        owner: str,
        id: str,
        position: int,
        statement: int,
        judgement: Judgement | None,
        remark: str = "",
    ) -> Record:
        """Judge one statement of an answer, or take its judgement back with None.

        Args:
            owner: Whose conversation it is.
            id: The conversation.
            position: Of the exchange, from 0.
            statement: Its place in `Answer.statements`, from 0.
            judgement: What the examiner found.
            remark: Why; "" for no remark.

        Raises:
            NotKept: See the class; or there is none at that position.
            NotJudgeable: The exchange has no such statement.
            SignedRecord: The record is signed; unsign it first.
        """
        with self._file.writing() as db:
            desk = desk_at(db, owner, id, position)
            desk.judge(statement, judgement, storable(remark).strip())
            touch(db, id)
            return desk.record()

    def sign(self, owner: str, id: str, position: int, signed_by: str) -> Record:
        """Sign a record; from then on it stands.

        Raises:
            NotKept: See the class; or there is none at that position.
            NotJudgeable: The exchange has no answer with statements.
            IncompleteRecord: A statement is not judged yet, or the signer has no name.
            SignedRecord: It is signed already.
        """
        with self._file.writing() as db:
            desk = desk_at(db, owner, id, position)
            desk.sign(" ".join(storable(signed_by).split()))
            touch(db, id)
            return desk.record()

    def unsign(self, owner: str, id: str, position: int, by: str, reason: str = "") -> Record:
        """Take a signature back, so that the record can be changed; the log keeps that it was.

        Raises:
            NotKept: See the class; or there is none at that position.
            NotJudgeable: The exchange has no answer with statements.
            IncompleteRecord: It is not signed, or nobody's name is given.
        """
        with self._file.writing() as db:
            desk = desk_at(db, owner, id, position)
            desk.unsign(" ".join(storable(by).split()), storable(reason).strip())
            touch(db, id)
            return desk.record()
