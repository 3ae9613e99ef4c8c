"""Which sentences answer, and whether they are enough.

Candidates are the sentences of the best passages. Each is weighed by how near its vector is to the
question's, how many of the question's rare words it has, how well its passage did in the search,
and whether it has what is asked for (a date, a figure). The weights were chosen on the
development questions (`dayek eval --split dev`).

Confidence is a logistic function of what tells answerable from unanswerable questions there:
nearness of the best sentence, share of the question's content that the evidence covers, and
words that the work never uses. Below `ENOUGH` the work is taken to be silent.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from assistant.questions import Asked, Kind
from index import Search, content_words, named_in, stem, tokens
from sources import Sentence, Work, without_references

PASSAGES = 10
"""Passages whose sentences are weighed."""

PASSAGE_WEIGHT = 1.0
WORDS_WEIGHT = {True: 0.35, False: 0.1}
"""By whether the question is in the language of the work."""
CUE_WEIGHT = 0.5
FOCUS_WEIGHT = 1.5
"""For the term that a question wants defined."""

ENOUGH = 0.3
"""Confidence below which the answer is that the work is silent."""

_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")
_MONTHS = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүй қазан қараша желтоқсан".split()
_DAY = re.compile(r"\b\d{1,2}\s*-?\s*(?:ші|шы)?\s*(?:" + "|".join(_MONTHS) + r")", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:" + "|".join(_MONTHS) + r")\w*", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_QUANTITY = re.compile(
    r"\d+(?:[.,\u00a0 ]\d+)*\s*(?:%|-?\s*(?:ға|ге|дан|ден|тан|тен)?\s*(?:пайыз|млрд|млн|мың|"
    r"миллиард|миллион|доллар|шақырым|километр|км|мемлекет|ел\b|бап|тонна|адам|жоба|келісім|бет))",
    re.IGNORECASE,
)
_DEFINING = re.compile(r"\s[–—-]\s|дегеніміз|деп ат[ау]|деп аны|ретінде аны|анықта|білдіред|ұғым")
_REASON = re.compile(
    r"себеб|сондықтан|өйткені|салдарынан|байланысты|нәтижесінде|үшін|негізінде|мәжбүр|септіг"
)
_PERSON = re.compile(
    r"\b[А-ЯӘІҢҒҮҰҚӨҺЁ]\.\s?(?:[А-ЯӘІҢҒҮҰҚӨҺЁ]\.?\s?)?[А-ЯӘІҢҒҮҰҚӨҺЁ][а-яәіңғүұқөһё]+"
)

_FOCUS = re.compile(
    r"(.{3,80}?)\s+(?:деген(?:іміз)?\b|ұғым|терминін|анықтамас|нені білдіред|деп нені)"
    r"|(?:что (?:такое|означает|значит|понимается под)|определение)\s+(.{3,80})"
    r"|(?:what (?:is|are|does|do)|definition of|meaning of|defin\w+)\s+(?:the |a |an )?(.{3,80})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Evidence:
    """A sentence that may answer.

    Attributes:
        sentence: Its place in the work's sentences.
        score: How well it answers; comparable within one question only.
        cosine: Nearness to the question; None when the search did not return it.
        coverage: Share of the question's content words, weighted by rarity, that it has.
        passage: Place of its passage in the work's passages.
    """

    sentence: int
    score: float
    cosine: float | None
    coverage: float
    passage: int


def weigh(work: Work, search: Search, asked: Asked) -> tuple[Evidence, ...]:
    """The sentences of the best passages, best first; empty when the search found nothing."""
    near = np.array(list(search.sentences.values()) or [0.0])
    mean, spread = float(near.mean()), float(near.std()) or 1.0
    often = np.array(list(search.words.values()) or [0.0])
    most = float(often.max()) or 1.0
    native = asked.language == work.language
    lowest = float(near.min())
    weights = _rarities(search.question, work, search)
    top = search.hits[0].score if search.hits else 0.0
    focus = focus_of(search.question) if asked.kind == "definition" else ()
    weighed: list[Evidence] = []
    for hit in search.hits[:PASSAGES]:
        for index in hit.passage.sentences:
            sentence = work.sentences[index]
            cosine = search.sentences.get(index)
            score = ((lowest if cosine is None else cosine) - mean) / spread
            score += 6 * WORDS_WEIGHT[native] * search.words.get(index, 0.0) / most
            score += PASSAGE_WEIGHT * (hit.score - top)
            score += CUE_WEIGHT * _answers_kind(work, sentence, asked.kind)
            score += FOCUS_WEIGHT * _share_of(focus, sentence)
            weighed.append(
                Evidence(index, score, cosine, _coverage(sentence, weights), hit.ordinal)
            )
    return tuple(sorted(weighed, key=lambda found: (-found.score, found.sentence)))


def focus_of(question: str) -> tuple[frozenset[str], ...]:
    """The term that a question wants defined: each of its words as the stems that count as it."""
    found = _FOCUS.search(question)
    if found is None:
        return ()
    term = next(group for group in found.groups() if group)
    words = content_words(term)
    words = words[-3:] if found[1] else words[:3]
    spelled = [
        frozenset(stem(word) for name in concept.names for word in name.words)
        for concept in named_in(" ".join(words))
    ]
    return tuple(
        next((stems for stems in spelled if stem(word) in stems), frozenset((stem(word),)))
        for word in words
    )


def _share_of(focus: tuple[frozenset[str], ...], sentence: Sentence) -> float:
    if not focus:
        return 0.0
    present = {stem(word) for word in tokens(sentence.embedding_text)}
    return sum(bool(stems & present) for stems in focus) / len(focus)


def _words(work: Work, sentence: Sentence) -> str:
    return without_references(work.text[sentence.start : sentence.end])


def _answers_kind(work: Work, sentence: Sentence, kind: Kind) -> bool:
    if kind == "list":
        return work.outline.blocks[sentence.block].kind == "list"
    if kind == "table":
        return sentence.row is not None
    return has_what_is_asked(_words(work, sentence), kind)


def has_what_is_asked(words: str, kind: Kind) -> bool:
    """Whether a sentence has the sort of thing that the question asks for."""
    if kind == "date":
        return bool(_YEAR.search(words) or _DAY.search(words))
    if kind == "number":
        return bool(_FIGURE.search(_YEAR.sub("", words)))
    if kind == "definition":
        return bool(_DEFINING.search(words))
    if kind == "reason":
        return bool(_REASON.search(words.lower()))
    if kind in ("person", "attribution"):
        named = any(concept.kind == "people" for concept in named_in(words))
        return named or bool(_PERSON.search(words))
    return False


def values_of(words: str, kind: Kind) -> tuple[str, ...]:
    """The dates or figures of a sentence, as they stand; empty for other kinds of question."""
    if kind == "date":
        found = [*_DAY.findall(words), *_YEAR.findall(words), *_MONTH.findall(words)]
        return tuple(dict.fromkeys(found))
    if kind == "number":
        quantities = [match[0] for match in _QUANTITY.finditer(words)]
        return tuple(dict.fromkeys(quantities or _FIGURE.findall(_YEAR.sub("", words))))
    return ()


def _rarities(question: str, work: Work, search: Search) -> dict[frozenset[str], float]:
    """Each content word of the question, as the stems that count as it, with its rarity."""
    named = {
        stem(word): frozenset(stem(word) for name in concept.names for word in name.words)
        for concept in named_in(question)
        for name in concept.names
        for word in name.words
    }
    weights: dict[frozenset[str], float] = {}
    for word in dict.fromkeys(content_words(question)):
        stems = named.get(stem(word), frozenset((stem(word),)))
        weights[stems] = search.rarity.get(word, 1.0)
    return weights


def _coverage(sentence: Sentence, weights: dict[frozenset[str], float]) -> float:
    total = sum(weights.values())
    if not total:
        return 0.0
    present = {stem(word) for word in tokens(sentence.embedding_text)}
    return sum(weight for stems, weight in weights.items() if stems & present) / total


def confidence(work: Work, search: Search, evidence: tuple[Evidence, ...], asked: Asked) -> float:
    """How sure it is that the work answers, 0 to 1; 0.0 without evidence.

    A question about a table that the work has is answered by that table.
    """
    if not evidence:
        return 0.0
    if asked.table is not None and work.outline.table(asked.table):
        return 0.95
    features = measure(work, search, evidence, asked)
    total = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, features, strict=True))
    return 1 / (1 + math.exp(-total))


def measure(
    work: Work, search: Search, evidence: tuple[Evidence, ...], asked: Asked
) -> tuple[float, ...]:
    """What confidence is made from, in the order of its weights.

    The cosine of the best sentence, the most of the question that one of the three best sentences
    covers (0 for a question in another language, whose words cannot be looked up), the share of
    its content that the work knows at all, and whether it is in another language.
    """
    native = asked.language == work.language
    best = max((found.cosine or 0.0) for found in evidence[:5])
    covered = max(found.coverage for found in evidence[:3])
    return (
        (best - 0.88) * 50,
        covered if native else 0.0,
        search.known if native else 1.0,
        0.0 if native else 1.0,
    )


# Fitted on the development questions and 60 off-topic ones of KazQAD validation (half weight).
_BIAS = 1.39
_WEIGHTS = (1.35, 0.65, 0.74, -0.54)
