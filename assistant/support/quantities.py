"""Whether the figures and times of a statement stand in its spans."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.support.figures import TIMES, Figure
from assistant.support.reading import Ground, Reading

_IMPLIED_PAIR = 2.0


def doubted_figures(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt for each value that no span gives: "figure" or "date".

    True where a span gives another one.
    """
    used = [other for other in ground.figures if is_given(other, said.figures)]
    free = [other for other in ground.figures if other not in used]
    for figure in said.figures:
        if is_given(figure, ground.figures):
            continue
        others = [other for other in free if _comparable(figure, other)]
        if _may_be_told(figure, others):
            continue
        yield "date" if figure.kind in TIMES else "figure", bool(others)


def is_given(figure: Figure, among: tuple[Figure, ...]) -> bool:
    """Whether some figures have one of the same meaning and value."""
    return any(figure.same(other) and _one_kind(figure, other) for other in among)


def _one_kind(one: Figure, other: Figure) -> bool:
    """Whether values may be the same thing; half and 50 per cent are told apart from nothing."""
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or kinds == {"number", "year"}


def _comparable(figure: Figure, other: Figure) -> bool:
    return (figure.kind in TIMES) == (other.kind in TIMES)


def _may_be_told(figure: Figure, others: list[Figure]) -> bool:
    """Whether a writer may count so without a figure in the text: one, the two countries."""
    if figure.kind != "number" or not figure.spoken:
        return False
    spoken = [other for other in others if other.spoken]
    return (figure.value == 1 and not spoken) or (figure.value == _IMPLIED_PAIR and not others)
