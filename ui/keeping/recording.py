"""Judging and signing one answer: what may follow what.

A desk is one exchange with its record, inside a transaction of the shelf. The rules stand here and
nowhere else: nothing is changed under a signature, nothing is signed half judged, and no signature
goes without a line in the log.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from assistant import Answer
from ui.keeping.errors import IncompleteRecord, NotJudgeable, SignedRecord
from ui.keeping.records import (
    Event,
    Judgement,
    Logged,
    Record,
    Verdict,
    record_digest,
)
from ui.keeping.values import now


@dataclass(frozen=True)
class Desk:
    """One exchange and its record, for the length of a transaction.

    Attributes:
        db: The connection, in a transaction.
        conversation: Id of the conversation.
        number: Of the exchange in the file.
        position: Its place in the conversation, from 0.
        answer: What is judged; None or without statements cannot be.
    """

    db: sqlite3.Connection
    conversation: str
    number: int
    position: int
    answer: Answer | None

    def record(self) -> Record:
        """The record as it stands.

        Raises:
            NotJudgeable: There are no statements.
        """
        signature = self.db.execute(
            "SELECT signed_by, signed_at, digest FROM signatures WHERE exchange = ?", (self.number,)
        ).fetchone()
        log = self.db.execute(
            "SELECT event, at, by, digest, reason FROM signing_log WHERE exchange = ? "
            "ORDER BY number",
            (self.number,),
        ).fetchall()
        record = Record(
            self.position, self._verdicts(), log=tuple(Logged(**dict(row)) for row in log)
        )
        return replace(record, **dict(signature)) if signature else record

    def judge(self, statement: int, judgement: Judgement | None, remark: str) -> None:
        """Write one judgement.

        Raises:
            NotJudgeable: There is no such statement.
            SignedRecord: The record is signed.
        """
        self._check_open()
        if not 0 <= statement < len(self._judgeable().statements):
            raise NotJudgeable(
                f"The answer has no statement {statement + 1}.", "Load the record again."
            )
        self.db.execute(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?) ON CONFLICT (exchange, statement) "
            "DO UPDATE SET judgement = excluded.judgement, remark = excluded.remark, "
            "changed = excluded.changed",
            (self.number, statement, judgement, remark, now()),
        )

    def sign(self, signed_by: str) -> None:
        """Sign.

        Raises:
            NotJudgeable: There are no statements.
            IncompleteRecord: One is not judged, or there is no name.
            SignedRecord: It is signed already.
        """
        self._check_open()
        answer, verdicts = self._judgeable(), self._verdicts()
        missing = [one.statement + 1 for one in verdicts if one.judgement is None]
        if missing:
            raise IncompleteRecord(
                f"Not judged yet: statement {', '.join(map(str, missing))}.",
                "Judge every statement, then sign.",
            )
        _check_name(signed_by)
        time = now()
        digest = record_digest(answer, verdicts, signed_by, time)
        self.db.execute(
            "INSERT INTO signatures VALUES (?, ?, ?, ?)", (self.number, signed_by, time, digest)
        )
        self._log("signed", time, signed_by, digest, "")

    def unsign(self, by: str, reason: str) -> None:
        """Take the signature back.

        Raises:
            IncompleteRecord: There is none, or no name.
        """
        row = self.db.execute(
            "SELECT digest FROM signatures WHERE exchange = ?", (self.number,)
        ).fetchone()
        if row is None:
            raise IncompleteRecord("This record is not signed.")
        _check_name(by)
        self.db.execute("DELETE FROM signatures WHERE exchange = ?", (self.number,))
        self._log("unsigned", now(), by, row["digest"], reason)

    def _judgeable(self) -> Answer:
        if self.answer is None or not self.answer.statements:
            raise NotJudgeable("There is no answer here whose statements could be judged.")
        return self.answer

    def _verdicts(self) -> tuple[Verdict, ...]:
        rows = self.db.execute(
            "SELECT statement, judgement, remark, changed FROM verdicts WHERE exchange = ?",
            (self.number,),
        ).fetchall()
        given = {row["statement"]: Verdict(**dict(row)) for row in rows}
        statements = range(len(self._judgeable().statements))
        return tuple(given.get(place, Verdict(place, None, "", "")) for place in statements)

    def _check_open(self) -> None:
        if is_signed(self.db, self.number):
            raise SignedRecord(
                "This record is signed, so it cannot be changed.", "Withdraw the signature first."
            )

    def _log(self, event: Event, at: str, by: str, digest: str, reason: str) -> None:
        self.db.execute(
            "INSERT INTO signing_log (conversation, exchange, position, event, at, by, digest, "
            "reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.conversation, self.number, self.position, event, at, by, digest, reason),
        )


def is_signed(db: sqlite3.Connection, number: int) -> bool:
    """Whether the record of an exchange is signed."""
    found = db.execute("SELECT 1 FROM signatures WHERE exchange = ?", (number,)).fetchone()
    return found is not None


def _check_name(name: str) -> None:
    if not name:
        raise IncompleteRecord("A signature needs a name.", "Write the name of the examiner.")
