"""Answer length in words: an answer that is right and long is read by nobody.

`length = |runs of letters and figures in the plain answer|`, markers left out.
"""

from __future__ import annotations

import re

_MARKER = re.compile(r"(?<!\\)\[\d+\]")
_WORD = re.compile(r"[^\W_]+(?:[-–.,][^\W_]+)*")


def answer_length(answer: str, *, abstained: bool) -> float | None:
    """Words of an answer; None for an abstention, which says nothing of the work.

    Args:
        answer: The answer with its markers; emphasis does not count.
        abstained: Whether it is an abstention.
    """
    if abstained:
        return None
    return float(len(_WORD.findall(_MARKER.sub(" ", answer.replace("**", "")))))
