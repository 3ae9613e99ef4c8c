"""Every sentence that the page itself says, in its three languages; one file a part of the page."""

from ui.wording.desk import DESK_WORDS, DeskWords
from ui.wording.page import DEFAULT_LANGUAGE, LANGUAGES, WORDS, Words, reason_text
from ui.wording.reading import READING_WORDS, ReadingWords
from ui.wording.talk import TALK_WORDS, TalkWords
from ui.wording.troubles import trouble_text

__all__ = [
    "DEFAULT_LANGUAGE",
    "DESK_WORDS",
    "LANGUAGES",
    "READING_WORDS",
    "TALK_WORDS",
    "WORDS",
    "DeskWords",
    "ReadingWords",
    "TalkWords",
    "Words",
    "reason_text",
    "trouble_text",
]
