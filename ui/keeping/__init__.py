"""Keeping conversations and examiners' records, each for its owner only."""

from ui.keeping.errors import (
    IncompleteRecord,
    NotJudgeable,
    NotKept,
    ShelfBusy,
    ShelfDamaged,
    ShelfError,
    ShelfFull,
    ShelfNotOurs,
    ShelfTooNew,
    ShelfUnwritable,
    SignedRecord,
)
from ui.keeping.records import (
    JUDGEMENTS,
    Judgement,
    Logged,
    Record,
    Verdict,
    canonical,
    record_digest,
    signed_form,
)
from ui.keeping.schema import FILE
from ui.keeping.shelf import Shelf
from ui.keeping.values import Kept, KeptExchange, shortened

__all__ = [
    "FILE",
    "JUDGEMENTS",
    "IncompleteRecord",
    "Judgement",
    "Kept",
    "KeptExchange",
    "Logged",
    "NotJudgeable",
    "NotKept",
    "Record",
    "Shelf",
    "ShelfBusy",
    "ShelfDamaged",
    "ShelfError",
    "ShelfFull",
    "ShelfNotOurs",
    "ShelfTooNew",
    "ShelfUnwritable",
    "SignedRecord",
    "Verdict",
    "canonical",
    "record_digest",
    "shortened",
    "signed_form",
]
