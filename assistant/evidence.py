"""Which sentences answer, and whether they are enough.

Candidates are the sentences of the best passages. Each is weighed by how near its vector is to the
question's, how many of the question's rare words it has, how well its passage did in the search,
and whether it has what is asked for (a date, a figure). The weights were chosen on the
development questions (`dayek eval --split dev`).

Confidence is a logistic function of what tells answerable from unanswerable questions there:
nearness of the best sentence and words that the work never uses. Below `ENOUGH` the work is taken
to be silent.
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
CUE_WEIGHT = 1.5
"""For a sentence that has the sort of thing that is asked for."""

VALUE_WEIGHT = 3.0
"""The same for dates and figures: without one a sentence does not answer at all."""

ROW_PENALTY = 2.5
"""For table rows when no table is asked: prose says the same in a sentence, a row in shorthand."""
NAMED_WEIGHT = 2.0
"""For the organisations, states and people that a question names."""

FOCUS_WEIGHT = 1.5
"""For the term that a question wants defined."""

ITEM_PENALTY = 3.0
"""For list items when a definition is asked: they match by their lead-in and define nothing."""

ENOUGH = 0.4
"""Confidence below which the answer is that the work is silent."""

PERSON_KNOWN = 0.5
"""Least confidence that the work answers about a person whom its best sentence names."""

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
    top = search.hits[0].score if search.hits else 0.0
    focus = focus_of(search.question) if asked.kind == "definition" else ()
    named = _named(search.question)
    weighed: list[Evidence] = []
    for hit in search.hits[:PASSAGES]:
        for index in hit.passage.sentences:
            sentence = work.sentences[index]
            if _is_title(work, sentence):
                continue
            cosine = search.sentences.get(index)
            score = ((lowest if cosine is None else cosine) - mean) / spread
            score += 6 * WORDS_WEIGHT[native] * search.words.get(index, 0.0) / most
            score += PASSAGE_WEIGHT * (hit.score - top)
            cue = VALUE_WEIGHT if asked.kind in ("date", "number") else CUE_WEIGHT
            score += cue * _answers_kind(work, sentence, asked.kind)
            score += FOCUS_WEIGHT * _share_of(focus, sentence)
            score += NAMED_WEIGHT * _share_of(named, sentence)
            if sentence.row is not None and asked.kind != "table":
                score -= ROW_PENALTY
            if asked.kind == "definition" and _is_item(work, sentence):
                score -= ITEM_PENALTY
            weighed.append(
                Evidence(index, score, cosine, _coverage(sentence, search.rarity), hit.ordinal)
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


def _named(question: str) -> tuple[frozenset[str], ...]:
    """What a question names, each as the stems that count as it; Kazakhstan is named everywhere."""
    return tuple(
        frozenset(found for name in concept.names for found in name.stems)
        for concept in named_in(question)
        if concept.kind != "terms" and concept.id != "kazakhstan"
    )


def _share_of(focus: tuple[frozenset[str], ...], sentence: Sentence) -> float:
    if not focus:
        return 0.0
    present = {stem(word) for word in tokens(sentence.embedding_text)}
    return sum(bool(stems & present) for stems in focus) / len(focus)


def _words(work: Work, sentence: Sentence) -> str:
    return without_references(work.text[sentence.start : sentence.end])


def _is_title(work: Work, sentence: Sentence) -> bool:
    """Whether it is only the heading run into its paragraph: "Зерттеу нысаны."."""
    run_in = work.outline.blocks[sentence.block].run_in
    return work.text[sentence.start : sentence.end].rstrip(". ") == run_in


def _is_item(work: Work, sentence: Sentence) -> bool:
    return work.outline.blocks[sentence.block].kind == "list"


def _answers_kind(work: Work, sentence: Sentence, kind: Kind) -> bool:
    if kind == "list":
        return _is_item(work, sentence)
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
    sure = 1 / (1 + math.exp(-total))
    return max(sure, PERSON_KNOWN) if _on_a_person_it_tells_of(work, evidence, asked) else sure


def _on_a_person_it_tells_of(work: Work, evidence: tuple[Evidence, ...], asked: Asked) -> bool:
    """Whether the question is who somebody is or what they say, and the work speaks of them."""
    people = {one for one in named_in(asked.text) if one.kind == "people"}
    if not people or asked.kind in ("date", "number", "place", "table", "list"):
        return False
    best = work.sentences[evidence[0].sentence]
    return people <= set(named_in(work.text[best.start : best.end]))


def measure(
    work: Work, search: Search, evidence: tuple[Evidence, ...], asked: Asked
) -> tuple[float, ...]:
    """What confidence is made from, in the order of its weights.

    How near the best sentence is; how near sentences are on the whole (a short question is far from
    everything); the share of the question's content that the work knows at all (in another
    language, whose words cannot be looked up: whether it knows a single one); whether it is in
    another language; how much rarity one sentence shares with the question.
    """
    native = asked.language == work.language
    near = np.array(list(search.sentences.values()) or [0.0])
    best = max((found.cosine or 0.0) for found in evidence[:5])
    covered = max(found.coverage for found in evidence)
    shared = min(covered * sum(search.rarity.values()), _MUCH_SHARED) / 10
    return (
        (best - 0.88) * 50,
        (float(near.mean()) - 0.83) * 50,
        search.known if native else (1.0 if search.rarity else _NOTHING_KNOWN),
        0.0 if native else 1.0,
        shared,
    )


_MUCH_SHARED = 20.0
_NOTHING_KNOWN = 0.4

# Logistic regression on: the development questions; 90 off-topic questions of KazQAD validation and
# 30 in Russian and English (weight 0.4 each); the topics of the work's known conflicts as short
# questions (0.25 each). At `ENOUGH` none of the 32 answerable development questions is refused and
# 11 of the 120 off-topic ones are answered.
_BIAS = 1.43
_WEIGHTS = (1.03, 0.42, 1.14, 0.62, 0.44)
