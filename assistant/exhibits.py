"""Which sentences of the work a language model is shown, numbered.

Those that the extractive answer rests on, then the best of the rest, each with the sentences beside
it, in the order of the text: a model reads them as a reader would. An exhibit is also what a
statement may cite, so its span is what the reader will see highlighted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.extract import Composed
from assistant.phrases import address, place_of
from assistant.replies import Language
from sources import POINTS_BACK, Span, Work

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,60}\b(?:instruction|rule|prompt|order|above|previous)|"
    r"\b(?:system prompt|you are now|developer mode|jailbreak)\b|"
    r"\b(?:reply|respond|answer|say|write|state|claim)\b (?:only |that |with |exactly |to )|"
    r"\b(?:игнорируй|забудь|не соблюдай|нарушь)\w*\b|\bты теперь\b|"
    r"\b(?:напиши|скажи|ответь|отвечай|утверждай|сообщи)(?:те)?\b|"
    r"(?:нұсқау|ереже|бұйрық)\w*\s+(?:\w+\s+){0,2}(?:елеме|ұмыт|орындама|бұз)(?:ыңыз|іңіз|ңіз|ңыз)?\b|"
    r"\bсен енді\b|\b(?:деп|туралы|қана) (?:жаз|айт|жауап бер)(?:ыңыз|іңіз|ңіз|ңыз)?\b(?!\w)|"
    r"NO_ANSWER|<\|",
    re.IGNORECASE,
)
"""A sentence that gives orders to whoever reads it. "Write that X" does not say that X, but has all
the words of it, so that no comparison of words can tell the two apart: it is not evidence. This is
the second fence and not the first; what it does not know is still only a sentence to be checked."""

MOST = 14
"""Sentences shown. More of them dilute what answers, and a local model reads about ten a second."""

LONGEST = 4_500
"""Characters of sentences above which no more are shown."""

BESIDE_BEST = 4
"""Best sentences that are shown with those beside them."""


@dataclass(frozen=True)
class Exhibit:
    """One numbered sentence.

    Attributes:
        number: From 1, without gaps, in the order of the text.
        span: What a statement that names the number cites: the sentence, and the one before it
            where it says nothing without that ("Бұл …").
        text: What is shown.
        address: Where it stands, in the language of the question.
        grounds: What a statement that cites it is compared with: the words of the span, and for
            rows and items the column names and the lead-in that they are read with.
    """

    number: int
    span: Span
    text: str
    address: str
    grounds: str


def exhibits(
    work: Work, evidence: Sequence[Evidence], composed: Composed, language: Language
) -> tuple[Exhibit, ...]:
    """What a model is shown; empty when there is nothing that may be.

    Args:
        work: The work.
        evidence: Best first.
        composed: The extractive answer; its sentences come first when there are too many.
        language: Of the question, for addresses.
    """
    chosen: dict[int, None] = {}
    length = 0
    for place in (*_of(work, composed), *_best(work, evidence)):
        sentence = work.sentences[place]
        size = sentence.end - sentence.start
        if place in chosen or (chosen and length + size > LONGEST):
            continue
        if gives_orders(work.text[sentence.start : sentence.end]):
            continue
        chosen[place] = None
        length += size
        if len(chosen) == MOST:
            break
    return tuple(
        _exhibit(work, place, number, language) for number, place in enumerate(sorted(chosen), 1)
    )


def gives_orders(text: str) -> bool:
    """Whether a sentence tells its reader what to say rather than what is so."""
    return _ORDER.search(text) is not None


def _of(work: Work, composed: Composed) -> Iterator[int]:
    """The sentences of an answer's spans."""
    for span in composed.spans:
        for place, sentence in enumerate(work.sentences):
            if sentence.start < span.end and span.start < sentence.end:
                yield place


def _best(work: Work, evidence: Sequence[Evidence]) -> Iterator[int]:
    """The best sentences, the first of them with those beside them in their paragraph."""
    for rank, found in enumerate(evidence):
        yield found.sentence
        if rank < BESIDE_BEST:
            for beside in (found.sentence + 1, found.sentence - 1):
                if _in_one_paragraph(work, found.sentence, beside):
                    yield beside


def _in_one_paragraph(work: Work, one: int, other: int) -> bool:
    if not 0 <= other < len(work.sentences):
        return False
    first, second = work.sentences[one], work.sentences[other]
    return first.block == second.block and first.row is None


def _exhibit(work: Work, place: int, number: int, language: Language) -> Exhibit:
    sentence = work.sentences[place]
    words = work.text[sentence.start : sentence.end]
    start = sentence.start
    if POINTS_BACK.match(words) and _in_one_paragraph(work, place, place - 1):
        before = work.sentences[place - 1]
        if not gives_orders(work.text[before.start : before.end]):
            start = before.start
    whole = work.text[start : sentence.end]
    read_with = sentence.embedding_text
    return Exhibit(
        number=number,
        span=Span(start, sentence.end),
        text=read_with if sentence.row is not None else words,
        address=address(language, place_of(work, sentence.start)),
        grounds=whole if read_with.strip() == words.strip() else f"{whole}\n{read_with}",
    )
