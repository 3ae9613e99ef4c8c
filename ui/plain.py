"""An answer as plain text, for a terminal: what stands where, and what must not get through.

Nothing printed here is markup to the terminal: control characters of a work or a question are
shown, not obeyed.
"""

from __future__ import annotations

import re
from textwrap import shorten

from assistant import Answer, Assistant
from ui.rendering import confidence_in_words
from ui.wording import WORDS

NEAREST_SHOWN = 3
"""How many of the nearest passages stand under an abstention."""

NEAREST_LENGTH = 240
"""Characters of each of them."""

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
# C0 and C1 controls but tab and line feed, and the marks that turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ON, _OFF = "\x1b[1m", "\x1b[22m"


def harmless(text: str) -> str:
    """The text with control characters replaced by the sign for an unknown character."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


def answer_in_text(answer: Answer, assistant: Assistant, *, bold: bool) -> str:
    """The answer, its citations with address and quotation, then how sure it is and what to know.

    Under an abstention stand the nearest passages instead.

    Args:
        answer: The answer.
        assistant: Who gave it; knows the addresses.
        bold: Whether `**words**` become bold by escape codes; otherwise they lose their stars.
    """
    words = WORDS[answer.language]
    parts = []
    if answer.standalone_question != answer.question:
        parts.append(f"{words.understood_as} {harmless(answer.standalone_question)}")
    parts.append(_answer_text(answer.answer, bold=bold))
    places = [(f"[{one.marker}]", one.start, one.end) for one in answer.citations]
    if answer.status == "abstained":
        # No number: that is the sign of a citation.
        places = [("•", one.start, one.end) for one in answer.retrieved[:NEAREST_SHOWN]]
        parts.append(f"{words.nearest}:" if places else "")
    parts.append("\n".join(_place(answer, assistant, *place) for place in places))
    parts.append(_footing(answer))
    return "\n\n".join(part for part in parts if part)


def _place(answer: Answer, assistant: Assistant, sign: str, start: int, end: int) -> str:
    around = assistant.surroundings(start, end, answer.language)
    quotation = harmless(around.quote)
    if answer.status == "abstained":
        quotation = shorten(" ".join(quotation.split()), NEAREST_LENGTH, placeholder=" …")
    return f"{sign} {around.address} ({start}:{end})\n    «{quotation}»"


def _footing(answer: Answer) -> str:
    sure = confidence_in_words(answer.confidence, WORDS[answer.language])
    said = [f"{sure} ({answer.confidence:.0%})"] if answer.status == "answered" else []
    return "\n".join([*said, harmless(answer.notice or "")]).strip()


def _answer_text(markdown: str, *, bold: bool) -> str:
    text = _BOLD.sub(rf"{_ON}\1{_OFF}" if bold else r"\1", harmless(markdown))
    return _ESCAPED.sub(r"\1", text)
