from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.quoting import MisquotedError, check, cite
from sources import NoSuchPlace, Span, Work
from tests.assistant.small import sentence_with, small_work


@pytest.fixture
def small(tmp_path: Path) -> Work:
    return small_work(tmp_path)


def span_of(work: Work, words: str) -> Span:
    sentence = work.sentences[sentence_with(work, words)]
    return Span(sentence.start, sentence.end)


def test_every_sentence_of_the_dissertation_can_be_cited(work: Work) -> None:
    spans = [Span(sentence.start, sentence.end) for sentence in work.sentences[::7]]
    citations = cite(work, spans)
    assert [citation.marker for citation in citations] == list(range(1, len(spans) + 1))
    lines = work.text.split("\n")
    for citation in citations:
        assert citation.quote == work.text[citation.start : citation.end]
        assert citation.passage_start <= citation.start < citation.end <= citation.passage_end
        assert citation.quote.split("\n")[0] in lines[citation.line - 1]
        assert citation.section_title == work.outline.section(citation.section).title
        assert (citation.table is None) == (citation.kind != "table_row")
    check(work, " ".join(f"[{citation.marker}]" for citation in citations), citations)


def test_a_citation_says_where_it_stands(small: Work) -> None:
    (paragraph, row, listed) = cite(
        small,
        [
            span_of(small, "Хеджирлеу дегеніміз"),
            span_of(small, "1-кезең"),
            span_of(small, "көлік."),
        ],
    )
    assert (paragraph.section, paragraph.section_title) == ("1.1", "Бірінші бөлім")
    assert (paragraph.paragraph, paragraph.kind, paragraph.references) == (1, "paragraph", ("57",))
    assert (row.kind, row.table, row.row, row.references) == ("table_row", 1, 1, ("7",))
    assert (listed.kind, listed.section, listed.table) == ("list", "1.2", None)
    assert paragraph.verdict == row.verdict == listed.verdict == "exact"


def test_a_heading_can_be_cited(small: Work) -> None:
    heading = small.outline.section("1.1").heading
    assert heading
    (citation,) = cite(small, [heading])
    assert (citation.kind, citation.paragraph) == ("heading", 0)
    assert "Бірінші бөлім" in citation.quote


def test_references_of_the_author_are_kept_as_they_stand(small: Work) -> None:
    (citation,) = cite(small, [span_of(small, "2010 жылы")])
    assert citation.references == ("3-5",)


@pytest.mark.parametrize("span", [Span(5, 5), Span(-3, 4), Span(0, 10**7), Span(9, 2)])
def test_a_place_outside_the_text_is_refused(span: Span, small: Work) -> None:
    with pytest.raises(NoSuchPlace):
        cite(small, [span])


def test_a_wrong_quotation_is_a_fault(small: Work) -> None:
    (citation,) = cite(small, [span_of(small, "Мұндай саясат")])
    check(small, "Сөз [1]", [citation])
    with pytest.raises(MisquotedError):
        check(small, "Сөз [1]", [replace(citation, quote=citation.quote + "!")])
    with pytest.raises(MisquotedError):
        check(small, "Сөз [1]", [replace(citation, start=citation.start + 1)])


def test_a_wrong_marker_is_a_fault(small: Work) -> None:
    (citation,) = cite(small, [span_of(small, "Мұндай саясат")])
    with pytest.raises(MisquotedError):
        check(small, "Сөз [2]", [replace(citation, marker=2)])


def test_a_citation_that_the_answer_never_refers_to_is_a_fault(small: Work) -> None:
    with pytest.raises(MisquotedError):
        check(small, "Сөз", cite(small, [span_of(small, "Мұндай саясат")]))
    with pytest.raises(MisquotedError):
        check(small, "Сөз [2]", cite(small, [span_of(small, "Мұндай саясат")]))


def test_a_marker_without_its_citation_is_a_fault(small: Work) -> None:
    with pytest.raises(MisquotedError):
        check(small, "Сөз [1] [2]", cite(small, [span_of(small, "Мұндай саясат")]))


def test_an_abstention_has_nothing_to_check(small: Work) -> None:
    check(small, "Жауап табылмады.", [])
