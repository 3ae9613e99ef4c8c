from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import (
    DEFAULT_WORK,
    LIBRARY,
    Document,
    FixableError,
    Span,
    Work,
    WorkAltered,
    WrittenQuestion,
    open_work,
    question_line,
)
from sources.questions import read_questions

TEXT = """КІРІСПЕ

Өзен тауда басталады. Ол теңізге құяды. Жолда үш қала тұр.

1. БІРІНШІ ТАРАУ

Негізгі салалар мынадай:
- сауда;
- көлік.

Кесте 1- Кезеңдер

\tКезең
\tУақыты

\t1-кезең
\t1991–1995

Соңғы сөйлем осы.
"""
BEGINS = "Ол теңізге құяды."
START = TEXT.index(BEGINS)
RIGHT = {
    "question": "Өзен қайда құяды?",
    "language": "kk",
    "start": START,
    "end": START + len(BEGINS),
    "begins": BEGINS,
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one small work that nobody has yet written questions for."""
    folder = tmp_path / "library" / "small"
    folder.mkdir(parents=True)
    raw = TEXT.encode()
    (folder / "text.txt").write_bytes(raw)
    (folder / "card.toml").write_text(
        f'file = "text.txt"\nsha256 = "{hashlib.sha256(raw).hexdigest()}"\n'
        'title = "Өзен"\nlanguage = "kk"\n',
        encoding="utf-8",
    )
    return tmp_path / "library"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Work:
    path = tmp_path_factory.mktemp("small") / "small.txt"
    path.write_text(TEXT, encoding="utf-8")
    return open_work(path)


def write(library: Path, *lines: str) -> Path:
    path = library / "small" / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_work_may_have_none(library: Path, small: Work) -> None:
    assert open_work("small", library).questions == ()
    assert small.questions == ()


def test_questions_are_read_in_their_order_and_empty_lines_are_none(library: Path) -> None:
    other = {**RIGHT, "question": "Where does the river end?", "language": "en"}
    said = [json.dumps(each, ensure_ascii=False) for each in (RIGHT, other)]
    write(library, said[0], "", said[1], "  ", "")
    place = Span(START, START + len(BEGINS))
    assert open_work("small", library).questions == (
        WrittenQuestion("Өзен қайда құяды?", "kk", place),
        WrittenQuestion("Where does the river end?", "en", place),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": START + 1},
        {"begins": "Ол көлге құяды."},
        {"begins": ""},
        {"begins": BEGINS + " Жолда"},
        {"start": "0"},
        {"begins": None},
        {"conflict": ""},
        {"conflict": 7},
    ],
)
def test_an_answer_that_does_not_stand_there_is_refused(
    library: Path, wrong: dict[str, object]
) -> None:
    path = write(library, json.dumps(RIGHT), json.dumps({**RIGHT, **wrong}))
    refused(library, path, line=2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": len(TEXT) + 5, "end": len(TEXT) + 9},
        {"start": -5},
        {"end": len(TEXT) + 1},
        {"end": START},
    ],
)
def test_a_place_outside_the_text_is_refused_in_the_same_words(
    library: Path, wrong: dict[str, object]
) -> None:
    path = write(library, json.dumps({**RIGHT, **wrong}))
    refused(library, path, line=1)


@pytest.mark.parametrize("missing", sorted(RIGHT))
def test_a_question_that_lacks_something_is_refused(library: Path, missing: str) -> None:
    told = {name: value for name, value in RIGHT.items() if name != missing}
    refused(library, write(library, json.dumps(told)), line=1)


@pytest.mark.parametrize("line", ["{", "[]", "7", '"?"', "Өзен қайда құяды?"])
def test_a_line_that_is_no_question_is_refused(library: Path, line: str) -> None:
    refused(library, write(library, "", line), line=2)


def test_a_question_on_a_conflict_that_the_work_does_not_have_is_refused(library: Path) -> None:
    write(library, json.dumps({**RIGHT, "conflict": "nowhere"}))
    with pytest.raises(WorkAltered, match="conflict 'nowhere'") as error:
        open_work("small", library)
    assert error.value.remedy


def test_many_ask_about_each_conflict_of_the_dissertation(work: Work) -> None:
    asked = Counter(one.conflict for one in work.questions if one.conflict is not None)
    assert set(asked) == {conflict.id for conflict in work.conflicts}
    assert min(asked.values()) >= 4
    sides = {known.id: [side.span for side in known.sides] for known in work.conflicts}
    for one in work.questions:
        assert one.conflict is None or any(map(one.answer.meets, sides[one.conflict]))


def refused(library: Path, path: Path, line: int) -> None:
    """Opening the work says which line of which file is wrong, and what to do about it."""
    with pytest.raises(FixableError) as error:
        open_work("small", library)
    assert isinstance(error.value, WorkAltered)
    assert f"{path}, line {line}," in error.value.message
    assert error.value.remedy


@given(st.data())
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    place = Span(start, data.draw(st.integers(start + 1, len(TEXT))))
    words = st.text(min_size=1, max_size=30).filter(str.strip)
    printable = words.filter(lambda said: said.isprintable())
    question = WrittenQuestion(
        data.draw(printable),
        data.draw(st.sampled_from("kk ru en".split())),
        place,
        data.draw(st.none() | printable),
    )
    line = question_line(question, TEXT)
    assert "\n" not in line
    folder = tmp_path_factory.mktemp("written")
    (folder / "questions.jsonl").write_text(line + "\n", encoding="utf-8")
    assert read_questions(folder, Document.of(TEXT.encode())) == (question,)


def test_a_line_that_is_written_proves_its_place_to_the_end_of_a_short_answer() -> None:
    short = Span(START, START + 2)
    assert json.loads(question_line(WrittenQuestion("Кім?", "kk", short), TEXT))["begins"] == "Ол"


@given(st.data())
def test_sentences_in_a_span_are_those_that_lie_in_it_whole(
    small: Work, data: st.DataObject
) -> None:
    borders = sorted(
        {at for one in small.sentences for at in (one.start - 1, one.start, one.end, one.end + 1)}
    )
    start, end = sorted(data.draw(st.tuples(st.sampled_from(borders), st.sampled_from(borders))))
    by_hand = [
        place for place, one in enumerate(small.sentences) if start <= one.start and one.end <= end
    ]
    assert list(small.sentences_in(Span(start, end))) == by_hand


def test_all_of_the_text_holds_all_sentences(small: Work) -> None:
    assert small.sentences_in(Span(0, len(TEXT))) == range(len(small.sentences))


def test_other_questions_are_another_cutting(small: Work) -> None:
    one = WrittenQuestion("Өзен қайда құяды?", "kk", Span(START, START + len(BEGINS)))
    elsewhere = replace(one, answer=Span(START, START + 2))
    otherwise = replace(one, text="Өзен қай теңізге құяды?")
    several = [(), (one,), (elsewhere,), (otherwise,), (one, otherwise), (otherwise, one)]
    cuttings = [replace(small, questions=questions).cutting for questions in several]
    assert len(set(cuttings)) == len(several)
    assert cuttings[0] == small.cutting


def test_each_question_of_the_dissertation_is_answered_by_whole_sentences(work: Work) -> None:
    assert len(work.questions) > 1000
    assert {one.language for one in work.questions} == {"kk", "ru", "en"}
    for one in work.questions:
        assert one.text == one.text.strip() != ""
        assert work.sentences_in(one.answer), one


def test_a_dissertation_with_another_question_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(
        LIBRARY / DEFAULT_WORK, tmp_path / DEFAULT_WORK, ignore=shutil.ignore_patterns("*.npz")
    )
    path = tmp_path / DEFAULT_WORK / "questions.jsonl"
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    told = json.loads(first)
    moved = json.dumps({**told, "start": told["start"] + 1}, ensure_ascii=False)
    path.write_text(f"{moved}\n{rest}", encoding="utf-8")
    with pytest.raises(WorkAltered, match="line 1, is no question on this text"):
        open_work(library=tmp_path)
