"""What the parts of the page share: the language that is shown, and who the visitor is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True)
class Frame:
    """The page around the parts.

    Attributes:
        blocks: The page.
        language: The language switch; its `change` comes for a visitor's choice and when the
            language of the last visit is restored.
        visitor: An unguessable token of this browser, "" before the page has given it one.
        download: Where a handler puts a file for the visitor; see `download.file_markup`.
    """

    blocks: gr.Blocks
    language: gr.Radio
    visitor: gr.BrowserState
    download: gr.HTML

    @staticmethod
    def owner(request: gr.Request, visitor: str | None) -> str:
        """Whose things a request may touch: those of the user signed in, else of the browser.

        Returns:
            "user:NAME" or "guest:TOKEN"; "" for a browser that has no token yet, to whom nothing
            belongs.
        """
        if request.username:
            return f"user:{request.username}"
        return f"guest:{visitor}" if visitor else ""

    @staticmethod
    def new_visitor() -> str:
        """A token for a browser that has none."""
        return secrets.token_urlsafe(24)
