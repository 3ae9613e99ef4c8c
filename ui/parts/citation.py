"""The panel beside the chat, where a citation stands open in its surroundings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Language
from ui.chat import Talk
from ui.panel import panel_markup
from ui.parts.chat import ChatPart
from ui.parts.frame import Frame
from ui.places import find

_SCRIPT = Path(__file__).parents[1] / "assets" / "panel.js"


class CitationPart:
    """The panel's component and the handlers of its events.

    Args:
        chat: The chat whose citations are opened.
    """

    def __init__(self, chat: ChatPart) -> None:
        self._chat = chat

    def build(self, language: Language) -> None:
        """The panel, with nothing open."""
        self.target = gr.State("")
        self.panel = gr.HTML(
            panel_markup(None, self._chat.view(language)),
            elem_id="panel",
            js_on_load=_SCRIPT.read_text(encoding="utf-8"),
            apply_default_css=False,
        )

    def wire(self, frame: Frame) -> None:
        """Register the events."""
        quiet: dict[str, Any] = {
            "show_progress": "hidden", "api_visibility": "private", "queue": False,
        }  # fmt: skip
        shown = [self.target, self.panel]
        self.panel.open(self._open, [self._chat.talk, frame.language], shown, **quiet)
        self.panel.shut(self.closed, frame.language, shown, **quiet)
        frame.language.change(
            self._translate, [frame.language, self._chat.talk, self.target], self.panel, **quiet
        )

    def closed(self, language: Language) -> tuple[str, str]:
        """What the panel shows when nothing is open: no target, the hint."""
        return "", panel_markup(None, self._chat.view(language))

    def _open(self, talk: Talk, language: Language, event: gr.EventData) -> tuple[str, str]:
        opened = find(talk, str(event.target_name))
        name = str(opened.target) if opened else ""
        return name, panel_markup(opened, self._chat.view(language))

    def _translate(self, language: Language, talk: Talk, target: str) -> str:
        return panel_markup(find(talk, target), self._chat.view(language))
