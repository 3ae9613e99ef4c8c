"""The chat: a question goes in, an answer streams out, and what can be done with both.

One visitor's talk lives in `gr.State`, one for each open page, and on the shelf. While an answer is
written, only that run draws the talk; every other wish is told to wait (see `ui.running`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Assistant, FixableError, Language
from ui.chat import Talk, flaw, respond
from ui.kept_talk import TalkKeeper
from ui.limits import Limits
from ui.parts.frame import Frame
from ui.rendering import banner_markup, editing_markup, last_messages, messages
from ui.running import Runs
from ui.serving.options import AT_ONCE
from ui.view import View
from ui.welcome import Chapter, offers_markup, welcome_markup
from ui.wording import DEFAULT_LANGUAGE, TALK_WORDS, WORDS, reason_text, trouble_text

_SCRIPT = Path(__file__).parents[1] / "assets" / "chat.js"

Update = dict[Any, Any]


@dataclass(frozen=True)
class Offers:
    """Questions that stand above the box to be pressed.

    Attributes:
        questions: The questions.
        section: The section they are about; "" for questions that carry the last answer on.
    """

    questions: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True)
class Editing:
    """A question that has been taken back into the box, or is asked again.

    Attributes:
        talk_id: Id of its talk; in another one it stands for nothing.
        index: Of its exchange, from 0.
    """

    talk_id: str
    index: int


class ChatPart:
    """The chat's components and the handlers of its events.

    Args:
        assistant: Who answers.
        keeper: Keeps the talks.
        limits: How often one visitor may ask.
        at_once: Questions answered at the same time.
    """

    def __init__(
        self, assistant: Assistant, keeper: TalkKeeper, limits: Limits, at_once: int = AT_ONCE
    ) -> None:
        self._assistant = assistant
        self._keeper = keeper
        self._limits = limits
        self._at_once = at_once
        self.runs = Runs()

    # Components

    def build(self, language: Language) -> None:
        """The talk, the questions on offer, the box and its buttons."""
        words = WORDS[language]
        self.talk = gr.State(Talk())
        self.banner = gr.HTML("", elem_id="banner", js_on_load=None, apply_default_css=False)
        self._drawn_in = gr.State(DEFAULT_LANGUAGE)
        self.editing: gr.State = gr.State(None)
        self._pending = gr.State("")
        self._on_offer = gr.State(Offers())
        self.chat = gr.Chatbot(
            elem_id="chat",
            show_label=False,
            label=words.name,
            buttons=[],
            autoscroll=False,  # page.js scrolls: to the beginning of an answer, not to its end
            height=None,
            layout="panel",
            latex_delimiters=[],
            placeholder=self._welcome(language),
        )
        self._acts = gr.HTML(
            "",
            elem_id="acts",
            js_on_load=_SCRIPT.read_text(encoding="utf-8"),
            apply_default_css=False,
        )
        self.offers = gr.HTML("", elem_id="offers", js_on_load=None, apply_default_css=False)
        self._build_box(language)

    def _build_box(self, language: Language) -> None:
        words = WORDS[language]
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
            self._send = gr.Button(words.send, variant="primary", elem_id="send", min_width=0)
            self._stop = gr.Button(words.stop, visible=False, elem_id="stop", min_width=0)

    # Events

    def wire(self, frame: Frame, check: Any) -> None:
        """Register the events.

        Args:
            frame: The page.
            check: `gr.State` that the examiner's desk watches: which exchange to open there.
        """
        self._frame = frame
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        at_once: dict[str, Any] = {**quiet, "queue": False}
        self._wire_asking(quiet, at_once)
        self._wire_feedback(at_once, check)
        self._wire_language(at_once)

    def _wire_asking(self, quiet: dict[str, Any], at_once: dict[str, Any]) -> None:
        ask: dict[str, Any] = {
            **quiet,
            "outputs": [
                self.talk, self.chat, self._box, self.banner, self._send, self._stop,
                self._drawn_in, self.editing, self.offers, self._frame.visitor,
            ],
            "concurrency_limit": self._at_once,
            "concurrency_id": "ask",
        }  # fmt: skip
        about = [self.talk, self._frame.language, self._frame.visitor, self.editing]
        self.asked = [
            gr.on(
                [self._box.submit, self._send.click],
                self._ask_typed,
                [self._box, *about],
                **ask,
            )
        ]
        picks = [
            (self._acts.example, self._pick_example, self._frame.language),
            (self._acts.offer, self._pick_offer, self._on_offer),
            (self._acts.retry, self._pick_again, self.talk),
        ]
        for event, pick, seen in picks:
            picked = event(pick, seen, [self._pending, self.editing, self.banner], **at_once)
            self.asked.append(picked.then(self._ask_picked, [self._pending, *about], **ask))
        self._stop.click(self._stop_run, None, None, **at_once)
        self._acts.chapter(
            self._offer_chapter, self._frame.language, [self._on_offer, self.offers], **quiet
        )

    def after_each(
        self, listed: Callable[..., tuple[str, str]], seen: list[Any], shown: list[Any]
    ) -> None:
        """What happens after each answer, in one event: each costs the page a request.

        The buttons are put back, the conversation takes its place in the list; then what could be
        asked next is offered.

        Args:
            listed: Draws the list and the line above the chat.
            seen: Its inputs: talk, language, visitor, what the list was searched for.
            shown: Its outputs.
        """

        def finish(
            drawn_in: Language,
            talk: Talk,
            language: Language,
            visitor: str | None,
            sought: str,
            request: gr.Request,
        ) -> tuple[Any, ...]:
            list_and_bar = listed(talk, language, visitor, sought, request)
            return *self._finish(talk, drawn_in, language), *list_and_bar

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        finished = [self.chat, self._send, self._stop, *shown]
        for asked in self.asked:
            asked.then(finish, [self._drawn_in, *seen], finished, queue=False, **quiet).then(
                self._offer_next,
                [self.talk, self._frame.language],
                [self._on_offer, self.offers],
                **quiet,
            )

    def exporting(self, handler: Callable[..., Any], inputs: Any, outputs: Any) -> None:
        """Call a handler when the visitor wants the conversation as a file."""
        self._acts.wanted(
            handler, inputs, outputs, show_progress="hidden", api_visibility="private"
        )

    def _wire_feedback(self, at_once: dict[str, Any], check: Any) -> None:
        seen = [self.talk, self._frame.visitor, self._frame.language]
        self._acts.act(self._like, seen, [self.talk, self.banner], **at_once)
        self._acts.edit(
            self._edit,
            [self.talk, self._frame.language],
            [self._box, self.editing, self.banner],
            **at_once,
        )
        self._acts.uneditable(
            lambda: ("", None, ""), None, [self._box, self.editing, self.banner], **at_once
        )
        self.checked = self._acts.check(self._check, self.talk, check, **at_once)

    def _wire_language(self, at_once: dict[str, Any]) -> None:
        self._frame.language.change(
            self._translate,
            [self._frame.language, self.talk, self._on_offer],
            [self.chat, self.banner, self.offers, self._box, self._send, self._stop],
            **at_once,
        )

    # Handlers

    def view(self, language: Language) -> View:
        """How the page is looked at in a language."""
        work = self._assistant.work
        return View(
            WORDS[language],
            lambda start, end: self._assistant.surroundings(start, end, language),
            work.language,
            language,
            work.title,
        )

    def _ask_typed(
        self,
        question: str,
        talk: Talk,
        language: Language,
        visitor: str | None,
        editing: Editing | None,
        request: gr.Request,
    ) -> Iterator[Update]:
        """Answer what is in the box; what cannot be asked stays there, with the reason."""
        told = self._refusal(question, language, visitor, request)
        if told:
            yield {self.banner: banner_markup(told)}
            return
        first: Update = {self._box: ""}
        yield from self._run(question, talk, language, visitor, editing, request, first)

    def _ask_picked(
        self,
        question: str,
        talk: Talk,
        language: Language,
        visitor: str | None,
        editing: Editing | None,
        request: gr.Request,
    ) -> Iterator[Update]:
        """Answer a question that was pressed; what is being typed stays in the box."""
        if not question:
            yield {self.editing: None}
            return
        told = self._refusal(question, language, visitor, request)
        if told:
            yield {self.banner: banner_markup(told), self.editing: None}
            return
        yield from self._run(question, talk, language, visitor, editing, request, {})

    def _refusal(
        self, question: str, language: Language, visitor: str | None, request: gr.Request
    ) -> str:
        """Why a question is not taken now; "" when it is."""
        reason = flaw(question)
        if reason is not None:
            return reason_text(reason, question, WORDS[language])
        if self.runs.is_busy(str(request.session_hash)):
            return TALK_WORDS[language].busy
        signed_in = bool(request.username)
        address = None if signed_in or not request.client else request.client.host
        wait = self._limits.wait(self._frame.owner(request, visitor), address)
        return TALK_WORDS[language].wait.format(seconds=int(wait) + 1) if wait > 0 else ""

    def _run(
        self,
        question: str,
        talk: Talk,
        language: Language,
        visitor: str | None,
        editing: Editing | None,
        request: gr.Request,
        first: Update,
    ) -> Iterator[Update]:
        """Ask, draw each step, keep the beginning and the end."""
        view = self.view(language)
        visitor = visitor or self._frame.new_visitor()
        owner = self._frame.owner(request, visitor)
        if editing is not None and editing.talk_id == talk.id:
            try:
                talk = self._keeper.drop_from(owner, talk, editing.index)
            except FixableError as error:
                told = banner_markup(trouble_text(error, language))
                yield {self.banner: told, self.editing: None}
                return
        first |= {
            self.banner: "",
            self._send: gr.update(visible=False),
            self._stop: gr.update(visible=True),
            self._drawn_in: language,
            self.editing: None,
            self.offers: "",
            self._frame.visitor: visitor,
        }
        before = messages(talk.stopped(), view, is_whole=False)
        with self.runs.begin(str(request.session_hash)) as stop:
            for state in respond(self._assistant, talk, question, stop):
                state = state.kept_as(talk.id, talk.title)
                if first or state.exchanges[-1].ended:
                    talk = state = self._keeper.keep_last(owner, state)
                drawn = [*before, *last_messages(state, view)]
                yield {self.talk: state, self.chat: drawn, **first}
                first = {}

    def _stop_run(self, request: gr.Request) -> None:
        self.runs.stop(str(request.session_hash))

    def _finish(self, talk: Talk, drawn_in: Language, language: Language) -> tuple[Any, ...]:
        """Put the buttons back; draw again if the language was switched during the writing.

        Drawing scrolls the chat to its end, which would carry a marker away from the reader.
        """
        drawn = gr.skip() if drawn_in == language else messages(talk, self.view(language))
        return drawn, gr.update(visible=True), gr.update(visible=False)

    def _offer_next(self, talk: Talk, language: Language) -> tuple[Offers, str]:
        """Questions that carry the last answer on, in its language."""
        answer = talk.exchanges[-1].answer if talk.exchanges else None
        # Questions that were asked come before questions that could be.
        if answer is None or len(self.runs) >= self._at_once:
            return Offers(), ""
        asked = [exchange.standalone_question for exchange in talk.exchanges]
        questions = self._assistant.next_questions(answer, asked)
        label = TALK_WORDS[language].next_questions
        return Offers(questions), offers_markup(label, questions, answer.language)

    def _offer_chapter(self, language: Language, event: gr.EventData) -> tuple[Offers, str]:
        """Questions on the chapter that was pressed."""
        section = str(event.target_name)
        with suppress(FixableError):
            questions = self._assistant.questions_of_section(section, language)
            offers = Offers(questions, section)
            return offers, offers_markup(self._section_name(section), questions, language)
        return Offers(), ""

    def _section_name(self, id: str) -> str:
        section = self._assistant.work.outline.section(id)
        number = f"{section.id} " if section.id[0].isdigit() else ""
        return number + " ".join(section.title.split())

    def _pick_example(self, language: Language, event: gr.EventData) -> tuple[str, None, str]:
        """The example that was pressed; it comes back as a number, never as text."""
        return _at(self._assistant.examples(language), event.index), None, ""

    def _pick_offer(self, offers: Offers, event: gr.EventData) -> tuple[str, None, str]:
        return _at(offers.questions, event.index), None, ""

    def _pick_again(self, talk: Talk, event: gr.EventData) -> tuple[str, Editing, str]:
        """The same question once more, in the place of its answer and all after it."""
        questions = [exchange.question for exchange in talk.exchanges]
        return _at(questions, event.index), Editing(talk.id, int(event.index)), ""

    def _edit(
        self, talk: Talk, language: Language, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, Editing | None, str]:
        """Take a question back into the box."""
        index = int(event.index)
        if self.runs.is_busy(str(request.session_hash)) or not 0 <= index < len(talk.exchanges):
            return gr.skip(), None, banner_markup(TALK_WORDS[language].busy)
        editing = Editing(talk.id, index)
        return talk.exchanges[index].question, editing, editing_markup(TALK_WORDS[language])

    def _like(
        self,
        talk: Talk,
        visitor: str | None,
        language: Language,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, str]:
        """Keep a thumb and a remark."""
        index, owner = int(event.index), self._frame.owner(request, visitor)
        if self.runs.is_busy(str(request.session_hash)):  # the run would draw over it
            return gr.skip(), banner_markup(TALK_WORDS[language].busy)
        if not 0 <= index < len(talk.exchanges):
            return gr.skip(), ""
        liked = {"good": True, "bad": False}.get(str(event.name))
        try:
            return self._keeper.like(owner, talk, index, liked, str(event.text)[:1000]), ""
        except FixableError as error:
            return gr.skip(), banner_markup(trouble_text(error, language))

    def _check(self, talk: Talk, event: gr.EventData) -> Any:
        index = int(event.index)
        return index if 0 <= index < len(talk.exchanges) else gr.skip()

    def _welcome(self, language: Language) -> str:
        chapters: list[Chapter] = []
        if self._assistant.work.questions:
            sections = self._assistant.work.outline.sections
            inner = {section.id.split(".")[0] for section in sections if section.level > 1}
            chapters = [
                Chapter(section.id, self._section_name(section.id))
                for section in sections
                if section.heading is not None and section.id not in inner
            ]
        return welcome_markup(self._assistant.examples(language), self.view(language), chapters)

    def _translate(self, language: Language, talk: Talk, offers: Offers) -> tuple[Any, ...]:
        """Everything of the chat in another language; answers stay in that of their question."""
        words = WORDS[language]
        label = TALK_WORDS[language].next_questions
        shown = "" if offers.section else offers_markup(label, offers.questions, language)
        return (
            gr.update(
                value=messages(talk, self.view(language)), placeholder=self._welcome(language)
            ),
            "",
            shown,
            gr.update(label=words.question_label, placeholder=words.question_placeholder),
            gr.update(value=words.send),
            gr.update(value=words.stop),
        )


def _at(questions: tuple[str, ...] | list[str], index: object) -> str:
    """The question at an index that came from the browser; "" when there is none."""
    number = int(str(index))
    return questions[number] if 0 <= number < len(questions) else ""
