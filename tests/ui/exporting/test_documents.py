"""Every form opened again by another program's reader: what stands in it, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import docx
import pypdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant import CheckedStatement, Language, Work
from tests.ui.exporting.samples import (
    MADE_AT,
    ROW,
    SENTENCES,
    gathered,
    imprint_of,
    kept,
    replied,
    signed,
    transcribed,
)
from ui.exporting import (
    FORMS,
    MEDIA_TYPES,
    Content,
    Entry,
    Form,
    GatheredPlace,
    Gathering,
    Transcript,
    file_name,
    write,
)
from ui.exporting.composing import moment, title_of
from ui.exporting.layout import on_one_line
from ui.exporting.markdown import escaped_line
from ui.keeping import Logged
from ui.wording.exporting import EXPORT_WORDS

KAZAKH = "ӘҒҚҢӨҰҮҺІ әғқңөұүһі ЁЪЫЭ ёъыэ"
MARKUP = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FOREIGN = {"html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence"}


def spaced(text: str) -> str:
    return " ".join(text.split())


def tokens(markdown: str) -> list[Token]:
    return [one for token in MARKUP.parse(markdown) for one in (token, *(token.children or ()))]


def markdown_text(file: bytes) -> str:
    said = [
        one.content if one.type == "text" else " "
        for one in tokens(file.decode())
        if one.type != "inline"
    ]
    return spaced("".join(said))


def docx_text(file: bytes) -> str:
    body = docx.Document(io.BytesIO(file)).element.body
    said: list[str] = []
    for element in body.iter():
        if element.tag == qn("w:t"):
            said.append(element.text or "")
        elif element.tag in (qn("w:p"), qn("w:br"), qn("w:tab")):
            said.append(" ")
    return spaced("".join(said))


def pdf_text(file: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return spaced(" ".join(page.extract_text() for page in pages))


READERS: dict[Form, Callable[[bytes], str]] = {
    "md": markdown_text,
    "docx": docx_text,
    "pdf": pdf_text,
}
READABLE: list[Form] = ["md", "docx", "pdf"]


def holds(said: str, words: Iterable[str]) -> list[str]:
    """The words that are not said; where a line or a page ends does not count."""
    close = said.replace(" ", "")
    return [one for one in words if one.replace(" ", "") not in close]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("form", READABLE)
def test_a_transcript_holds_answers_citations_judgements_and_proof(
    work: Work, form: Form, language: Language
) -> None:
    content, imprint = transcribed(work), imprint_of(work, language)
    said = READERS[form](write(content, imprint, form))
    words = EXPORT_WORDS[language]
    wanted = [
        "БҰҰ туралы",
        work.title,
        work.document.sha256,
        imprint.index,
        f"{words.made_at}: 2026-11-24 10:00:00 UTC",
        *(f"{name} {version}" for name, version in imprint.versions),
        f"{words.engine}: {words.extractive}",
        *(spaced(work.text[start:end]) for start, end in SENTENCES),
        *(f"{words.characters} [{start}, {end})" for start, end in (*SENTENCES, ROW)),
        {"kk": "2.1-бөлім, 5-абзац", "ru": "раздел 2.1, абзац 5", "en": "section 2.1, paragraph 5"}[
            language
        ],
        words.abstained,
        words.unfinished,
        words.record,
        words.judgements["partly"],
        words.judgements["supported"],
        words.checked["verbatim"],
        "Жылы дәл",
        words.signed.format(name="Айгүл Серік", time="2026-11-24 10:00:00 UTC"),
        (content.entries[0].record or pytest.fail("no record")).digest or "",
        words.proof.format(command="dayek receipt verify FILE.json"),
    ]
    assert holds(said, wanted) == []


@pytest.mark.parametrize("form", READABLE)
def test_a_gathering_holds_each_place_in_order(work: Work, form: Form) -> None:
    content = gathered(work)
    said = READERS[form](write(content, imprint_of(work), form))
    assert holds(said, ["Мәтінде айтылғаны: БҰҰ", "Табылған үзінділер: 3"]) == []
    close = said.replace(" ", "")
    at = [close.index(spaced(place.quote).replace(" ", "")) for place in content.places]
    assert at == sorted(at)


@pytest.mark.parametrize("form", READABLE)
@pytest.mark.parametrize("content", [Transcript("", ()), Gathering("Мұнай", ())])
def test_a_document_without_anything_in_it_says_so(
    work: Work, form: Form, content: Content
) -> None:
    said = READERS[form](write(content, imprint_of(work), form))
    title = (
        "Сұрақтар мен жауаптар" if isinstance(content, Transcript) else "Мәтінде айтылғаны: Мұнай"
    )
    assert said.startswith(title)
    assert isinstance(content, Transcript) or EXPORT_WORDS["kk"].no_places in said


def test_what_failed_in_a_models_statement_is_told_without_a_record(work: Work) -> None:
    answer = replied(work, *SENTENCES)
    doubted = CheckedStatement(answer.statements[0].text, (1,), "unconfirmed", ("date", "name"))
    answer = replace(answer, engine="model:a*b", statements=(doubted, answer.statements[1]))
    said = markdown_text(
        write(Transcript("", (Entry(kept(answer)),)), imprint_of(work, "en"), "md")
    )
    assert holds(said, ["not confirmed by the text: date, name", "model:a*b", "Statements"]) == []


def test_a_signature_that_was_taken_back_is_told(work: Work) -> None:
    answer = replied(work, *SENTENCES)
    record = signed(answer)
    log = (*record.log, Logged("unsigned", MADE_AT, "Айгүл", record.digest or "", "Қате *таптым*"))
    record = replace(record, signed_by=None, signed_at=None, digest=None, log=log)
    said = markdown_text(
        write(Transcript("", (Entry(kept(answer), record),)), imprint_of(work, "en"), "md")
    )
    assert "The record is not signed." in said
    assert "Signature withdrawn: Айгүл, 2026-11-24 10:00:00 UTC. Reason: Қате *таптым*" in said


def test_a_rewritten_question_and_another_state_of_the_work_are_told(work: Work) -> None:
    answer = replied(work, SENTENCES[0])
    answer = replace(answer, index="older", work=replace(answer.work, sha256="f" * 64))
    asked = replace(kept(answer), standalone_question="Қазақстан БҰҰ-ға қашан мүше болды?")
    said = markdown_text(write(Transcript("", (Entry(asked),)), imprint_of(work, "en"), "md"))
    wanted = ["Understood as: Қазақстан БҰҰ-ға қашан мүше болды?", "Index: older", "f" * 64]
    assert holds(said, wanted) == []


def opened(file: bytes) -> Document:
    return docx.Document(io.BytesIO(file))


def test_a_docx_has_headings_a_table_page_numbers_and_links_that_lead_somewhere(
    work: Work,
) -> None:
    document = opened(write(transcribed(work), imprint_of(work), "docx"))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 4
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "№", "Тұжырым", "Бағдарламаның тексеруі", "Сарапшының бағасы", "Ескертпе",
    ]  # fmt: skip
    assert len(table.rows) == 3
    fields = [e.text for e in document.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert links == set(names)
    assert len(names) == len(set(names)) == 3
    about = document.core_properties
    assert (about.title, about.language, about.author) == ("БҰҰ туралы", "kk-KZ", "Dayek")


def test_a_pdf_has_an_outline_page_numbers_links_and_its_language(work: Work) -> None:
    reader = pypdf.PdfReader(io.BytesIO(write(transcribed(work), imprint_of(work), "pdf")))
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"{number}-бет, барлығы {count}" in page.extract_text()
    headings = [one["/Title"] for one in flat(reader.outline)]
    assert headings[:2] == ["БҰҰ туралы", "1. Қашан?"]
    assert "Сарапшының хаттамасы" in headings
    pages = {page.indirect_reference for page in reader.pages}
    links = [
        link.get_object()["/Dest"] for page in reader.pages for link in page.get("/Annots", ())
    ]
    assert len(links) == 5  # a marker in each of three answers, two in the record
    assert {link[0] for link in links} <= pages
    root: Any = reader.root_object
    assert root["/Lang"] == "kk"
    assert reader.metadata is not None
    assert reader.metadata.title == "БҰҰ туралы"


def flat(outline: Any) -> list[Any]:
    return [inner for one in outline for inner in (flat(one) if isinstance(one, list) else [one])]


def test_kazakh_letters_are_copied_and_found_in_a_pdf_and_its_fonts_travel_with_it(
    work: Work,
) -> None:
    place = GatheredPlace("1", KAZAKH, f"{KAZAKH} 微 😀", 0, 1, 1)
    file = write(Gathering(KAZAKH, (place,)), imprint_of(work), "pdf")
    said = pdf_text(file)
    assert said.count(KAZAKH) == 3
    assert "[U+5FAE] [U+1F600]" in said  # what the font has not is told, not lost
    fonts: Any = pypdf.PdfReader(io.BytesIO(file)).pages[0]["/Resources"]
    used = [font.get_object() for font in fonts["/Font"].values()]
    noto = [font for font in used if "NotoSerif" in font["/BaseFont"]]
    assert noto
    assert all("/FontFile2" in font["/FontDescriptor"] for font in noto)


@pytest.mark.parametrize("form", READABLE)
def test_a_remark_longer_than_a_page_is_there_to_its_end(work: Work, form: Form) -> None:
    answer = replied(work, *SENTENCES)
    remark = "ұзақ ескертпе " * 2500 + "соңы"
    content = Transcript("", (Entry(kept(answer), signed(answer, remark)),))
    said = READERS[form](write(content, imprint_of(work), form))
    assert said.count("ескертпе") >= 5000
    assert "соңы" in said


PIECES = [*"\\`*_{}[]()<>#+-.!|~&=:;/$^@%\"'", *"аә1 \t\n", "www.", "http://x", "]("]
SIGNS = st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=SIGNS | st.text(st.characters(codec="utf-8")))
@example(text="1) a\n2) b")
@example(text="===")
@example(text="- [x] a")
@example(text="<https://example.org> www.example.org ![a](http://x) [1]: http://y")
@example(text="&lt;script&gt; <script>alert(1)</script>")
def test_no_text_becomes_markup_in_markdown(text: str, work: Work) -> None:
    answer = replied(work, SENTENCES[0], question=text)
    content = Transcript(text, (Entry(kept(answer, question=text), signed(answer, text)),))
    imprint = imprint_of(work)
    file = write(content, imprint, "md")
    found = tokens(file.decode())
    assert not {one.type for one in found} & FOREIGN
    headings = [one for one in found if one.type == "heading_open"]
    assert len(headings) == 4
    lists = [one for one in found if one.type in {"ordered_list_open", "blockquote_open", "hr"}]
    assert lists == []
    assert sum(one.type == "td_open" for one in found) == 5
    title = next(one for one in found if one.type == "inline")
    shown = "".join(one.content for one in title.children or ())
    assert spaced(shown) == title_of(content, imprint)


@settings(max_examples=300, deadline=None)
@given(text=SIGNS | st.text(st.characters(codec="utf-8")))
@example(text="1992. жыл")
@example(text="7) жыл")
@example(text="+ а")
@example(text="---")
def test_a_line_that_begins_like_a_list_or_a_rule_stays_a_paragraph(text: str) -> None:
    line = on_one_line(text)
    found = MARKUP.parse(f"бұрын\n\n{escaped_line(line)}\n")
    assert [one.type for one in found[3:]] == (
        ["paragraph_open", "inline", "paragraph_close"] if line else []
    )
    assert "".join(one.content for inner in found[4:5] for one in inner.children or ()) == line


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=SIGNS | st.text(st.characters(codec="utf-8")) | st.text())
@example(text="</w:t><w:t> & ]]> <para> \x00 \x0b \ufffe \ud800")
@example(text="<b>bold</b> <a href='http://x'>y</a> <img src='file:///etc/passwd'/> &amp;")
@example(text="]" * 3000)
@example(text="|")
@example(text="| --- |")
@example(text="| а | ә |\n| --- |\n| 1 |\n- б\n2. ғ\n> қ")
def test_any_text_is_written_and_read_again_in_every_form(text: str, work: Work) -> None:
    answer = replace(replied(work, SENTENCES[0]), answer=text)
    content = Transcript(text, (Entry(kept(answer, question=text), signed(answer, text)),))
    imprint = imprint_of(work)
    letters = [letter for letter in title_of(content, imprint) if letter.isalnum()]
    for form in READABLE:
        said = READERS[form](write(content, imprint, form))
        assert holds(said, [letter for letter in letters if letter in KAZAKH]) == []
        assert "Айгүл Серік" in said
    document = opened(write(content, imprint, "docx"))
    assert document.paragraphs[0].text == title_of(content, imprint)


def test_many_can_export_at_once(work: Work) -> None:
    content, imprint = transcribed(work), imprint_of(work)
    alone = {form: READERS[form](write(content, imprint, form)) for form in READABLE}
    with ThreadPoolExecutor(8) as threads:
        asked: list[Form] = READABLE * 6
        files = list(threads.map(lambda form: write(content, imprint, form), asked))
    assert [READERS[form](file) for form, file in zip(asked, files, strict=True)] == [
        alone[form] for form in asked
    ]


def test_every_form_has_a_name_that_any_system_takes(work: Work) -> None:
    imprint = imprint_of(work)
    assert set(MEDIA_TYPES) == set(FORMS)
    for title in ("../../etc/passwd", 'a/b\\c:d*?"<>|', "Қазақстан — БҰҰ?", "", "ә" * 500, "..."):
        name = file_name(Transcript(title, ()), imprint, "pdf")
        assert name.startswith("dayek-")
        assert name.endswith("-2026-11-24.pdf")
        assert not set(name) & set('/\\:*?"<>| ')
        assert len(name.encode()) < 200
    assert file_name(Gathering("Қытай", ()), imprint, "md") == (
        "dayek-Мәтінде-айтылғаны-Қытай-2026-11-24.md"
    )


def test_a_time_of_another_shape_is_shown_as_it_is() -> None:
    assert moment("2026-11-24T10:02:03.123456Z") == "2026-11-24 10:02:03 UTC"
    assert moment("кеше") == "кеше"
