"""How the page is being looked at: the words, the addresses and the languages of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import Language, Surroundings
from ui.wording import TALK_WORDS, TalkWords, Words


@dataclass(frozen=True)
class View:
    """How the page is being looked at.

    Attributes:
        words: The page's words in the language it is shown in.
        look: A span of the work to what stands there and around it, its address in the page's
            language.
        work_language: Language of the work, for screen readers.
        language: Language that the page is shown in.
        title: Title of the work.
    """

    words: Words
    look: Callable[[int, int], Surroundings]
    work_language: str
    language: Language
    title: str

    @property
    def talk(self) -> TalkWords:
        """The words around an answer."""
        return TALK_WORDS[self.language]
