"""The list of a visitor's conversations beside the chat, and the line above it.

Whatever an event names is looked up among the things of the one who sent it, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import FixableError, Language
from ui.chat import Talk
from ui.kept_talk import TalkKeeper
from ui.parts.chat import ChatPart, Update
from ui.parts.citation import CitationPart
from ui.parts.download import file_markup
from ui.parts.frame import Frame
from ui.rendering import banner_markup, messages
from ui.shelf import bar_markup, shelf_markup
from ui.transcripts import Transcripts
from ui.wording import TALK_WORDS, trouble_text

_SCRIPT = Path(__file__).parents[1] / "assets" / "shelf.js"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}


@dataclass(frozen=True)
class _Wish:
    """What a visitor wants, and who and where they are.

    Attributes:
        talk: The open conversation.
        language: Of the page.
        owner: See `Frame.owner`.
        sought: What the list was searched for.
        event: What was pressed, with what the page's script says of it.
    """

    talk: Talk
    language: Language
    owner: str
    sought: str
    event: gr.EventData


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
        seen = [self._chat.talk, frame.language, frame.visitor, self._sought]
        drawn = [
            self._chat.talk, self._chat.chat, self._chat.banner, self._chat.offers,
            self._chat.editing, self._shelf, self._bar, self._sought,
            self._citation.target, self._citation.panel,
        ]  # fmt: skip
        wishes = [
            (self._shelf.fresh, self._fresh),
            (self._shelf.opened, self._open),
            (self._shelf.removed, self._remove),
        ]
        for event, handler in wishes:
            event(self._granting(handler, idle=True), seen, drawn, **_QUIET)
        self._shelf.renamed(self._granting(self._rename), seen, drawn, **_QUIET)
        self._shelf.sought(self._granting(self._seek), seen, drawn, **_QUIET)
        self._chat.exporting(
            self._granting(self._export), seen, [frame.download, self._chat.banner]
        )
        listed = [self._shelf, self._bar]
        self._chat.after_each(self._listed, seen, listed)
        for moment in (frame.language.change, frame.visitor.change, frame.blocks.load):
            moment(self._listed, seen, listed, **_QUIET)

    # Handlers

    def _granting(
        self, handler: Callable[[_Wish], Update], *, idle: bool = False
    ) -> Callable[..., Update]:
        """A handler as Gradio calls it; what cannot be granted is said above the box.

        Args:
            handler: Grants a wish.
            idle: Whether it must wait until no answer is being written on this page.
        """

        def handle(
            talk: Talk,
            language: Language,
            visitor: str | None,
            sought: str,
            event: gr.EventData,
            request: gr.Request,
        ) -> Update:
            if idle and self._chat.runs.is_busy(str(request.session_hash)):
                return {self._chat.banner: banner_markup(TALK_WORDS[language].busy)}
            owner = self._frame.owner(request, visitor)
            try:
                return handler(_Wish(talk, language, owner, sought, event))
            except FixableError as error:
                return {self._chat.banner: banner_markup(trouble_text(error, language))}

        return handle

    def _fresh(self, wish: _Wish) -> Update:
        """Begin a new conversation; the old one stays in the list."""
        return self._shown(wish, Talk())

    def _open(self, wish: _Wish) -> Update:
        """Open a kept conversation where it ended."""
        return self._shown(wish, self._keeper.open(wish.owner, str(wish.event.target_name)))

    def _remove(self, wish: _Wish) -> Update:
        """Delete a conversation; when it is the open one, a new one is begun."""
        id = str(wish.event.target_name)
        self._keeper.delete(wish.owner, id)
        if wish.talk.id == id:
            return self._shown(wish, Talk())
        return {self._chat.banner: "", **self._drawn_list(wish, wish.talk)}

    def _rename(self, wish: _Wish) -> Update:
        """Give a conversation another name."""
        id, title = str(wish.event.target_name), str(wish.event.title)[:120]
        self._keeper.rename(wish.owner, id, title)
        talk = wish.talk
        if talk.id == id:
            talk = talk.kept_as(id, self._keeper.title(wish.owner, id))
        return {self._chat.talk: talk, self._chat.banner: "", **self._drawn_list(wish, talk)}

    def _seek(self, wish: _Wish) -> Update:
        """Search the list."""
        words = str(wish.event.words)[:200]
        shelf, _ = self._list_and_bar(wish.talk, wish.language, wish.owner, words)
        return {self._sought: words, self._shelf: shelf}

    def _export(self, wish: _Wish) -> Update:
        """Hand the open conversation to its visitor as a file."""
        if not any(exchange.answer for exchange in wish.talk.exchanges):
            told = TALK_WORDS[wish.language].nothing_to_export
            return {self._chat.banner: banner_markup(told)}
        form = str(wish.event.format)
        file = self._transcripts.of_talk(wish.owner, wish.talk, form, wish.language)
        return {self._frame.download: file_markup(file.name, file.media_type, file.content)}

    def _listed(
        self, talk: Talk, language: Language, visitor: str | None, sought: str, request: gr.Request
    ) -> tuple[str, str]:
        """The list and the line above the chat as they now are."""
        return self._list_and_bar(talk, language, self._frame.owner(request, visitor), sought)

    # Drawing

    def _shown(self, wish: _Wish, talk: Talk) -> Update:
        """Another conversation with everything around it; nothing of the last one stays."""
        target, panel = self._citation.closed(wish.language)
        return {
            self._chat.talk: talk,
            self._chat.chat: messages(talk, self._chat.view(wish.language)),
            self._chat.banner: "",
            self._chat.offers: "",
            self._chat.editing: None,
            self._citation.target: target,
            self._citation.panel: panel,
            **self._drawn_list(wish, talk),
        }

    def _drawn_list(self, wish: _Wish, talk: Talk) -> Update:
        shelf, bar = self._list_and_bar(talk, wish.language, wish.owner, wish.sought)
        return {self._shelf: shelf, self._bar: bar}

    def _list_and_bar(
        self, talk: Talk, language: Language, owner: str, sought: str
    ) -> tuple[str, str]:
        words = TALK_WORDS[language]
        answered = any(exchange.answer for exchange in talk.exchanges)
        bar = bar_markup(talk.title, answered, words)
        try:
            entries = self._keeper.entries(owner, sought)
        except FixableError as error:
            told = banner_markup(trouble_text(error, language))
            return f'<nav class="shelf">{told}</nav>', bar
        return shelf_markup(entries, talk.id, sought, words), bar
