"""How a question is put to the model and to the words: names in the text's spelling, and others.

Pure: it knows the table of names and what the embedder likes, and nothing of what is searched.
"""

from __future__ import annotations

from index.names import named_in
from index.words import content_words, stem, tokens, weighted_stems

NAME_WEIGHT = 0.8
"""Weight of another spelling of a name against the one in the question."""


def weighted(question: str, *, native: bool, names: bool) -> dict[str, float]:
    """Stems of a question with their weights: its own words, and other spellings of its names.

    The words of a longer spelling share its weight. Terms are named for readers of other languages
    only: in the text's own, a term is a common word (`кезең`, `шарт`) that needs no other.
    """
    own = weighted_stems(content_words(question))
    if not names:
        return own
    others: dict[str, float] = {}
    for concept in named_in(question):
        if native and concept.kind == "terms":
            continue
        for name in concept.names:
            # In the order of its words: sums of scores must not depend on the order of a set.
            for word in map(stem, name.folded):
                others[word] = max(others.get(word, 0.0), NAME_WEIGHT / len(name.words))
    return {**others, **own}


def as_question(question: str, *, native: bool, names: bool) -> str:
    """A question as the model likes it: a capital, a question mark, names in the text's spelling.

    Without capital and mark the cosines of all passages fall by 0.03, more than lies between an
    answer and none. In another language all names are added in the text's spelling (to the model
    `Китай` and `Қытай` are not near), in the work's own those that it spells otherwise.
    """
    said = {stem(word) for word in tokens(question)}
    added = [
        concept.canonical
        for concept in named_in(question)
        if names and (not native or not said.issuperset(concept.names[0].stems))
    ]
    bare = question.strip().rstrip("?!. ")
    spelled = f" ({', '.join(added)})" if added else ""
    return f"{bare[:1].upper()}{bare[1:]}{spelled}?"
