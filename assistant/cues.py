"""What sort of thing a sentence has: a date, a figure, a person, a reason, a definition.

A question that asks when is answered by a sentence with a date, and by no other. The signs are
those of this kind of Kazakh prose; each was read off the text, none off a question.
"""

from __future__ import annotations

import re

from assistant.questions import Kind
from index import Concept, named_in
from sources import Sentence, Work, without_references

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


def words_of(work: Work, sentence: Sentence) -> str:
    """The words of a sentence without its bracket references."""
    return without_references(work.text[sentence.start : sentence.end])


def things_in(words: str) -> tuple[Concept, ...]:
    """What some words name that tells one matter from another, in the order of the table.

    No terms, and not Kazakhstan: every matter here is Kazakhstan's.
    """
    return tuple(one for one in named_in(words) if one.kind != "terms" and one.id != "kazakhstan")


def is_title(work: Work, sentence: Sentence) -> bool:
    """Whether it is only the heading run into its paragraph: "Зерттеу нысаны."."""
    run_in = work.outline.blocks[sentence.block].run_in
    return work.text[sentence.start : sentence.end].rstrip(". ") == run_in


def is_item(work: Work, sentence: Sentence) -> bool:
    """Whether it is an item or the lead-in of a list."""
    return work.outline.blocks[sentence.block].kind == "list"


def answers_kind(work: Work, sentence: Sentence, kind: Kind) -> bool:
    """Whether a sentence, by where it stands or what it has, can answer such a question."""
    if kind == "list":
        return is_item(work, sentence)
    if kind == "table":
        return sentence.row is not None
    return has_what_is_asked(words_of(work, sentence), kind)


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
