"""Questions that a work answers, written ahead by readers of it, each with its answer's place.

A student asks in his own words and language; a question written ahead is already in such words, so
the search may compare question with question (document expansion: Nogueira et al. 2019, doc2query).
They are data of the work, one JSON object a line in `questions.jsonl` beside it:
`{"question", "language", "start", "end", "begins"}`, where `begins` are the first characters of the
answer, by which its place is proved. One on a matter about which the work disagrees with itself
also has `"conflict"`, the conflict's id; its answer is one of the sides. A user's file `thesis.txt`
has its questions beside it in `thesis.txt.questions.jsonl` (`dayek enrich` writes both); it may be
edited, so there a question whose answer has moved or gone is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sources.document import Document, Span
from sources.errors import NoSuchPlace, WorkAltered

FILE = "questions.jsonl"
ANCHOR = 24
"""Characters of an answer that are kept to prove its place."""


@dataclass(frozen=True)
class WrittenQuestion:
    """A question that the work answers.

    Attributes:
        text: As a student would ask it.
        language: "kk", "ru" or "en".
        answer: Where the work answers it.
        conflict: Id of the known conflict that it asks about; None for what the work says once.
    """

    text: str
    language: str
    answer: Span
    conflict: str | None = None


def read_questions(folder: Path, document: Document) -> tuple[WrittenQuestion, ...]:
    """The questions that travel with a library work, in file order; empty when it has none.

    Raises:
        WorkAltered: A line is not a question, or its answer does not stand where it says.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    remedy = f"Restore it: git checkout -- sources/library/{path.parent.name}"
    questions = []
    for number, line in _lines(path, remedy):
        question, begins = _parsed(line, number, path, remedy)
        if not _stands(question, begins, document):
            raise _no_question(number, path, "its answer does not stand there", remedy)
        questions.append(question)
    return tuple(questions)


def questions_beside(file: Path) -> Path:
    """Where the questions on a user's file are kept."""
    return file.with_name(f"{file.name}.{FILE}")


def read_own_questions(path: Path, document: Document) -> tuple[tuple[WrittenQuestion, ...], int]:
    """The questions on a text that its owner may have edited since.

    Args:
        path: File of the questions; it need not exist.
        document: The text as it is now.

    Returns:
        Those whose answers still stand, in file order, and how many do not.

    Raises:
        WorkAltered: The file cannot be read, or a line of it is no question.
    """
    if not path.exists():
        return (), 0
    remedy = "Mend that line, or move the file away."
    told = [_parsed(line, number, path, remedy) for number, line in _lines(path, remedy)]
    standing = tuple(one for one, begins in told if _stands(one, begins, document))
    return standing, len(told) - len(standing)


def question_line(question: WrittenQuestion, text: str) -> str:
    """A question as its line of the file, without the line's end.

    Args:
        question: The question.
        text: The canonical text that its answer stands in.
    """
    place = question.answer
    told = {
        "question": question.text,
        "language": question.language,
        "start": place.start,
        "end": place.end,
        "begins": text[place.start : min(place.end, place.start + ANCHOR)],
    }
    if question.conflict is not None:
        told["conflict"] = question.conflict
    return json.dumps(told, ensure_ascii=False)


def _lines(path: Path, remedy: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers from 1."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WorkAltered(f"Cannot read {path}: {error}.", remedy) from error
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _parsed(line: str, number: int, path: Path, remedy: str) -> tuple[WrittenQuestion, str]:
    """A question and how its answer begins."""
    try:
        told = json.loads(line)
        text, language, begins = told["question"], told["language"], told["begins"]
        start, end, conflict = told["start"], told["end"], told.get("conflict")
        if not all(isinstance(one, str) and one for one in (text, language, begins)):
            raise ValueError("question, language and begins are words")
        if type(start) is not int or type(end) is not int:
            raise ValueError("start and end are whole numbers")
        if conflict is not None and not (isinstance(conflict, str) and conflict):
            raise ValueError("conflict is the name of one")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_question(number, path, str(error), remedy) from error
    return WrittenQuestion(text, language, Span(start, end), conflict), begins


def _stands(question: WrittenQuestion, begins: str, document: Document) -> bool:
    try:
        return document.quote(question.answer).startswith(begins)
    except NoSuchPlace:
        return False


def _no_question(number: int, path: Path, why: str, remedy: str) -> WorkAltered:
    return WorkAltered(f"{path}, line {number}, is no question on this text: {why}.", remedy)
