"""How sure a figure is with few cases: seeded intervals and a paired test. Pure.

The bootstrap (percentile, resampling cases) makes no assumption on how scores are spread and
serves every measure alike. When all cases agree it would claim certainty, whatever their number;
there the Wilson interval says what so many equal cases can say. Two systems are compared on the
same cases, pair by pair, by flipping the signs of the differences: cases differ far more among
themselves than systems do on one case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

SEED = 1991
RESAMPLES = 10_000
_Z = 1.959964
_EXACT_UP_TO = 14
"""Pairs that differ up to which every pattern of signs is tried, 2**14 of them."""


@dataclass(frozen=True)
class Figure:
    """A mean over the cases that a measure speaks about.

    Attributes:
        value: The mean; None when no case is scored.
        n: How many cases are.
        low: Lower end of the 95 % interval; None without cases.
        high: Its upper end.
    """

    value: float | None
    n: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Comparison:
    """How two systems differ on the same cases.

    Attributes:
        difference: Mean of first minus second; None without common cases.
        n: Cases that both score.
        low: Lower end of the 95 % interval of the difference; None where all pairs differ alike,
            of which resampling can say nothing.
        high: Its upper end.
        p: Two-sided probability of a difference as large if the systems were exchangeable.
    """

    difference: float | None
    n: int
    low: float | None
    high: float | None
    p: float | None


def figure(
    scores: Sequence[float | None], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Figure:
    """The mean of the scores that are there, with its 95 % interval.

    Args:
        scores: One a case, 0 to 1 or a count; None is left out, not counted as zero.
        seed: Of the resampling.
        resamples: How many.
    """
    values = np.array([score for score in scores if score is not None], dtype=np.float64)
    if not len(values):
        return Figure(None, 0, None, None)
    mean = float(values.mean())
    if values.min() == values.max():
        # A count, such as words, is no share: of equal counts nothing can be said.
        ends = _wilson(mean, len(values)) if 0 <= mean <= 1 else (None, None)
        return Figure(mean, len(values), *ends)
    return Figure(mean, len(values), *_bootstrap(values, seed, resamples))


def compare(
    first: Sequence[float | None],
    second: Sequence[float | None],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Comparison:
    """The mean difference of two systems on the cases that both score.

    Args:
        first: Scores of one system, one a case.
        second: Scores of the other, of the same cases in the same order.
        seed: Of the resampling and the sign flips.
        resamples: How many of each.

    Raises:
        ValueError: The two are of different length.
    """
    pairs = [
        one - other
        for one, other in zip(first, second, strict=True)
        if one is not None and other is not None
    ]
    if not pairs:
        return Comparison(None, 0, None, None, None)
    differences = np.array(pairs, dtype=np.float64)
    mean = float(differences.mean())
    chance = _sign_flips(differences, seed, resamples)
    if differences.min() == differences.max():
        return Comparison(mean, len(pairs), None, None, chance)
    low, high = _bootstrap(differences, seed, resamples)
    return Comparison(mean, len(pairs), low, high, chance)


def _bootstrap(values: NDArray[np.float64], seed: int, resamples: int) -> tuple[float, float]:
    # Sorted, so that the interval does not depend on the order of the cases.
    drawn = np.random.default_rng(seed).choice(np.sort(values), (resamples, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _wilson(share: float, n: int) -> tuple[float, float]:
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def _sign_flips(differences: NDArray[np.float64], seed: int, rounds: int) -> float:
    """Share of sign patterns whose sum is at least as far from zero as the one observed."""
    moving = np.sort(differences[differences != 0])
    if not len(moving):
        return 1.0
    observed = abs(moving.sum()) - 1e-9
    if len(moving) <= _EXACT_UP_TO:
        patterns = np.arange(2 ** len(moving))[:, None] >> np.arange(len(moving)) & 1
        return float(np.mean(np.abs((2 * patterns - 1) @ moving) >= observed))
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (rounds, len(moving)))
    extreme = int(np.sum(np.abs(signs @ moving) >= observed))
    return (extreme + 1) / (rounds + 1)
