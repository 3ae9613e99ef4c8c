"""The page: which components it has, and which event goes to which handler.

Gradio is named here and nowhere else. What a component shows comes from `rendering` and `panel`,
what an event does to the talk from `chat`, every sentence from `wording`, and how it looks from
`assets/`. The talk of a visitor lives in `gr.State`, one for each open page.

Gradio's own habits that are switched off, because nothing may leave this machine and nobody asked
for them: usage statistics, the list of earlier calls in the browser, the monitoring page, sharing,
the footer. Statistics are decided at its import, hence the lines above it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr
from gradio.events import api

from assistant import Assistant, FixableError, Language, Surroundings
from ui.chat import Talk, flaw, respond
from ui.errors import PortTaken, check_address
from ui.panel import panel_markup
from ui.places import find
from ui.rendering import (
    View,
    banner_markup,
    brand_markup,
    messages,
    theme_markup,
    welcome_markup,
)
from ui.wording import DEFAULT_LANGUAGE, LANGUAGES, WORDS, reason_text

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860

AT_ONCE = 2
"""Questions answered at the same time; an answer is computing work, and this fits two cores."""

WAITING = 20
"""Questions that may wait in line; the next one is told to come again."""

_ASSETS = Path(__file__).parent / "assets"
_FONTS = ["Segoe UI", "Roboto", "Noto Sans", "Arial", "Liberation Sans", "sans-serif"]

Update = dict[Any, Any]


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page over one assistant, not yet served.

    It has one endpoint for programs, `ask`: a question in, the `Answer` out as JSON.
    """
    return _Page(assistant).blocks


def serve(
    assistant: Assistant,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    wait: bool = True,
) -> gr.Blocks:
    """Serve the page.

    Args:
        assistant: Who answers.
        host: Address to listen at; the default is reachable from this machine only.
        port: 1 to 65535.
        wait: Whether to return only when the page is stopped (Ctrl-C). With False the page is
            served in the background until its `close()`.

    Returns:
        The page that is, or was, served.

    Raises:
        PortTaken: Another program listens there.
        AddressNotOurs: This machine has no such address, or forbids it.
    """
    check_address(host, port)
    page = build_page(assistant)
    page.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=not wait,
            theme=_theme(),
            head=f"<style>{_asset('page.css')}</style>",  # css= would rewrite the selectors
            js=_asset("page.js"),
            favicon_path=_ASSETS / "favicon.svg",
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            share=False,
            ssr_mode=False,
            show_error=False,
            quiet=True,
        )
    except OSError as error:  # somebody was quicker than we
        raise PortTaken(
            f"Port {port} of {host} is taken by another program.",
            "Choose another port with --port.",
        ) from error
    return page


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _theme() -> gr.themes.Base:
    """Gradio's plain theme with the fonts of the reader's system: plain names load nothing."""
    theme = gr.themes.Base(font=_FONTS, font_mono=["Consolas", "Liberation Mono", "monospace"])
    return theme.set(
        body_background_fill="#f7f5f0",
        body_background_fill_dark="#14181d",
        body_text_color="#1c2530",
        body_text_color_dark="#e9e6df",
    )


class _Page:
    """The components, and the handlers that their events go to."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._work = assistant.work
        title = f"{WORDS[DEFAULT_LANGUAGE].name} — {self._work.title}"
        self.blocks: gr.Blocks = gr.Blocks(
            title=title, analytics_enabled=False, fill_width=True, fill_height=True
        )
        with self.blocks:
            self._build()
            self._wire()

    # Components

    def _build(self) -> None:
        view = self._view(DEFAULT_LANGUAGE)
        self._talk = gr.State(Talk())
        self._target = gr.State("")
        self._drawn_in = gr.State(DEFAULT_LANGUAGE)
        self._build_head(view)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", min_width=0):
                self._build_chat(view)
            with gr.Column(elem_id="side", min_width=0):
                self._panel = gr.HTML(
                    panel_markup(None, view),
                    elem_id="panel",
                    js_on_load=_asset("panel.js"),
                    apply_default_css=False,
                )

    def _build_head(self, view: View) -> None:
        with gr.Row(elem_id="head"):
            self._brand = gr.HTML(
                brand_markup(self._work.title, DEFAULT_LANGUAGE, view),
                elem_id="brand",
                js_on_load=None,
                apply_default_css=False,
            )
            self._language = gr.Radio(
                choices=list(LANGUAGES),
                value=DEFAULT_LANGUAGE,
                label=view.words.language_label,
                container=False,
                elem_id="language",
                min_width=0,
            )
            self._theme_switch = gr.HTML(
                theme_markup(view.words), elem_id="theme", js_on_load=None, apply_default_css=False
            )

    def _build_chat(self, view: View) -> None:
        words = view.words
        self._chat = gr.Chatbot(
            elem_id="chat",
            show_label=False,
            label=words.name,
            buttons=[],
            autoscroll=False,  # page.js scrolls: to the beginning of an answer, not to its end
            height=None,
            layout="panel",
            latex_delimiters=[],
            placeholder=welcome_markup(self._assistant.examples(DEFAULT_LANGUAGE), words),
        )
        self._banner = gr.HTML("", elem_id="banner", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_id="ask"):
            self._box = gr.Textbox(
                label=words.question_label,
                placeholder=words.question_placeholder,
                lines=1,
                max_lines=6,
                container=False,
                autofocus=True,
                elem_id="box",
                min_width=0,
            )
            self._start_over = gr.Button(
                words.start_over, visible=False, elem_id="start-over", min_width=0
            )
            self._send = gr.Button(words.send, variant="primary", elem_id="send", min_width=0)
            self._stop = gr.Button(words.stop, visible=False, elem_id="stop", min_width=0)

    # Events

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking: dict[str, Any] = {
            **quiet,
            "fn": self._ask,
            "inputs": [self._box, self._talk, self._language],
            "outputs": [
                self._talk, self._chat, self._box, self._banner,
                self._send, self._stop, self._start_over, self._drawn_in,
            ],
            "concurrency_limit": AT_ONCE,
            "concurrency_id": "ask",
        }  # fmt: skip
        asked = gr.on([self._box.submit, self._send.click], **asking)
        picked = self._panel.example(
            self._pick, self._language, self._box, queue=False, **quiet
        ).then(**asking)
        for event in (asked, picked):
            event.then(
                self._finish,
                [self._talk, self._drawn_in, self._language],
                self._resting(),
                queue=False,
                **quiet,
            )
        self._stop.click(
            self._stopped,
            [self._talk, self._language],
            [self._talk, *self._resting()],
            cancels=[asked, picked],
            queue=False,
            **quiet,
        )
        self._start_over.click(
            self._cleared,
            self._language,
            [self._talk, self._target, self._panel, self._banner, *self._resting()],
            cancels=[asked, picked],
            queue=False,
            **quiet,
        )
        self._wire_panel(quiet)
        self._wire_language(quiet)
        api(self._answer, api_name="ask", concurrency_limit=AT_ONCE, concurrency_id="ask")

    def _resting(self) -> list[Any]:
        return [self._chat, self._send, self._stop, self._start_over]

    def _wire_panel(self, quiet: dict[str, Any]) -> None:
        self._panel.open(
            self._open,
            [self._talk, self._language],
            [self._target, self._panel],
            queue=False,
            **quiet,
        )
        self._panel.shut(
            self._shut, self._language, [self._target, self._panel], queue=False, **quiet
        )

    def _wire_language(self, quiet: dict[str, Any]) -> None:
        shown = [
            self._brand, self._theme_switch, self._chat, self._banner, self._box,
            self._start_over, self._send, self._stop, self._panel,
        ]  # fmt: skip
        seen = [self._language, self._talk, self._target]
        self._language.input(
            self._translate, seen, shown, queue=False, js=_asset("remember.js"), **quiet
        )
        self.blocks.load(
            self._welcome_back,
            seen,
            [self._language, *shown],
            queue=False,
            js=_asset("recall.js"),
            **quiet,
        )

    # Handlers

    def _view(self, language: Language) -> View:
        def look(start: int, end: int) -> Surroundings:
            return self._assistant.surroundings(start, end, language)

        return View(WORDS[language], look, self._work.language)

    def _ask(self, question: str, talk: Talk, language: Language) -> Iterator[Update]:
        """Answer what is in the box; what cannot be asked stays there, with the reason."""
        view = self._view(language)
        reason = flaw(question)
        if reason is not None:
            yield {self._banner: banner_markup(reason_text(reason, question, view.words))}
            return
        taken: Update = {
            self._box: "",
            self._banner: "",
            self._send: gr.update(visible=False),
            self._stop: gr.update(visible=True),
            self._start_over: gr.update(visible=True),
            self._drawn_in: language,
        }
        for state in respond(self._assistant, talk, question):
            yield {self._talk: state, self._chat: messages(state, view), **taken}
            taken = {}

    def _finish(self, talk: Talk, drawn_in: Language, language: Language) -> tuple[Any, ...]:
        """Put the buttons back; draw again if the language was switched during the writing.

        Drawing scrolls the chat to its end, which would carry a marker away from the reader.
        """
        chat, *buttons = self._drawn(talk, language)
        return (gr.skip() if drawn_in == language else chat, *buttons)

    def _drawn(self, talk: Talk, language: Language) -> tuple[Any, ...]:
        """The talk and the buttons when nothing is being written; for `_resting`."""
        return (
            messages(talk, self._view(language)),
            gr.update(visible=True),
            gr.update(visible=False),
            gr.update(visible=bool(talk.exchanges)),
        )

    def _stopped(self, talk: Talk, language: Language) -> tuple[Any, ...]:
        talk = talk.stopped()
        return talk, *self._drawn(talk, language)

    def _cleared(self, language: Language) -> tuple[Any, ...]:
        panel = panel_markup(None, self._view(language))
        return Talk(), "", panel, "", *self._drawn(Talk(), language)

    def _pick(self, language: Language, event: gr.EventData) -> str:
        """The example question that was pressed; it comes back as a number, never as text."""
        examples = self._assistant.examples(language)
        index = int(event.index)
        return examples[index] if 0 <= index < len(examples) else ""

    def _open(self, talk: Talk, language: Language, event: gr.EventData) -> tuple[str, str]:
        opened = find(talk, str(event.target_name))
        name = str(opened.target) if opened else ""
        return name, panel_markup(opened, self._view(language))

    def _shut(self, language: Language) -> tuple[str, str]:
        return "", panel_markup(None, self._view(language))

    def _translate(self, language: Language, talk: Talk, target: str) -> tuple[Any, ...]:
        """Everything that is visible, in this language; the order is that of `_wire_language`."""
        view = self._view(language)
        words = view.words
        welcome = welcome_markup(self._assistant.examples(language), words)
        return (
            brand_markup(self._work.title, language, view),
            theme_markup(words),
            gr.update(value=messages(talk, view), placeholder=welcome),
            "",
            gr.update(label=words.question_label, placeholder=words.question_placeholder),
            gr.update(value=words.start_over),
            gr.update(value=words.send),
            gr.update(value=words.stop),
            panel_markup(find(talk, target), view),
        )

    def _welcome_back(self, language: Language, talk: Talk, target: str) -> tuple[Any, ...]:
        """The page in the language that this browser chose the last time.

        Nothing is touched when that is the language it stands in already: a quick visitor may
        have begun by now.
        """
        drawn = (language, *self._translate(language, talk, target))
        return tuple(gr.skip() for _ in drawn) if language == DEFAULT_LANGUAGE else drawn

    def _answer(self, question: str) -> dict[str, Any]:
        """Answer one question about the work.

        Args:
            question: At most 2,000 characters, in Kazakh, Russian or English.

        Returns:
            The `Answer` as JSON: status, answer with markers, citations with their offsets.
        """
        try:
            return self._assistant.ask(question).as_dict()
        except FixableError as error:
            raise gr.Error(str(error), print_exception=False) from error
