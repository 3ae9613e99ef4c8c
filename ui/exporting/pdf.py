"""A document as PDF, through reportlab.

The font travels in the file, in the parts that are used, with the map back to letters: copying and
searching give Kazakh letters again. Noto Serif (SIL Open Font License) holds the Latin, Greek and
Cyrillic alphabets; a character outside them is written out as its code, [U+5FAE], rather than lost.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as Written

from ui.exporting.contents import Imprint
from ui.exporting.layout import Facts, Grid, Heading, Items, Paragraph, Part, Quoted, Text
from ui.wording.exporting import EXPORT_WORDS

_FONTS = Path(__file__).parent / "fonts"
_FONT, _BOLD = "NotoSerif", "NotoSerif-Bold"
_INK, _GREY, _LINK, _LINE = "#000000", "#555555", "#1f4e8c", "#999999"
_LEFT, _RIGHT, _EDGE = 30 * mm, 20 * mm, 20 * mm
_WIDTH = A4[0] - _LEFT - _RIGHT


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    looks = {"fontName": _FONT, "fontSize": size, "leading": size * 1.4, "alignment": TA_LEFT}
    return ParagraphStyle(name, **(looks | {"textColor": HexColor(_INK)} | more))


_STYLES = {
    "heading1": _style("heading1", 17, fontName=_BOLD, spaceAfter=8),
    "heading2": _style(
        "heading2", 12.5, fontName=_BOLD, spaceBefore=14, spaceAfter=5, keepWithNext=1
    ),
    "heading3": _style(
        "heading3", 10.5, fontName=_BOLD, spaceBefore=8, spaceAfter=3, keepWithNext=1
    ),
    "body": _style("body", 10, spaceAfter=6),
    "aside": _style("aside", 8, textColor=HexColor(_GREY), spaceBefore=4, spaceAfter=6),
    "item": _style("item", 10, leftIndent=16, bulletIndent=2, spaceAfter=3),
    "fact": _style("fact", 9, spaceAfter=1),
    "quoted": _style("quoted", 9.5, leftIndent=14, spaceAfter=6),
    "cell": _style("cell", 8.5),
}
_GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor(_LINE)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
)


def pdf_bytes(parts: Iterable[Part], title: str, imprint: Imprint) -> bytes:
    """The document, A4.

    Args:
        parts: What it says.
        title: For the document's properties and the head of its pages.
        imprint: For its properties and its language.
    """
    _register_fonts()
    held = io.BytesIO()
    document = _Document(
        held,
        pagesize=A4,
        leftMargin=_LEFT,
        rightMargin=_RIGHT,
        topMargin=_EDGE,
        bottomMargin=_EDGE,
        title=title,
        author="Dayek",
        subject=imprint.work.title,
        creator="Dayek",
        lang=imprint.language,
    )
    frame = Frame(_LEFT, _EDGE, _WIDTH, A4[1] - 2 * _EDGE, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame])])
    flow = [one for part in parts for one in _flowables(part)]
    document.build(flow, canvasmaker=_numbering(EXPORT_WORDS[imprint.language].page))
    return held.getvalue()


@cache
def _register_fonts() -> None:
    for name, file in ((_FONT, "Regular"), (_BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(name, _FONTS / f"NotoSerif-{file}.ttf"))
    pdfmetrics.registerFontFamily(_FONT, _FONT, _BOLD, _FONT, _BOLD)
    pdfmetrics.registerFontFamily(_BOLD, _BOLD, _BOLD, _BOLD, _BOLD)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Enters every heading in the outline that a viewer shows beside the pages."""

    def beforeDocument(self) -> None:  # noqa: N802 (reportlab's name)
        """Begin counting the headings, at each pass over the document."""
        self._headings = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        """After each part that was laid out."""
        name = getattr(getattr(flowable, "style", None), "name", "")
        if not name.startswith("heading"):
            return
        self._headings += 1
        key = f"h-{self._headings}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, min(int(name[-1]) - 1, 2), closed=0)


def _numbering(wording: str) -> type[Canvas]:
    """A canvas that knows how many pages there are before it writes the first number."""

    class Numbering(Canvas):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (reportlab's name)
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(_FONT, 8)
                self.setFillColor(HexColor(_GREY))
                told = wording.format(page=number, count=len(self._pages))
                self.drawCentredString(A4[0] / 2, _EDGE / 2, told)
                super().showPage()
            super().save()

    return Numbering


def _flowables(part: Part) -> list[Flowable]:
    match part:
        case Heading(level, text):
            return [Written(_markup(text), _STYLES[f"heading{level}"])]
        case Paragraph(text, aside):
            return [Written(_runs(text), _STYLES["aside" if aside else "body"])]
        case Items(items, first):
            signs = ["•" if first is None else f"{first + at}." for at in range(len(items))]
            return [
                Written(_runs(item), _STYLES["item"], bulletText=sign)
                for sign, item in zip(signs, items, strict=True)
            ]
        case Facts(pairs):
            lines = (
                f'<font color="{_GREY}">{_markup(name)}:</font> {_markup(value)}'
                for name, value in pairs
            )
            return [*(Written(line, _STYLES["fact"]) for line in lines), Spacer(0, 5)]
        case Quoted():
            return [_quoted(part)]
        case Grid():
            return [_grid(part)]


def _quoted(quoted: Quoted) -> Flowable:
    anchor = f'<a name="{escape(quoted.name)}"/>' if quoted.name else ""
    return Written(
        f"{anchor}<b>{_markup(quoted.label)}</b> «{_markup(quoted.words)}»<br/>"
        f'<font size="8" color="{_GREY}">{_markup(quoted.source)}</font>',
        _STYLES["quoted"],
    )


def _grid(grid: Grid) -> Flowable:
    rows = (*((grid.header,) if grid.header else ()), *grid.rows)
    cells = [
        [
            Written(_runs(row[column]) if column < len(row) else "", _STYLES["cell"])
            for column in range(grid.columns)
        ]
        for row in rows
    ]
    shares = grid.widths or (1 / grid.columns,) * grid.columns
    return Table(
        cells,
        colWidths=[_WIDTH * share for share in shares],
        style=_GRID,
        repeatRows=1 if grid.header else 0,
        splitInRow=1,  # a remark may be longer than a page
        spaceBefore=4,
        spaceAfter=8,
    )


def _runs(text: Text) -> str:
    marked = []
    for run in text:
        told = _markup(run.text)
        if run.bold:
            told = f"<b>{told}</b>"
        if run.target:
            told = f'<a href="#{escape(run.target)}" color="{_LINK}">{told}</a>'
        marked.append(told)
    return "".join(marked)


def _markup(text: str) -> str:
    """Plain text as reportlab's markup that shows exactly it."""
    return escape("".join(_drawable(letter) for letter in text))


def _drawable(letter: str) -> str:
    """The letter, or its code where the font has none."""
    if letter.isspace() or ord(letter) in _letters():
        return letter
    return f"[U+{ord(letter):04X}]"


@cache
def _letters() -> frozenset[int]:
    """The characters that both fonts have."""
    _register_fonts()
    faces = (pdfmetrics.getFont(name).face for name in (_FONT, _BOLD))
    regular, bold = (frozenset(face.charToGlyph) for face in faces)
    return regular & bold
