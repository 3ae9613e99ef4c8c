"""The examiner's desk: the open conversation's answers, judged statement by statement and signed.

Whatever is judged is kept at once, among the things of the one who sent it and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant import FixableError, Language
from ui.chat import Talk
from ui.desk import Checking, desk_markup
from ui.keeping import JUDGEMENTS, NotJudgeable, Record, Shelf
from ui.parts.chat import ChatPart
from ui.parts.download import file_markup
from ui.parts.frame import Frame
from ui.transcripts import Transcripts

_SCRIPT = Path(__file__).parents[1] / "assets" / "desk.js"


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
        self.desk.judge(self._judge, seen, self.desk, **quiet)
        self.desk.sign(self._sign, seen, self.desk, **quiet)
        self.desk.unsign(self._unsign, seen, self.desk, **quiet)
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

    def _judge(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        position: int | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> str:
        """Keep a judgement and its remark."""
        owner = self._frame.owner(request, visitor)
        wanted = str(event.judgement)
        judgement = next((one for one in JUDGEMENTS if one == wanted), None)
        problem = ""
        try:
            self._shelf.judge(
                owner,
                talk.id,
                _position(position),
                int(event.statement),
                judgement,
                str(event.remark)[:1000],
            )
        except FixableError as error:
            problem = str(error)
        return self._drawn(talk, language, owner, position, problem)

    def _sign(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        position: int | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> str:
        owner, problem = self._frame.owner(request, visitor), ""
        try:
            self._shelf.sign(owner, talk.id, _position(position), str(event.name)[:120])
        except FixableError as error:
            problem = str(error)
        return self._drawn(talk, language, owner, position, problem)

    def _unsign(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        position: int | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> str:
        owner, problem = self._frame.owner(request, visitor), ""
        try:
            self._shelf.unsign(
                owner,
                talk.id,
                _position(position),
                str(event.name)[:120],
                str(event.reason)[:1000],
            )
        except FixableError as error:
            problem = str(error)
        return self._drawn(talk, language, owner, position, problem)

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
            return gr.skip(), self._drawn(talk, language, owner, position, str(error))
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
                problem = problem or str(error)
        return desk_markup(Checking(talk, records, position, problem), self._chat.view(language))


def _position(position: int | None) -> int:
    """The open exchange; one that does not exist when none is open."""
    return -1 if position is None else position
