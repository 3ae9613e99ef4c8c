"""Whether a statement of a language model says what the spans that it cites say.

The model is the writer, not the witness: each statement is held against its spans by checks that
read both in any of three languages. A check that finds a value of the statement in none of the
spans raises a doubt; where the spans give another value in its place, they contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.support.bearing import bears, shared
from assistant.support.naming import doubted_names
from assistant.support.pairs import crossed
from assistant.support.polarity import turned_polarity
from assistant.support.quantities import doubted_figures
from assistant.support.quotations import altered
from assistant.support.reading import Ground, Reading, ground_of, read
from assistant.support.roles import swapped_roles
from assistant.support.turning import turned_direction

Closeness = Callable[[str, str], float]
"""How near two texts are in meaning, 1.0 for the same: the cosine of an embedder."""


@dataclass(frozen=True)
class Examination:
    """What the checks of a statement found.

    Attributes:
        doubts: What failed, one code each, in a fixed order: "figure", "date", "name", "negation",
            "direction", "quotation", "citation" (the spans speak of something else), "overlap"
            (a part of the statement stands in none of them); empty when nothing did.
        contradicts: Whether a span says otherwise: another figure, date or name in the same place,
            the opposite, a denial. Otherwise a doubt only means that the spans do not say it.
    """

    doubts: tuple[str, ...] = ()
    contradicts: bool = False


def examine(
    statement: str,
    spans: Sequence[str],
    language: str,
    closeness: Closeness | None = None,
) -> Examination:
    """Hold a statement against the spans that it cites.

    Args:
        statement: Plain words, without markers.
        spans: The quotations that it cites, in the language of the work.
        language: Of the statement: "kk", "ru" or "en".
        closeness: Nearness in meaning of the statement and a span, from an embedder; None leaves
            "citation" to shared words, names and figures.

    Returns:
        What was found; without spans the only doubt is "citation".
    """
    if not spans:
        return Examination(("citation",))
    found = dict(_findings(statement, tuple(spans), language, closeness))
    return Examination(tuple(code for code in _ORDER if code in found), any(found.values()))


_ORDER = (
    "figure",
    "date",
    "name",
    "negation",
    "direction",
    "quotation",
    "citation",
    "overlap",
)


def _findings(
    statement: str, spans: tuple[str, ...], language: str, closeness: Closeness | None
) -> Iterator[tuple[str, bool]]:
    """Doubts and whether a span says otherwise; those that contradict come last."""
    said, ground = read(statement, language), ground_of(spans)
    found = [
        *doubted_figures(said, ground),
        *doubted_names(said, ground),
        *altered(said, ground),
        *_turned(said, ground, spans),
    ]
    near = None if closeness is None else max(closeness(statement, span) for span in spans)
    strayed = list(bears(said, ground, near))
    if any(code == "citation" for code, _ in strayed):
        # Where the spans speak of something else, nothing in them can contradict it.
        found = [(code, False) for code, _ in found]
    yield from sorted([*found, *strayed], key=lambda one: one[1])


def _turned(said: Reading, ground: Ground, spans: tuple[str, ...]) -> set[tuple[str, bool]]:
    """What the statement says the other way round.

    Of several spans each tells a part, and another's denial is not the statement's: it has to
    differ both from the span that it is nearest to and from all of them together.
    """
    found = set(_turns(said, ground))
    if len(spans) > 1 and found:
        nearest = max((ground_of((span,)) for span in spans), key=lambda one: shared(said, one))
        found &= set(_turns(said, nearest))
    return found


def _turns(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    yield from turned_polarity(said, ground)
    yield from turned_direction(said, ground)
    yield from crossed(said, ground)
    yield from swapped_roles(said, ground)
