from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.samples import answered
from ui.chat import Exchange, Talk
from ui.keeping import FILE, NotKept, Shelf
from ui.kept_talk import TalkKeeper

OWNER, OTHER = "guest:one", "guest:other"


def done(question: str = "Қазақстан БҰҰ-ға қашан мүше болды?") -> Exchange:
    given = answered()
    return Exchange(question, "answered", question, given.answer, given, asked_at="2026-11-24")


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[TalkKeeper]:
    with Shelf(tmp_path / FILE) as shelf:
        yield TalkKeeper(shelf)


def test_a_talk_comes_back_as_it_was_kept(keeper: TalkKeeper) -> None:
    talk = keeper.keep_last(OWNER, Talk((done(),)))
    talk = keeper.keep_last(OWNER, talk.add(done("Ал кейін?")))
    assert talk.id
    assert talk.title == "Қазақстан БҰҰ-ға қашан мүше болды?"
    assert keeper.open(OWNER, talk.id) == talk
    assert [entry.count for entry in keeper.entries(OWNER)] == [2]


def test_the_end_of_an_answer_takes_the_place_of_its_beginning(keeper: TalkKeeper) -> None:
    begun = keeper.keep_last(OWNER, Talk((replace(done(), stage="searching", answer=None),)))
    ended = keeper.keep_last(OWNER, begun.with_last(done()))
    assert ended.id == begun.id
    assert [one.stage for one in keeper.open(OWNER, ended.id).exchanges] == ["answered"]


def test_what_was_being_written_when_the_program_ended_is_stopped(keeper: TalkKeeper) -> None:
    begun = keeper.keep_last(OWNER, Talk((replace(done(), stage="writing", answer=None),)))
    assert keeper.open(OWNER, begun.id).exchanges[0].stage == "stopped"


def test_nobody_else_can_open_list_like_or_delete_it(keeper: TalkKeeper) -> None:
    talk = keeper.keep_last(OWNER, Talk((done(),)))
    assert keeper.entries(OTHER) == ()
    for owner in (OTHER, ""):
        with pytest.raises(NotKept):
            keeper.open(owner, talk.id)
    with pytest.raises(NotKept):
        keeper.like(OTHER, talk, 0, True, "")
    with pytest.raises(NotKept):
        keeper.delete(OTHER, talk.id)
    assert keeper.open(OWNER, talk.id) == talk


def test_a_visitor_without_a_token_is_answered_and_not_kept(keeper: TalkKeeper) -> None:
    talk = Talk((done(),))
    assert keeper.keep_last("", talk) == talk
    assert keeper.entries("") == ()


def test_editing_drops_what_follows(keeper: TalkKeeper) -> None:
    talk = keeper.keep_last(OWNER, Talk((done(),)))
    talk = keeper.keep_last(OWNER, talk.add(done("Екінші?")))
    left = keeper.drop_from(OWNER, talk, 1)
    assert len(left.exchanges) == len(keeper.open(OWNER, talk.id).exchanges) == 1


def test_a_thumb_and_its_remark_are_kept(keeper: TalkKeeper) -> None:
    talk = keeper.keep_last(OWNER, Talk((done(),)))
    liked = keeper.like(OWNER, talk, 0, False, "жылы бұрыс")
    assert keeper.open(OWNER, talk.id) == liked
    assert (liked.exchanges[0].liked, liked.exchanges[0].remark) == (False, "жылы бұрыс")
