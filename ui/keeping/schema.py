"""The tables of the file, and how an older file becomes one of today.

Every version of the file is the one before it and one step more; `user_version` counts the steps
that were taken. A step is never changed once it was released: a new one is added.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from ui.keeping.errors import ShelfNotOurs, ShelfTooNew

FILE = "conversations.sqlite3"
"""Name of the file in the data folder."""

APPLICATION = 0x64796B31
"""What SQLite's `application_id` says of a file of ours ("dyk1")."""

_FIRST = (
    """
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        title TEXT NOT NULL,
        named INTEGER NOT NULL,      -- 1 when a person gave the title
        begun TEXT NOT NULL,
        changed TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX conversations_of ON conversations (owner, changed)",
    """
    CREATE TABLE exchanges (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: the log points here
        conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        question TEXT NOT NULL,
        standalone_question TEXT NOT NULL,
        stage TEXT NOT NULL,
        text TEXT NOT NULL,
        problem TEXT NOT NULL,
        answer TEXT,                 -- JSON
        asked_at TEXT NOT NULL,
        liked INTEGER,
        remark TEXT NOT NULL,
        UNIQUE (conversation, position)
    ) STRICT
    """,
    """
    CREATE TABLE verdicts (
        exchange INTEGER NOT NULL REFERENCES exchanges (number) ON DELETE CASCADE,
        statement INTEGER NOT NULL,
        judgement TEXT CHECK (judgement IN ('supported', 'partly', 'unsupported')),
        remark TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (exchange, statement)
    ) STRICT
    """,
    """
    CREATE TABLE signatures (
        exchange INTEGER PRIMARY KEY REFERENCES exchanges (number) ON DELETE CASCADE,
        signed_by TEXT NOT NULL,
        signed_at TEXT NOT NULL,
        digest TEXT NOT NULL
    ) STRICT
    """,
    # The log outlives an exchange that is asked anew, and goes with the conversation.
    """
    CREATE TABLE signing_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        exchange INTEGER REFERENCES exchanges (number) ON DELETE SET NULL,
        position INTEGER NOT NULL,
        event TEXT NOT NULL CHECK (event IN ('signed', 'unsigned')),
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        digest TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX signing_log_of ON signing_log (conversation)",
    "CREATE INDEX signing_log_about ON signing_log (exchange)",
)

STEPS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""The steps, oldest first; each is a list of statements."""


def bring_up_to_date(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Sequence[str]] = STEPS
) -> None:
    """Take the steps that a file has not taken yet: all of them, or none when one fails.

    Args:
        connection: To the file, in autocommit mode.
        path: The file, for the message.
        steps: All steps there are, oldest first.

    Raises:
        ShelfTooNew: The file has taken more steps than there are.
        ShelfNotOurs: It is a database of another program.
        sqlite3.Error: SQLite could not do it; the file is as it was.
    """
    connection.execute("BEGIN IMMEDIATE")  # two processes may start at once
    try:
        taken = _version(connection, path)
        if taken > len(steps):
            raise ShelfTooNew(
                f"{path} was written by a newer version of Dayek.",
                "Update the program, or choose another data folder with --home.",
            )
        for step in steps[taken:]:
            for statement in step:
                connection.execute(statement)
        if taken < len(steps):
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {len(steps)}")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION and (tables or application or version):
        raise ShelfNotOurs(
            f"{path} is a database of another program.",
            "Move it away, or choose another data folder with --home.",
        )
    return int(version)
