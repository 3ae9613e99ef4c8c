"""The evaluation tab, for who develops the assistant: runs, figures over time, report, comparison.

It shows what `dayek eval` left in the data folder and measures nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Language
from ui.evaluation import CannotCompare, Compared, compare, read_runs
from ui.evaluation_markup import compared_markup, overview_markup, report_markup, told_markup
from ui.parts.frame import Frame
from ui.wording.evaluation import EVALUATION_WORDS

_SCRIPT = Path(__file__).parents[1] / "assets" / "evaluation.js"


class EvaluationPart:
    """The tab's components and the handlers of its events.

    Args:
        home: The data folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    def build(self, language: Language) -> None:
        """Overview, report, comparison, one below the other."""
        with gr.Column(elem_id="evaluation-page", min_width=0):
            self._overview = gr.HTML(
                self._drawn(language),
                elem_id="evaluation",
                js_on_load=_SCRIPT.read_text(encoding="utf-8"),
                apply_default_css=False,
            )
            self._compared = gr.HTML(
                "", elem_id="evaluation-compared", js_on_load=None, apply_default_css=False
            )
            self._report = gr.HTML(
                "", elem_id="evaluation-report", js_on_load=None, apply_default_css=False
            )
            self._shown: gr.State = gr.State(None)

    def wire(self, frame: Frame) -> None:
        """Register the events."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        language = frame.language
        self._overview.juxtapose(
            self._compare,
            language,
            [self._shown, self._compared],
            concurrency_limit=1,
            concurrency_id="evaluation",
            **quiet,
        )
        self._overview.report(self._open_report, language, self._report, queue=False, **quiet)
        language.change(
            self._translate,
            [language, self._shown],
            [self._overview, self._compared],
            queue=False,
            **quiet,
        )
        # What was measured since the page was built.
        frame.blocks.load(self._drawn, language, self._overview, queue=False, **quiet)

    def _drawn(self, language: Language) -> str:
        return overview_markup(read_runs(self._home), EVALUATION_WORDS[language])

    def _translate(self, language: Language, shown: Compared | None) -> tuple[str, str]:
        words = EVALUATION_WORDS[language]
        return self._drawn(language), compared_markup(shown, words) if shown else ""

    def _compare(
        self, language: Language, event: gr.EventData
    ) -> Iterator[tuple[Compared | None, str]]:
        """Compare the runs that were chosen; a name that is none of theirs finds nothing."""
        words = EVALUATION_WORDS[language]
        before, after = str(event.before), str(event.after)
        if before == after:
            yield None, told_markup(words.same, words)
            return
        yield None, told_markup(words.comparing, words)
        try:
            told = compare(self._home, before, after)
        except CannotCompare as error:
            yield None, told_markup(words.cannot, words, str(error))
            return
        yield told, compared_markup(told, words)

    def _open_report(self, language: Language, event: gr.EventData) -> str:
        """The newest report in its frame, or nothing to close it."""
        report = read_runs(self._home).report if event.open else None
        if report is None:
            return ""
        return report_markup(report.read_text(encoding="utf-8"), EVALUATION_WORDS[language])
