"""The learned numbers of the assistant: how features make a score, and a score a confidence.

They are data (`weights.json`), written by `dayek eval fit` from the questions written ahead of the
work and the development questions, never from a test question, and read once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True)
class Linear:
    """A linear score of named numbers.

    Attributes:
        names: Of the numbers, in their order.
        weights: One for each.
        bias: Added to the sum.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float = 0.0

    def score(self, numbers: Sequence[float]) -> float:
        """The weighted sum of numbers given in the order of the names."""
        return self.bias + sum(
            weight * number for weight, number in zip(self.weights, numbers, strict=True)
        )

    def probability(self, numbers: Sequence[float]) -> float:
        """The logistic function of the score, 0 to 1."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.score(numbers)))))

    @classmethod
    def from_dict(cls, told: Mapping[str, float], names: Sequence[str]) -> Linear:
        """The score of a table of weights by name; a name that is missing weighs nothing."""
        return cls(
            tuple(names), tuple(told.get(name, 0.0) for name in names), told.get("bias", 0.0)
        )


@cache
def weights_of(part: str, names: tuple[str, ...]) -> Linear:
    """The learned weights of a part: "evidence" or "confidence"."""
    told = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Linear.from_dict(told[part], names)


def forget_weights() -> None:
    """Read the file anew when it is next asked for: it was written just now."""
    weights_of.cache_clear()
