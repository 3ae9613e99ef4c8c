"""How the reference questions are parted: some choose the settings, others judge them.

No question may leak from the development questions into the test questions, neither word for
word nor as a translation: what asks the same, or rests on the same evidence, stays on one side.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from evals.questions import QUESTIONS, SPLITS, Case, case_lines, load_cases, resolve
from sources import Span, Work, search_form

DEV_SHARE = 0.4
SPLIT_SEED = 20241123

NEAR = 0.5
"""Share of common letter triples from which two questions ask the same."""

_MARKS = re.compile(r"[^\w\s]")
_BLANK_SPLIT = re.compile(r'("split"\s*:\s*)""')


def draw_splits(
    cases: Sequence[Case], text: str, *, seed: int = SPLIT_SEED, share: float = DEV_SHARE
) -> dict[str, str]:
    """A split for every case, near `share` of each kind and language in "dev".

    Questions that ask the same, or rest on the same evidence, stay on one side. Cases that have a
    split keep it, so that adding questions moves none; the same cases and seed give the same draw
    in any order of the cases.

    Args:
        cases: Cases with unique ids.
        text: The work's text, to see which cases share evidence.
        seed: Of the draw.
        share: Of the development questions, 0 to 1.

    Returns:
        Split by case id, for all cases.
    """
    families = _families(sorted(cases, key=lambda case: case.id), text)
    random.Random(seed).shuffle(families)
    drawn = {case.id: case.split for case in cases if case.split}
    tally = _Tally(share)
    for family in families:
        kept = next((drawn[case.id] for case in family if case.id in drawn), None)
        split = kept or ("dev" if tally.lacks_dev(family) else "test")
        for case in family:
            tally.count(case, drawn.setdefault(case.id, split))
    return drawn


class _Tally:
    """How far the development questions lag behind their share, by kind, language and both.

    Drawing at random leaves some kinds of four questions on one side; counting along the draw
    keeps each near its share.
    """

    def __init__(self, share: float) -> None:
        self._share = share
        self._all: Counter[tuple[str, ...]] = Counter()
        self._dev: Counter[tuple[str, ...]] = Counter()

    def lacks_dev(self, family: Sequence[Case]) -> bool:
        """Whether the groups of these cases, with them counted in, are short of "dev"."""
        return (
            sum(
                self._share * (self._all[group] + len(family)) - self._dev[group] - len(family) / 2
                for group in _groups_of(family[0])
            )
            >= 0
        )

    def count(self, case: Case, split: str) -> None:
        """Take a case with its split into account."""
        self._all.update(_groups_of(case))
        self._dev.update(_groups_of(case) if split == "dev" else ())


def _groups_of(case: Case) -> tuple[tuple[str, ...], ...]:
    return (case.kind,), (case.language,), (case.kind, case.language)


def write_splits(work: Work, folder: Path = QUESTIONS, *, seed: int = SPLIT_SEED) -> int:
    """Write the drawn split into the cases of a folder that have none.

    Everything else in the files stays byte for byte.

    Returns:
        How many cases were given a split.
    """
    drawn = draw_splits(load_cases(folder), work.text, seed=seed)
    written = 0
    for path in sorted({line.path for line in case_lines(folder)}):
        lines = path.read_bytes().decode("utf-8").split("\n")
        for number, line in enumerate(lines):
            if not line.strip() or json.loads(line).get("split"):
                continue
            lines[number] = _with_split(line, drawn[json.loads(line)["id"]])
            written += 1
        path.write_bytes("\n".join(lines).encode("utf-8"))
    return written


def _with_split(line: str, split: str) -> str:
    changed = _BLANK_SPLIT.sub(rf'\g<1>"{split}"', line, count=1)
    if json.loads(changed) != json.loads(line) | {"split": split}:
        raise ValueError(f"the split cannot be written without other changes: {line[:80]}")
    return changed


@dataclass(frozen=True)
class _Asked:
    """What tells whether two cases ask the same: the letters of the question, the evidence."""

    case: Case
    triples: frozenset[str]
    places: frozenset[Span]

    def same(self, other: _Asked) -> bool:
        """Whether they are alike in words, or rest on just the same places."""
        near = _jaccard(self.triples, other.triples) >= NEAR
        return near or (bool(self.places) and self.places == other.places)


def _asked(cases: Sequence[Case], text: str) -> list[_Asked]:
    # With its history: "And in Russia?" alone says nothing.
    return [
        _Asked(
            case,
            _triples(" ".join([*(turn.question for turn in case.history), case.question])),
            frozenset(span for group in resolve(case, text) for span in group),
        )
        for case in cases
    ]


def leaks(cases: Sequence[Case], text: str) -> list[tuple[Case, Case]]:
    """Pairs of cases in different splits that ask the same.

    Args:
        cases: Cases; those without a split leak nothing.
        text: The work's text, to see which cases share evidence.
    """
    return [
        (one.case, other.case)
        for one, other in combinations(_asked(cases, text), 2)
        if {one.case.split, other.case.split} == set(SPLITS) and one.same(other)
    ]


def alike(one: str, other: str) -> float:
    """Share of letter triples that two texts have in common, 0 to 1 (Jaccard); case-blind."""
    return _jaccard(_triples(one), _triples(other))


def near_pairs(texts: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the texts and others that ask the same (`alike` of at least `NEAR`), in order."""
    where: dict[str, list[int]] = {}
    sizes = []
    for place, other in enumerate(others):
        triples = _triples(other)
        sizes.append(len(triples))
        for triple in triples:
            where.setdefault(triple, []).append(place)
    found: list[tuple[int, int]] = []
    for place, text in enumerate(texts):
        triples = _triples(text)
        shared = Counter(other for triple in triples for other in where.get(triple, ()))
        found += sorted(
            (place, other)
            for other, common in shared.items()
            if common >= NEAR * (len(triples) + sizes[other] - common)
        )
    return found


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _triples(text: str) -> frozenset[str]:
    """Never empty: an empty text has the triple of its padding."""
    padded = f"  {_MARKS.sub('', search_form(text))} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _families(cases: Sequence[Case], text: str) -> list[list[Case]]:
    """Cases that ask the same together, in the order of their first member."""
    family = {case.id: case.id for case in cases}
    for one, other in combinations(_asked(cases, text), 2):
        joined, left = family[one.case.id], family[other.case.id]
        if joined != left and one.same(other):
            family = {id: joined if name == left else name for id, name in family.items()}
    together: dict[str, list[Case]] = {}
    for case in cases:
        together.setdefault(family[case.id], []).append(case)
    return list(together.values())
