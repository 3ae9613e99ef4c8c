"""A page with nothing but the reader, and beside it a chat that is only a few links.

The whole page has the reader too; here it can be visited without a question being asked, and what
the answers cite can be set at will.
"""

from __future__ import annotations

import gc
import json
import socket
import warnings
from collections.abc import Generator
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from tests.browser.visitor import PATIENCE, Visitor

if TYPE_CHECKING:
    from assistant import Assistant

LINK = "?p=2.1.14"


def reading_room(assistant: Assistant) -> Generator[str, None, None]:
    """The address of the page, until the iterator is closed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import gradio as gr

        from ui.app import dress
        from ui.parts.download import download_outlet
        from ui.parts.frame import Frame
        from ui.parts.reader import ReaderPart
        from ui.reading.marks import CitedHere
        from ui.wording import LANGUAGES

        def brand(language: str) -> str:
            told = json.dumps({"language": language, "builtIn": {}, "languages": "тіл"})
            shown = told.replace('"', "&quot;")
            return f'<div class="brand" data-page="{shown}"><h1 lang="kk">Дәйек</h1></div>'

        def cite() -> tuple[CitedHere, ...]:
            later = assistant.work.outline.paragraph("2.1", 15)
            earlier = assistant.work.outline.paragraph("1.1", 3)
            return (
                CitedHere(later.start, later.start + 60, "1-жауап [1]", "#cite-0-1"),
                CitedHere(earlier.start, earlier.start + 40, "1-жауап [2]", "#cite-0-2"),
            )

        with gr.Blocks(title="Дәйек", analytics_enabled=False, fill_width=True) as page:
            outlet = download_outlet()
            with gr.Row(elem_id="head"):
                name = gr.HTML(brand("kk"), elem_id="brand", js_on_load=None)
                language = gr.Radio(
                    list(LANGUAGES), value="kk", container=False, elem_id="language", label="тіл"
                )
            reader = ReaderPart(assistant)
            reader.build_door()
            with gr.Tabs(elem_id="tabs", selected="chat"):
                with gr.Tab("Сұхбат", id="chat", elem_id="chat-tab"):
                    gr.HTML(f'<a class="marker" href="{LINK}">[1]</a>', elem_id="chat")
                    citing = gr.Button("cite", elem_id="cite")
                with gr.Tab("Жұмыс", id="reader", elem_id="reader-tab"):
                    reader.build("kk")
            reader.wire(Frame(page, language, gr.BrowserState(""), outlet))
            language.change(brand, language, name, queue=False)
            citing.click(cite, None, reader.cited)
        look = dress()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        page.launch(
            server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, quiet=True,
            theme=look.theme, head=look.head, js=look.js, footer_links=[], run_history=False,
        )  # fmt: skip
        gc.collect()  # event loops that Gradio leaves open complain when they are collected
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close()


class Student(Visitor):
    """One person before the reading room."""

    def arrive(self, query: str = "") -> None:
        """Open the page, by a permanent link if one is given, and wait until it can be used."""
        self.page.goto(f"{self.address}/{query}")
        named = self.page.locator("#language[role=radiogroup]")  # the page's script has run
        expect(named).to_be_visible(timeout=PATIENCE)
        if query:
            expect(self.page.locator("#reading .reading")).to_be_visible(timeout=PATIENCE)

    def open(self, query: str = "") -> None:
        """Arrive by a link; without one press the reader's tab."""
        self.arrive(query)
        if not query:
            self.page.locator("#reader-tab-button").click()
        expect(self.page.locator("#reading .reading")).to_be_visible(timeout=PATIENCE)

    @property
    def body(self) -> Locator:
        return self.page.locator("#reading .body")

    @property
    def opened(self) -> Locator:
        return self.page.locator("#reading mark.opened")

    @property
    def search(self) -> Locator:
        return self.page.locator("#reading-words")

    @property
    def places(self) -> Locator:
        return self.page.locator("#reading-found .places a")

    def shows_opened(self, words: str) -> None:
        """The highlighted words are these, letter for letter, now or soon."""
        self.page.wait_for_function(
            "words => [...document.querySelectorAll('#reading mark.opened')]"
            ".map((one) => one.textContent).join('') === words",
            arg=words,
            timeout=PATIENCE,
        )

    def find(self, words: str) -> Locator:
        """Type words into the search, press Enter, wait for what is found."""
        self.search.fill(words)
        self.search.press("Enter")
        said = self.page.locator("#reading-found [role=status]")
        expect(said).not_to_be_empty(timeout=PATIENCE)
        return said
