"""The evaluation tab without a browser: what is read of the runs, and what is drawn of them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.measured import DEV, HOSTILE, LATER, PART, TEST, measured
from ui.charts import Point, Series, chart
from ui.evaluation import MEASURES, CannotCompare, compare, read_runs
from ui.evaluation_markup import (
    compared_markup,
    overview_markup,
    report_markup,
    told_markup,
)
from ui.wording.evaluation import EVALUATION_WORDS, EvaluationWords

WORDS = list(EVALUATION_WORDS.values())
KK, EN = EVALUATION_WORDS["kk"], EVALUATION_WORDS["en"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return measured(tmp_path_factory.mktemp("measured"))


def test_runs_come_newest_first_with_their_figures(home: Path) -> None:
    runs = read_runs(home)
    assert [run.name for run in runs.told] == [PART, TEST, LATER, DEV]
    assert [run.whole for run in runs.told] == [False, True, True, True]
    assert runs.unreadable == 0
    tested = runs.told[1]
    assert [system.name for system in tested.systems] == ["default", "quickstart"]
    plain = tested.plain()
    assert plain is not None
    assert plain.cases == 3
    assert plain.figures["mrr_10"].value == 1.0
    assert "hallucination" not in plain.figures  # spoke about no question
    assert runs.report == home / "evals" / f"{TEST}.html"


@pytest.mark.parametrize("content", ["", "no json\n", '{"record": 1}\n', "[]\n", '{"record": 2}\n'])
def test_a_file_that_is_no_run_is_counted_and_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "evals").mkdir()
    (tmp_path / "evals" / "x.jsonl").write_text(content)
    runs = read_runs(tmp_path)
    assert runs.told == ()
    assert runs.unreadable == 1


@pytest.mark.parametrize("words", WORDS)
def test_without_a_run_the_page_says_how_to_make_one(
    tmp_path: Path, words: EvaluationWords
) -> None:
    markup = overview_markup(read_runs(tmp_path), words)
    assert words.nothing in markup
    assert "dayek eval run" in markup
    assert "<table" not in markup


def test_two_runs_are_compared_as_the_command_compares_them(home: Path) -> None:
    told = compare(home, DEV, LATER)
    assert (told.shared, told.dropped) == (3, 0)
    hit = next(one for one in told.differences if one.measure == "hit_1")
    assert (hit.difference, hit.gain, hit.n) == (-1.0, -1.0, 3)
    assert {one.id for one in told.worse} == {"a", "b", "h"}
    assert told.better == ()
    back = compare(home, LATER, DEV)
    assert {one.id for one in back.better} == {"a", "b", "h"}


@pytest.mark.parametrize("name", ["nothing", "../runs", "--help", "", f"{DEV}:default"])
def test_a_name_that_is_no_run_is_never_handed_on(home: Path, name: str) -> None:
    with pytest.raises(CannotCompare, match="no such run"):
        compare(home, name, DEV)


@pytest.mark.parametrize("words", WORDS)
def test_everything_that_is_drawn_is_well_formed_and_escaped(
    home: Path, words: EvaluationWords
) -> None:
    report = (home / "evals" / f"{TEST}.html").read_text(encoding="utf-8")
    drawn = [
        overview_markup(read_runs(home), words),
        compared_markup(compare(home, DEV, LATER), words),
        told_markup(words.cannot, words, HOSTILE),
        report_markup(report, words),
    ]
    for markup in drawn:
        bare = re.sub(r"<(option[^>]*) selected>", r"<\1>", markup)
        bare = re.sub(r"<(figure[^>]*) hidden>", r"<\1>", bare)
        bare = re.sub(r"<iframe sandbox=", "<iframe allow=", bare)
        ElementTree.fromstring(f"<all>{bare}</all>")
        assert "<img" not in markup
    assert "&lt;img src=x" in drawn[1]


def test_a_report_may_run_its_script_and_nothing_more() -> None:
    frame = report_markup("<html><head></head>\"'</html>", EN)
    assert 'sandbox="allow-scripts"' in frame
    assert "allow-same-origin" not in frame
    assert frame.count("<") == 2  # the frame alone; the report is inside an attribute


def test_only_whole_runs_of_the_assistant_itself_are_drawn_over_time(home: Path) -> None:
    markup = overview_markup(read_runs(home), EN)
    figures = re.findall(r'<figure data-measure="(\w+)"', markup)
    assert set(figures) <= set(MEASURES)
    drawing = re.search(r'<figure data-measure="mrr_10">(.*?)</svg>', markup)
    assert drawing is not None
    titles = re.findall(r"<title>(.*?)</title>", drawing[1])
    assert titles == [
        "2024-11-23 01:02: 1.000",
        "2024-11-24 01:02: 0.000",
        "2024-11-25 01:02: 1.000",
    ]


SENTENCES = [f.name for f in fields(EvaluationWords) if f.name not in ("splits", "measures")]


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_stands_in_every_language_with_the_same_gaps(name: str) -> None:
    said = [getattr(words, name) for words in WORDS]
    assert all(text == text.strip() and text for text in said)
    assert len({tuple(sorted(re.findall(r"\{\w*\}", text))) for text in said}) == 1
    assert len(set(said)) == 3, "one language was copied into another"
    assert not re.search("[а-яё]", said[2], re.IGNORECASE)
    assert not re.search("[әғқңөұүһі]", said[1], re.IGNORECASE)


def test_every_measure_and_set_has_a_name_in_every_language() -> None:
    for words in WORDS:
        assert set(words.measures) == set(MEASURES)
        assert set(words.splits) == {"dev", "test", "all"}


share = st.floats(0, 1, allow_nan=False)


@st.composite
def series(draw: st.DrawFn) -> tuple[list[Series], int]:
    places = draw(st.integers(1, 40))
    owner = draw(st.lists(st.integers(0, 1), min_size=places, max_size=places))
    points: tuple[list[Point], list[Point]] = ([], [])
    for at, one in enumerate(owner):
        low, value, high = sorted(draw(st.tuples(share, share, share)))
        known = draw(st.booleans())
        points[one].append(
            Point(at, value, low if known else None, high if known else None, f"<{at}>")
        )
    names = ("<dev>", "<test>")
    return [Series(names[n], tuple(p)) for n, p in enumerate(points) if p], places


@given(series())
def test_every_point_stands_inside_the_drawing(given_: tuple[list[Series], int]) -> None:
    told, places = given_
    drawing = ElementTree.fromstring(chart("<t>", told, places, ("a", "b")))
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    shapes = 0
    for element in drawing.iter():
        x = element.get("cx") or element.get("x")
        y = element.get("cy") or element.get("y")
        if x is not None and y is not None:
            assert 0 <= float(x) <= width
            assert -1 <= float(y) <= height
        for name in ("y1", "y2"):
            assert 0 <= float(element.get(name, "0")) <= height
        shapes += element.tag in ("circle", "rect")
    assert shapes == sum(len(one.points) for one in told) + len(told)  # and the legend's
