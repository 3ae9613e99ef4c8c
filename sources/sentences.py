"""Where a sentence ends in this text.

A full stop ends a sentence less often than it seems: initials before and after the surname
(`Н.Ә. Назарбаев`, `Коен. Р.`), abbreviations (`т.б.`, `2019 ж`), list numbers, a space before the
stop, `..`, bracket references on either side of it. And sentences end where no space follows
(`етті.1992`, `[2].Қазақстанның`). A library splitter knows none of this for Kazakh, so this one
is ours; it is measured on hand-divided stretches of the work (`tests/data/sentences.jsonl`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.document import Span

# A straight quotation mark glued to the next word opens it: `зор ."Қытай векторы"`.
# Looking behind keeps the time of a long run of spaces in proportion to it.
_STOP = re.compile(r"(?:(?<!\s)\s+)?[.!?…](?:\s*[.!?…])*(?:[»”’)\]]|\"(?!\w))*")
_REFERENCE_AFTER = re.compile(r"\s*(?:\[[\d\s,;–—-]+\]\s*)+(?:[.!?…]+[»”\"’)]*)?")
_LAST_WORD = re.compile(r"([^\W_]+)\s*$")
_OPENING = '«“„"(‘–—·'
# Abbreviations that are always followed by the rest of their sentence.
_INNER = frozenset(
    "ж жж ғ ғғ т млн млрд трлн мың км м га проф акад доц ред б бб с стр ст п пп см г гг в др "
    "им т.е vs mr mrs dr prof no vol pp p ed eds etc".split()
)
# Abbreviations that end the sentence when a capital follows: "және т.б. Қытай ...".
_OUTER = re.compile(r"(?:т\s*\.\s*(?:б|с\.\s*с|д|п)|и\s*др|и\s*т\.\s*[дп])\s*\.?\s*$")
_NAME_PREFIX = frozenset(("Дж", "Ш", "Ж", "Ю", "Я", "Дз", "Qu", "Th", "Ch", "Sh"))
_LIST_NUMBER = re.compile(r"\s*\d{1,2}\s*$")
_LETTER_AFTER = re.compile(r"[^\W\d_](?=[\s.,)\[]|$)")

POINTS_BACK = re.compile(
    r"(?:Бұл|Бұлар|Бұған|Бұның|Мұндай|Осы|Осындай|Осылайша|Ол|Олар|Оның|Олардың|Сол|Соның|Аталған|"
    r"Аталмыш|Сондықтан|Себебі|Өйткені|Мұның|Осыған)\b"
)
"""How a sentence begins that says nothing without the one before it."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, one list item or lead-in, or one table row.

    Attributes:
        start: First code point.
        end: One past the last, white space around it left out.
        block: Index of its block in the outline's blocks.
        references: Bracket references inside it, as they stand.
        row: Number of the table row, None outside tables.
        embedding_text: What is embedded for it; may hold more than is cited (column names,
            lead-in, run-in heading).
    """

    start: int
    end: int
    block: int
    references: tuple[str, ...]
    row: int | None
    embedding_text: str


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Divide a stretch of one paragraph into sentences.

    Args:
        text: The canonical text.
        start: First code point of the stretch.
        end: One past its last; None means the end of the text.

    Returns:
        The sentences in order, without the white space around them; together they cover every
        character of the stretch that is not white space. Empty for a stretch of white space.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for found in _STOP.finditer(text, start, end):
        if found.start() < begin:
            continue
        stop = _with_reference(text, found, end)
        if stop < end and _ends_sentence(text, begin, found, stop, end):
            _add(spans, text, begin, stop)
            begin = stop
    _add(spans, text, begin, end)
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append(Span(begin, begin + len(stripped)))


def _with_reference(text: str, found: re.Match[str], end: int) -> int:
    """End of the stop, with the references that follow it and cite this sentence."""
    after = _REFERENCE_AFTER.match(text, found.end(), end)
    return after.end() if after else found.end()


def _ends_sentence(text: str, begin: int, found: re.Match[str], stop: int, end: int) -> bool:
    before = text[begin : found.start()]
    rest = text[stop:end]
    following = rest.lstrip()
    if not following:
        return True
    glued = following is rest or len(following) == len(rest)
    if not before.strip():
        return False
    if not _may_begin(following):
        return False
    marks = found[0]
    if "." not in marks and "…" not in marks:
        return not glued or following[0].isupper()
    return not _is_inner_stop(before, following, marks, glued)


def _may_begin(following: str) -> bool:
    """Whether a sentence may begin with these characters."""
    first = following[0]
    if first.isupper():
        return True
    if first.isdigit():
        # "етті.1992 мен" is glued and begins a sentence; "3.5" and "05.03" are numbers.
        return True
    if first in _OPENING:
        inner = following[1:].lstrip('«“„"(‘ \u00a0')
        return bool(inner) and (inner[0].isupper() or inner[0].isdigit() or first == "·")
    return False


def _is_inner_stop(before: str, following: str, marks: str, glued: bool) -> bool:
    """Whether the stop belongs to initials, an abbreviation or a number."""
    if _OUTER.search(before):
        # "(… және т.б.) Тәжікстан": inside brackets the sentence goes on.
        return ")" in marks
    if _LIST_NUMBER.fullmatch(before):
        return True
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    token = word[1]
    if token.isdigit():
        return glued and following[0].isdigit()
    if len(token) == 1 or token in _NAME_PREFIX:
        # A lone letter before the stop is an initial ("Н. Назарбаев") or "ж.", "ғ.".
        return not _ends_on_roman_numeral(token)
    if token.lower() in _INNER and not marks.strip().startswith(".."):
        return True
    return _is_reversed_initial(token, following)


def _ends_on_roman_numeral(token: str) -> bool:
    return token in ("Х", "X", "V")


def _is_reversed_initial(token: str, following: str) -> bool:
    """Whether the stop stands between surname and initial: "Коен. Р.", "Тренин .Д [46]"."""
    letter = _LETTER_AFTER.match(following)
    if letter is None or not token[0].isupper() or token.isupper():
        return False
    rest = following[1:]
    second = re.match(r"\.\s*[^\W\d_](?=[\s.,)\[]|$)\.?", rest)
    tail = (rest[second.end() :] if second else rest.removeprefix(".")).lstrip()
    # After a reversed initial the sentence goes on; "…Назарбаев. Қ. Тоқаев …" starts a new one.
    return not tail[:1].isupper()
