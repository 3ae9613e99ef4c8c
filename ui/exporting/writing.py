"""One document in the form asked for, and the name its file gets."""

from __future__ import annotations

import re
import threading
from typing import Literal

from ui.exporting.composing import compose, title_of
from ui.exporting.contents import Content, Imprint
from ui.exporting.markdown import markdown_bytes
from ui.exporting.receipt import receipt_bytes, receipt_of

Form = Literal["md", "json", "docx", "pdf"]

FORM_NAMES: dict[Form, str] = {"md": "Markdown", "docx": "DOCX", "pdf": "PDF", "json": "JSON"}
"""What people call each form, in the order offered."""

FORMS: tuple[Form, ...] = tuple(FORM_NAMES)

MEDIA_TYPES: dict[Form, str] = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

_NAME_LENGTH = 60
_ONE_AT_A_TIME = threading.Lock()  # reportlab's fonts are shared by all its documents


def write(content: Content, imprint: Imprint, form: Form) -> bytes:
    """The file of a document.

    Args:
        content: What it says.
        imprint: What it says of itself.
        form: "md", "json" (a receipt for `dayek receipt verify`), "docx" or "pdf".
    """
    if form == "json":
        return receipt_bytes(receipt_of(content, imprint))
    parts = compose(content, imprint)
    if form == "md":
        return markdown_bytes(parts)
    title = title_of(content, imprint)
    if form == "docx":
        from ui.exporting.docx import docx_bytes  # loads slowly, and only exports need it

        return docx_bytes(parts, title, imprint)
    from ui.exporting.pdf import pdf_bytes  # likewise

    with _ONE_AT_A_TIME:
        return pdf_bytes(parts, title, imprint)


def file_name(content: Content, imprint: Imprint, form: Form) -> str:
    """A file name that every system takes: letters and digits of the title, the day, the ending."""
    words = "-".join(re.findall(r"[^\W_]+", title_of(content, imprint)))[:_NAME_LENGTH].strip("-")
    return f"dayek-{words or 'export'}-{imprint.made_at[:10]}.{form}"
