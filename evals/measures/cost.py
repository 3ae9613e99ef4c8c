"""Cost: US dollars for one answer.

`cost = (tokens read x price of a million read + tokens written x price of a million written)
/ 1e6`, with the prices of DAYEK_MODEL_PRICES.
"""

from __future__ import annotations

from assistant import Usage


def cost(usage: Usage | None) -> float | None:
    """Dollars; None when no model was asked, or tokens or prices are not known."""
    return None if usage is None else usage.cost
