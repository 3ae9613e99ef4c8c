"""`dayek ask`: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.console import AsJson, Home, Source, read_bytes
from ui.commands.progress import progress

if TYPE_CHECKING:
    from assistant import Settings


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help="What to ask; without it standard input is read.")
    ] = None,
    as_json: AsJson = False,
    batch: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Answer a JSON Lines file of questions; - is stdin."),
    ] = None,
    history: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Earlier turns: a JSON list of question and answer."),
    ] = None,
    source: Source = None,
    home: Home = None,
) -> None:
    """Ask one question, or a file of them."""
    from assistant import Settings

    settings = Settings.from_environment(source=source, home=home)
    if batch is None:
        _ask_one(_question(question or []), history, settings, as_json=as_json)
    elif question or history:
        raise typer.BadParameter("--batch takes neither a question nor --history.")
    else:
        _ask_all(batch, settings)


def _ask_one(question: str, history: str | None, settings: Settings, *, as_json: bool) -> None:
    from assistant import Conversation, assemble, check_question

    # Everything that was typed is looked at before the model is loaded.
    check_question(question)
    conversation = Conversation()
    if history:
        from ui.batch import read_history

        conversation = read_history(read_bytes(history), history)
    assistant = assemble(settings)
    answer = assistant.ask(question, conversation)
    if as_json:
        print(answer.as_json())
        return
    from ui.plain import answer_in_text

    print(answer_in_text(answer, assistant, bold=sys.stdout.isatty()))


def _ask_all(file: str, settings: Settings) -> None:
    """Answer each line of a file in order, one JSON object a line."""
    from assistant import assemble
    from ui.batch import read_batch

    asked = read_batch(read_bytes(file), "standard input" if file == "-" else file)
    assistant = assemble(settings)
    with progress() as advance:
        for done, one in enumerate(asked, start=1):
            answer = assistant.ask(one.question, one.conversation)
            # The caller's id goes back as it came, a number as a number.
            told = answer.as_dict() | {"id": one.id}
            print(json.dumps(told, ensure_ascii=False), flush=True)
            advance("answering", done, len(asked))


def _question(words: list[str]) -> str:
    """The question as it was typed, else standard input to its end.

    Raises:
        FixableError: There is none, or it is not text in UTF-8.
    """
    from assistant import FixableError

    if not words and sys.stdin.isatty():
        raise FixableError("There is no question.", 'Type: dayek ask "..."')
    # Python hides bytes that are no UTF-8 in half characters; they come out again here.
    raw = " ".join(words).encode("utf-8", "surrogateescape") if words else read_bytes("-")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FixableError(
            f"The question is not text in UTF-8 (byte {error.start + 1} cannot be read).",
            "Type it in a UTF-8 terminal, or save the file as UTF-8.",
        ) from error
