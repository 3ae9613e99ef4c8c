"""The style sheet and the scripts: nothing from elsewhere, and letters that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ui

ASSETS = Path(ui.__file__).parent / "assets"
READABLE = 4.5

# text colour, ground it stands on
PAIRS = [
    ("--ink", "--page"), ("--ink", "--paper"), ("--soft", "--page"), ("--soft", "--paper"),
    ("--accent", "--page"), ("--accent", "--paper"), ("--accent", "--accent-ground"),
    ("--ink", "--accent-ground"), ("--on-accent", "--accent"), ("--on-mark", "--mark"),
    ("--silence", "--silence-ground"), ("--ink", "--silence-ground"),
    ("--soft", "--silence-ground"), ("--accent", "--silence-ground"),
    ("--fault", "--fault-ground"), ("--ink", "--fault-ground"), ("--fault", "--paper"),
]  # fmt: skip


def colours(block: str) -> dict[str, str]:
    """The custom colours that one block of the style sheet sets."""
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    match = re.search(rf"^{re.escape(block)} {{(.*?)^}}", style, re.MULTILINE | re.DOTALL)
    assert match is not None
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", match[1]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [":root", "body.dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(block: str, text: str, ground: str) -> None:
    of = colours(block)
    assert contrast(of[text], of[ground]) >= READABLE


def test_dark_changes_every_colour() -> None:
    light, dark = colours(":root"), colours("body.dark")
    assert light.keys() == dark.keys()
    assert not [name for name in light if light[name] == dark[name]]


def test_nothing_is_fetched_from_elsewhere() -> None:
    for file in ASSETS.iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r'https?:|//[a-z]+\.|@import|url\((?!"data:)', text), file.name


def test_scripts_say_nothing_to_the_reader() -> None:
    for file in ASSETS.glob("*.js"):
        code = re.sub(r"//.*", "", file.read_text(encoding="utf-8"))
        assert not re.search("[а-яәғқңөұүһі]", code, re.IGNORECASE), file.name
