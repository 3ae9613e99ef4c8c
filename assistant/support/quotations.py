"""Whether what a statement puts in quotation marks stands in a span, letter for letter."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.support.reading import Ground, Reading, only_letters, read
from assistant.support.words import CYRILLIC, is_kazakh

_TRANSLATED = 0.5
"""Share of the words of a translated quotation that the spans must have."""


def altered(said: Reading, ground: Ground) -> Iterator[tuple[str, bool]]:
    """A doubt, "quotation", when words in quotation marks are not those of a span.

    A translated title or term (`«Новый Шёлковый путь»`) is no quotation of the letters: it passes
    when its words mean what a span says.
    """
    for _, quoted in said.quoted:
        letters = only_letters(quoted)
        if any(letters in span for span in ground.letters):
            continue
        if not _translated(quoted, said.language, ground):
            yield "quotation", False


def _translated(quoted: str, language: str, ground: Ground) -> bool:
    foreign = not CYRILLIC.search(quoted) if language == "en" else not is_kazakh(quoted)
    if language == "kk" or not foreign:
        return False
    told = read(quoted, language)
    if told.names and told.names.keys() <= ground.names.keys():
        return True
    known = [at for at in told.content if told.keys[at] & ground.keys]
    return bool(told.content) and len(known) >= _TRANSLATED * len(told.content)
