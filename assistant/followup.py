"""How a question that leans on earlier turns becomes one that stands alone.

By rule, and only when the question shows that it leans: a pronoun, an opening "ал …" or "а …", or
hardly any words of its own. Rewriting every question was the peers' complaint ("hi" became a
question); the rewritten one is always shown. The topic of the turn before is put behind the
question, or, for "the last of them", that item of the answer.
"""

from __future__ import annotations

import re

from assistant.conversation import Conversation, Turn
from assistant.replies import Language
from index import content_words, named_in, stem, tokens

_LEANING = {
    "kk": frozenset(
        """
        ол оның оны оған одан онда онымен олар олардың оларды оларға олардан бұл бұның мұның бұлар
        бұлардың мұнда мұндай осы осының осыған сол соның соған сонда сондай соңғысы соңғылары
        біріншісі екіншісі үшіншісі қалғандары тағы басқалары өзі
        """.split()
    ),
    "ru": frozenset(
        """
        он она оно они его её ее их ему ей им ими нём нем ней них него неё нее это этого этому этом
        этот эта эти этих этим тот та те тех там тогда остальные ещё еще
        """.split()
    ),
    "en": frozenset(
        """
        it its they them their he him his she her this these that those there then latter former
        others
        """.split()
    ),
}
_OPENING = re.compile(
    r"\s*(?:ал|сонда|тағы|онда|және|ендеше|сонымен|а|и|тогда|а ещё|and|but|so|then|also|"
    r"what about|how about)\b[\s,]",
    re.IGNORECASE,
)
# "The last of them": nominal in Kazakh; in Russian and English only where no noun follows.
_ALONE = r"(?: из (?:них|этих)| one| of|(?!\s*\w))"
_LAST = re.compile(rf"соңғысы|\bпоследн\w+{_ALONE}|\blatter\b|\blast{_ALONE}", re.IGNORECASE)
_FIRST = re.compile(rf"біріншісі|\bперв\w+{_ALONE}|\bformer\b|\bfirst{_ALONE}", re.IGNORECASE)
_SECOND = re.compile(rf"екіншісі|\bвтор\w+{_ALONE}|\bsecond{_ALONE}", re.IGNORECASE)
# "Бұл диссертацияның мақсаты", "this thesis": the work itself, not an earlier turn.
_THE_WORK = re.compile(
    r"\b(?:бұл|осы|эт\w+|this|the)\s+(?:диссертация|зерттеу|жұмыс|еңбек|мәтін|диссертаци|работ|"
    r"исследовани|текст|dissertation|thesis|work|study|text)\w*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[;,\n•·]| және | мен | пен | бен | и | and ")
_OWN_WORDS = 3
_WORD = re.compile(r"[^\W_]+(?:[-+][^\W_]+)*")
_MARKS = re.compile(r"\*\*|\[\d+\]")


def stand_alone(question: str, conversation: Conversation, language: Language) -> str:
    """The question in a form that can be searched without the conversation.

    Args:
        question: A checked question.
        conversation: The turns before it.
        language: Language of the question.

    Returns:
        The question itself when it does not lean on an earlier turn, or there is none.
    """
    last = conversation.last
    if last is None or not leans(question, language):
        return question
    swapped = _swapped(question, last.question)
    if swapped:
        return swapped
    topic = _topic(question, last, conversation)
    return f"{question} ({topic})" if topic else question


def leans(question: str, language: Language) -> bool:
    """Whether a question cannot be understood without what was said before it."""
    rest = _THE_WORK.sub(" ", question)
    words = tokens(rest)
    own = content_words(question)
    if _OPENING.match(question) or _points(words, language):
        return True
    return len(own) < _OWN_WORDS and rest == question and not named_in(question)


def _points(words: list[str], language: Language) -> bool:
    """Whether a pronoun near the beginning points back.

    Later in a long question it usually points into the question itself ("Қазақстан неге өз
    қаруынан бас тартты, ол не берді?").
    """
    near = words if len(words) <= 8 else words[:4]
    return any(word in _LEANING[language] for word in near)


def _swapped(question: str, before: str) -> str:
    """The same about another thing: "Ал ДСҰ-ға ше?" after "Қазақстан БҰҰ-ға қашан кірді?".

    The earlier question with its last name of the same kind replaced; empty when the question is
    more than a name, or the earlier one has none of that kind.
    """
    words = [word for word in _WORD.findall(question) if content_words(word)]
    new = named_in(question)
    if not _OPENING.match(question) or len(new) != 1 or len(words) > _OWN_WORDS:
        return ""
    old = [one for one in named_in(before) if one.kind == new[0].kind and one != new[0]]
    if not old:
        return ""
    stems = {found for name in old[-1].names for found in name.stems}
    places = [
        found.span()
        for found in _WORD.finditer(before)
        if any(stem(word) in stems for word in tokens(found[0]))
    ]
    if not places:
        return ""
    return before[: places[0][0]] + " ".join(words) + before[places[-1][1] :]


def _topic(question: str, last: Turn, conversation: Conversation) -> str:
    item = _item(question, last.answer)
    if item:
        return item
    before = last.question
    earlier = Conversation(conversation.turns[:-1])
    if earlier.last and not content_words(before):
        before = earlier.last.question
    asked = set(tokens(question))
    kept = [
        word
        for word in _WORD.findall(before)
        if not asked.issuperset(tokens(word)) and content_words(word)
    ]
    people = [
        concept.canonical
        for concept in named_in(_MARKS.sub("", last.answer))
        if concept.kind == "people" and concept not in named_in(before)
    ]
    return " ".join([*kept, *people[:2]])


def _item(question: str, answer: str) -> str:
    """The item of the answer that "the last", "the first", "the second" points at; else empty."""
    place = next(
        (at for cue, at in ((_LAST, -1), (_FIRST, 0), (_SECOND, 1)) if cue.search(question)), None
    )
    if place is None:
        return ""
    items = [item.strip(" .:—–-") for item in _ITEM.split(_MARKS.sub("", answer))]
    items = [item for item in items if item]
    return items[place] if len(items) > max(place, 0) and len(items) > 1 else ""
