"""Answering questions about a work, with evidence."""

from assistant.assemble import Assistant, Surroundings, assemble
from assistant.chain import Draft, Inquiry, make_chain
from assistant.conversation import Conversation, Turn
from assistant.errors import QuestionError
from assistant.phrases import Place, address, place_of
from assistant.questions import QUESTION_LIMIT, check_question
from assistant.replies import Answer, Citation, Language, Retrieved, Seconds, Signals, WorkLabel
from assistant.settings import Settings, default_home
from sources import FixableError

__all__ = [
    "QUESTION_LIMIT",
    "Answer",
    "Assistant",
    "Citation",
    "Conversation",
    "Draft",
    "FixableError",
    "Inquiry",
    "Language",
    "Place",
    "QuestionError",
    "Retrieved",
    "Seconds",
    "Settings",
    "Signals",
    "Surroundings",
    "Turn",
    "WorkLabel",
    "address",
    "assemble",
    "check_question",
    "default_home",
    "make_chain",
    "place_of",
]
