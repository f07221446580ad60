"""Word documents in the fonts of official papers (GB/T 9704-2012: 标题黑体, 正文仿宋)."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

HEI, FANG = "黑体", "仿宋"
CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def new_document() -> Any:
    """A4 portrait with the margins of the print pages."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    return document


def heading(document: Any, text: str, size: int = 18) -> None:
    """Centred, 黑体."""
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(line, text, bold=True, font=HEI, size=size)


def section_head(document: Any, text: str) -> None:
    """一、… in 黑体 at the left."""
    _write(document.add_paragraph(), text, font=HEI, size=14)


def paragraph(document: Any, text: str, *, right: bool = False) -> None:
    """Text; each line break begins a new paragraph."""
    for part in _lines(text):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        _write(line, part)


def table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A ruled table; the head repeats on each page."""
    grid = document.add_table(rows=1, cols=len(head))
    grid.style = "Table Grid"
    for cell, text in zip(grid.rows[0].cells, head, strict=True):
        _write(cell.paragraphs[0], text, font=HEI, size=10)
    _repeat(grid.rows[0])
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text, size=10)


def facts(document: Any, rows: Iterable[Sequence[str]]) -> None:
    """Label and value, or two pairs in a row: the body of an official form."""
    grid = document.add_table(rows=0, cols=4)
    grid.style = "Table Grid"
    for row in rows:
        cells = grid.add_row().cells
        if len(row) == 2:
            cells[1].merge(cells[3])
        for at, text in enumerate(row):
            cell = cells[at]
            for number, part in enumerate(_lines(text)):
                line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                _write(line, part, font=FANG if at % 2 else HEI)


def document_bytes(document: Any) -> bytes:
    """The `.docx`."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lines(text: str) -> list[str]:
    """Only a line feed breaks a line: other separators are signs that a cell must not hold."""
    return text.replace("\r\n", "\n").split("\n")


def _write(line: Any, text: str, *, bold: bool = False, font: str = FANG, size: int = 12) -> None:
    """One run. Text stays text: python-docx escapes it; control characters are left out."""
    run = line.add_run(text.translate(CONTROL))
    run.bold, run.font.name, run.font.size = bold, font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _repeat(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    properties.append(mark)
