"""Our search on somebody else's collection, for comparison with published figures.

The collection is a file of JSON lines in the manner of BEIR (Thakur et al. 2021, arXiv
2104.08663), all three parts in one: passages `{"passage": id, "title", "text"}`, queries
`{"query": id, "text"}`, judgements `{"query": id, "passage": id, "relevance": n}`. The passages
are written into one text, which is indexed and searched as any work of a user's is. Only the
cutting is theirs: each passage is one of the work's, as it is for the figures compared with.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Any

from assistant import Assistant, Settings
from evals.intervals import Figure, figure
from index import BuildProgress, Searcher, build_index, open_embedder, open_index
from sources import FixableError, Span, Work, open_work

DEPTH = 10
_BETWEEN = "\n\n"
"""What parts two passages in the text."""


class CollectionUnreadable(FixableError):
    """A file that is no collection of passages, queries and judgements."""


@dataclass(frozen=True)
class Collection:
    """Passages, queries, and which answers which.

    Attributes:
        passages: Title and text by id, in the order of the file.
        queries: Text by id.
        relevant: Relevance above 0 of passages by query id and passage id.
    """

    passages: Mapping[str, str]
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class OutsideReport:
    """How our search does on a collection.

    Attributes:
        passages: How many.
        queries: How many that have a relevant passage.
        figures: "nDCG@10", "MRR@10", "recall@1", "recall@5", "recall@10", each with its interval.
    """

    passages: int
    queries: int
    figures: Mapping[str, Figure]


def read_collection(path: Path) -> Collection:
    """Read a file of passages, queries and judgements.

    Raises:
        CollectionUnreadable: A line is none of them, or nothing can be measured with it.
    """
    passages: dict[str, str] = {}
    queries: dict[str, str] = {}
    relevant: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            match told:
                case {"query": query, "passage": passage, "relevance": grade}:
                    relevant.setdefault(str(query), {})[str(passage)] = int(grade)
                case {"passage": passage, "text": text}:
                    passages[str(passage)] = _one_paragraph(told.get("title", ""), text)
                case {"query": query, "text": text}:
                    queries[str(query)] = str(text)
                case _:
                    raise ValueError("it is no passage, query or judgement")
        except (ValueError, TypeError) as error:
            raise CollectionUnreadable(
                f"{path}, line {number}: {error}.",
                'Lines are {"passage", "title", "text"}, {"query", "text"} or '
                '{"query", "passage", "relevance"}.',
            ) from error
    judged = {
        query: {one: grade for one, grade in grades.items() if one in passages and grade > 0}
        for query, grades in relevant.items()
        if query in queries
    }
    judged = {query: grades for query, grades in judged.items() if grades}
    if not passages or not judged:
        raise CollectionUnreadable(
            f"{path} has {len(passages)} passages and {len(judged)} judged queries: "
            "nothing can be measured with it.",
            "Give passages, queries and judgements in one file.",
        )
    return Collection(passages, {query: queries[query] for query in judged}, judged)


def convert_squad(path: Path) -> list[dict[str, Any]]:
    """The lines of a collection from a reading-comprehension set, one question a line.

    As KazQAD's: `{"title", "context", "question"}` a line; equal contexts are one passage, equal
    questions one query, and a passage is relevant to every question asked of it.

    Raises:
        CollectionUnreadable: A line has another shape.
    """
    passages: dict[tuple[str, str], str] = {}
    queries: dict[str, str] = {}
    pairs: dict[tuple[str, str], None] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            context = str(told.get("title", "")), str(told["context"])
            question = str(told["question"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CollectionUnreadable(
                f"{path}, line {number}, is no question on a context ({error}).",
                'Lines are {"title", "context", "question", ...}.',
            ) from error
        passage = passages.setdefault(context, f"p{len(passages) + 1}")
        query = queries.setdefault(question, f"q{len(queries) + 1}")
        pairs[query, passage] = None
    return [
        *({"passage": id, "title": title, "text": text} for (title, text), id in passages.items()),
        *({"query": id, "text": text} for text, id in queries.items()),
        *({"query": query, "passage": passage, "relevance": 1} for query, passage in pairs),
    ]


def measure_outside(
    collection: Collection,
    settings: Settings,
    *,
    building: Callable[[BuildProgress], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> OutsideReport:
    """Index the passages as one work, search it with every query, and score what is found.

    The index is kept in the data folder: only the first time takes long.

    Args:
        collection: What is measured with.
        settings: Of the assistant; its source is not looked at.
        building: Told how far the index is.
        progress: Called after each query.
    """
    text, starts = _as_text(collection.passages)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    folder = settings.home / "evals" / "outside"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{digest}.txt"
    source.write_text(text, encoding="utf-8")
    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    work = _cut_as(open_work(source), starts)
    build_index(work, embedder, settings.home, progress=building, chroma=settings.chroma)
    ids = list(collection.passages)
    scores: list[dict[str, float]] = []
    with open_index(work, embedder, settings.home, chroma=settings.chroma) as opened:
        searcher = Searcher(work, embedder, opened)
        assistant = Assistant(work, searcher, opened.fingerprint)
        for done, (query, asked) in enumerate(collection.queries.items(), start=1):
            found = _found(assistant, asked, ids)
            scores.append(_scores(found, collection.relevant[query]))
            if progress:
                progress(done, len(collection.queries))
    figures = {name: figure([one[name] for one in scores]) for name in scores[0]}
    return OutsideReport(len(ids), len(scores), figures)


def outside_text(report: OutsideReport) -> str:
    """The report as plain text, without square brackets."""
    lines = [f"{report.passages} passages, {report.queries} queries", ""]
    for name, told in report.figures.items():
        assert told.value is not None
        ends = "" if told.low is None else f"  {told.low:.3f} .. {told.high:.3f}"
        lines.append(f"{name:<10} {told.value:.3f}{ends}")
    return "\n".join(lines)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionUnreadable(
            f"{path} cannot be read ({error}).", "Give a file of JSON lines in UTF-8."
        ) from error


def _one_paragraph(title: str, text: str) -> str:
    """A passage without line ends, so that no line of it reads as a heading or a table cell."""
    return " ".join(f"{title}. {text}".split() if title else text.split())


def _as_text(passages: Mapping[str, str]) -> tuple[str, list[int]]:
    """One text of all passages, a paragraph each, and where each begins."""
    starts: list[int] = []
    at = 0
    for passage in passages.values():
        starts.append(at)
        at += len(passage) + len(_BETWEEN)
    return _BETWEEN.join(passages.values()) + "\n", starts


def _cut_as(work: Work, starts: Sequence[int]) -> Work:
    """The work with the collection's passages in place of those that it was cut into."""
    passages = []
    for start, after in pairwise([*starts, len(work.text) + 1]):
        end = after - len(_BETWEEN)
        within = bisect_right(work.passages, start, key=lambda one: one.start)
        passages.append(
            replace(
                work.passages[max(0, within - 1)],
                id=f"{work.id}-{start}",
                start=start,
                end=end,
                embedding_text=work.text[start:end],
                sentences=tuple(work.sentences_in(Span(start, end))),
            )
        )
    return replace(work, passages=tuple(passages))


def _found(assistant: Assistant, asked: str, ids: Sequence[str]) -> list[str]:
    """Ids of the passages found, best first; one that repeats another comes right behind it."""
    hits = assistant.find(asked, DEPTH).hits
    return [ids[one] for hit in hits for one in (hit.ordinal, *hit.repeats)][:DEPTH]


def _scores(found: Sequence[str], relevant: Mapping[str, int]) -> dict[str, float]:
    gains = [relevant.get(passage, 0) for passage in found]
    ideal = sorted(relevant.values(), reverse=True)[:DEPTH]
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), None)
    scores = {
        "nDCG@10": _discounted(gains) / _discounted(ideal),
        "MRR@10": 1 / first if first else 0.0,
    }
    for k in (1, 5, 10):
        scores[f"recall@{k}"] = sum(map(bool, gains[:k])) / len(relevant)
    return scores


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
