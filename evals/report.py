"""Records as plain text tables: one system, several side by side, one against another.

The text holds no square brackets: a terminal that reads `[...]` as mark-up must not find any, and
what a question file or a kind says is data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from evals.checking import Mix
from evals.comparison import Compared
from evals.gate import Floor
from evals.intervals import Comparison, Figure, compare
from evals.mistakes import MISTAKES, mistake_of
from evals.records import Record, Run
from evals.scoring import LESS_IS_BETTER

LABELS = {
    "hit_1": "hit@1",
    "hit_5": "hit@5",
    "hit_10": "hit@10",
    "mrr_10": "MRR@10",
    "ndcg_10": "nDCG@10",
    "all_groups_10": "all groups@10",
    "citation_recall": "citation recall",
    "citation_precision": "citation precision",
    "exact_quotes": "exact quotations",
    "key_facts": "key facts",
    "key_facts_strict": "key facts, all of them",
    "key_facts_in_answer": "key facts in the answer itself",
    "key_facts_in_answer_strict": "  all of them",
    "abstention_precision": "abstention precision",
    "abstention_recall": "abstention recall",
    "hallucination": "hallucination rate",
    "over_refusal": "over-refusal",
    "conflict_recall": "conflict recall",
    "conflict_alarm": "conflict false alarms",
    "answer_words": "words of an answer",
    "model_answers": "answers the model wrote",
    "support_rate": "statements supported",
    "unsupported_rate": "statements shown marked",
    "removed_statements": "statements taken out",
    "extractive_agreement": "agreement with the extractive answer",
    "tokens_read": "tokens read",
    "tokens_written": "tokens written",
    "cost": "US dollars an answer",
}
DECIMALS = {
    "answer_words": 1,
    "removed_statements": 2,
    "tokens_read": 0,
    "tokens_written": 0,
    "cost": 5,
}
"""Decimals of the measures that are no shares; those have three."""

GROUPED = (
    "hit_1",
    "hit_5",
    "mrr_10",
    "citation_recall",
    "citation_precision",
    "key_facts_in_answer",
    "over_refusal",
)
"""Measures of the tables by kind and by language."""

SIDE_BY_SIDE = ("hit_1", "hit_5", "mrr_10", "citation_recall", "key_facts_in_answer")
"""Measures of the table of systems."""

OF_A_MODEL = (
    "model_answers",
    "support_rate",
    "unsupported_rate",
    "removed_statements",
    "extractive_agreement",
    "tokens_read",
    "tokens_written",
    "cost",
)
"""Measures of the table of language models."""


def run_text(run: Run) -> str:
    """The tables of a run: its first system whole, the others beside it."""
    first = run.records[0]
    parts = [figures_table(first), waits(first)]
    if len(run.records) > 1:
        parts.append(systems_table(run.records))
    if models := with_models(run.records):
        parts += [models_table(models), *map(spending, models)]
    parts.append(grouped_table(first, "kind", first.kinds(), lambda kind: first.figures(kind=kind)))
    parts.append(
        grouped_table(
            first,
            "language",
            first.languages(),
            lambda language: first.figures(language=language),
        )
    )
    if any(outcome.answer for outcome in first.outcomes):
        parts.append(mistakes_table(first))
    return "\n\n".join(part for part in parts if part)


def figures_table(record: Record) -> str:
    """Every measure of one record with its interval and number of cases."""
    rows = [
        (label(measure), rounded(measure, figure.value), _ends(measure, figure), str(figure.n))
        for measure, figure in record.figures().items()
        if figure.n
    ]
    return table(("measure", record.system, "95 %", "n"), rows)


def waits(record: Record) -> str:
    """How long replies took and how long answers are, in one line; empty without replies."""
    middle, slow = record.seconds(0.5), record.seconds(0.95)
    if middle is None or slow is None:
        return ""
    said = f"seconds a question: median {middle:.3f}, 95th percentile {slow:.3f}"
    words = [score for score in record.scores("answer_words") if score is not None]
    return said + (f"; words of an answer: median {median(words):.0f}" if words else "")


def with_models(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records whose answers a language model was to write; empty when there is none."""
    return tuple(
        one for one in records if any(told is not None for told in one.scores("model_answers"))
    )


def models_table(records: Sequence[Record]) -> str:
    """Language models one below the other: what they stated, what it cost, how long it took."""
    rows = []
    for record in records:
        figures = record.figures()
        told = [rounded(measure, figures[measure].value) for measure in OF_A_MODEL]
        waited = [seconds(record.seconds(share)) for share in (0.5, 0.95)]
        rows.append((record.system, *told, *waited))
    head = ("model", *(LABELS[measure] for measure in OF_A_MODEL), "median s", "95th percentile s")
    return table(head, rows)


def seconds(told: float | None) -> str:
    """A time in seconds with three decimals; a dash for none."""
    return "-" if told is None else f"{told:.3f}"


def spending(record: Record) -> str:
    """What a language model read, wrote and cost for all questions; empty when nothing is known."""
    parts = []
    for measure, name in (("tokens_read", "read"), ("tokens_written", "written")):
        told = [score for score in record.scores(measure) if score is not None]
        if told:
            parts.append(f"{sum(told):.0f} tokens {name}")
    dollars = [score for score in record.scores("cost") if score is not None]
    if dollars:
        parts.append(f"{sum(dollars):.4f} US dollars")
    return f"{record.system}, all questions: {', '.join(parts)}" if parts else ""


def systems_table(records: Sequence[Record]) -> str:
    """Systems one below the other, each with its difference in MRR to the first."""
    first = records[0]
    rows = []
    for record in records:
        figures = record.figures()
        told = compare(record.scores("mrr_10"), first.scores("mrr_10"))
        shown = ("", "", "") if record is first else _difference(told)
        rows.append(
            (
                record.system,
                *(_with_interval(figures[measure]) for measure in SIDE_BY_SIDE),
                *shown,
            )
        )
    head = ("system", *(LABELS[measure] for measure in SIDE_BY_SIDE), "MRR to first", "95 %", "p")
    return table(head, rows)


def grouped_table(
    record: Record, name: str, groups: Iterable[str], figures: Callable[[str], dict[str, Figure]]
) -> str:
    """Some measures by kind or language, one group a line, with the group's number of cases."""
    rows = []
    for group in groups:
        told = figures(group)
        cases = sum(getattr(outcome.case, name) == group for outcome in record.outcomes)
        rows.append((group, str(cases), *(value(told[measure]) for measure in GROUPED)))
    return table((name, "cases", *(LABELS[measure] for measure in GROUPED)), rows)


def mistakes_table(record: Record) -> str:
    """How many questions went wrong in which way."""
    found = [mistake_of(outcome) for outcome in record.outcomes]
    rows = [(kind, str(found.count(kind))) for kind in MISTAKES]
    return table(("mistake", "questions"), [*rows, ("none", str(found.count(None)))])


def compared_text(compared: Compared, names: tuple[str, str], shown: int = 12) -> str:
    """What changed from one record to another, and the questions that changed most."""
    rows = [(label(name), *_difference(told), str(told.n)) for name, told in compared.measures]
    head = f"{names[1]} against {names[0]}: {compared.shared} questions in common"
    if compared.dropped:
        head += f", {compared.dropped} that only one of them has"
    parts = [head, table(("measure", "difference", "95 %", "p", "n"), rows)]
    for name, changes in (("worse", compared.worse), ("better", compared.better)):
        lines = [
            (change.before.case.id, LABELS[change.measure], f"{change.gain:+.2f}", "")
            for change in changes[:shown]
        ]
        asked = [change.before.case.question for change in changes[:shown]]
        if lines:
            rows_said = [(*line[:3], said) for line, said in zip(lines, asked, strict=True)]
            told = table((name, "measure", "gain", "question"), rows_said, left=(0, 3))
            parts.append(told)
        if len(changes) > shown:
            parts.append(f"... and {len(changes) - shown} more {name}")
    return "\n\n".join(parts)


def gate_text(floors: Sequence[Floor]) -> str:
    """Every floor with what was reached."""
    rows = [
        (
            label(one.measure),
            "-" if one.value is None else f"{one.value:.3f}",
            f"{one.floor:.3f}",
            "kept" if one.kept else "MISSED",
        )
        for one in floors
    ]
    return table(("measure", "reached", "floor", ""), rows)


def mix_text(mix: Mix) -> str:
    """How the questions are spread over kinds, languages, splits and the text."""
    whole = max(mix.cases, 1)
    rows = [
        ("questions", str(mix.cases), ""),
        *(_share(name, n, whole) for name, n in mix.splits.items()),
        *(_share(name, n, whole) for name, n in mix.languages.items()),
        *(_share(name, n, whole) for name, n in mix.kinds.items()),
        _share("without an answer in the work", mix.unanswered, whole),
        _share("with a slip", mix.slips, whole),
        _share(
            "stretches of 2,000 characters that are evidence",
            mix.stretches - len(mix.uncovered),
            mix.stretches,
        ),
    ]
    told = table(("", "number", "share"), rows)
    if mix.uncovered:
        told += "\n\nno question rests on stretch " + ", ".join(map(str, mix.uncovered))
    return told


def _share(name: str, number: int, whole: int) -> tuple[str, str, str]:
    return name, str(number), f"{number / max(whole, 1):.0%}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: Sequence[int] = (0,)) -> str:
    """Columns of plain text, to the right but for those that `left` names; no line ends blank.

    Brackets in a cell become parentheses.
    """
    cells = [[cell.translate(_PLAIN) for cell in line] for line in (head, *rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


_PLAIN = str.maketrans("[]\n\t", "()  ")


def label(measure: str) -> str:
    """A measure as a reader knows it, with the direction where less is better."""
    return LABELS[measure] + (" (less is better)" if measure in LESS_IS_BETTER else "")


def rounded(measure: str, number: float | None) -> str:
    """A measure's number with as many decimals as it needs; a dash for none."""
    return "-" if number is None else f"{number:.{DECIMALS.get(measure, 3)}f}"


def _ends(measure: str, figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return "-"
    return f"{rounded(measure, figure.low)} .. {rounded(measure, figure.high)}"


def value(figure: Figure) -> str:
    """A figure with three decimals; a dash for none."""
    return "-" if figure.value is None else f"{figure.value:.3f}"


def interval(low: float | None, high: float | None, sign: str = "") -> str:
    """An interval; a dash where there is none."""
    return "-" if low is None or high is None else f"{low:{sign}.3f} .. {high:{sign}.3f}"


def _with_interval(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return value(figure)
    return f"{figure.value:.3f} ({figure.low:.2f}-{figure.high:.2f})"


def _difference(told: Comparison) -> tuple[str, str, str]:
    if told.difference is None or told.p is None:
        return "-", "-", "-"
    chance = "< 0.001" if told.p < 0.001 else f"{told.p:.3f}"
    return f"{told.difference:+.3f}", interval(told.low, told.high, "+"), chance
