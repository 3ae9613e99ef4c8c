"""A file that the page hands to its visitor, without leaving it anywhere on the server."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

import gradio as gr

from ui.formatting import escape

_SCRIPT = Path(__file__).parents[1] / "assets" / "download.js"


def download_outlet() -> gr.HTML:
    """The hidden component that a file is put into (`file_markup`) to be downloaded."""
    return gr.HTML(
        "",
        elem_id="download",
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
        apply_default_css=False,
    )


def file_markup(name: str, media_type: str, content: bytes) -> str:
    """A file as the value of the outlet; the same file twice is downloaded twice.

    Args:
        name: What it is called on the visitor's machine.
        media_type: For example "application/pdf".
        content: Its bytes.
    """
    encoded = base64.b64encode(content).decode("ascii")
    return (
        f'<span hidden data-name="{escape(name)}" data-type="{escape(media_type)}" '
        f'data-bytes="{encoded}" data-once="{secrets.token_hex(8)}"></span>'
    )
