"""DeepEval's faithfulness metric as a judge, over any OpenAI-compatible server.

The only place that names deepeval, an extra (`pip install 'dayek[judge]'`). Its telemetry and its
error reports are switched off before it is imported: it would reach for the network by itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.judge import JudgeUnfit

THRESHOLD = 1.0
"""Share of the answer's claims that the evidence must bear: all."""


@dataclass(frozen=True)
class DeepEvalJudge:
    """A judge made of DeepEval's `FaithfulnessMetric`.

    Attributes:
        name: The library and the model.
    """

    name: str
    _model: Any

    def supports(self, question: str, answer: str, evidence: Sequence[str]) -> bool:
        """See `Judge`.

        Raises:
            JudgeUnfit: The model does not answer, or not in a form that DeepEval can read.
        """
        from deepeval.metrics import FaithfulnessMetric
        from deepeval.test_case import LLMTestCase

        metric = FaithfulnessMetric(
            threshold=THRESHOLD, model=self._model, include_reason=False, async_mode=False
        )
        case = LLMTestCase(input=question, actual_output=answer, retrieval_context=list(evidence))
        try:
            metric.measure(case, _show_indicator=False)
        except Exception as error:  # its models raise whatever their clients raise
            raise JudgeUnfit(
                f"The judge {self.name} failed: {error}", "Check the model and its address."
            ) from error
        return metric.score is not None and metric.score >= THRESHOLD


def open_judge(model: str, url: str, key: str = "none") -> DeepEvalJudge:
    """A judge behind an OpenAI-compatible server.

    Args:
        model: Name of the model as the server knows it.
        url: Base address, for example http://127.0.0.1:8080/v1.
        key: For a server that wants one.

    Raises:
        JudgeUnfit: deepeval is not installed.
    """
    os.environ.setdefault("DEEPEVAL_TELEMETRY_OPT_OUT", "YES")
    os.environ.setdefault("ERROR_REPORTING", "NO")
    try:
        from deepeval.models import LocalModel
    except ImportError as error:
        raise JudgeUnfit(
            f"The judge needs a package that is not installed ({error.name}).",
            "Install it: pip install 'dayek[judge]'",
        ) from error
    return DeepEvalJudge(
        f"DeepEval faithfulness, {model}",
        LocalModel(model=model, base_url=url, api_key=key, temperature=0),
    )
