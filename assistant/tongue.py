"""In which of the three languages a stretch of prose is written (not a question: see `questions`).

By letters: Kazakh prose has one of its nine own letters in every seventh place, Russian never.
"""

from __future__ import annotations

import re

from assistant.replies import Language
from sources import KAZAKH_LETTERS

FEWEST = 30
"""Letters below which nothing is said: a name or a term is at home in any language."""

_KAZAKH_SHARE = 0.02
_MOST = 0.6
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def tongue_of(text: str) -> Language | str | None:
    """The language of some prose, quotations left out.

    Returns:
        "other" for a script that is neither Cyrillic nor Latin; None when the text is too short
        or too mixed to tell.
    """
    letters = [one for one in _QUOTED.sub(" ", text).casefold() if one.isalpha()]
    if len(letters) < FEWEST:
        return None
    latin = sum("a" <= one <= "z" for one in letters)
    cyrillic = sum("\u0400" <= one <= "\u052f" for one in letters)
    if latin + cyrillic < len(letters) * _MOST:
        return "other"
    if latin > len(letters) * _MOST:
        return "en"
    if cyrillic < len(letters) * _MOST:
        return None
    own = sum(one in KAZAKH_LETTERS for one in letters)
    return "kk" if own > cyrillic * _KAZAKH_SHARE else "ru"
