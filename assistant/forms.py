"""Which words of a text are forms of one word, strictly: `Арал` is not in `аралығында`.

The search cuts words to five letters, which finds more and is right for ranking; a list of all
places that mention something must not hold other words. So the endings that may follow a noun are
spelled out here in their order (number, possession, case, what is made of a case), each with the
sound that it may follow. Vowel harmony is not asked for: foreign names break it (`Назарбаевтың`),
and no real word of the text breaks it without being a form.

Method: the order of Kazakh noun suffixes as grammars give it (e.g. Muhamedowa, Kazakh: A
Comprehensive Grammar, 2016), as one regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

_AFTER = {
    # Last sound of the base -> the first letters that its endings take.
    **dict.fromkeys("мнң", "nasal"),
    "л": "lateral",
    **dict.fromkeys("зж", "buzzing"),
    **dict.fromkeys("рй", "open"),
    **dict.fromkeys("иу", "glide"),
    **dict.fromkeys("аәеоөұүыіэюяё", "vowel"),
}
_PLURAL = {
    "vowel": "л", "open": "л", "glide": "л", "lateral": "лд", "nasal": "д", "buzzing": "д",
    "voiceless": "т",
}  # fmt: skip
_GENITIVE = {
    "vowel": "н", "glide": "дн", "open": "д", "lateral": "д", "nasal": "нд", "buzzing": "д",
    "voiceless": "т",
}  # fmt: skip
_ACCUSATIVE = {**_GENITIVE, "nasal": "д"}
_QUALITY = {**_PLURAL, "vowel": "л", "lateral": "д"}
_WITH = {"voiceless": "п", "buzzing": "б"}
_SOFTENED = {"қ": "ғ", "к": "г", "п": "б"}

# What follows the -ғы, -гі of a place: another number and case (`Қазақстандағылардың`).
_PLACED = r"(?:лар|лер)?(?:[дн][ыі]ң|[ғг][ае]|[дн][ыі]|[дн][ае]|[дн][ае]н|мен)?"
# Cases after the possession of a third person, and of a first or second one.
_THIRD = rf"(?:н[ыі]ң|н[ае]|н|н[ае]н|мен|нд[ае]й|нд[ае](?:[ғг][ыі]{_PLACED})?)"
_OURS = rf"(?:[дн][ыі]ң|[ғг]?[ае]|[дн][ыі]|[дн][ае]н|мен|д[ае](?:[ғг][ыі]{_PLACED})?)"

_WORDS_OF_THEIR_OWN = frozenset("басқа басты басым күшті шартты теңге ойын".split())
"""They look like forms of `бас`, `күш`, `шарт`, `тең`, `ой`, and have long been something else."""


def _class(base: str) -> str:
    return _AFTER.get(base[-1], "voiceless")


def _cases(kind: str) -> str:
    """Case endings after a bare base or a plural, and what is made of them."""
    hard = kind == "voiceless"
    genitive, accusative = _GENITIVE[kind], _ACCUSATIVE[kind]
    place = "т" if hard else "д"
    away = {"nasal": "н", "voiceless": "т"}.get(kind, "д")
    with_ = _WITH.get(kind, "м")
    return (
        rf"[{genitive}][ыі]ң(?:[кд]і)?|{'[қк]' if hard else '[ғг]'}[ае]|[{accusative}][ыі]"
        rf"|{place}[ае](?:[ғг][ыі]{_PLACED})?|{away}[ае]н|[{with_}м]ен|{place}[ае]й"
        rf"|[{place}][ыі]р"
    )


def _possessed(short: bool) -> str:
    """Possession after a vowel or, with its linking vowel, after a consonant; with its case."""
    third = r"с[ыі]" if short else r"[ыі]"
    persons = r"мыз|міз|ңыз|ңіз|м|ң" if short else r"[ыі](?:мыз|міз|ңыз|ңіз|м|ң)"
    return rf"{third}{_THIRD}?|(?:{persons}){_OURS}?"


def _endings(base: str) -> str:
    """Everything that may follow a base."""
    kind = _class(base)
    own = "|".join(filter(None, (_possessed(True) if kind in ("vowel", "glide") else "",
                                 _possessed(False) if kind != "vowel" else "",
                                 _cases(kind))))  # fmt: skip
    plural = rf"[{_PLURAL[kind]}][ае]р(?:{_possessed(False)}|{_cases('open')})?"
    if base[-1] in "ыі":
        own += rf"|{_THIRD}"  # `ұйымы` may be possessed already: `ұйымының`, not `ұйымыдың`
    return rf"(?:{own}|{plural})"


@cache
def _pattern(base: str, derived: bool) -> re.Pattern[str]:
    endings = _endings(base)
    ways = [rf"{re.escape(base)}(?:{endings})?"]
    if base[-1] in _SOFTENED:
        ways.append(rf"{re.escape(base[:-1])}{_SOFTENED[base[-1]]}(?:{_possessed(False)})")
    if (dropped := _dropped(base)) is not None:
        ways.append(rf"{re.escape(dropped)}(?:{_possessed(False)})")
    if derived:
        quality = rf"[{_QUALITY[_class(base)]}][ыі]"
        for ending in ("қ", "к"):
            made = f"л{'ы' if ending == 'қ' else 'і'}{ending}"
            ways.append(rf"{re.escape(base)}{quality}{ending}(?:{_endings(made)})?")
        ways.append(rf"{re.escape(base)}{quality}[ғг](?:{_possessed(False)})")
    return re.compile("|".join(ways))


def _dropped(base: str) -> str | None:
    """The base without the narrow vowel that possession drops: `халық` → `халқ(ы)`; else None."""
    found = re.fullmatch(r"(.+[^аәеоөұүыіэюяёиу])[ыі]([рлнзқк])", base)
    return found[1] + found[2] if found else None


def is_form(word: str, base: str, *, derived: bool = False) -> bool:
    """Whether a Kazakh word is a form of another; both folded.

    Args:
        word: As a text has it.
        base: As a dictionary has it, or already with an ending.
        derived: Whether what belongs to it counts too: `қазақстандық` for `қазақстан`.
    """
    if word == base:
        return True
    if len(word) < len(base) or word[0] != base[0] or word in _WORDS_OF_THEIR_OWN:
        return False
    return _pattern(base, derived).fullmatch(word) is not None


def base_of(word: str, counts: Mapping[str, int]) -> str:
    """The word that a typed form is a form of, if the text has it bare; else the form itself.

    Args:
        word: Folded.
        counts: How often the text has each of its words, folded. Of a short word the text must
            have the form typed too, and have it less often: `басқа` ("other") is no form of `бас`
            ("head"), nor `Байден` of `бай` ("rich").
    """
    candidates = [
        word[:length]
        for length in range(3, len(word))
        if word[:length] in counts
        and (length >= 5 or counts[word[:length]] > counts.get(word, 0) > 0)
        and is_form(word, word[:length])
    ]
    return candidates[0] if candidates else word


# Russian endings of nouns and adjectives; English plural and possessive.
_RUSSIAN = re.compile(
    r"(?:иями|ями|ами|ией|ого|его|ому|ему|ыми|ими|иям|иях|ией|ой|ей|ий|ый|ая|яя|ое|ее|ые|ие|ых|их|"
    r"ым|им|ом|ем|ам|ям|ах|ях|ов|ев|ую|юю|ия|ии|ию|а|я|ы|и|у|ю|е|о|ь)$"
)
_ENGLISH = re.compile(r"(?:es|s)$")


def same_word(word: str, other: str) -> bool:
    """Whether two folded words of Russian or English are one but for their ending."""
    if word == other:
        return True
    return any(
        len(bare := ending.sub("", word)) >= 3 and bare == ending.sub("", other)
        for ending in (_RUSSIAN, _ENGLISH)
    )


def forms_in(words: Collection[str], base: str, language: str, *, derived: bool) -> Iterator[str]:
    """The words of a text that are forms of one.

    Args:
        words: The different words of the text, folded.
        base: Folded.
        language: Of the text.
        derived: See `is_form`; only Kazakh knows it.
    """
    for word in words:
        if is_form(word, base, derived=derived) if language == "kk" else same_word(word, base):
            yield word
