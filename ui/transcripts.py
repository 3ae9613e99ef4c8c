"""What is handed over as a file: a conversation with the records that belong to it, any list."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Assistant, Language
from ui.chat import Talk
from ui.exporting import FORMS, MEDIA_TYPES, Content, file_name, imprint, transcript, write
from ui.keeping import NotKept, Shelf
from ui.kept_talk import kept_exchanges


@dataclass(frozen=True)
class WrittenFile:
    """A file to hand over: its name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


class Transcripts:
    """Writes conversations with their records as files.

    Args:
        assistant: Who answered; knows the work and the index.
        shelf: Where records are kept.
    """

    def __init__(self, assistant: Assistant, shelf: Shelf) -> None:
        self._assistant = assistant
        self._shelf = shelf

    def of_talk(self, owner: str, talk: Talk, form: str, language: Language) -> WrittenFile:
        """A talk as a file, with the records of its owner.

        Args:
            owner: Whose it is; "" for a talk that is not kept.
            talk: What was asked and answered.
            form: "md", "docx", "pdf" or "json".
            language: Of the document's own words.

        Raises:
            ShelfError: The records cannot be read.
            ValueError: There is no such form.
        """
        records = self._shelf.records(owner, talk.id) if owner and talk.id else ()
        content = transcript(talk.title, kept_exchanges(talk), records)
        return written_file(self._assistant, content, form, language)

    def of_exchange(
        self, owner: str, talk: Talk, position: int, form: str, language: Language
    ) -> WrittenFile:
        """One question of a talk with the record of it.

        Raises:
            NotKept: The owner has no such conversation, or it no such question.
            ShelfError: The record cannot be read.
            ValueError: There is no such form.
        """
        kept = self._shelf.load(owner, talk.id)
        chosen = [exchange for exchange in kept if exchange.position == position]
        if not chosen:
            raise NotKept("There is no such question in this conversation.", "Load it again.")
        content = transcript(talk.title, chosen, self._shelf.records(owner, talk.id))
        return written_file(self._assistant, content, form, language)


def written_file(
    assistant: Assistant, content: Content, form: str, language: Language
) -> WrittenFile:
    """Anything that can be exported, as a file.

    Args:
        assistant: Who answered; knows the work and the index.
        content: What the file is to say.
        form: "md", "docx", "pdf" or "json".
        language: Of the document's own words.

    Raises:
        ValueError: There is no such form.
    """
    known = next((one for one in FORMS if one == form), None)
    if known is None:
        raise ValueError(f"no such form: {form!r}")
    told = imprint(assistant, language)
    return WrittenFile(
        file_name(content, told, known), MEDIA_TYPES[known], write(content, told, known)
    )
