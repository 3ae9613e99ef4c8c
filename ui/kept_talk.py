"""A talk on its way to the shelf of conversations and back.

A visitor without a token owns nothing, so their talk is not kept. Nor does a full disk keep anybody
from reading an answer: what cannot be kept is told in the log, and the talk goes on.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import get_args

from assistant import FixableError
from ui.chat import UNFINISHED, Exchange, Stage, Talk
from ui.keeping import Kept, KeptExchange, NotKept, Shelf
from ui.shelf import Entry

_log = logging.getLogger(__name__)

_STAGES: frozenset[str] = frozenset(get_args(Stage))


class TalkKeeper:
    """Keeps talks for their owners.

    Args:
        shelf: Where they are kept.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def entries(self, owner: str, sought: str = "") -> tuple[Entry, ...]:
        """The owner's conversations, newest first; those that hold the sought words."""
        if not owner:
            return ()
        found = self._shelf.find(owner, sought) if sought.strip() else self._shelf.list(owner)
        return tuple(_entry(kept) for kept in found if kept.count)

    def open(self, owner: str, id: str) -> Talk:
        """A kept talk; what was unfinished when it was kept counts as stopped.

        Raises:
            NotKept: This owner has none of that id.
        """
        if not owner:
            raise NotKept("There is no such conversation.", "Choose one from the list.")
        exchanges = tuple(_exchange(kept) for kept in self._shelf.load(owner, id))
        return Talk(exchanges, id, self._shelf.get(owner, id).title).stopped()

    def keep_last(self, owner: str, talk: Talk) -> Talk:
        """Keep the last exchange of a talk: a new one is added, a kept one replaced.

        Returns:
            The talk with the id under which it is kept; unchanged when it cannot be.
        """
        if not owner or not talk.exchanges:
            return talk
        try:
            kept = self._shelf.get(owner, talk.id) if talk.id else self._shelf.begin(owner)
            exchange = _kept(talk.exchanges[-1], len(talk.exchanges) - 1)
            if kept.count >= len(talk.exchanges):
                self._shelf.replace(owner, kept.id, exchange)
            else:
                self._shelf.add(owner, kept.id, exchange)
            title = talk.title or self._shelf.get(owner, kept.id).title
            return talk.kept_as(kept.id, title)
        except FixableError:
            _log.exception("A conversation could not be kept")
            return talk

    def drop_from(self, owner: str, talk: Talk, index: int) -> Talk:
        """The talk without the exchange at an index and all after it, on the shelf too.

        Raises:
            SignedRecord: One of them has a signed record.
            ShelfError: The shelf cannot be written.
        """
        if owner and talk.id:
            self._shelf.drop_from(owner, talk.id, index)
        return talk.up_to(index)

    def like(self, owner: str, talk: Talk, index: int, liked: bool | None, remark: str) -> Talk:
        """The talk with a visitor's thumb and remark at one exchange.

        Raises:
            NotKept: The talk is not this owner's.
            ShelfError: It cannot be written.
        """
        if owner and talk.id:
            self._shelf.like(owner, talk.id, index, liked, remark)
        return talk.with_one(index, replace(talk.exchanges[index], liked=liked, remark=remark))

    def title(self, owner: str, id: str) -> str:
        """By which the owner finds a conversation.

        Raises:
            NotKept: It is not this owner's.
        """
        return self._shelf.get(owner, id).title

    def rename(self, owner: str, id: str, title: str) -> None:
        """Give a conversation another name.

        Raises:
            NotKept: It is not this owner's.
            ShelfError: It cannot be written.
        """
        self._shelf.rename(owner, id, title)

    def delete(self, owner: str, id: str) -> None:
        """Delete a conversation for good.

        Raises:
            NotKept: It is not this owner's.
            ShelfError: It cannot be written.
        """
        self._shelf.delete(owner, id)


def _entry(kept: Kept) -> Entry:
    return Entry(kept.id, kept.title, kept.count, kept.changed[:10])


def _kept(exchange: Exchange, position: int) -> KeptExchange:
    return KeptExchange(
        position=position,
        question=exchange.question,
        standalone_question=exchange.standalone_question,
        stage=exchange.stage,
        text=exchange.text,
        problem=exchange.problem,
        answer=exchange.answer,
        asked_at=exchange.asked_at,
        liked=exchange.liked,
        remark=exchange.remark,
    )


def _exchange(kept: KeptExchange) -> Exchange:
    stage: Stage = "fault"
    if kept.stage in UNFINISHED:
        stage = "stopped"
    elif kept.stage in _STAGES:
        stage = kept.stage  # type: ignore[assignment]
    return Exchange(
        question=kept.question,
        stage=stage,
        standalone_question=kept.standalone_question,
        text=kept.text,
        answer=kept.answer,
        problem=kept.problem,
        asked_at=kept.asked_at,
        liked=kept.liked,
        remark=kept.remark,
    )


def kept_exchanges(talk: Talk) -> tuple[KeptExchange, ...]:
    """The exchanges of a talk as they are kept."""
    return tuple(_kept(exchange, position) for position, exchange in enumerate(talk.exchanges))
