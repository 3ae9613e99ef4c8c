"""Latency: seconds from question to answer, as median and 95th percentile.

The p-th percentile is the smallest measured value with at least p of all values at or below it
(nearest rank), so it is always a reply that somebody waited for.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil


def percentile(seconds: Sequence[float], share: float) -> float | None:
    """The value at or below which `share` (0 to 1] of the values lie; None without values."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
