"""Which parts of the search are at work: all of them, but for who wants to know what each brings.

Measuring needs the search without one of its parts on the same cases in the same run; nothing else
does. A recipe is a value, so a record can say what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """The parts of one search.

    Attributes:
        passages: Nearness of whole passages.
        sentences: Nearness of the best sentence.
        questions: Nearness of the questions written ahead.
        words: BM25 on stems.
        language_weights: Words count for more in the language of the work.
        names: Other spellings of names, abbreviations and terms.
        mending: Slips, missing letters and Latin script are brought back to the text's words.
        adapter: What was learned from the questions written ahead is used: the tower, and the map
            that corrects the question's vector.
        tower: The encoder of questions that was learned from them looks for passages and sentences;
            without it the map does.
        reranking: Passages are put in order once more by the sentence of each that answers best.
        cues: Tables, lists and dates asked for are preferred.
        merging: Passages that repeat one another take one place.
    """

    passages: bool = True
    sentences: bool = True
    questions: bool = True
    words: bool = True
    language_weights: bool = True
    names: bool = True
    mending: bool = True
    adapter: bool = True
    tower: bool = True
    reranking: bool = True
    cues: bool = True
    merging: bool = True


WHOLE = Recipe()

ABLATIONS: dict[str, Recipe] = {
    "dense": Recipe(words=False),
    "words": Recipe(passages=False, sentences=False, questions=False),
    "no-passages": Recipe(passages=False),
    "no-sentences": Recipe(sentences=False),
    "no-questions": Recipe(questions=False),
    "no-language-weights": Recipe(language_weights=False),
    "no-names": Recipe(names=False),
    "no-mending": Recipe(mending=False),
    "nothing-ahead": Recipe(questions=False, adapter=False),
    "no-adapter": Recipe(adapter=False),
    "no-tower": Recipe(tower=False),
    "no-reranking": Recipe(reranking=False),
    "no-cues": Recipe(cues=False),
    "no-merging": Recipe(merging=False),
}
"""The searches that lack something, by the name that `dayek eval run --system` knows."""
