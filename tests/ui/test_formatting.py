from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from ui.formatting import blocks, escape, inline

ALLOWED = {"p", "br", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
           "div", "blockquote", "a"}  # fmt: skip


def mark(number: int) -> str | None:
    return f'<a href="#{number}">[{number}]</a>' if number <= 3 else None


class Tags(HTMLParser):
    """Collects the tags of markup and checks that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(markup: str) -> list[str]:
    parser = Tags()
    parser.feed(markup)
    parser.close()
    assert parser.open == []
    return parser.seen


def test_bold_words_and_markers() -> None:
    shown = blocks("**1992 жылы** қабылданды [1]. Ал [57] сілтеме болып қалады.", mark)
    assert shown == (
        "<p><strong>1992 жылы</strong> қабылданды "
        '<a href="#1">[1]</a>. Ал [57] сілтеме болып қалады.</p>'
    )


def test_an_escaped_sign_is_only_a_sign() -> None:
    assert inline(r"\[1\] және \*\*жай\*\*", mark) == "[1] және **жай**"


def test_a_list_keeps_its_numbers() -> None:
    assert blocks("- бір [1]\n- екі", mark) == (
        '<ul><li>бір <a href="#1">[1]</a></li><li>екі</li></ul>'
    )
    assert blocks("3. үш\n4. төрт", mark) == '<ol start="3"><li>үш</li><li>төрт</li></ol>'


def test_a_table_has_a_header_row() -> None:
    shown = blocks("| № | Теория |\n| --- | --- |\n| 1 | Неореализм [1] |\n| 2 | а \\| б |", mark)
    assert '<th scope="col">Теория</th>' in shown
    assert '<td>Неореализм <a href="#1">[1]</a></td>' in shown
    assert "<td>а | б</td>" in shown
    assert shown.count("<tr>") == 3


def test_lines_before_a_list_are_a_paragraph() -> None:
    assert blocks("Себептері:\n- бір", mark) == "<p>Себептері:</p><ul><li>бір</li></ul>"


def test_a_bold_word_that_is_still_being_written_shows_no_stars() -> None:
    assert inline("Жауап: **1992", mark) == "Жауап: <strong>1992</strong>"


def test_markup_and_pictures_in_the_text_are_only_shown() -> None:
    evil = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [y](javascript:z) \"'"
    shown = blocks(evil, mark)
    assert tags(shown) == ["p"]
    assert unescape(shown.removeprefix("<p>").removesuffix("</p>")) == evil


@given(st.text(alphabet=st.sampled_from("аб*[]|<>&\"'\\-.>1 2\n\t#`!("), max_size=120))
def test_no_text_makes_other_tags_or_a_second_line(text: str) -> None:
    shown = blocks(text, mark)
    assert set(tags(shown)) <= ALLOWED
    assert "\n" not in shown
    assert "\r" not in shown


@given(st.text(max_size=200))
def test_escaped_text_comes_back_letter_for_letter(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"[<>\"'\n\r]", shown)
    assert unescape(shown) == text.replace("\r\n", "\n").replace("\r", "\n")
