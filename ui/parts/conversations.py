"""The list of a visitor's conversations beside the chat, and the line above it.

Whatever an event names is looked up among the things of the one who sent it, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant import FixableError, Language
from ui.chat import Talk
from ui.keeping import NotKept
from ui.kept_talk import TalkKeeper
from ui.parts.chat import ChatPart
from ui.parts.citation import CitationPart
from ui.parts.download import file_markup
from ui.parts.frame import Frame
from ui.rendering import banner_markup, messages
from ui.shelf import bar_markup, shelf_markup
from ui.transcripts import Transcripts
from ui.wording import TALK_WORDS

_SCRIPT = Path(__file__).parents[1] / "assets" / "shelf.js"


class ConversationsPart:
    """The list and the line above the chat.

    Args:
        chat: The chat that shows the open conversation.
        citation: The panel, which is shut when another conversation is opened.
        keeper: Keeps the conversations.
        transcripts: Writes them as files.
    """

    def __init__(
        self,
        chat: ChatPart,
        citation: CitationPart,
        keeper: TalkKeeper,
        transcripts: Transcripts,
    ) -> None:
        self._chat = chat
        self._citation = citation
        self._keeper = keeper
        self._transcripts = transcripts

    def build_list(self, language: Language) -> None:
        """The list, still empty: whose it is becomes known when the page has loaded."""
        self._sought = gr.State("")
        self._shelf = gr.HTML(
            shelf_markup((), "", "", TALK_WORDS[language]),
            elem_id="shelf",
            js_on_load=_SCRIPT.read_text(encoding="utf-8"),
            apply_default_css=False,
        )

    def build_bar(self, language: Language) -> None:
        """The line above the chat."""
        self._bar = gr.HTML(
            bar_markup("", False, TALK_WORDS[language]),
            elem_id="bar",
            js_on_load=None,
            apply_default_css=False,
        )

    def wire(self, frame: Frame) -> None:
        """Register the events."""
        self._frame = frame
        quiet: dict[str, Any] = {
            "show_progress": "hidden", "api_visibility": "private", "queue": False,
        }  # fmt: skip
        seen = [self._chat.talk, frame.language, frame.visitor, self._sought]
        drawn = [
            self._chat.talk, self._chat.chat, self._chat.banner, self._chat.offers,
            self._shelf, self._bar, self._citation.target, self._citation.panel,
        ]  # fmt: skip
        self._shelf.fresh(self._fresh, seen, drawn, **quiet)
        self._shelf.opened(self._open, seen, drawn, **quiet)
        self._shelf.removed(self._remove, seen, drawn, **quiet)
        listed = [self._chat.talk, self._shelf, self._bar, self._chat.banner]
        self._shelf.renamed(self._rename, seen, listed, **quiet)
        self._shelf.sought(self._seek, seen, [self._sought, self._shelf], **quiet)
        self._chat.exporting(self._export, seen, [frame.download, self._chat.banner])
        for asked in self._chat.asked:
            asked.then(self._listed, seen, [self._shelf, self._bar], **quiet)
        for moment in (frame.language.change, frame.visitor.change, frame.blocks.load):
            moment(self._listed, seen, [self._shelf, self._bar], **quiet)

    # Handlers

    def _fresh(
        self, talk: Talk, language: Language, visitor: str | None, sought: str, request: gr.Request
    ) -> tuple[Any, ...]:
        """Begin a new conversation; the old one stays in the list."""
        if self._busy(request):
            return self._told(TALK_WORDS[language].busy)
        return self._drawn(Talk(), language, visitor, sought, request)

    def _open(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        sought: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """Open a kept conversation where it ended."""
        if self._busy(request):
            return self._told(TALK_WORDS[language].busy)
        try:
            found = self._keeper.open(self._frame.owner(request, visitor), str(event.target_name))
        except NotKept:
            return self._told(TALK_WORDS[language].not_yours)
        except FixableError as error:
            return self._told(str(error))
        return self._drawn(found, language, visitor, sought, request)

    def _remove(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        sought: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """Delete a conversation; when it is the open one, a new one is begun."""
        if self._busy(request):
            return self._told(TALK_WORDS[language].busy)
        id = str(event.target_name)
        try:
            self._keeper.delete(self._frame.owner(request, visitor), id)
        except NotKept:
            return self._told(TALK_WORDS[language].not_yours)
        except FixableError as error:
            return self._told(str(error))
        if talk.id == id:
            return self._drawn(Talk(), language, visitor, sought, request)
        shelf, bar = self._listed(talk, language, visitor, sought, request)
        kept = gr.skip()
        return kept, kept, "", kept, shelf, bar, kept, kept

    def _rename(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        sought: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """Give a conversation another name."""
        id, title = str(event.target_name), str(event.title)[:120]
        try:
            self._keeper.rename(self._frame.owner(request, visitor), id, title)
        except NotKept:
            return (*(gr.skip(),) * 3, banner_markup(TALK_WORDS[language].not_yours))
        except FixableError as error:
            return (*(gr.skip(),) * 3, banner_markup(str(error)))
        if talk.id == id:
            talk = talk.kept_as(id, " ".join(title.split()))
        return talk, *self._listed(talk, language, visitor, sought, request), ""

    def _seek(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        sought: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[str, str]:
        """Search the list."""
        words = str(event.words)[:200]
        return words, self._listed(talk, language, visitor, words, request)[0]

    def _export(
        self,
        talk: Talk,
        language: Language,
        visitor: str | None,
        sought: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, str]:
        """Hand the open conversation to its visitor as a file."""
        if not any(exchange.answer for exchange in talk.exchanges):
            return gr.skip(), banner_markup(TALK_WORDS[language].nothing_to_export)
        owner = self._frame.owner(request, visitor)
        try:
            file = self._transcripts.of_talk(owner, talk, str(event.format), language)
        except FixableError as error:
            return gr.skip(), banner_markup(str(error))
        return file_markup(file.name, file.media_type, file.content), ""

    def _listed(
        self, talk: Talk, language: Language, visitor: str | None, sought: str, request: gr.Request
    ) -> tuple[str, str]:
        """The list and the line above the chat as they now are."""
        words = TALK_WORDS[language]
        try:
            entries = self._keeper.entries(self._frame.owner(request, visitor), sought)
        except FixableError as error:
            return f'<nav class="shelf">{banner_markup(str(error))}</nav>', gr.skip()
        answered = any(exchange.answer for exchange in talk.exchanges)
        return (
            shelf_markup(entries, talk.id, sought, words),
            bar_markup(talk.title, answered, words),
        )

    def _drawn(
        self, talk: Talk, language: Language, visitor: str | None, sought: str, request: gr.Request
    ) -> tuple[Any, ...]:
        """A conversation with everything around it; the order is that of `wire`."""
        shown = messages(talk, self._chat.view(language))
        shelf, bar = self._listed(talk, language, visitor, sought, request)
        return talk, shown, "", "", shelf, bar, *self._citation.closed(language)

    def _busy(self, request: gr.Request) -> bool:
        return self._chat.runs.is_busy(str(request.session_hash))

    @staticmethod
    def _told(why: str) -> tuple[Any, ...]:
        kept = gr.skip()
        return kept, kept, banner_markup(why), kept, kept, kept, kept, kept
