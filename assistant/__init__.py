"""Answering questions about a work, with evidence."""

from assistant.assemble import Assistant, Surroundings, assemble, open_writer
from assistant.chain import make_chain
from assistant.conversation import Conversation, Turn
from assistant.disagreements import (
    Disagreement,
    DisagreementSide,
    Statement,
    find_disagreements,
)
from assistant.enriching import Enriched, enrich
from assistant.errors import (
    ModelBrokeOff,
    ModelError,
    ModelMissing,
    ModelNotInstalled,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
    ModelUnreadable,
    QuestionError,
)
from assistant.evidence import (
    CONFIDENT,
    ENOUGH,
    LIKELY,
    SIGNS,
    Evidence,
    reranked,
    signs,
    weigh,
)
from assistant.features import FEATURES, candidates
from assistant.gathering import WORDS_LIMIT, Concordance, Gathered, Mention, gather
from assistant.greeting import Greeting, greet
from assistant.local_model import LocalModel, LocalModelUnusable, serve_model
from assistant.phrases import Place, address, place_of, table_title
from assistant.questions import QUESTION_LIMIT, Asked, check_question, understand
from assistant.replies import (
    Answer,
    CheckedStatement,
    Citation,
    Fault,
    Language,
    Retrieved,
    Seconds,
    Signals,
    StatementVerdict,
    Usage,
    WorkLabel,
)
from assistant.settings import VARIABLES, Settings, default_home
from assistant.speaker import Speaker, open_speaker
from assistant.speech import Limits
from assistant.stages import Draft, Inquiry
from assistant.weights import WEIGHTS, Linear, forget_weights, weights_of
from assistant.writing import Writer
from sources import (
    Block,
    FixableError,
    KnownConflict,
    NoSuchPlace,
    Row,
    Section,
    Span,
    Table,
    Work,
    search_form,
)

__all__ = [
    "CONFIDENT",
    "ENOUGH",
    "FEATURES",
    "LIKELY",
    "QUESTION_LIMIT",
    "SIGNS",
    "VARIABLES",
    "WEIGHTS",
    "WORDS_LIMIT",
    "Answer",
    "Asked",
    "Assistant",
    "Block",
    "CheckedStatement",
    "Citation",
    "Concordance",
    "Conversation",
    "Disagreement",
    "DisagreementSide",
    "Draft",
    "Enriched",
    "Evidence",
    "Fault",
    "FixableError",
    "Gathered",
    "Greeting",
    "Inquiry",
    "KnownConflict",
    "Language",
    "Limits",
    "Linear",
    "LocalModel",
    "LocalModelUnusable",
    "Mention",
    "ModelBrokeOff",
    "ModelError",
    "ModelMissing",
    "ModelNotInstalled",
    "ModelRefused",
    "ModelTooSlow",
    "ModelUnreachable",
    "ModelUnreadable",
    "NoSuchPlace",
    "Place",
    "QuestionError",
    "Retrieved",
    "Row",
    "Seconds",
    "Section",
    "Settings",
    "Signals",
    "Span",
    "Speaker",
    "Statement",
    "StatementVerdict",
    "Surroundings",
    "Table",
    "Turn",
    "Usage",
    "Work",
    "WorkLabel",
    "Writer",
    "address",
    "assemble",
    "candidates",
    "check_question",
    "default_home",
    "enrich",
    "find_disagreements",
    "forget_weights",
    "gather",
    "greet",
    "make_chain",
    "open_speaker",
    "open_writer",
    "place_of",
    "reranked",
    "search_form",
    "serve_model",
    "signs",
    "table_title",
    "understand",
    "weigh",
    "weights_of",
]
