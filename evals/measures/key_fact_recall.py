"""Key-fact recall: does the answer say what a right answer must say.

`recall = |{f : a wording of f stands in the answer}| / |facts|`, strict when that is 1: the
"nuggets" of the TREC question answering track (Voorhees 2003), matched as words in place of a
judge, with alternatives written beside each case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sources import search_form

_BOLD = re.compile(r"\*\*|__")


def key_fact_recall(facts: Sequence[Sequence[str]], said: Iterable[str]) -> float | None:
    """Share of the facts of which one wording stands in `said`, 0 to 1; None without facts.

    Letters are compared in search form (case, alphabets, dashes, spaces), emphasis is taken off,
    and a number does not stand inside a longer number: "19" is not in "1991".
    """
    if not facts:
        return None
    texts = [search_form(_BOLD.sub("", text)) for text in said]
    return sum(any(_stands(wording, texts) for wording in fact) for fact in facts) / len(facts)


def strict(recall: float | None) -> float | None:
    """1 when nothing is missing, else 0; None stays None."""
    return None if recall is None else float(recall == 1)


def _stands(wording: str, texts: Sequence[str]) -> bool:
    folded = search_form(wording)
    if not folded:
        return False
    before = r"(?<!\d)" if folded[0].isdigit() else ""
    after = r"(?!\d)" if folded[-1].isdigit() else ""
    pattern = re.compile(before + re.escape(folded) + after)
    return any(pattern.search(text) for text in texts)
