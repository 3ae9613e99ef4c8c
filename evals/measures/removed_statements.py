"""Removed statements: how many statements of a language model contradict the text they cite.

`removed = |statements taken out of an answer|`. Nobody has read them; a model that makes many is
the wrong one.
"""

from __future__ import annotations


def removed_statements(engine: str, removed: int) -> float | None:
    """Statements taken out; None when the answer is not a model's.

    Args:
        engine: Who wrote the answer, see `assistant.Answer`.
        removed: See `assistant.Answer`.
    """
    return float(removed) if engine.startswith("model:") else None
