from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from sources import (
    DEFAULT_WORK,
    LIBRARY,
    Work,
    WorkAltered,
    WorkNotFound,
    WorkUnreadable,
    library_works,
    open_work,
)
from tests.sources.made_up import work_of

HOME = LIBRARY / DEFAULT_WORK


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one's own that may be spoiled."""
    (tmp_path / DEFAULT_WORK).mkdir()
    for name in (
        "card.toml",
        "conflicts.toml",
        "dissertation.txt",
        "questions.jsonl",
        "unanswered.jsonl",
    ):
        shutil.copyfile(HOME / name, tmp_path / DEFAULT_WORK / name)
    return tmp_path


def test_the_library_file_is_the_one_of_its_card(work: Work) -> None:
    card = tomllib.loads((HOME / "card.toml").read_text(encoding="utf-8"))
    raw = (HOME / card["file"]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == card["sha256"] == work.document.sha256
    assert raw.decode() == work.text
    assert (work.id, work.title, work.language) == (DEFAULT_WORK, card["title"], "kk")
    assert work.card.provenance == card["provenance"]


def test_the_dissertation_is_what_opens_unasked(work: Work) -> None:
    assert library_works() == (DEFAULT_WORK,)
    assert open_work(DEFAULT_WORK) == open_work("") == work


def test_opening_twice_cuts_the_same(work: Work) -> None:
    again = open_work()
    assert again is not work
    assert again.cutting == work.cutting


def test_example_questions_by_language(work: Work) -> None:
    for language in ("kk", "ru", "en"):
        assert len(work.card.examples_in(language)) >= 3
    assert work.card.examples_in("de") == ()


def test_a_copy_of_the_library_opens_the_same(library: Path, work: Work) -> None:
    assert library_works(library) == (DEFAULT_WORK,)
    assert open_work(library=library).cutting == work.cutting


@pytest.mark.parametrize("change", [b" ", b"\n", "ә".encode()])
def test_an_altered_library_file_is_refused(library: Path, change: bytes) -> None:
    with (library / DEFAULT_WORK / "dissertation.txt").open("ab") as file:
        file.write(change)
    with pytest.raises(WorkAltered, match="was altered") as error:
        open_work(library=library)
    assert "git checkout" in error.value.remedy


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkNotFound, match=rf"no work 'thesis'.*Give one of {DEFAULT_WORK}"):
        open_work("thesis")
    with pytest.raises(WorkNotFound, match="absent"):
        open_work(tmp_path / "absent.txt")
    with pytest.raises(WorkNotFound, match="is a folder"):
        open_work(tmp_path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "thesis.pdf"
    path.write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3")
    with pytest.raises(WorkUnreadable, match=r"thesis\.pdf is not text in UTF-8"):
        open_work(path)


@pytest.mark.parametrize(
    ("name", "id"),
    [("My Thesis (2).txt", "my-thesis-2"), ("Диссертация.txt", "work"), ("a" * 60, "a" * 32)],
)
def test_any_file_opens_under_a_name_of_its_own(tmp_path: Path, name: str, id: str) -> None:
    path = tmp_path / name
    path.write_text("Қазақстан мен Ресей келісімге қол қойды. Қытай да қосылды.\n", "utf-8")
    work = open_work(str(path))
    assert re.fullmatch(rf"{id}-[0-9a-f]{{8}}", work.id)
    path.write_text("Қазақстан мен Ресей келісімді бұзды.\n", "utf-8")
    assert open_work(path).id == work.id  # edited, it is still the same work
    other = tmp_path / "elsewhere" / name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    assert open_work(other).id != work.id
    assert work.title == path.stem
    assert len(work.sentences) == 2
    assert len(work.passages) == 1
    assert work.conflicts == ()
    assert work.card.run_ins == ()
    assert work.card.folder is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Қазақстанның сыртқы саясаты көпвекторлы.", "kk"),
        ("Внешняя политика Казахстана является многовекторной.", "ru"),
        ("The foreign policy of Kazakhstan has many vectors.", "en"),
        ("1992", "en"),
    ],
)
def test_the_language_of_a_file_is_guessed(tmp_path: Path, text: str, language: str) -> None:
    assert work_of(text, tmp_path).language == language


def test_the_dissertation_has_no_bibliography(work: Work) -> None:
    assert not work.has_bibliography


@pytest.mark.parametrize(
    ("heading", "has"),
    [
        ("2 ПАЙДАЛАНЫЛҒАН ӘДЕБИЕТТЕР ТІЗІМІ", True),
        ("2 СПИСОК ЛИТЕРАТУРЫ", True),
        ("2 REFERENCES", True),
        ("2 ЕКІНШІ ТАРАУ", False),
        ("Список литературы стоит в другом файле.", False),
    ],
)
def test_a_bibliography_is_known_by_its_heading(tmp_path: Path, heading: str, has: bool) -> None:
    work = work_of(f"1 БІРІНШІ ТАРАУ\nМәтін.\n{heading}\nМәтін.\n", tmp_path)
    assert work.has_bibliography is has


def test_the_cutting_changes_with_the_text(tmp_path: Path) -> None:
    text = "Бірінші сөйлем осы. Екінші сөйлем осы.\n"
    cuttings = [
        work_of(variant, tmp_path).cutting
        for variant in (
            text,
            text.replace("Екінші", "Үшінші"),
            text.replace("осы. ", "осы, "),
            " " + text,
        )
    ]
    assert len(set(cuttings)) == 4
    assert work_of(text, tmp_path).cutting == cuttings[0]


def test_a_work_shows_itself_on_one_line(work: Work) -> None:
    assert len(repr(work)) < 10_000
    assert "\n" not in repr(work)
