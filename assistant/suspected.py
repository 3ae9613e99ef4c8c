"""What a scan suspects of disagreeing, kept beside the index so that a start does not scan again.

The scan (`assistant.disagreements`) takes seconds; what it found depends on the text and on the
scan alone, so it is kept in the data folder under the text's digest. Only the surer ones are kept:
an answer shows them to a reader, and a conflict that is none makes him doubt a sound text.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.disagreements import Disagreement, Statement, find_disagreements
from sources import ConflictSide, KnownConflict, Span, Work

SURE = 0.39
"""Score of the scan from which a disagreement is shown in answers."""

_VERSION = 1
"""Raise it when the scan finds other things."""


def with_suspected(work: Work, home: Path) -> Work:
    """The work with the matters on which a scan suspects that it disagrees with itself.

    Those that are known already are left out. Scans when nothing is kept in `home` for this text;
    a file that cannot be read counts as none, and one that cannot be written is done without.
    """
    path = home / "suspected" / f"{work.document.sha256[:32]}-{_VERSION}.json"
    found = _kept(path)
    if found is None:
        found = tuple(_conflict(one) for one in find_disagreements(work, SURE))
        _keep(path, found)
    return replace(work, suspected=tuple(one for one in found if not _is_known(work, one)))


def _is_known(work: Work, suspected: KnownConflict) -> bool:
    """Whether two of its sides stand in the sides of one known conflict."""
    for known in work.conflicts:
        met = sum(
            any(side.span.meets(other.span) for other in known.sides) for side in suspected.sides
        )
        if met >= 2:
            return True
    return False


def _conflict(found: Disagreement) -> KnownConflict:
    sides = [_side(side.statements[0]) for side in found.sides]
    return KnownConflict("suspected", (("kk", " ".join(found.matter)),), tuple(sides))


def _side(statement: Statement) -> ConflictSide:
    return ConflictSide(statement.span, statement.value, None)


def _kept(path: Path) -> tuple[KnownConflict, ...] | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_from_dict(one) for one in told)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _from_dict(told: dict[str, Any]) -> KnownConflict:
    sides = tuple(
        ConflictSide(Span(*side["span"]), Span(*side["value"]), None) for side in told["sides"]
    )
    return KnownConflict("suspected", (("kk", str(told["matter"])),), sides)


def _keep(path: Path, found: tuple[KnownConflict, ...]) -> None:
    told = [
        {
            "matter": one.topic("kk"),
            "sides": [
                {
                    "span": [side.span.start, side.span.end],
                    "value": [side.value.start, side.value.end],
                }
                for side in one.sides
            ],
        }
        for one in found
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError:
        return  # a data folder that cannot be written: scanned again at the next start
