"""Files that are no spreadsheets, broken or hostile: each ends with its cause, none costs another."""

import datetime as dt
import io
import random
import struct
import time
import zipfile

import msoffcrypto
import olefile
import openpyxl
import pytest
import xlrd
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.annexes.sheets import (
    COLUMNS,
    FILED,
    GOOD,
    basic,
    codes,
    filings,
    read,
    xls,
    xlsx,
)

from meice.engines.annexes.check import check
from meice.engines.annexes.model import Code
from meice.engines.annexes.read import second, workbook
from meice.engines.sandbox import Pool

DAY = dt.date(2026, 11, 22)
GOOD_XLS = xls(basic(GOOD))
GOOD_XLSX = xlsx(basic(GOOD))
OLE = olefile.MAGIC


@pytest.fixture(scope="module")
def pool():
    with Pool(2) as made:
        yield made


def checked(data, pool, name="附件1.xls"):
    (form,) = check([(name, data)], today=DAY, pool=pool).files
    return form


def members(data, **changed):
    """A zip-based workbook with members replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return stream.getvalue()


def sheet_xml(body):
    xml = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return members(GOOD_XLSX, **{"xl/worksheets/sheet1.xml": f"{xml}{body}</worksheet>"})


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{("&" + chr(97 + at) + ";") * 10}">' for at in range(9))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
BOMB = sheet_xml(
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "not-a-spreadsheet", "网页"),
        ("序号,账号名称\n1,华园数信\n".encode("gbk"), "not-a-spreadsheet", "CSV"),
        ("\ufeff序号\t名称\n".encode("utf-16-le"), "not-a-spreadsheet", "CSV"),
        (b"{\\rtf1 x}", "not-a-spreadsheet", "RTF"),
        (b"%PDF-1.7 x", "not-a-spreadsheet", "PDF"),
        (b"\xff\xd8\xff\xe0" + b"\1" * 50, "not-a-spreadsheet", "图片"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "not-a-spreadsheet", "XML 表格"),
        (b"", "not-a-spreadsheet", "空文件"),
        (b"\0" * 4096, "not-a-spreadsheet", "空文件"),
        (bytes(random.Random(7).randbytes(4000)), "not-a-spreadsheet", "不是表格"),
        (OLE + b"\xff" * 2000, "corrupt", "损坏"),
        (GOOD_XLS[:1500], "corrupt", "损坏"),
        (GOOD_XLSX[:2000], "corrupt", "不完整"),
        (BOMB, "too-large", "范围太大"),
        (b"\0" + b"x" * (20 * 1024 * 1024), "too-large", "20 MB"),
        (members(GOOD_XLSX, **{"xl/worksheets/sheet1.xml": LAUGHS}), "corrupt", "损坏"),
        (members(GOOD_XLSX, **{"xl/worksheets/sheet1.xml": OUTSIDE}), "corrupt", "损坏"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(data, code, word, pool):
    form = checked(data, pool)
    (issue,) = form.issues
    assert (issue.code.value, form.annex) == (code, None)
    assert word in issue.message
    assert issue.message.startswith("附件1.xls ")
    assert "Excel 97-2003 工作簿" in issue.message


def word_document():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def test_a_word_file_named_xls_is_told_as_such(pool):
    assert "Word" in checked(word_document(), pool).issues[0].message


def test_a_workbook_with_none_of_the_forms_says_so(pool):
    form = checked(xls([["姓名", "学号"], ["陈希", 1]]), pool)
    assert (form.issues[0].code, form.annex, form.sheets) == (Code.UNKNOWN_FORM, None, 1)


@pytest.mark.parametrize("name", ["附件1.xls", "附件1.xlsx", "附件1.et", "附件1"])
@pytest.mark.parametrize("data", [GOOD_XLS, GOOD_XLSX], ids=["xls", "xlsx"])
def test_the_name_says_nothing_of_the_format(name, data, pool):
    form = checked(data, pool, name)
    assert (form.annex, codes(form)) == (1, [])


def encrypted(password):
    stream = io.BytesIO()
    office = msoffcrypto.OfficeFile(io.BytesIO(GOOD_XLSX))
    office.encrypt(password, stream)
    return stream.getvalue()


def test_a_workbook_with_a_password_is_named_so(pool):
    form = checked(encrypted("geheim"), pool)
    assert form.issues[0].code is Code.ENCRYPTED
    assert "去掉密码" in form.issues[0].message


def test_a_workbook_with_the_default_password_is_read(pool):
    assert codes(checked(encrypted(second.DEFAULT_PASSWORD), pool)) == []


def test_rows_to_the_end_of_the_sheet_that_are_only_drawn_are_no_data(pool):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    drawn = xlwt.easyxf("borders: left thin")
    for at, row in enumerate(basic(GOOD)):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    for at in range(5, 65536):
        sheet.write(at, at % 13, None, drawn)
    stream = io.BytesIO()
    book.save(stream)
    begun = time.monotonic()
    form = checked(stream.getvalue(), pool)
    assert (len(form.rows), codes(form)) == (1, [])
    assert time.monotonic() - begun < 5


def test_line_ends_of_every_kind_in_a_cell():
    row = [*GOOD]
    row[COLUMNS["name"]], row[COLUMNS["problems"]] = "华园\r\n数信", "无更新\r\n无回应\n其他"
    row[COLUMNS["rectified"]] = "是"
    (form,) = read(xls(basic(row)))
    assert (form.rows[0].name, form.rows[0].problems) == ("华园 数信", ("无更新", "无回应", "其他"))
    (form,) = read(xlsx(basic(row)))
    assert form.rows[0].problems == ("无更新", "无回应", "其他")


@pytest.mark.parametrize("mode", [False, True])
def test_dates_of_either_epoch(mode):
    row = [*FILED]
    row[6] = dt.date(2021, 6, 29)
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = mode
    sheet = book.add_sheet("表")
    for at, line in enumerate(filings(row)):
        for column, value in enumerate(line):
            style = xlwt.easyxf(num_format_str="yyyy/m/d") if isinstance(value, dt.date) else None
            sheet.write(at, column, value, *([style] if style else []))
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue())[0].rows[0].opened_on == "2021-06-29"


def formula_workbook(kind):
    row = [*FILED]
    book = openpyxl.Workbook()
    for line in filings(row):
        book.active.append(line)
    book.active["B4"] = '="华园"&"数信"'
    stream = io.BytesIO()
    book.save(stream)
    if kind == "empty":
        return stream.getvalue()
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    start = xml.index('<c r="B4"')
    end = xml.index("</c>", start)
    stored = {
        "stored": '<c r="B4" t="str"><f>"a"</f><v>华园数信</v>',
        "error": '<c r="B4" t="e"><f>"a"</f><v>#REF!</v>',
    }[kind]
    return members(
        stream.getvalue(), **{"xl/worksheets/sheet1.xml": xml[:start] + stored + xml[end:]}
    )


@pytest.mark.parametrize(
    ("kind", "severity", "found"),
    [
        ("stored", "warning", "华园数信"),
        ("empty", "error", "没有结果的公式"),
        ("error", "error", "#REF!"),
    ],
)
def test_a_formula_of_an_xlsx_is_told_from_a_value(kind, severity, found):
    (form,) = read(formula_workbook(kind))
    issue = next(issue for issue in form.issues if issue.code is Code.FORMULA_CELL)
    assert (issue.severity.value, issue.cell, issue.found) == (severity, "B4", found)
    assert len(form.issues) == 1


def test_the_second_parser_reads_as_the_first(pool):
    for data in (GOOD_XLS, GOOD_XLSX, xls(filings(FILED))):
        first, other = workbook.open_workbook(data), second.open_again(data)
        assert [trimmed(sheet.rows) for sheet in first.sheets] == [
            trimmed(sheet.rows) for sheet in other.sheets
        ]


def trimmed(rows):
    """Rows without what is blank at their ends."""
    lines = [list(row) for row in rows]
    for line in lines:
        while line and line[-1] == "":
            line.pop()
    while lines and not lines[-1]:
        lines.pop()
    return lines


def test_a_biff5_file_in_gbk_is_read(pool):
    data = biff5([["附件1"], *basic(GOOD)[2:]])
    assert xlrd.open_workbook(file_contents=data).biff_version == 50
    form = checked(data, pool)
    assert (form.rows[0].name, form.rows[0].responsible_mobile) == ("华园数信", "13800000001")


def biff5(rows):
    """A bare BIFF5 stream whose texts are GBK, as old Chinese programs wrote."""

    def record(number, body):
        return struct.pack("<HH", number, len(body)) + body

    name = "表".encode("gbk")
    cells = b"".join(
        record(0x0204, struct.pack("<HHHH", at, column, 0, len(raw)) + raw)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
        if (raw := str(value).encode("gbk"))
    )
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    head += record(0x0042, struct.pack("<H", 936))
    bound = struct.pack("<IHB", len(head) + 4 + 7 + len(name) + 4, 0, len(name)) + name
    book = head + record(0x0085, bound) + record(0x000A, b"")
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)) + cells + record(0x000A, b"")
    return book + sheet


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_bytes_changed_at_random_end_as_read_or_refused(pool, data):
    original = bytearray(data.draw(st.sampled_from([GOOD_XLS, GOOD_XLSX])))
    for _ in range(data.draw(st.integers(1, 12))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(original) // 2, len(original)))
    forms = check([("x.xls", bytes(original[:cut]))], today=DAY, pool=pool).files
    assert forms
    assert all(form.annex or form.issues for form in forms)
    assert all("Excel" in form.issues[0].message or "附件" in form.issues[0].message
               for form in forms if form.annex is None)  # fmt: skip


def test_hostile_files_between_good_ones_cost_none_of_them(pool):
    given_files = []
    for at in range(30):
        bad = [BOMB, OLE + b"\xff" * 900, b"<html>", GOOD_XLS[: 800 + at]][at % 4]
        given_files += [(f"坏{at}.xls", bad), (f"好{at}.xls", GOOD_XLS)]
    found = check(given_files, today=DAY, pool=pool)
    assert [form.accepted for form in found.files] == [False, True] * 30
