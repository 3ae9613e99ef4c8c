"""The page: a head with the language switch, and its parts side by side.

Gradio is named here, in `server` and in `parts/`, nowhere else in the project. What a component
shows comes from pure modules, what an event does from the parts, every sentence from `wording`, and
how it looks from `assets/`.

Gradio's own habits that are switched off, because nothing may leave this machine and nobody asked
for them: usage statistics, the list of earlier calls in the browser, the monitoring page, sharing,
the footer. Statistics are decided at its import, hence the lines above it.
"""

from __future__ import annotations

import os
import secrets
import weakref
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr

from assistant import Assistant, Language
from ui.chat import Talk
from ui.keeping import FILE, Shelf
from ui.kept_talk import TalkKeeper
from ui.limits import Limits
from ui.parts import api
from ui.parts.chat import ChatPart
from ui.parts.citation import CitationPart
from ui.parts.conversations import ConversationsPart
from ui.parts.desk import DeskPart
from ui.parts.download import download_outlet
from ui.parts.evaluation import EvaluationPart
from ui.parts.frame import Frame
from ui.parts.reader import ReaderPart
from ui.reading.marks import CitedHere
from ui.rendering import account_markup, brand_markup, cited_here, theme_markup
from ui.serving.options import AT_ONCE
from ui.transcripts import Transcripts
from ui.wording import DEFAULT_LANGUAGE, LANGUAGES, TALK_WORDS, WORDS

VISITOR_KEY = "dayek-visitor"
"""Under which a browser keeps its token."""

_ASSETS = Path(__file__).parent / "assets"
_FONTS = ["Segoe UI", "Roboto", "Noto Sans", "Arial", "Liberation Sans", "sans-serif"]


def build_page(
    assistant: Assistant,
    home: Path | None = None,
    limits: Limits | None = None,
    *,
    at_once: int = AT_ONCE,
) -> gr.Blocks:
    """The page over one assistant, not yet served.

    Args:
        assistant: Who answers.
        home: The data folder, where conversations are kept; None forgets them with the page.
        limits: How often a visitor may ask; None for no limit.
        at_once: Questions answered at the same time.

    Raises:
        ShelfError: The conversations cannot be kept there.
    """
    if home is not None:
        return _Page(assistant, home, limits or Limits(0), at_once).blocks
    forgotten = TemporaryDirectory(prefix="dayek-", ignore_cleanup_errors=True)
    page = _Page(assistant, Path(forgotten.name), limits or Limits(0), at_once).blocks
    weakref.finalize(page, forgotten.cleanup)
    return page


@dataclass(frozen=True)
class Dress:
    """How the page looks and behaves in the browser: what Gradio wants to know when it serves.

    Attributes:
        theme: Gradio's plain theme in our colours.
        head: Our style sheet, as markup for the head of the page.
        js: Our script, run once when the page has been loaded.
        favicon_path: Its picture in the browser's tab.
    """

    theme: gr.themes.Base
    head: str
    js: str
    favicon_path: Path


def dress() -> Dress:
    """The looks of the page, read from `assets/`; `page.css` first, its colours serve the rest."""
    sheets = sorted(_ASSETS.glob("*.css"), key=lambda sheet: (sheet.name != "page.css", sheet.name))
    # Given as css=, Gradio would rewrite the selectors.
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return Dress(_theme(), f"<style>{style}</style>", _asset("page.js"), _ASSETS / "favicon.svg")


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _tab_names(language: Language) -> dict[str, str]:
    """The parts of the page in their order: id to name."""
    words = TALK_WORDS[language]
    return {
        "chat": words.chat_tab,
        "reader": words.reader_tab,
        "desk": words.desk_tab,
        "evaluation": words.evaluation_tab,
    }


def _theme() -> gr.themes.Base:
    """Gradio's plain theme with the fonts of the reader's system: plain names load nothing."""
    theme = gr.themes.Base(font=_FONTS, font_mono=["Consolas", "Liberation Mono", "monospace"])
    return theme.set(
        body_background_fill="#f7f5f0",
        body_background_fill_dark="#14181d",
        body_text_color="#1c2530",
        body_text_color_dark="#e9e6df",
    )


def _browser_secret(home: Path) -> str:
    """The word with which browsers keep their token; the same after a restart."""
    file = home / "browser.secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


class _Page:
    """The frame, and the parts in it."""

    def __init__(self, assistant: Assistant, home: Path, limits: Limits, at_once: int) -> None:
        self._work = assistant.work
        shelf = Shelf(home / FILE)
        keeper = TalkKeeper(shelf)
        self._chat = ChatPart(assistant, keeper, limits, at_once)
        self._citation = CitationPart(self._chat)
        transcripts = Transcripts(assistant, shelf)
        self._conversations = ConversationsPart(self._chat, self._citation, keeper, transcripts)
        self._reader = ReaderPart(assistant)
        self._desk = DeskPart(self._chat, shelf, transcripts)
        self._evaluation = EvaluationPart(home)
        self._secret = _browser_secret(home)
        title = f"{WORDS[DEFAULT_LANGUAGE].name} — {self._work.title}"
        self.blocks: gr.Blocks = gr.Blocks(
            title=title, analytics_enabled=False, fill_width=True, fill_height=True
        )
        with self.blocks:
            self._build(DEFAULT_LANGUAGE)
            self._wire()
            api.register(assistant, limits, at_once=at_once)

    # Components

    def _build(self, language: Language) -> None:
        self._visitor = gr.BrowserState("", storage_key=VISITOR_KEY, secret=self._secret)
        self._check = gr.State(None)
        self._download = download_outlet()
        self._reader.build_door()
        self._build_head(language)
        builds = {
            "chat": self._build_chat,
            "reader": self._reader.build,
            "desk": self._desk.build,
            "evaluation": self._evaluation.build,
        }
        self._tabs: dict[str, gr.Tab] = {}
        with gr.Tabs(elem_id="tabs", selected="chat"):
            for name, build in builds.items():
                with gr.Tab(_tab_names(language)[name], id=name, elem_id=f"{name}-tab") as tab:
                    build(language)
                self._tabs[name] = tab

    def _build_chat(self, language: Language) -> None:
        """The list of conversations, the chat, and the panel of citations, side by side."""
        with gr.Row(elem_id="chat-desk"):
            with gr.Column(elem_id="list", min_width=0):
                self._conversations.build_list(language)
            with gr.Column(elem_id="talk", min_width=0):
                self._conversations.build_bar(language)
                self._chat.build(language)
            with gr.Column(elem_id="side", min_width=0):
                self._citation.build(language)

    def _build_head(self, language: Language) -> None:
        with gr.Row(elem_id="head"):
            self._brand = gr.HTML(
                brand_markup(self._work.title, language, self._chat.view(language)),
                elem_id="brand",
                js_on_load=None,
                apply_default_css=False,
            )
            self._language = gr.Radio(
                choices=list(LANGUAGES),
                value=language,
                label=WORDS[language].language_label,
                container=False,
                elem_id="language",
                min_width=0,
            )
            self._account = gr.HTML("", elem_id="account", js_on_load=None, apply_default_css=False)
            self._theme_switch = gr.HTML(
                theme_markup(WORDS[language]),
                elem_id="theme",
                js_on_load=None,
                apply_default_css=False,
            )

    # Events

    def _wire(self) -> None:
        frame = Frame(self.blocks, self._language, self._visitor, self._download)
        self._chat.wire(frame, self._check)
        self._citation.wire(frame)
        self._conversations.wire(frame)
        self._reader.wire(frame)
        self._desk.wire(frame, self._check, self._tabs["desk"])
        self._evaluation.wire(frame)
        quiet: dict[str, Any] = {
            "show_progress": "hidden", "api_visibility": "private", "queue": False,
        }  # fmt: skip
        self._language.input(None, self._language, None, js=_asset("remember.js"), **quiet)
        self._language.change(
            self._translate,
            self._language,
            [self._brand, self._theme_switch, self._account, *self._tabs.values()],
            **quiet,
        )
        cites: dict[str, Any] = {
            "fn": self._cites, "inputs": self._chat.talk, "outputs": self._reader.cited, **quiet,
        }  # fmt: skip
        self._reader.draw_after(self._tabs["reader"].select(**cites))
        self.blocks.load(
            self._welcome_back,
            [self._language, self._visitor],
            [self._language, self._visitor, self._account],
            js=_asset("recall.js"),
            **quiet,
        )

    def _translate(self, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """The frame in another language; the parts draw themselves."""
        return (
            brand_markup(self._work.title, language, self._chat.view(language)),
            theme_markup(WORDS[language]),
            account_markup(request.username, TALK_WORDS[language]),
            *(gr.update(label=name) for name in _tab_names(language).values()),
        )

    @staticmethod
    def _cites(talk: Talk) -> tuple[CitedHere, ...]:
        """What this conversation cites, for the reader."""
        return cited_here(talk)

    def _welcome_back(
        self, language: Language, visitor: str | None, request: gr.Request
    ) -> tuple[Any, Any, str]:
        """The language that this browser chose the last time, its token, who has signed in.

        A language that stands there already is not touched: a quick visitor may have begun by now.
        """
        shown = gr.skip() if language == DEFAULT_LANGUAGE else language
        token = gr.skip() if visitor else Frame.new_visitor()
        return shown, token, account_markup(request.username, TALK_WORDS[language])
