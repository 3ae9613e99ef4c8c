r"""The numbers of evidence that a model puts into its sentences, in the ways models do.

`[1]` is asked for. Seen are also `[1, 2]`, `[1][2]`, `[1-3]`, `[1 and 2]`, `[№1]`, `[^1]`,
`[evidence 1]`, `[[1]]`, `\[1\]`, `【1†source】`, `[1](#link)`, and `(1)` at the end of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_IN_RANGE = 10
"""Numbers in a range beyond which it is no range of evidence."""

OUTSIDE = 0
"""A number that no evidence has; stands for what cannot be read as one."""

_WORD = (
    r"(?:evidence|sentences?|source|ref|citation|дәлел\w*|сөйлем\w*|свидетельств\w*|"
    r"предложени\w*|n|no\.?|№|#|\^)"
)
_ONE = rf"(?:{_WORD}\s*)?(?:[№#^]\s*)?\d{{1,3}}"
_JOIN = r"\s*(?:[,;&]|[-–—]|and|және|мен|и)\s*"
_INSIDE = rf"\s*{_ONE}(?:{_JOIN}{_ONE})*\s*\.?\s*"
_TAIL = r"(?:\((?:#|https?:|www\.|/)[^()\s]*\))?"
_MARK = re.compile(
    rf"(?:\\?\[){{1,2}}(?P<square>{_INSIDE})(?:\\?\]){{1,2}}{_TAIL}"
    rf"|【(?P<lens>{_INSIDE})(?:†[^】]{{0,80}})?】"
    rf"|\((?P<round>{_INSIDE})\)(?=\s*(?:[.!?…;]|$))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;]*")
_RANGE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})|(\d{1,3})")


@dataclass(frozen=True)
class Mark:
    """Numbers at a place.

    Attributes:
        at: Offset in the text without marks at which they stood.
        numbers: As they stand, ranges written out.
    """

    at: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Cut:
    """A line without its marks.

    Attributes:
        text: The line.
        marks: What stood in it, in order.
        leading: Whether the line begins with one, so that each belongs to what follows it.
    """

    text: str
    marks: tuple[Mark, ...]
    leading: bool


def cut_markers(line: str) -> Cut:
    """Take the marks out of a line."""
    kept = ""
    marks: list[Mark] = []
    end = 0
    for found in _MARK.finditer(line):
        between = line[end : found.start()]
        if not (marks and marks[-1].at == len(kept) and _BETWEEN.fullmatch(between)):
            kept += between
            # "member [1]." reads "member." without it.
            kept = kept.rstrip() if kept.strip() else ""
        numbers = numbers_in(found["square"] or found["lens"] or found["round"])
        marks.append(Mark(len(kept), numbers))
        end = found.end()
    kept += line[end:] if kept else line[end:].lstrip()
    return Cut(kept, tuple(marks), bool(marks) and marks[0].at == 0)


def numbers_in(told: str) -> tuple[int, ...]:
    """The numbers in the inside of a mark, ranges written out, each once."""
    numbers: list[int] = []
    for found in _RANGE.finditer(told):
        if found[3]:
            numbers.append(int(found[3]))
            continue
        first, last = int(found[1]), int(found[2])
        span = range(first, last + 1)
        numbers += span if 0 < len(span) <= MOST_IN_RANGE else (OUTSIDE,)
    return tuple(dict.fromkeys(numbers))
