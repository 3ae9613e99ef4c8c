"""The examiner's desk: the open conversation's answers, judged statement by statement and signed.

Whatever is judged is kept at once, among the things of the one who sent it and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from assistant import FixableError, Language
from ui.chat import Talk
from ui.desk import Checking, desk_markup
from ui.keeping import JUDGEMENTS, NotJudgeable, Record, Shelf
from ui.parts.chat import ChatPart
from ui.parts.download import file_markup
from ui.parts.frame import Frame
from ui.transcripts import Transcripts
from ui.wording import trouble_text

_SCRIPT = Path(__file__).parents[1] / "assets" / "desk.js"


class _Place(NamedTuple):
    """Whose record it is, in which conversation, of which exchange."""

    owner: str
    talk_id: str
    position: int


class DeskPart:
    """The desk's component and the handlers of its events.

    Args:
        chat: Whose conversation lies on the desk.
        shelf: Where records are kept.
        transcripts: Writes them as files.
    """

    def __init__(self, chat: ChatPart, shelf: Shelf, transcripts: Transcripts) -> None:
        self._chat = chat
        self._shelf = shelf
        self._transcripts = transcripts

    def build(self, language: Language) -> None:
        """The desk, with nothing on it."""
        self.desk = gr.HTML(
            desk_markup(Checking(Talk(), {}, None), self._chat.view(language)),
            elem_id="desk-sheet",
            js_on_load=_SCRIPT.read_text(encoding="utf-8"),
            apply_default_css=False,
        )

    def wire(self, frame: Frame, check: gr.State, tab: gr.Tab) -> None:
        """Register the events.

        Args:
            frame: The page.
            check: Position of the exchange on the desk; None for none.
            tab: Where the desk stands; it is drawn anew whenever somebody comes to it.
        """
        self._frame = frame
        quiet: dict[str, Any] = {
            "show_progress": "hidden", "api_visibility": "private", "queue": False,
        }  # fmt: skip
        seen = [self._chat.talk, frame.language, frame.visitor, check]
        self._chat.checked.then(self._draw, seen, self.desk, **quiet)
        tab.select(self._draw, seen, self.desk, **quiet)
        frame.language.change(self._draw, seen, self.desk, **quiet)
        chosen = self.desk.choose(self._choose, None, check, **quiet)
        chosen.then(self._draw, seen, self.desk, **quiet)
        for event, change in (
            (self.desk.judge, self._judge),
            (self.desk.sign, self._sign),
            (self.desk.unsign, self._unsign),
        ):
            event(self._changing(change), seen, self.desk, **quiet)
        export: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        self.desk.wanted(self._export, seen, [frame.download, self.desk], **export)

    # Handlers

    def _choose(self, event: gr.EventData) -> int:
        return int(event.position)

    def _draw(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        position: int | None,
        request: gr.Request,
    ) -> str:
        return self._drawn(talk, language, self._frame.owner(request, visitor), position)

    def _changing(self, change: Callable[[_Place, gr.EventData], object]) -> Callable[..., str]:
        """A handler that changes the open record and draws the desk, with what went wrong."""

        def handle(
            talk: Talk,
            language: Language,
            visitor: str | None,
            position: int | None,
            event: gr.EventData,
            request: gr.Request,
        ) -> str:
            owner, problem = self._frame.owner(request, visitor), ""
            try:
                change(_Place(owner, talk.id, _position(position)), event)
            except FixableError as error:
                problem = trouble_text(error, language)
            return self._drawn(talk, language, owner, position, problem)

        return handle

    def _judge(self, place: _Place, event: gr.EventData) -> None:
        """Keep a judgement and its remark."""
        judgement = next((one for one in JUDGEMENTS if one == str(event.judgement)), None)
        statement, remark = int(event.statement), str(event.remark)[:1000]
        self._shelf.judge(*place, statement, judgement, remark)

    def _sign(self, place: _Place, event: gr.EventData) -> None:
        self._shelf.sign(*place, str(event.name)[:120])

    def _unsign(self, place: _Place, event: gr.EventData) -> None:
        self._shelf.unsign(*place, str(event.name)[:120], str(event.reason)[:1000])

    def _export(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        position: int | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, Any]:
        """Hand out the record of the open exchange."""
        owner = self._frame.owner(request, visitor)
        try:
            file = self._transcripts.of_exchange(
                owner, talk, _position(position), str(event.format), language
            )
        except FixableError as error:
            problem = trouble_text(error, language)
            return gr.skip(), self._drawn(talk, language, owner, position, problem)
        return file_markup(file.name, file.media_type, file.content), gr.skip()

    def _drawn(
        self,
        talk: Talk,
        language: Language,
        owner: str,
        position: int | None,
        problem: str = "",
    ) -> str:
        records: dict[int, Record] = {}
        for at, exchange in enumerate(talk.exchanges):
            if exchange.answer is None or not owner or not talk.id:
                continue
            try:
                records[at] = self._shelf.record(owner, talk.id, at)
            except NotJudgeable:
                continue
            except FixableError as error:
                problem = problem or trouble_text(error, language)
        return desk_markup(Checking(talk, records, position, problem), self._chat.view(language))


def _position(position: int | None) -> int:
    """The open exchange; one that does not exist when none is open."""
    return -1 if position is None else position
