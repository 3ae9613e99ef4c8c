from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Settings
from evals.outside import (
    CollectionUnreadable,
    convert_squad,
    measure_outside,
    outside_text,
    read_collection,
)

if TYPE_CHECKING:
    from tests.conftest import Dayek

PASSAGES = {
    "aral": ("Арал", "Арал теңізі 1960 жылдардан бері тартылып барады."),
    "astana": ("Астана", "Қазақстанның астанасы 1997 жылы Алматыдан көшірілді."),
    "abai": ("Абай", "Абай Құнанбайұлы Шыңғыстауда 1845 жылы дүниеге келді."),
}
QUERIES = {"q1": "Арал теңізі қашаннан тартылып жатыр?", "q2": "Абай қай жылы туған?"}


def _write(path: Path, *lines: object) -> Path:
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text + "\n", encoding="utf-8")
    return path


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return _write(
        tmp_path / "set.jsonl",
        *({"passage": id, "title": title, "text": text} for id, (title, text) in PASSAGES.items()),
        *({"query": id, "text": text} for id, text in QUERIES.items()),
        {"query": "q1", "passage": "aral", "relevance": 1},
        {"query": "q2", "passage": "abai", "relevance": 2},
        {"query": "q2", "passage": "astana", "relevance": 0},
    )


def test_a_collection_is_read_with_what_is_relevant(collection: Path) -> None:
    read = read_collection(collection)
    assert list(read.passages) == list(PASSAGES)
    assert read.relevant == {"q1": {"aral": 1}, "q2": {"abai": 2}}


def test_the_search_finds_the_passages_of_a_collection(
    collection: Path, ready_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(ready_home / "models", target_is_directory=True)
    report = measure_outside(read_collection(collection), Settings.from_environment(home=home))
    assert (report.passages, report.queries) == (3, 2)
    assert {name: told.value for name, told in report.figures.items()} == {
        "nDCG@10": 1.0,
        "MRR@10": 1.0,
        "recall@1": 1.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
    }
    assert "nDCG@10    1.000" in outside_text(report)


def test_passages_stay_as_the_collection_cuts_them(ready_home: Path, tmp_path: Path) -> None:
    long = " ".join(
        f"Теңіз {at} жылы тағы да тартылып, жағалауы алыстап кетті." for at in range(40)
    )
    told = "Балқаш көлінің суы батысында тұщы, шығысында тұзды."
    passages = {
        # Cut by our own rules these would be three pieces, none, a half of one, and a repeat.
        "long": f"{long} Балық аулау 1982 жылы тоқтады.",
        "title": "== Неолит ==",
        "short": "Көл тұзды.",
        "balkhash": told,
        "again": f"{told} Солай делінген.",
    }
    queries = {
        "q1": ("Балық аулау қай жылы тоқтады?", ("long",)),
        "q2": ("Неолит", ("title",)),
        "q3": ("Балқаш көлінің қай жағы тұщы?", ("balkhash", "again")),
    }
    file = _write(
        tmp_path / "set.jsonl",
        *({"passage": id, "text": text} for id, text in passages.items()),
        *({"query": id, "text": text} for id, (text, _) in queries.items()),
        *(
            {"query": id, "passage": one, "relevance": 1}
            for id, (_, right) in queries.items()
            for one in right
        ),
    )
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(ready_home / "models", target_is_directory=True)
    report = measure_outside(read_collection(file), Settings.from_environment(home=home))
    # Both that say the same are found, one behind the other.
    assert report.figures["nDCG@10"].value == 1.0


@pytest.mark.parametrize("line", ["no json", '{"passage": "p"}', "[1]", '{"query": "q"}'])
def test_a_line_that_is_nothing_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(f'{{"passage": "p", "text": "Мәтін."}}\n{line}\n', encoding="utf-8")
    with pytest.raises(CollectionUnreadable, match="line 2"):
        read_collection(file)


def test_a_collection_without_judgements_measures_nothing(tmp_path: Path) -> None:
    file = _write(tmp_path / "set.jsonl", {"passage": "p", "text": "Мәтін."})
    with pytest.raises(CollectionUnreadable, match="0 judged queries"):
        read_collection(file)


def test_reading_comprehension_becomes_a_collection(tmp_path: Path) -> None:
    asked = [
        {"title": "Арал", "context": "Мәтін бір.", "question": "Бір?", "answers": {}},
        {"title": "Арал", "context": "Мәтін бір.", "question": "Екі?", "answers": {}},
        {"title": "Абай", "context": "Мәтін екі.", "question": "Бір?", "answers": {}},
    ]
    lines = convert_squad(_write(tmp_path / "squad.jsonl", *asked))
    read = read_collection(_write(tmp_path / "set.jsonl", *lines))
    assert len(read.passages) == 2
    assert read.relevant == {"q1": {"p1": 1, "p2": 1}, "q2": {"p1": 1}}


def test_a_file_of_nothing_is_refused_by_the_command(dayek: Dayek, tmp_path: Path) -> None:
    done = dayek("eval", "outside", tmp_path / "none.jsonl", "--home", tmp_path)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr.decode()
