"""Answering questions about a work, with evidence."""

from assistant.assemble import Assistant, Surroundings, assemble
from assistant.chain import Draft, Inquiry, make_chain
from assistant.conversation import Conversation, Turn
from assistant.disagreements import (
    Disagreement,
    DisagreementSide,
    Statement,
    find_disagreements,
)
from assistant.enriching import Enriched, enrich
from assistant.errors import (
    ModelError,
    ModelMissing,
    ModelNotInstalled,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
    ModelUnreadable,
    QuestionError,
)
from assistant.evidence import ENOUGH, SIGNS, Evidence, reranked, signs, weigh
from assistant.features import FEATURES, candidates
from assistant.phrases import Place, address, place_of
from assistant.questions import QUESTION_LIMIT, Asked, check_question, understand
from assistant.replies import Answer, Citation, Language, Retrieved, Seconds, Signals, WorkLabel
from assistant.settings import Settings, default_home
from assistant.speaker import Speaker, open_speaker
from assistant.weights import WEIGHTS, Linear, forget_weights, weights_of
from sources import FixableError

__all__ = [
    "ENOUGH",
    "FEATURES",
    "QUESTION_LIMIT",
    "SIGNS",
    "WEIGHTS",
    "Answer",
    "Asked",
    "Assistant",
    "Citation",
    "Conversation",
    "Disagreement",
    "DisagreementSide",
    "Draft",
    "Enriched",
    "Evidence",
    "FixableError",
    "Inquiry",
    "Language",
    "Linear",
    "ModelError",
    "ModelMissing",
    "ModelNotInstalled",
    "ModelRefused",
    "ModelTooSlow",
    "ModelUnreachable",
    "ModelUnreadable",
    "Place",
    "QuestionError",
    "Retrieved",
    "Seconds",
    "Settings",
    "Signals",
    "Speaker",
    "Statement",
    "Surroundings",
    "Turn",
    "WorkLabel",
    "address",
    "assemble",
    "candidates",
    "check_question",
    "default_home",
    "enrich",
    "find_disagreements",
    "forget_weights",
    "make_chain",
    "open_speaker",
    "place_of",
    "reranked",
    "signs",
    "understand",
    "weigh",
    "weights_of",
]
