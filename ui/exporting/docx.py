"""A document as DOCX, through python-docx.

Built-in styles of Word carry the headings, so that an office program shows an outline and makes a
table of contents; markers lead to their citations; pages are numbered. Times New Roman has all
Kazakh letters wherever Word runs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run as WrittenRun

from assistant import Language
from ui.exporting.contents import Imprint
from ui.exporting.layout import Facts, Grid, Heading, Items, Paragraph, Part, Quoted, Text
from ui.wording.exporting import EXPORT_WORDS

_FONT = "Times New Roman"
_LOCALES: dict[Language, str] = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
_INK, _GREY, _LINK = RGBColor(0, 0, 0), RGBColor(0x55, 0x55, 0x55), RGBColor(0x1F, 0x4E, 0x8C)
_TEXT_WIDTH = Mm(160)


def docx_bytes(parts: Iterable[Part], title: str, imprint: Imprint) -> bytes:
    """The document.

    Args:
        parts: What it says.
        title: For the document's properties.
        imprint: For its properties and its language.
    """
    document = docx.Document()
    _set_up(document, title, imprint)
    writer = _Writer(document)
    for part in parts:
        writer.write(part)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _set_up(document: Document, title: str, imprint: Imprint) -> None:
    about = document.core_properties
    about.title, about.author, about.comments = title[:255], "Dayek", ""
    about.subject = imprint.work.title[:255]
    about.language = _LOCALES[imprint.language]
    about.created = about.modified = datetime.fromisoformat(imprint.made_at)
    _set_fonts(document, _LOCALES[imprint.language])
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _number_pages(section.footer.paragraphs[0], EXPORT_WORDS[imprint.language].page)


def _set_fonts(document: Document, locale: str) -> None:
    """One typeface for all, black headings, and the language that a spelling check goes by."""
    sizes = {"Normal": 11, "Title": 18, "Heading 1": 14, "Heading 2": 12}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
    normal: Any = document.styles["Normal"]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), locale)
    normal.element.get_or_add_rPr().append(language)
    for told in document.styles.element.iter(qn("w:lang")):
        told.set(qn("w:val"), locale)


def _number_pages(footer: Written, wording: str) -> None:
    """Write which page of how many it is, with fields that the office program fills."""
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _, rest = wording.partition("{page}")
    between, _, after = rest.partition("{count}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            footer.add_run(text)
        if field:
            _add_field(footer.add_run(), field)


def _add_field(run: WrittenRun, instruction: str) -> None:
    for kind in ("begin", "", "separate", "shown", "end"):
        if kind == "":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = instruction
        elif kind == "shown":
            told = OxmlElement("w:t")
            told.text = "1"
        else:
            told = OxmlElement("w:fldChar")
            told.set(qn("w:fldCharType"), kind)
        run._r.append(told)


class _Writer:
    """Writes part after part; counts the bookmarks, whose numbers must differ."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._bookmarks = 0

    def write(self, part: Part) -> None:
        """Add one part at the end."""
        match part:
            case Heading(level, text):
                self._document.add_heading(text, level - 1)
            case Paragraph(text, aside):
                self._add_text(self._document.add_paragraph(), text, aside=aside)
            case Items(items, first):
                self._items(items, first)
            case Facts(pairs):
                self._facts(pairs)
            case Quoted():
                self._quoted(part)
            case Grid():
                self._grid(part)

    def _items(self, items: tuple[Text, ...], first: int | None) -> None:
        """Numbers are written out: Word would go on counting from the list before."""
        for at, item in enumerate(items):
            sign = "•" if first is None else f"{first + at}."
            line = self._document.add_paragraph(f"{sign}\t")
            line.paragraph_format.left_indent = Mm(8)
            line.paragraph_format.first_line_indent = Mm(-8)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(8))
            line.paragraph_format.space_after = Pt(3)
            self._add_text(line, item)

    def _facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        line = self._document.paragraphs[-1]
        for name, value in pairs:
            line = self._document.add_paragraph()
            line.paragraph_format.space_after = Pt(1)
            for text, ink in ((f"{name}: ", _GREY), (value, _INK)):
                run = line.add_run(text)
                run.font.size, run.font.color.rgb = Pt(10), ink
        line.paragraph_format.space_after = Pt(8)

    def _quoted(self, quoted: Quoted) -> None:
        line = self._document.add_paragraph()
        line.paragraph_format.left_indent = Mm(8)
        label = line.add_run(quoted.label)
        label.bold = True
        if quoted.name:
            self._bookmark(label, quoted.name)
        line.add_run(f" «{quoted.words}»")
        source = line.add_run()
        source.add_break()
        source.add_text(quoted.source)
        source.font.size, source.font.color.rgb = Pt(9), _GREY

    def _grid(self, grid: Grid) -> None:
        rows = (*((grid.header,) if grid.header else ()), *grid.rows)
        table = self._document.add_table(len(rows), grid.columns, style="Table Grid")
        table.autofit = False
        widths = grid.widths or (1 / grid.columns,) * grid.columns
        for column, share in zip(table.columns, widths, strict=True):
            column.width = int(_TEXT_WIDTH * share)
        cells = table._cells  # each look at table.cell reads the whole table again
        for at, row in enumerate(rows):
            for column in range(grid.columns):
                cell = cells[at * grid.columns + column]
                cell.width = int(_TEXT_WIDTH * widths[column])
                if column < len(row):
                    self._add_text(cell.paragraphs[0], row[column], size=Pt(9.5))
        if grid.header:
            repeated = OxmlElement("w:tblHeader")
            table.rows[0]._tr.get_or_add_trPr().append(repeated)
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _add_text(
        self, line: Written, text: Text, *, aside: bool = False, size: Pt | None = None
    ) -> None:
        for part in text:
            run = line.add_run(part.text)
            run.bold = part.bold or None
            if size is not None:
                run.font.size = size
            if aside:
                run.font.size, run.font.color.rgb = Pt(9), _GREY
            if part.target:
                run.font.color.rgb = _LINK
                _link(line, run, part.target)

    def _bookmark(self, run: WrittenRun, name: str) -> None:
        self._bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
                run._r.addprevious(mark)
            else:
                run._r.addnext(mark)


def _link(line: Written, run: WrittenRun, target: str) -> None:
    """Make a run that stands at the end of a paragraph lead to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    line._p.append(link)
    link.append(run._r)
