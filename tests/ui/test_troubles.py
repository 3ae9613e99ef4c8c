from __future__ import annotations

import pytest

import ui.keeping
from assistant import FixableError, Language
from ui.keeping import NotKept, ShelfFull
from ui.wording import trouble_text

LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
KEPT = [
    kind
    for kind in vars(ui.keeping).values()
    if isinstance(kind, type) and issubclass(kind, FixableError)
]


@pytest.mark.parametrize("kind", KEPT)
def test_whatever_goes_wrong_with_what_is_kept_is_told_in_the_pages_language(
    kind: type[FixableError],
) -> None:
    error = kind("A thing in /srv/dayek/conversations.sqlite3 is wrong.", "Mend it.")
    told = {language: trouble_text(error, language) for language in LANGUAGES}
    assert len(set(told.values())) == 3
    assert not any("/srv" in text for text in told.values())


def test_a_special_trouble_has_its_own_words_and_an_unknown_one_its_english() -> None:
    assert trouble_text(NotKept("x", "y"), "kk") != trouble_text(ShelfFull("x", "y"), "kk")
    assert trouble_text(FixableError("Told.", "Do."), "kk") == "Told. Do."
