from __future__ import annotations

import pytest
from hypothesis import given

from sources import references, without_references
from tests.sources.made_up import MANY, letters


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("сөз [57].", ("57",)),
        ("сөз[15-19], [9–14] және [ 4 ]", ("15-19", "9–14", "4")),
        ("[3, 5; 7] [3, 5; 7]", ("3, 5; 7",)),
        ("[4] [2] [4]", ("4", "2")),
        ("[2020] [а] [] (57) 57 [-5] [5-]", ()),
    ],
)
def test_references_are_read_as_they_stand(text: str, found: tuple[str, ...]) -> None:
    assert references(text) == found


def test_taken_out_they_leave_every_offset_true() -> None:
    assert without_references("сөз[57]. Сөз [3-5]") == "сөз    . Сөз      "


@MANY
@given(letters)
def test_without_references_is_as_long_and_has_none(text: str) -> None:
    for case in (text, f"{text}[57]{text}"):
        bare = without_references(case)
        assert len(bare) == len(case)
        assert references(bare) == ()
        assert all(new in (old, " ") for old, new in zip(case, bare, strict=True))
