"""Agreement with the extractive answer: whether the model rests on the same places of the text.

`agreement = |citations of the extractive answer that the model's answer cites too| /
|citations of the extractive answer|`; two citations are of one place when they overlap. Not more is
better in itself: a model may rest on other places that answer as well, which the measures of
citations see.
"""

from __future__ import annotations

from collections.abc import Sequence

from sources import Span


def extractive_agreement(cited: Sequence[Span], extractive: Sequence[Span]) -> float | None:
    """Share of the extractive answer's places that are cited too; None when it cites none.

    Args:
        cited: What the model's answer cites.
        extractive: What the extractive answer to the same question cites.
    """
    if not extractive:
        return None
    shared = sum(any(one.meets(other) for one in cited) for other in extractive)
    return shared / len(extractive)
