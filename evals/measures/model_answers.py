"""Model answers: how often the answer that is given is the one the language model wrote.

`rate = |answers of the model| / |questions that it was asked|`. The rest are the work's own
sentences, given because the model was absent, slow or broken, cited nothing, or failed too many
checks; the notice of each says which. Without this the support rate would speak of the survivors
alone.
"""

from __future__ import annotations


def model_answers(engine: str, *, asked: bool) -> float | None:
    """1 when a model wrote the answer, 0 when it was asked in vain; None when it was not asked.

    Args:
        engine: Who wrote the answer, see `assistant.Answer`.
        asked: Whether a model was asked.
    """
    return float(engine.startswith("model:")) if asked else None
