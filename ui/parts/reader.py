"""The reader: the whole work to read, to search and to link to, beside what the answers cite.

What is shown follows from the address (`ui.reading.links`), so that every place has a link that
opens it, and the browser's own steps back and forth work. One section is drawn at a time: the
largest is 130 kB of markup, the whole work 1.2 MB, which a browser four times slower than a desk's
lays out in 1.6 to 2.2 s instead of 0.3 to 0.8 s.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import (
    Assistant,
    Concordance,
    Disagreement,
    FixableError,
    Gathered,
    Language,
    Span,
    find_disagreements,
)
from ui.exporting import FORMS, GatheredPlace, Gathering
from ui.parts.download import file_markup
from ui.parts.frame import Frame
from ui.reading.conflicts import conflicts_markup
from ui.reading.found import GATHERED, LISTED, everything_markup, found_markup
from ui.reading.links import Request, Spot, spot, understood
from ui.reading.marks import CitedHere, Marks
from ui.reading.outline import outline_markup, search_markup
from ui.reading.section import section_markup
from ui.reading.view import ReadingView
from ui.transcripts import written_file

_ASSETS = Path(__file__).parents[1] / "assets"


@dataclass(frozen=True)
class Reading:
    """What one open page shows in the reader.

    Attributes:
        request: What its address asked for; None before the reader was first looked at.
        words: What is looked for in the text; "" when nothing is.
        listed: How many places found are listed.
    """

    request: Request | None = None
    words: str = ""
    listed: int = LISTED


@dataclass
class _Scan:
    """The scan for conflicts: two seconds of computing, done once, when first asked for."""

    found: tuple[Disagreement, ...] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class ReaderPart:
    """The reader's components and the handlers of its events.

    Args:
        assistant: Knows the work.

    Attributes:
        cited: Holds a tuple of `CitedHere`: what the answers of this conversation cite. Another
            part of the page fills it and has the reader drawn anew (`draw_after`); a queued event
            alone would do too (Gradio tells of the change of a state only then).
    """

    cited: gr.State

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._work = assistant.work
        self._scan = _Scan()
        self._making = threading.Lock()
        self._made: Concordance | None = None
        self._found = lru_cache(maxsize=64)(self._look_up)
        self._gathered = lru_cache(maxsize=64)(self._gather)

    # Components

    def build_door(self) -> None:
        """What hears links to places anywhere on the page; stands outside all tabs.

        Gradio makes the components of a tab when it is first looked at, too late for a link in the
        chat or for an address that names a place.
        """
        self._door = gr.HTML(
            "",
            elem_id="reading-door",
            js_on_load=(_ASSETS / "reader.js").read_text(encoding="utf-8"),
            apply_default_css=False,
        )

    def build(self, language: Language) -> None:
        """Search, what was found and the outline at the left, the text at the right."""
        view = ReadingView(self._work, language)
        plain: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}
        self.cited = gr.State(())
        self._reading = gr.State(Reading())
        with gr.Row(elem_id="reader"):
            with gr.Column(elem_id="reading-side", min_width=0):
                self._search = gr.HTML(search_markup(view), elem_id="reading-search", **plain)
                self._list = gr.HTML(found_markup(view, None), elem_id="reading-found", **plain)
                self._outline = gr.HTML(outline_markup(view), elem_id="reading-outline", **plain)
            with gr.Column(elem_id="reading-main", min_width=0):
                self._page = gr.HTML(
                    "",
                    elem_id="reading",
                    js_on_load=(_ASSETS / "reading.js").read_text(encoding="utf-8"),
                    apply_default_css=False,
                )

    # Events

    def wire(self, frame: Frame) -> None:
        """Register the events; called when the whole page is built."""
        quiet: dict[str, Any] = {
            "show_progress": "hidden", "api_visibility": "private", "queue": False,
        }  # fmt: skip
        self._language = frame.language
        seen = [self._reading, frame.language, self.cited]
        self._door.visit(self._visit, seen, [self._reading, self._page], **quiet).then(
            self._scanned, seen, self._page, **quiet
        )
        self._door.seek(self._seek, seen, [self._reading, self._list, self._page], **quiet)
        # Writing a long list takes seconds: it waits its turn.
        in_turn = quiet | {"queue": True}
        self._door.save(self._save, [self._reading, frame.language], frame.download, **in_turn)
        self.cited.change(self._drawn, seen, self._page, **quiet)
        frame.language.change(
            self._translate, seen, [self._search, self._list, self._outline, self._page], **quiet
        )

    def draw_after(self, event: Any) -> None:
        """Draw what is open anew after an event: somebody has come back to the reader."""
        seen = [self._reading, self._language, self.cited]
        event.then(
            self._drawn, seen, self._page, show_progress="hidden", api_visibility="private",
            queue=False,
        )  # fmt: skip

    # Handlers

    def _visit(
        self,
        reading: Reading,
        language: Language,
        cited: tuple[CitedHere, ...],
        event: gr.EventData,
    ) -> tuple[Reading, str]:
        """Show what an address asks for; the browser sends it as it stands in its address bar."""
        reading = replace(reading, request=understood(str(event.query)))
        return reading, self._draw(reading, language, cited)

    def _scanned(self, reading: Reading, language: Language, cited: tuple[CitedHere, ...]) -> Any:
        """The conflicts with those that the scan found, once it has been done."""
        if reading.request is None or not reading.request.conflicts:
            return gr.skip()
        with self._scan.lock:
            if self._scan.found is None:
                self._scan.found = find_disagreements(self._work)
        return self._draw(reading, language, cited)

    def _seek(
        self,
        reading: Reading,
        language: Language,
        cited: tuple[CitedHere, ...],
        event: gr.EventData,
    ) -> tuple[Reading, str, Any]:
        """List where some words stand, and mark them in the text that is open."""
        words, listed = " ".join(str(event.words).split()), int(event.listed or 0)
        reading = replace(reading, words=words, listed=max(LISTED, listed))
        return reading, self._listing(reading, language), self._drawn(reading, language, cited)

    def _save(self, reading: Reading, language: Language, event: gr.EventData) -> str:
        """Everything on one matter as a file; nothing when there is no such thing to save."""
        form = str(event.form)
        if form not in FORMS or reading.request is None or not reading.request.about:
            return ""
        content = self._gathering(self._gathered(reading.request.about), language)
        file = written_file(self._assistant, content, form, language)
        return file_markup(file.name, file.media_type, file.content)

    def _drawn(self, reading: Reading, language: Language, cited: tuple[CitedHere, ...]) -> Any:
        """What is open, drawn anew; nothing before the reader was first looked at."""
        return gr.skip() if reading.request is None else self._draw(reading, language, cited)

    def _translate(
        self, reading: Reading, language: Language, cited: tuple[CitedHere, ...]
    ) -> tuple[Any, ...]:
        view = ReadingView(self._work, language)
        return (
            search_markup(view, reading.words),
            self._listing(reading, language),
            outline_markup(view),
            self._drawn(reading, language, cited),
        )

    # Drawing

    def _draw(self, reading: Reading, language: Language, cited: tuple[CitedHere, ...]) -> str:
        view = ReadingView(self._work, language)
        request = reading.request or Request()
        if request.about is not None:
            return everything_markup(
                view, self._gathered(request.about), max(GATHERED, request.shown or 0)
            )
        if request.conflicts:
            return conflicts_markup(view, self._scan.found)
        opened, problem = self._spot(request)
        hits = self._found(reading.words).matches if reading.words else ()
        section = self._work.outline.section(opened.section)
        return section_markup(view, section, Marks(opened.span, hits, cited), problem)

    def _spot(self, request: Request) -> tuple[Spot, str]:
        """The place to open, and the one that a link named in vain ("" when it did not)."""
        first = Spot(self._work.outline.sections[0].id)
        if request.place is None:
            return first, ""
        try:
            return spot(self._work, request.place, request.span), ""
        except FixableError:
            return first, request.written

    def _listing(self, reading: Reading, language: Language) -> str:
        found = self._found(reading.words) if reading.words else None
        return found_markup(ReadingView(self._work, language), found, reading.listed)

    # Looking up

    def _concordance(self) -> Concordance:
        """Made when it is first asked for, so that a page opens without waiting for it."""
        with self._making:
            if self._made is None:
                self._made = Concordance(self._work)
            return self._made

    def _look_up(self, words: str) -> Gathered:
        return self._concordance().find(words)

    def _gather(self, words: str) -> Gathered:
        return self._concordance().gather(words)

    def _gathering(self, gathered: Gathered, language: Language) -> Gathering:
        view, document = ReadingView(self._work, language), self._work.document
        return Gathering(
            gathered.term,
            tuple(
                GatheredPlace(
                    address=view.address(place.start),
                    section_title=view.heading(place.section),
                    quote=document.quote(Span(place.start, place.end)),
                    start=place.start,
                    end=place.end,
                    line=document.line_of(place.start),
                )
                for place in gathered.places
            ),
        )
