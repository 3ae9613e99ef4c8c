from __future__ import annotations

from tests.ui.samples import KK
from ui.shelf import Entry, bar_markup, shelf_markup
from ui.welcome import Chapter, offers_markup, welcome_markup
from ui.wording import TALK_WORDS

WORDS = TALK_WORDS["kk"]
ENTRIES = (
    Entry("a1", "БҰҰ <b>туралы</b>", 2, "2026-11-24"),
    Entry("b2", "Семей", 1, "2026-11-23"),
)


def test_the_open_conversation_is_told_apart() -> None:
    shown = shelf_markup(ENTRIES, "b2", "", WORDS)
    assert shown.count("aria-current") == 1
    assert shown.index('data-id="b2"') < shown.index("aria-current")
    assert "БҰҰ &lt;b&gt;туралы&lt;/b&gt;" in shown
    assert "<b>" not in shown


def test_an_empty_list_says_why_it_is_empty() -> None:
    assert WORDS.none_kept in shelf_markup((), "", "", WORDS)
    sought = shelf_markup((), "", 'по"лигон', WORDS)
    assert WORDS.none_found in sought
    assert 'value="по&quot;лигон"' in sought


def test_only_a_conversation_with_an_answer_can_be_downloaded() -> None:
    assert 'data-format="pdf"' in bar_markup("Семей <i>", True, WORDS)
    assert "Семей &lt;i&gt;" in bar_markup("Семей <i>", True, WORDS)
    assert "data-format" not in bar_markup("", False, WORDS)


def test_examples_come_back_by_number() -> None:
    shown = welcome_markup(("Бірінші?", "<b>Екінші?</b>"), KK)
    assert 'value="1">&lt;b&gt;Екінші?&lt;/b&gt;</button>' in shown
    assert "<ul>" not in welcome_markup((), KK)


def test_chapters_are_offered_by_their_names() -> None:
    shown = welcome_markup((), KK, (Chapter("2.1", "2.1 Тәуелсіз <Қазақстан>"),))
    assert 'name="2.1"' in shown
    assert "2.1 Тәуелсіз &lt;Қазақстан&gt;" in shown


def test_no_questions_no_offer() -> None:
    assert offers_markup("Енді", (), "kk") == ""
    assert 'lang="ru">А &lt;что&gt;?</button>' in offers_markup("Енді", ("А <что>?",), "ru")
