"""Tokens: what a language model read and wrote for one answer, as its server counts them.

Counts of different models cannot be compared: each cuts text its own way.
"""

from __future__ import annotations

from assistant import Usage


def tokens_read(usage: Usage | None) -> float | None:
    """Tokens read; None when no model was asked or its server does not tell."""
    return None if usage is None or usage.input_tokens is None else float(usage.input_tokens)


def tokens_written(usage: Usage | None) -> float | None:
    """Tokens written, thoughts included; None likewise."""
    return None if usage is None or usage.output_tokens is None else float(usage.output_tokens)
