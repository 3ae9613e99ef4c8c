from __future__ import annotations

from dataclasses import replace

from tests.ui.samples import KK, QUOTE, answered
from ui.copying import markdown_copy, plain_copy


def test_a_copy_says_where_every_word_stands() -> None:
    given = answered(f"**1992 жылы** {QUOTE} [1]")
    copied = plain_copy(given, KK)
    assert copied.startswith(f"1992 жылы {QUOTE} [1]\n\n[1] 2.1-бөлім, 100-абзац: «{QUOTE}»")
    assert given.work.sha256 in copied
    assert KK.title in copied


def test_markdown_has_footnotes_and_lets_no_quotation_be_markup() -> None:
    given = answered(f"{QUOTE} [1], автор \\[57\\] еңбегі")
    odd = replace(given.citations[0], quote="*жұлдыз* [57]\n| кесте |")
    copied = markdown_copy(replace(given, citations=(odd,)), KK)
    assert f"{QUOTE} [^1], автор \\[57\\] еңбегі" in copied
    assert "[^1]: 2.1-бөлім, 100-абзац: «\\*жұлдыз\\* \\[57\\] \\| кесте \\|»" in copied
