"""Whether the spans speak of what the statement speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.support.names import SUBJECT, implied, sounds_like
from assistant.support.quantities import is_given
from assistant.support.reading import Ground, Reading, read
from assistant.support.words import sound
from index import stem

_COMMON = frozenset(
    """policy foreign multivector state relations international region world cooperation
    government power important year""".split()
)
"""Concepts that nearly every sentence of such a work has: shared ones say little."""

_HEARD = 4
"""Consonants by which words of two languages are the same: `strategy` and `стратегия`."""

_LITTLE, _NAME = 0.3, 1.5  # a wrong figure is no sign of another subject
_LEAST_SHARED = 0.3
"""Share of a statement below which its spans speak of something else."""

_LEAST_OF_PART, _PART_WORDS = 0.2, 4
"""The same for one sentence of several, and the words that it must have to be looked for."""

_PART = re.compile(r"(?<=[.!?;])\s+")
_FAR = {True: 0.88, False: 0.83}
_NEAR = {True: 0.92, False: 0.87}
"""Cosine of multilingual-e5-small, in one language and across two: below the first the spans speak
of something else, from the second on they do not, however few words are shared. Read off the tuning
half of tests/data: true paraphrases have 0.889 and 0.840 at least, half of them above 0.972 and
0.896, other sentences 0.825 and 0.79 in the middle."""


def shared(said: Reading, ground: Ground) -> float:
    """Weighted share of a statement's words, names and figures that its spans have, 0.0 to 1.0."""
    given = implied(ground.names)
    weights = [(_NAME if id != SUBJECT else _LITTLE, id in given) for id in said.names]
    for figure in said.figures:
        there = is_given(figure, ground.figures)
        weights.append((_NAME if there else _LITTLE, there))
    for at in said.content:
        keys = said.keys[at]
        weight = _LITTLE if keys & _COMMON else 1.0
        folded = said.words[at].folded
        has = (
            stem(folded) in ground.stems
            or bool(keys & ground.keys)
            or (len(sound(folded)) >= _HEARD and sounds_like(folded, ground.sounds))
        )
        weights.append((weight, has))
    whole = sum(weight for weight, _ in weights)
    return sum(weight for weight, has in weights if has) / whole if whole else 1.0


def bears(said: Reading, ground: Ground, near: float | None) -> Iterator[tuple[str, bool]]:
    """A doubt when the spans speak of something else ("citation") or lack a part ("overlap").

    Args:
        said: The statement.
        ground: Its spans.
        near: Greatest closeness in meaning of the statement and a span; None when nobody measures.
    """
    one_language = all(span.language == said.language for span in ground.spans)
    few = shared(said, ground) < _LEAST_SHARED
    if near is not None:
        few = near < _FAR[one_language] or (few and near < _NEAR[one_language])
    if few:
        yield "citation", False
    elif any(shared(part, ground) < _LEAST_OF_PART for part in _parts(said)):
        yield "overlap", False


def _parts(said: Reading) -> tuple[Reading, ...]:
    """The sentences of a statement that say enough to be looked for; none when it is only one."""
    parts = _PART.split(said.text)
    read_parts = (read(part, said.language) for part in parts if part) if len(parts) > 1 else ()
    return tuple(part for part in read_parts if len(part.content) >= _PART_WORDS)
