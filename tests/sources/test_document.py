from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import Document, NoSuchPlace, Span, Work, WorkNotFound, WorkUnreadable
from tests.sources.made_up import MANY, document


def test_the_text_is_the_bytes_and_nothing_else() -> None:
    raw = "\ufeffБірінші\r\nекінші  \u00a0й\tүшінші\n".encode()
    told = Document.of(raw)
    assert told.text.encode() == raw
    assert told.sha256 == hashlib.sha256(raw).hexdigest()


@MANY
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert document("а" + text).text == "а" + text


def test_a_read_file_is_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "work.txt"
    path.write_bytes("бір\r\nекі".encode())
    assert Document.read(path) == Document.of("бір\r\nекі".encode())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfeA\x00", "byte 0 cannot be read"),
        ("Қазақстан".encode("cp1251", "replace"), "not text in UTF-8"),
        ("бұл".encode() + b"\0", "binary"),
        (b"", "holds no text"),
        ("\ufeff \t\r\n\u00a0\u3000\f".encode(), "holds no text"),
    ],
)
def test_what_is_no_text_is_told(raw: bytes, said: str) -> None:
    with pytest.raises(WorkUnreadable, match=said) as error:
        Document.of(raw, "thesis.txt")
    assert "thesis.txt" in error.value.message
    assert error.value.remedy


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(WorkNotFound, match="is a folder"):
        Document.read(tmp_path)
    with pytest.raises(WorkNotFound, match="No such file"):
        Document.read(tmp_path / "absent.txt")


def test_lines_are_counted_as_editors_count() -> None:
    told = document("а\r\nб\n\nв")
    assert [told.line_of(at) for at in range(len(told.text))] == [1, 1, 1, 2, 2, 3, 4]
    assert [told.quote(told.line_span(line)) for line in (0, 1, 3)] == ["а\r", "б", "в"]


def test_lines_of_the_work_are_those_of_its_file(work: Work) -> None:
    lines = work.text.split("\n")
    assert len(work.document.line_starts) == len(lines)
    for number, start in enumerate(work.document.line_starts, 1):
        assert work.document.line_of(start) == number
        assert work.text.startswith(lines[number - 1], start)


def test_a_quotation_is_the_words_at_the_address() -> None:
    told = document("бір екі үш")
    assert told.quote(Span(4, 7)) == "екі"
    assert told.quote(Span(0, 10)) == "бір екі үш"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 3), (0, 11), (11, 12)])
def test_an_address_without_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(NoSuchPlace, match=rf"{start}:{end}.*END <= 10"):
        document("бір екі үш").quote(Span(start, end))


@given(*[st.integers(0, 12)] * 4)
def test_spans_meet_where_they_share_a_character(one: int, long: int, two: int, wide: int) -> None:
    left, right = Span(one, one + long + 1), Span(two, two + wide + 1)
    shared = set(range(left.start, left.end)) & set(range(right.start, right.end))
    assert left.meets(right) == right.meets(left) == bool(shared)
