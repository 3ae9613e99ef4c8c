"""What is said at the door: in three languages, each in its own letters, with the same gaps."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from tests.ui.test_assets import PAIRS
from ui.serving.markup import style
from ui.wording.serving import SERVING_WORDS, ServingWords, throttled_text


@pytest.mark.parametrize("name", [field.name for field in fields(ServingWords)])
def test_every_sentence_stands_in_every_language(name: str) -> None:
    said = {code: getattr(words, name) for code, words in SERVING_WORDS.items()}
    assert list(said) == ["kk", "ru", "en"]
    assert len(set(said.values())) == 3
    assert len({tuple(re.findall(r"\{\w*\}", text)) for text in said.values()}) == 1
    assert not re.search("[а-яё]", said["en"], re.IGNORECASE)
    assert not re.search("[әғқңөұүһі]", said["ru"], re.IGNORECASE)
    assert not re.search("[a-z]", re.sub(r"\{\w*\}", "", said["kk"]), re.IGNORECASE)


@pytest.mark.parametrize(("seconds", "minutes"), [(0.1, "1"), (60, "1"), (61, "2"), (900, "15")])
def test_a_wait_is_told_in_whole_minutes_and_never_too_short(seconds: float, minutes: str) -> None:
    for language in SERVING_WORDS:
        assert re.findall(r"\d+", throttled_text(seconds, language)) == [minutes]


def test_the_door_has_the_colours_of_the_page_light_and_dark() -> None:
    light, _, dark = style().partition("@media (prefers-color-scheme: dark)")
    for name in {name for pair in PAIRS for name in pair}:
        assert f"{name}: #" in light
        assert f"{name}: #" in dark
