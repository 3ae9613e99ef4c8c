"""A run as one HTML file that a person reads, keeps and sends: figures, curves, every question.

Nothing is loaded from anywhere: style and the few lines of script stand in the file, the curves are
drawn as SVG. Everything that comes from the work, a question or an answer is escaped by the
template engine; where gold and citations lie in a passage is shown by marks around its own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from evals.curves import FRAME, Curve, latency_curve, risk_curve
from evals.intervals import Figure
from evals.judge import Judgement, judgement_text
from evals.measures import covers, first_ranks
from evals.mistakes import MISTAKES, Mistake, mistake_of
from evals.records import Outcome, Record, Run
from evals.report import (
    DECIMALS,
    GROUPED,
    LABELS,
    OF_A_MODEL,
    SIDE_BY_SIDE,
    label,
    rounded,
    seconds,
    spending,
    value,
    with_models,
)
from sources import Span, Work

TEMPLATES = Path(__file__).parent / "templates"
_SHORT = 240
"""Characters of a retrieved passage that holds no evidence."""

_MEANINGS = {
    "hit_1": "the first passage found holds evidence",
    "hit_5": "one of the first five does",
    "hit_10": "one of the first ten does",
    "mrr_10": "1 over the rank of the first passage with evidence; 0 beyond the tenth",
    "ndcg_10": "how high all the evidence stands among the first ten",
    "all_groups_10": "all places that a question needs are among the first ten",
    "citation_recall": "share of the evidence that the citations show",
    "citation_precision": "share of the citations that touch the evidence",
    "exact_quotes": "share of the quotations that are the text at their address",
    "key_facts": "share of what must be said that stands in the answer or its quotations",
    "key_facts_strict": "questions where nothing of it is missing",
    "key_facts_in_answer": "the same, in the answer's own words only",
    "key_facts_in_answer_strict": "questions where nothing is missing there",
    "abstention_precision": "share of the abstentions that were right",
    "abstention_recall": "share of the unanswerable questions that were abstained from",
    "hallucination": "share of the questions without an answer in the work that got one",
    "over_refusal": "share of the answerable questions that were abstained from",
    "conflict_recall": "contradictions of the work told with both sides cited",
    "conflict_alarm": "contradictions told where there is none",
    "answer_words": "mean length of an answer",
    "model_answers": "questions whose answer the language model wrote; the rest got the text's own",
    "support_rate": "share of the model's statements that passed every check",
    "unsupported_rate": "share of them that are shown marked",
    "removed_statements": "statements of an answer that contradict the text, mean",
    "extractive_agreement": "share of the extractive answer's citations that the model has too",
    "tokens_read": "tokens that the model read for an answer, mean",
    "tokens_written": "tokens that it wrote, mean",
    "cost": "mean, by the prices that were set",
}
"""What a measure says, for a reader who does not know its name."""

_WENT_WRONG: dict[Mistake, str] = {
    "invented": "the work does not answer, and the reply does",
    "wrongly refused": "the work answers, and the reply abstains",
    "not found": "no right passage is among those found",
    "found, not chosen": "a right passage was found, and no citation shows it",
    "chosen, cut": "the right place is cited, and a key fact is missing from the answer",
    "one side only": "of several places that are needed some are not cited",
    "conflict not told": "all sides are cited, but not as a contradiction",
    "beside the point": "the answer is right, and most of what it cites is not the evidence",
}

_LANGUAGES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}


@dataclass(frozen=True)
class Piece:
    """A run of a passage's characters.

    Attributes:
        words: As they stand in the work.
        gold: Whether they are evidence.
        cited: Whether the answer cites them.
    """

    words: str
    gold: bool
    cited: bool


@dataclass(frozen=True)
class ShownPassage:
    """A retrieved passage as the page shows it; `hit` when it covers evidence."""

    rank: int
    span: Span
    hit: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ShownFigure:
    """A measure as a line of the first table; `n` is the number of questions it speaks about."""

    name: str
    value: str
    ends: str
    n: int
    meaning: str


@dataclass(frozen=True)
class ShownQuestion:
    """One question as the page shows it."""

    outcome: Outcome
    mistake: Mistake | None
    rank: int | None
    answer: Markup
    gold: tuple[tuple[str, ...], ...]
    passages: tuple[ShownPassage, ...]


def report_page(
    run: Run, work: Work, system: str | None = None, judgement: Judgement | None = None
) -> str:
    """The page of a run.

    Args:
        run: What was measured.
        work: The work that was asked; its text is quoted.
        system: Whose questions are shown one by one; None means the first.
        judgement: What a judge said of its answers, with how often it errs; None when none did.

    Raises:
        RunUnreadable: The run has no such system.
    """
    record = run.record(system)
    questions = [_shown(outcome, work.text) for outcome in record.outcomes]
    return (
        _environment()
        .get_template("report.html")
        .render(
            run=run,
            record=record,
            questions=questions,
            mistakes=_mistakes(questions),
            right=sum(one.mistake is None for one in questions if one.outcome.answer),
            answered=sum(one.outcome.answer is not None for one in questions),
            languages=_LANGUAGES,
            figures=_rows(record),
            systems=[_system_row(one) for one in run.records],
            systems_head=[LABELS[name] for name in SIDE_BY_SIDE],
            models=[_model_row(one) for one in with_models(run.records)],
            models_head=[LABELS[name] for name in OF_A_MODEL],
            groups=_groups(record),
            groups_head=[LABELS[name] for name in GROUPED],
            curves=_curves(record),
            frame=FRAME,
            judged="" if judgement is None else judgement_text(judgement),
        )
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _rows(record: Record) -> list[ShownFigure]:
    return [_row(measure, figure) for measure, figure in record.figures().items() if figure.n]


def _row(measure: str, figure: Figure) -> ShownFigure:
    name = label(measure)
    if name.startswith(" "):  # Indented below the line before it; a page does not keep blanks.
        name = f"{LABELS[measure.removesuffix('_strict')]}, {name.strip()}"
    decimals = DECIMALS.get(measure, 3)
    low, high = figure.low, figure.high
    return ShownFigure(
        name,
        "–" if figure.value is None else f"{figure.value:.{decimals}f}",
        "–" if low is None or high is None else f"{low:.{decimals}f} – {high:.{decimals}f}",
        figure.n,
        _MEANINGS[measure],
    )


def _mistakes(
    questions: Sequence[ShownQuestion],
) -> list[tuple[Mistake, str, list[ShownQuestion]]]:
    """The mistakes that were made, the most harmful first: what each is, and where."""
    made = [
        (kind, _WENT_WRONG[kind], [one for one in questions if one.mistake == kind])
        for kind in MISTAKES
    ]
    return [one for one in made if one[2]]


def _system_row(record: Record) -> tuple[str, list[Figure], str]:
    figures = record.figures()
    middle = record.seconds(0.5)
    return (
        record.system,
        [figures[name] for name in SIDE_BY_SIDE],
        "-" if middle is None else f"{middle:.3f}",
    )


def _model_row(record: Record) -> tuple[str, list[str], str]:
    figures = record.figures()
    told = [rounded(name, figures[name].value) for name in OF_A_MODEL]
    told += [seconds(record.seconds(share)) for share in (0.5, 0.95)]
    return record.system, told, spending(record)


def _groups(record: Record) -> list[tuple[str, list[tuple[str, int, list[str]]]]]:
    return [
        (
            name,
            [
                (
                    one,
                    sum(getattr(outcome.case, name) == one for outcome in record.outcomes),
                    [value(record.figures(**{name: one})[measure]) for measure in GROUPED],
                )
                for one in present
            ],
        )
        for name, present in (("kind", record.kinds()), ("language", record.languages()))
    ]


def _curves(record: Record) -> list[Curve]:
    curves = [risk_curve(record.outcomes), latency_curve(record.outcomes)]
    return [curve for curve in curves if curve is not None]


def _shown(outcome: Outcome, text: str) -> ShownQuestion:
    gold = [span for group in outcome.gold for span in group]
    cited = [Span(one.start, one.end) for one in outcome.answer.citations] if outcome.answer else []
    ranks = [rank for rank in first_ranks(outcome.retrieved, outcome.gold) if rank is not None]
    return ShownQuestion(
        outcome=outcome,
        mistake=mistake_of(outcome),
        rank=min(ranks, default=None),
        answer=_answer(outcome),
        # A quotation that occurs twice is two places and reads once.
        gold=tuple(
            tuple(dict.fromkeys(text[span.start : span.end] for span in group))
            for group in outcome.gold
        ),
        passages=tuple(
            _passage(rank, span, gold, cited, text)
            for rank, span in enumerate(outcome.retrieved, start=1)
        ),
    )


def _passage(
    rank: int, span: Span, gold: Sequence[Span], cited: Sequence[Span], text: str
) -> ShownPassage:
    pieces = _pieces(span, gold, cited, text)
    told = any(piece.gold or piece.cited for piece in pieces)
    if not told and span.end - span.start > _SHORT:
        words = text[span.start : span.start + _SHORT].rsplit(None, 1)[0]
        pieces = (Piece(words + " …", gold=False, cited=False),)
    return ShownPassage(rank, span, any(covers(span, wanted) for wanted in gold), pieces)


def _pieces(
    span: Span, gold: Sequence[Span], cited: Sequence[Span], text: str
) -> tuple[Piece, ...]:
    """A passage cut wherever evidence or a citation begins or ends."""
    edges = {span.start, span.end}
    for other in (*gold, *cited):
        edges |= {edge for edge in (other.start, other.end) if span.start < edge < span.end}
    ordered = sorted(edges)
    return tuple(
        Piece(text[start:end], _inside(start, end, gold), _inside(start, end, cited))
        for start, end in pairwise(ordered)
    )


def _inside(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)


_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\*\[\]`_|])")


def _answer(outcome: Outcome) -> Markup:
    """The answer with its bold words; everything else of it is text."""
    if outcome.answer is None:
        return Markup("")
    parts = _BOLD.split(outcome.answer.answer)
    # Odd places are what stood between the stars.
    shown = [
        Markup("<strong>{}</strong>").format(_ESCAPED.sub(r"\1", part))
        if at % 2
        else escape(_ESCAPED.sub(r"\1", part))
        for at, part in enumerate(parts)
    ]
    return Markup("").join(shown)
