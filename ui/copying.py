"""An answer as text to paste elsewhere, with its citations below it (pure)."""

from __future__ import annotations

import re

from assistant import Answer
from ui.view import View
from ui.wording import TALK_WORDS

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>|])")


def plain_copy(answer: Answer, view: View) -> str:
    """The answer without Markdown, then its citations: number, address, quotation."""
    lines = [answer.plain_text]
    for citation in answer.citations:
        address = view.look(citation.start, citation.end).address
        lines.append(f"[{citation.marker}] {address}: «{_on_one_line(citation.quote)}»")
    return "\n\n".join([lines[0], "\n".join([*lines[1:], _source(answer, view)])])


def markdown_copy(answer: Answer, view: View) -> str:
    """The same as Markdown: markers as footnotes, quotations escaped."""
    text = re.sub(r"(?<!\\)\[(\d{1,3})\]", r"[^\1]", answer.answer)
    notes = []
    for citation in answer.citations:
        address = view.look(citation.start, citation.end).address
        quote = _MARKDOWN_SIGNS.sub(r"\\\1", _on_one_line(citation.quote))
        notes.append(f"[^{citation.marker}]: {address}: «{quote}»")
    return "\n\n".join([text, *notes, _MARKDOWN_SIGNS.sub(r"\\\1", _source(answer, view))])


def _source(answer: Answer, view: View) -> str:
    """The work and the very state of its file, so that a reader can check the quotations."""
    title = TALK_WORDS[view.language].sources.format(title=view.title)
    return f"{title} (sha256 {answer.work.sha256})"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
