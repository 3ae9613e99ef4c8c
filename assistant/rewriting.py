"""A follow-up made to stand alone by a language model, where one is set.

A model understands what "and the second one?" means better than a rule does, and it also answers
instead of asking, changes the language or brings in names from elsewhere. So only a question that
leans is put to it, and what it writes is taken only when it is a question in the same language, of
the same thing, with no name or figure that the conversation does not have; else the rule's stays.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Generator
from dataclasses import dataclass

from assistant.conversation import Conversation
from assistant.errors import QuestionError
from assistant.followup import leans, stand_alone
from assistant.markup import bare, plain
from assistant.prompting import REWRITING, talk
from assistant.questions import check_question, language_of
from assistant.replies import Language, Usage
from assistant.speech import Limits
from assistant.writing import Writer, used
from index import STOPWORDS, Vocabulary, content_words, named_in, stem, tokens

LONGEST = 300
"""Characters of a rewritten question; a longer one is no question."""

LIMITS = Limits(first=10.0, pause=5.0, total=15.0)
"""Most that a rewriting is waited for: the rule's is ready, and the answer is still to come."""

_log = logging.getLogger(__name__)
_FIGURE = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AROUND = " \t\"'«»“”„*`"
_LABEL = re.compile(r"^(?:question|сұрақ|вопрос|answer|жауап|ответ)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Alone:
    """A question that stands alone.

    Attributes:
        text: The question.
        usage: What a model was asked for it; None when none was.
    """

    text: str
    usage: Usage | None = None


def rewritten(
    question: str,
    conversation: Conversation,
    language: Language,
    vocabulary: Vocabulary,
    writer: Writer | None,
) -> Generator[None, None, Alone]:
    """The question as it can be searched; yields while a model is waited for.

    Args:
        question: A checked question.
        conversation: The turns before it.
        language: Language of the question.
        vocabulary: Of the work, by which a language is told.
        writer: Whose model is asked; None, or one that leaves follow-ups alone, means the rule.
    """
    by_rule = stand_alone(question, conversation, language)
    leaning = conversation.last is not None and leans(question, language)
    if writer is None or not writer.followups or not leaning:
        return Alone(by_rule)
    turns = [(turn.question, bare(plain(turn.answer))) for turn in conversation.turns]
    limits = Limits(
        min(LIMITS.first, writer.limits.first),
        min(LIMITS.pause, writer.limits.pause),
        min(LIMITS.total, writer.limits.total),
    )
    speech = writer.speaker.stream(
        REWRITING[language], talk(question, turns, language), limits=limits
    )
    said = ""
    try:
        while len(said) <= 2 * LONGEST:
            try:
                said += next(speech)
            except StopIteration:
                break
            except Exception as error:  # every provider raises what its own client raises
                _log.warning("%s", writer.speaker.trouble(error))
                return Alone(by_rule, used(speech, writer.speaker))
            yield
    finally:
        speech.close()
    told = " ".join((question, *(part for turn in turns for part in turn)))
    taken = _taken(said, question, told, language, vocabulary)
    return Alone(taken or by_rule, used(speech, writer.speaker))


def _taken(
    said: str, question: str, told: str, language: Language, vocabulary: Vocabulary
) -> str | None:
    """What a model wrote, if it is a question that may be searched instead; else None."""
    lines = [line for line in said.rpartition("</think>")[2].splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    text = _LABEL.sub("", plain(lines[0]).strip(_AROUND)).strip(_AROUND)
    if len(text) > LONGEST or language_of(text, vocabulary) != language:
        return None
    try:
        check_question(text)
    except QuestionError:
        return None
    if "?" in question and "?" not in text:
        return None
    return text if _same_thing(text, question) and not _brings_in(text, told) else None


def _same_thing(text: str, question: str) -> bool:
    """Whether what the question itself asks about is still asked about."""
    names = {one.id for one in named_in(question)}
    if names:
        return names <= {one.id for one in named_in(text)}
    own = {stem(word) for word in content_words(question)}
    return not own or bool(own & {stem(word) for word in content_words(text)})


def _brings_in(text: str, told: str) -> bool:
    """Whether there is a figure or a name that the conversation does not have."""
    if not set(_FIGURE.findall(text)) <= set(_FIGURE.findall(told)):
        return True
    if not {one.id for one in named_in(text)} <= {one.id for one in named_in(told)}:
        return True
    known = {stem(word) for word in tokens(told)}
    names = {one.id for one in named_in(told)}
    for place, word in enumerate(_WORD.findall(text)):
        if not word[0].isupper() or {one.id for one in named_in(word)} & names:
            continue
        parts = tokens(word)
        if place == 0 and STOPWORDS.issuperset(parts):
            continue
        if not all(stem(part) in known for part in parts):
            return True
    return False
