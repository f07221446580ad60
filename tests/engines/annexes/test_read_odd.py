"""What is seldom met: hidden sheets and rows, marks by style alone in newer formats, formulas of
every kind in a BIFF file, and a machine without the library for .rar and .7z."""

import datetime as dt
import io
import struct
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Border, Font, Side
from tests.engines.annexes.sheets import TODAY, basic, codes, paper, read, saved

from meice.engines.annexes.check import check
from meice.engines.sandbox import Pool

NAME, MOBILE = (4, 1), (4, 11)


def test_a_hidden_sheet_is_read_like_any_other():
    book = xlwt.Workbook(encoding="utf-8")
    for name, visible in (("显", 0), ("隐", 1)):
        sheet = book.add_sheet(name)
        sheet.visibility = visible
        fill(sheet, basic({"name": name}))
    assert [form.rows[0].name for form in read(saved(book))] == ["显", "隐"]


def test_a_hidden_row_is_a_row():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    fill(sheet, basic({"name": "甲"}, {"name": "乙"}))
    sheet.row(5).hidden = True
    assert [row.name for row in read(saved(book))[0].rows] == ["甲", "乙"]


def fill(sheet, rows, without=()):
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "" and (at, column) not in without:
                sheet.write(at, column, value)


THICK = Side(style="thick")


@pytest.mark.parametrize(
    "look",
    [
        {"font": Font(bold=True)},
        {"font": Font(color="FFFF0000")},
        {"border": Border(left=THICK, right=THICK, top=THICK, bottom=THICK)},
    ],
)
def test_a_mark_by_style_alone_in_an_xlsx_is_a_change(look):
    book = openpyxl.Workbook()
    for row in paper(kind="变更"):
        book.active.append(row)
    for name, value in look.items():
        setattr(book.active["E7"], name, value)
    assert read(saved(book))[0].rows[0].changed == {"frequency": None}


MARKS = (
    '<style:text-properties fo:font-weight="bold"/>',
    '<style:text-properties fo:color="#ff0000"/>',
    '<style:table-cell-properties fo:border="2.5pt solid #000000"/>',
)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_by_style_alone_in_an_ods_is_a_change(mark):
    assert read(ods(paper(kind="变更"), (6, 4), mark))[0].rows[0].changed == {"frequency": None}


def ods(rows, marked, mark):
    """A sheet as an ``.ods`` with one cell drawn otherwise."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    lines = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"'
            f"{' table:style-name=' + chr(34) + 'ce1' + chr(34) if (at, column) == marked else ''}>"
            f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
            for column, value in enumerate(row)
        ) + "</table:table-row>"
        for at, row in enumerate(rows)
    )  # fmt: skip
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:style="{space}style:1.0"'
        f' xmlns:text="{space}text:1.0" xmlns:table="{space}table:1.0"'
        f' xmlns:fo="{space}xsl-fo-compatible:1.0" office:version="1.2"><office:automatic-styles>'
        f'<style:style style:name="ce1" style:family="table-cell">{mark}</style:style>'
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}manifest:1.0"/>')
    return stream.getvalue()


class StoredFormula:
    """A cell for xlwt: a FORMULA record with its stored value ([MS-XLS] 2.4.127), and what follows
    it: the shared formula (2.4.260) or the array (2.4.4) it stands for, a text's STRING record."""

    def __init__(self, at, value, kind):
        self.row, self.colx = at
        self.value, self.kind = value, kind

    def get_biff_data(self):
        row, column = self.row, self.colx
        text = isinstance(self.value, str)
        result = b"\0\0\0\0\0\0\xff\xff" if text else struct.pack("<d", self.value)
        pointer = b"\x01" + struct.pack("<HH", row, column)  # tExp: see the record that follows
        body = b"\x1e\x05\x00" if self.kind == "plain" else pointer
        flags = 0x0008 if self.kind == "shared" else 0
        formula = struct.pack("<3H", row, column, 15) + result
        records = record(0x0006, formula + struct.pack("<HIH", flags, 0, len(body)) + body)
        area = struct.pack("<HHBB", row, row, column, column)
        if self.kind == "shared":
            records += record(0x04BC, area + b"\0\x01" + b"\x03\x00\x1e\x05\x00")
        elif self.kind == "array":
            records += record(0x0221, area + struct.pack("<HI", 0, 0) + b"\x03\x00\x1e\x05\x00")
        if text:
            body = self.value.encode("utf-16-le")
            records += record(0x0207, struct.pack("<HB", len(self.value), 1) + body)
        return records


def record(number, body):
    return struct.pack("<HH", number, len(body)) + body


@pytest.mark.parametrize("kind", ["plain", "shared", "array"])
def test_the_stored_value_of_every_kind_of_formula_in_an_xls_is_read_with_a_warning(kind):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    fill(sheet, basic({}), without=(NAME, MOBILE))
    for at, value in ((NAME, "华园农学"), (MOBILE, 13800000002.0)):
        sheet.row(at[0]).insert_cell(at[1], StoredFormula(at, value, kind))
    (form,) = read(saved(book))
    assert (form.rows[0].name, form.rows[0].responsible_mobile) == ("华园农学", "13800000002")
    assert codes(form) == [("formula-cell", "warning", "B5"), ("formula-cell", "warning", "L5")]


def test_without_the_library_a_7z_is_refused_with_a_way_on(tmp_path, monkeypatch):
    (tmp_path / "libarchive.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)  # what a child imports from, too
    day = dt.date.fromisoformat(TODAY)
    with Pool(1) as pool:
        report = check([("报送.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 40)], today=day, pool=pool)
    (issue,) = report.files[0].issues
    assert (issue.code, issue.severity) == ("not-a-spreadsheet", "error")
    assert "没有装" in issue.message
    assert ".zip" in issue.message
