"""The bracket references of the author: `[57]`, `[3-5]`, `[9–14]`.

The dissertation came without its bibliography, and its numbers restart and disagree, so a
reference is shown as it stands and never resolved to a source.
"""

import re

_REFERENCE = re.compile(r"\[\s*(\d{1,3}(?:\s*[-–—,;]\s*\d{1,3})*)\s*\]")


def references(text: str) -> tuple[str, ...]:
    """The references inside `text` in order, without brackets, each once; empty if none."""
    return tuple(dict.fromkeys(found[1] for found in _REFERENCE.finditer(text)))


def without_references(text: str) -> str:
    """`text` with each reference replaced by spaces, so that offsets stay true."""
    return _REFERENCE.sub(lambda found: " " * len(found[0]), text)
