"""What a question asks for, and in which language.

The kind decides which sentences can answer (a date is asked: sentences with dates) and how the
answer is laid out (a list as a list, a table as a table, both sides of a comparison). It is read
from the question's own words by cue, in Kazakh, Russian and English; a question without a cue
asks for a statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.errors import QuestionError
from assistant.replies import Language
from index import QUESTION_WORDS, Vocabulary, skeleton, tokens
from sources import KAZAKH_LETTERS

QUESTION_LIMIT = 2000
"""Longest question taken, in characters."""

Kind = Literal[
    "date", "number", "person", "place", "definition", "reason", "list", "table", "comparison",
    "attribution", "statement",
]  # fmt: skip

_KAZAKH_ASKING = frozenset(skeleton(word) for word in QUESTION_WORDS["kk"])
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_CUES: tuple[tuple[Kind, str], ...] = (
    (
        "comparison",
        r"айырмашылы|салыстыр|ұқсас|өзгешелі|ерекшеленед|қарағанда|"
        r"отлича|различ|сравн|разниц|общего между|сходств|"
        r"\bdiffer|compar|\bversus\b|\bvs\b|similarit|distinguish",
    ),
    (
        "definition",
        r"дегеніміз|деген не\b|дегенді қалай|ұғым\w* (?:не|қалай)|анықтама|анықтал|не білдір|"
        r"мағынасы|қалай түсін|нені білдіред|"
        r"что такое|что означает|что значит|определ(?:ение|яет|ен)|что понима|понимается под|"
        r"\bwhat is (?:a|an|the)?\s*\w+[- ]?\w*\s*\?*$|\bdefin|what does .{2,60} mean|meaning of",
    ),
    (
        "date",
        r"қашан|қай жыл|қай кез|нешінші жыл|қандай жыл|қай күн|қай айда|мерзім|қай уақыт|"
        r"\bкогда|в каком году|какого числа|какой год\b|с какого года|в каком месяце|в какие годы|"
        r"\bwhen\b|(?:what|which) (?:year|date|month)|how long ago",
    ),
    (
        "number",
        r"қанша|неше|нешеу|\bкөлемі|пайыз|ұзындығы|\bсаны қан|"
        r"сколько|каков(?:а|о)? (?:объ[её]м|длина|протяж|доля|размер|числ)|протяж[её]нност|процент|"
        r"how (?:many|much|long|large|big)|percentage|what share|number of|length of",
    ),
    (
        "attribution",
        r"кімнің (?:пікір|айтуын|еңбе|тұжырым|көзқарас|теори|зерттеу|анықтама)|"
        r"кім (?:айт|енгіз|ұсын|жаз|сипат|деп|пайдалан|қолдан|бөл|зертте)|"
        r"қай (?:ғалым|зерттеуші|автор)|қандай ғалым|"
        r"кто из (?:авторов|уч[её]ных|исследовател)|"
        r"кто (?:считает|назвал|предложил|вв[её]л|пиш|утвержда|сказал|определил)|"
        r"какой (?:уч[её]ный|исследователь|автор)|чь[яией]|по мнению (?!автора)|"
        r"which (?:scholar|author|researcher|theorist)|whose|"
        r"according to (?!(?:the |this )?(?:dissertation|thesis|author|work|text|study))|"
        r"who (?:argue|said|says|call|coin|propos|writ|wrote|claim|describ|defin|introduc|believ|"
        r"think)",
    ),
    ("person", r"\bкім(?:дер|нің|ге|ді|нен|мен)?\b|\bкто\b|\bкого\b|\bкем\b|\bwho\b|\bwhom\b"),
    (
        "reason",
        r"неге\b|неліктен|не себепті|себеб|не үшін|қандай себеп|неден туында|"
        r"почему|зачем|из-за чего|по какой причине|причин|чем объясн|"
        r"\bwhy\b|\breasons?\b|what causes|because of what",
    ),
    (
        "list",
        r"қандай .{0,60}(?:лар|лер|дар|дер|тар|тер)(?:ы|і|ын|ін|ға|ге|ды|ді|дан|ден)?\b|"
        r"атап|атаңыз|"
        r"(?:лары|лері|дары|дері|тары|тері)(?:не)? (?:қандай|не)\b|"
        r"қандай (?:екі|үш|төрт|бес|алты|жеті|сегіз|бірнеше)\b|"
        r"тізім|санама|қайсылар|түрлері|бағыттары|міндеттері|кезеңдері|"
        r"перечисл|назовите|какие\b|каковы|список|"
        r"\blist\b|\bname (?:the|all|three|four|five|six)|\bwhat are\b|which \w+s\b",
    ),
    ("place", r"қайда|қай жерде|қай қала|қай ел|қай мемлекет|\bгде\b|в какой стране|в каком городе|"
              r"\bwhere\b|(?:which|what) (?:city|country|place)"),
)  # fmt: skip
_TABLE = re.compile(
    r"(?<!\d)(\d{1,2})\s*-?\s*(?:ші|шы|нші|ншы|інші|ыншы)?[\s-]*кесте"
    r"|\bкесте\w*\s*№?\s*(\d{1,2})(?!\d)"
    r"|\bтабл(?:иц\w*|\.)\s*№?\s*(\d{1,2})(?!\d)"
    r"|(?<!\d)(\d{1,2})\s*-?\s*(?:ой|ая|ую|ей|я|й|ю)?\s+таблиц"
    r"|\btable\s*(?:no\.?|number|#)?\s*(\d{1,2})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """What a question asks.

    Attributes:
        text: The question without outer white space.
        language: "kk", "ru" or "en".
        kind: What sort of answer it wants.
        table: Number of the table that it names, None when it names none.
    """

    text: str
    language: Language
    kind: Kind
    table: int | None


def check_question(text: str) -> str:
    """A question without outer white space.

    Raises:
        QuestionError: It is empty, longer than `QUESTION_LIMIT`, holds no letter or figure, or
            holds what no keyboard types (a binary file, broken encoding).
    """
    bare = text.strip()
    if not bare:
        raise QuestionError("The question is empty.", "Type a question.")
    if _CONTROL.search(bare):
        raise QuestionError(
            "The question holds characters that are not text (a binary file or a wrong encoding).",
            "Give the question as UTF-8 text.",
        )
    if len(bare) > QUESTION_LIMIT:
        raise QuestionError(
            f"The question has {len(bare)} characters; at most {QUESTION_LIMIT} are taken.",
            "Shorten it, or ask it in parts.",
        )
    if not any(letter.isalnum() for letter in bare):
        raise QuestionError("The question holds no words.", "Type a question in words.")
    return bare


def understand(text: str, vocabulary: Vocabulary) -> Asked:
    """Read language and kind from a checked question."""
    language = language_of(text, vocabulary)
    # Cues are Kazakh as it is written, so a question typed carelessly is mended first.
    written = vocabulary.mend(text).text if language == vocabulary.language else text
    return Asked(text, language, kind_of(written), table_named(written))


def language_of(text: str, vocabulary: Vocabulary) -> Language:
    """The language a question is asked in.

    Kazakh typed without its letters or in Latin script counts as Kazakh: its words are then
    words of the work once confusable letters agree.
    """
    words = [word for word in tokens(text) if word.isalpha()]
    counts = {
        language: sum(word in known for word in words) for language, known in QUESTION_WORDS.items()
    }
    counts["kk"] = sum(skeleton(word) in _KAZAKH_ASKING for word in words)
    folded = " ".join(words)
    special = sum(any(letter in KAZAKH_LETTERS for letter in word) for word in words)
    share = vocabulary.kazakh_share(text)
    latin = sum("a" <= letter <= "z" for letter in folded) > len(folded.replace(" ", "")) / 2
    if latin:
        return "kk" if share > 0.5 and counts["en"] < len(words) / 6 else "en"
    if special and (counts["ru"] == 0 or special + counts["kk"] > counts["ru"]):
        return "kk"
    tied = counts["ru"] == counts["kk"] > 0
    if counts["ru"] > counts["kk"] or (tied and share < 0.75):
        return "ru"
    return "kk" if share >= 0.5 or special or counts["kk"] else "ru"


def kind_of(text: str) -> Kind:
    """What sort of answer a question wants, by its cue words; "statement" without any."""
    lowered = text.lower()
    if table_named(text) is not None or re.search(r"\bкестеде|\bв таблице|\bin the table", lowered):
        return "table"
    return next((kind for kind, cue in _CUES if re.search(cue, lowered)), "statement")


def table_named(text: str) -> int | None:
    """Number of the table that a question names, None when it names none."""
    found = _TABLE.search(text)
    return int(next(group for group in found.groups() if group)) if found else None
