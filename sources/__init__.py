"""The work, and where each word of it stands."""

from sources.blocks import Block, BlockKind
from sources.conflicts import ConflictSide, KnownConflict
from sources.document import Document, Span
from sources.errors import (
    FixableError,
    NoSuchPlace,
    WorkAltered,
    WorkNotFound,
    WorkUnreadable,
)
from sources.headings import Section
from sources.letters import KAZAKH_LETTERS, Folded, fold, search_form
from sources.outline import Outline
from sources.passages import Passage, lead_in_of, one_line, row_in_words
from sources.questions import WrittenQuestion, question_line, read_own_questions
from sources.references import references, without_references
from sources.runins import RunIn
from sources.sentences import POINTS_BACK, Sentence, split_sentences
from sources.tables import Cell, Row, Table
from sources.unanswered import UnansweredQuestion
from sources.work import DEFAULT_WORK, LIBRARY, Card, Work, library_works, open_work

__all__ = [
    "DEFAULT_WORK",
    "KAZAKH_LETTERS",
    "LIBRARY",
    "POINTS_BACK",
    "Block",
    "BlockKind",
    "Card",
    "Cell",
    "ConflictSide",
    "Document",
    "FixableError",
    "Folded",
    "KnownConflict",
    "NoSuchPlace",
    "Outline",
    "Passage",
    "Row",
    "RunIn",
    "Section",
    "Sentence",
    "Span",
    "Table",
    "UnansweredQuestion",
    "Work",
    "WorkAltered",
    "WorkNotFound",
    "WorkUnreadable",
    "WrittenQuestion",
    "fold",
    "lead_in_of",
    "library_works",
    "one_line",
    "open_work",
    "question_line",
    "read_own_questions",
    "references",
    "row_in_words",
    "search_form",
    "split_sentences",
    "without_references",
]
