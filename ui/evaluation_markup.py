"""The evaluation tab as escaped markup (pure): runs, figures over time, report, comparison."""

from __future__ import annotations

from collections.abc import Sequence

from ui.charts import Point, Series, chart
from ui.evaluation import MEASURES, Change, Compared, Difference, Figure, Run, Runs, System
from ui.formatting import escape
from ui.wording.evaluation import EvaluationWords

CHANGES_SHOWN = 12
"""Questions of each kind that a comparison lists."""

SURE = 0.05
"""Probability of chance below which a difference counts as one."""

_IN_TABLE = (
    "hit_1", "mrr_10", "citation_recall", "key_facts_in_answer", "hallucination", "over_refusal",
)  # fmt: skip
_SPLITS_DRAWN = ("dev", "test")


def overview_markup(runs: Runs, words: EvaluationWords) -> str:
    """All but the comparison and the report's own words."""
    if not runs.told:
        return (
            f'<section class="evaluation nothing">{_head(words)}<h3>{escape(words.nothing)}</h3>'
            f"<p>{escape(words.nothing_how)}</p><pre><code>dayek eval run</code></pre>"
            f"{_unreadable(runs, words)}</section>"
        )
    return (
        f'<section class="evaluation">{_head(words)}{_over_time(runs, words)}'
        f"{_list(runs, words)}{_unreadable(runs, words)}{_report(runs, words)}"
        f"{_choice(runs, words)}</section>"
    )


def _head(words: EvaluationWords) -> str:
    return f"<h2>{escape(words.title)}</h2><p>{escape(words.intro)}</p>"


def _unreadable(runs: Runs, words: EvaluationWords) -> str:
    if not runs.unreadable:
        return ""
    return f'<p class="soft">{escape(words.unreadable.format(count=runs.unreadable))}</p>'


# --- runs ------------------------------------------------------------------------------------


def _list(runs: Runs, words: EvaluationWords) -> str:
    heads = [
        words.when, words.split, words.system, words.revision, words.questions,
        *(_name(measure, words) for measure in _IN_TABLE), words.seconds,
    ]  # fmt: skip
    rows = "".join(_row(run, system, words) for run in runs.told for system in run.systems)
    return (
        f'<h3 id="evaluation-runs">{escape(words.runs)}</h3>'
        f'<p class="soft">{escape(words.runs_hint)}</p>'
        f"{_table(heads, rows, 'evaluation-runs')}"
    )


def _row(run: Run, system: System, words: EvaluationWords) -> str:
    split = words.splits.get(run.split, run.split) + ("" if run.whole else f" ({words.partial})")
    seconds = "–" if system.median is None else f"{system.median:.2f}"
    cells = "".join(
        f'<td class="number">{_figure(system.figures.get(measure))}</td>' for measure in _IN_TABLE
    )
    return (
        f'<tr><th scope="row"><time datetime="{escape(run.made)}">{escape(_time(run))}</time></th>'
        f"<td>{escape(split)}</td><td>{escape(system.name)}</td>"
        f"<td>{escape(run.revision or '–')}</td>"
        f'<td class="number">{system.cases}</td>{cells}<td class="number">{seconds}</td></tr>'
    )


def _figure(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "–"
    return f"{figure.value:.3f}<small>{_interval(figure)}</small>"


def _interval(figure: Figure | Difference, sign: str = "") -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:{sign}.2f} … {figure.high:{sign}.2f}"


def _table(heads: Sequence[str], rows: str, name: str) -> str:
    """A table that scrolls in its own box, by keyboard too."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-labelledby="{name}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


# --- figures over time -----------------------------------------------------------------------


def _over_time(runs: Runs, words: EvaluationWords) -> str:
    drawn = [
        run
        for run in reversed(runs.told)
        if run.whole and run.split in _SPLITS_DRAWN and run.plain() is not None
    ]
    parts = [
        (measure, _drawing(measure, drawn, words, hidden=measure != "mrr_10"))
        for measure in MEASURES
        if any(_of(run, measure) for run in drawn)
    ]
    if not parts:
        return ""
    options = "".join(
        f'<option value="{measure}"{" selected" if measure == "mrr_10" else ""}>'
        f"{escape(_name(measure, words))}</option>"
        for measure, _ in parts
    )
    return (
        f'<h3>{escape(words.over_time)}</h3><p class="soft">{escape(words.over_time_hint)}</p>'
        f'<label class="choice">{escape(words.measure)}<select class="measure">{options}</select>'
        f"</label>{''.join(markup for _, markup in parts)}"
    )


def _of(run: Run, measure: str) -> Figure | None:
    system = run.plain()
    return system.figures.get(measure) if system else None


def _drawing(measure: str, runs: Sequence[Run], words: EvaluationWords, *, hidden: bool) -> str:
    told = [(run, figure) for run in runs if (figure := _of(run, measure)) is not None]
    name = _name(measure, words)
    series = [
        Series(words.splits[split], points)
        for split in _SPLITS_DRAWN
        if (points := tuple(_points(told, split)))
    ]
    title = words.chart.format(measure=name)
    drawing = chart(title, series, len(told), (_time(told[0][0]), _time(told[-1][0])))
    rows = "".join(
        f'<tr><th scope="row">{escape(_time(run))}</th><td>{escape(words.splits[run.split])}</td>'
        f"<td>{escape(run.revision or '–')}</td>"
        f'<td class="number">{figure.value:.3f}</td>'
        f'<td class="number">{_interval(figure)}</td></tr>'
        for run, figure in reversed(told)
    )
    heads = (words.when, words.split, words.revision, words.value, words.interval)
    table = _table(heads, rows, f"evaluation-{measure}")
    return (
        f'<figure data-measure="{measure}"{" hidden" if hidden else ""}>{drawing}'
        f'<figcaption id="evaluation-{measure}">{escape(title)}</figcaption>'
        f"<details><summary>{escape(words.as_table)}</summary>{table}</details></figure>"
    )


def _points(told: Sequence[tuple[Run, Figure]], split: str) -> list[Point]:
    return [
        Point(at, figure.value, figure.low, figure.high, f"{_time(run)}: {figure.value:.3f}")
        for at, (run, figure) in enumerate(told)
        if run.split == split and figure.value is not None
    ]


def _time(run: Run) -> str:
    return run.made[:16].replace("T", " ")


def _name(measure: str, words: EvaluationWords) -> str:
    return words.measures.get(measure, measure)


# --- the report ------------------------------------------------------------------------------


def _report(runs: Runs, words: EvaluationWords) -> str:
    head = f"<h3>{escape(words.report)}</h3>"
    if runs.report is None:
        return f"{head}<p>{escape(words.report_none)}</p><pre><code>dayek eval report</code></pre>"
    return (
        f"{head}<p>{escape(words.report_hint.format(name=runs.report.name))}</p>"
        f'<button type="button" class="report" aria-expanded="false" '
        f'aria-controls="evaluation-report" '
        f'data-open="{escape(words.show_report)}" data-shut="{escape(words.hide_report)}">'
        f"{escape(words.show_report)}</button>"
    )


def report_markup(page: str, words: EvaluationWords) -> str:
    """A report in a frame of its own origin: its script works, and cannot reach this page.

    Args:
        page: The whole HTML of the report.
        words: Of the page around it.
    """
    # Links of the report to its own questions lead nowhere else than into the frame.
    inner = page.replace("<head>", '<head><base href="about:srcdoc">', 1)
    return (
        f'<iframe sandbox="allow-scripts" title="{escape(words.report_frame)}" '
        f'srcdoc="{escape(inner)}"></iframe>'
    )


# --- the comparison --------------------------------------------------------------------------


def _choice(runs: Runs, words: EvaluationWords) -> str:
    if len(runs.told) < 2:
        return ""
    newest, previous = runs.told[0], runs.told[1]
    for run in runs.told[1:]:  # the last one on the same questions says most
        if (run.split, run.whole) == (newest.split, newest.whole):
            previous = run
            break
    return (
        f'<h3>{escape(words.compare)}</h3><p class="soft">{escape(words.compare_hint)}</p>'
        f'<form class="comparing">{_select("before", words.before, runs, previous, words)}'
        f"{_select('after', words.after, runs, newest, words)}"
        f'<button type="submit">{escape(words.compare_button)}</button></form>'
    )


def _select(name: str, label: str, runs: Runs, chosen: Run, words: EvaluationWords) -> str:
    options = "".join(
        f'<option value="{escape(run.name)}"{" selected" if run is chosen else ""}>'
        f"{escape(_run_name(run, words))}</option>"
        for run in runs.told
    )
    return f'<label class="choice">{escape(label)}<select name="{name}">{options}</select></label>'


def _run_name(run: Run, words: EvaluationWords) -> str:
    return f"{_time(run)}, {words.splits.get(run.split, run.split)}, {run.systems[0].cases}"


def told_markup(said: str, words: EvaluationWords, reason: str = "") -> str:
    """A word on a comparison that was not made, with the reason if there is one."""
    why = f"<p>{escape(reason)}</p>" if reason else ""
    return (
        f'<section class="evaluation compared" aria-label="{escape(words.compared)}">'
        f'<p class="told" role="status">{escape(said)}</p>{why}</section>'
    )


def compared_markup(told: Compared, words: EvaluationWords) -> str:
    """Two runs against one another: each measure, then the questions that changed."""
    rows = "".join(_difference(one, words) for one in told.differences)
    heads = (
        words.measure, words.difference, words.interval, words.chance, words.questions,
        words.meaning,
    )  # fmt: skip
    said = words.shared.format(count=told.shared)
    if told.dropped:
        said += " " + words.dropped.format(count=told.dropped)
    changes = _changes(words.got_worse, "got-worse", told.worse, words)
    changes += _changes(words.got_better, "got-better", told.better, words)
    return (
        f'<section class="evaluation compared" aria-labelledby="evaluation-compared-head">'
        f'<h3 id="evaluation-compared-head" tabindex="-1">{escape(words.compared)}</h3>'
        f'<p role="status">{escape(said)}</p>{_table(heads, rows, "evaluation-compared-head")}'
        f"{changes or f'<p>{escape(words.none_changed)}</p>'}</section>"
    )


def _difference(one: Difference, words: EvaluationWords) -> str:
    meaning, kind = words.by_chance, "chance"
    if one.p < SURE and one.gain:
        meaning, kind = (words.better, "better") if one.gain > 0 else (words.worse, "worse")
    chance = "< 0.001" if one.p < 0.001 else f"{one.p:.3f}"
    return (
        f'<tr class="{kind}"><th scope="row">{escape(_name(one.measure, words))}</th>'
        f'<td class="number">{one.difference:+.3f}</td>'
        f'<td class="number">{_interval(one, "+") or "–"}</td>'
        f'<td class="number">{escape(chance)}</td><td class="number">{one.n}</td>'
        f"<td>{escape(meaning)}</td></tr>"
    )


def _changes(title: str, name: str, changes: Sequence[Change], words: EvaluationWords) -> str:
    if not changes:
        return ""
    rows = "".join(
        f'<tr><th scope="row" lang="{escape(one.language)}">{escape(one.question)}'
        f"<small>{escape(one.id)}</small></th><td>{escape(_name(one.measure, words))}</td>"
        f'<td class="number">{one.before:.2f}</td><td class="number">{one.after:.2f}</td></tr>'
        for one in changes[:CHANGES_SHOWN]
    )
    rest = len(changes) - CHANGES_SHOWN
    more = f'<p class="soft">{escape(words.more.format(count=rest))}</p>' if rest > 0 else ""
    heads = (words.question, words.measure, words.before, words.after)
    return (
        f'<h4 id="evaluation-{name}">{escape(title)} ({len(changes)})</h4>'
        f"{_table(heads, rows, f'evaluation-{name}')}{more}"
    )
