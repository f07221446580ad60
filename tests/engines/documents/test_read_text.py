"""The text of files with the place of each part, whatever they are called."""

import io
import zipfile

import docx
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from meice.engines.documents import Kind, Text, read_text
from meice.engines.documents.reading import extract


def places(text: Text) -> list[tuple[str, str]]:
    return [(text.text[s.start : s.end], s.where) for s in text.segments]


def word() -> bytes:
    document = docx.Document()
    document.add_heading("关于放假的通知", 1)
    document.add_paragraph("")
    paragraph = document.add_paragraph("电话138")
    paragraph.add_run("0000").bold = True
    paragraph.add_run("0001")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "姓名"
    table.cell(1, 1).text = "李四"
    document.add_paragraph("末段")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def old_sheet() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for column, value in enumerate(["姓名", "手机号"]):
        sheet.write(1, column + 1, value)
    sheet.write(2, 1, "李四")
    sheet.write(2, 2, 13800000001)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def new_sheet() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write("B2", "通知")
        sheet.write("AB3", 3.5)
    return out.getvalue()


def pdf(*pages: str) -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(200, 200)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 100 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_word_file_with_tables_and_header():
    assert places(extract((word(), "通知.docx"))) == [
        ("关于放假的通知", "第1段"),
        ("电话13800000001", "第2段"),
        ("姓名", "表格1第1行第1列"),
        ("李四", "表格1第2行第2列"),
        ("末段", "第3段"),
        ("内部资料", "页眉"),
    ]


def test_deleted_words_and_field_codes_of_a_word_file_are_not_its_text():
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "<w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
    body += "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>"
        )
    assert extract((out.getvalue(), "a.docx")).text == "留下一\n二"


@pytest.mark.parametrize("name", ["名单.xls", "改了名的.doc"])
def test_cells_of_an_old_workbook_with_their_addresses(name: str):
    text = extract((old_sheet(), name))
    assert text.text == "姓名\t手机号\n李四\t13800000001"
    assert text.where_at(text.text.index("138")) == "名单!C3"


def test_cells_of_a_workbook_far_to_the_right():
    assert places(extract((new_sheet(), "a.xlsx"))) == [
        ("通知", "Sheet1!B2"),
        ("3.5", "Sheet1!AB3"),
    ]


def test_pages_of_a_pdf():
    text = extract((pdf("Hello one", "13800000001"), "a.pdf"))
    assert text.kind is Kind.PDF
    assert text.where_at(text.text.index("138")) == "第2页"


def test_a_scan_says_that_it_has_no_words():
    assert "扫描" in extract((pdf(""), "a.pdf")).refusal


def test_a_locked_pdf_says_so():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("x"))))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert "密码" in extract((out.getvalue(), "a.pdf")).refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_is_untouched(encoding: str):
    written = "标题\r\n\r\n第二段 电话 \r\n"
    text = extract((written.encode(encoding), "a.txt"))
    assert text.text == written
    assert text.where_at(written.index("电话")) == "第2段"


def test_markdown_that_begins_with_a_tag_is_still_text():
    assert extract((b"<div>a</div>\n", "a.md")).text == "<div>a</div>\n"


def test_a_web_page_gives_what_is_seen():
    page = "<meta charset=gb2312><script>x</script><h1>通知</h1><p>电话<b>138</b>0000</p>".encode(
        "gbk"
    )
    assert places(extract((page, "a.doc"))) == [("通知", "第1段"), ("电话1380000", "第2段")]


def test_a_page_saved_with_its_pictures():
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    data = head + part + b"<p>=E9=80=9A=E7=9F=A5</p>\r\n--b--\r\n"
    assert extract((data, "a.mht")).text == "通知"


def test_rich_text_in_the_code_page_of_chinese_windows():
    data = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 \'cd\'a8\'d6\'aa\par \u20013?abc\par}"
    )
    assert extract((data, "a.rtf")).text == "通知\n中abc"


REFUSED = {
    "空.doc": b"",
    "图.docx": b"\x89PNG\r\n\x1a\n",
    "包.zip": b"PK\x05\x06" + bytes(18),
    "坏.docx": word()[:900],
    "坏.pdf": b"%PDF-1.4\n%%EOF",
    "坏.xls": old_sheet()[:700],
    "乱.doc": bytes(range(1, 32)) * 20,
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_has_no_text_is_refused_with_a_reason(name: str):
    text = extract((REFUSED[name], name))
    assert (text.text, bool(text.refusal)) == ("", True)


def test_a_part_that_unpacks_to_too_much_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 70_000_000 + b"</a>")
    assert "过大" in extract((out.getvalue(), "a.docx")).refusal


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    assert extract((out.getvalue(), "a.docx")).refusal


def test_read_text_works_in_the_sandbox():
    text = read_text(word(), "通知.docx")
    assert text.where_at(text.text.index("李四")) == "表格1第2行第2列"


@settings(max_examples=80)
@given(st.sampled_from(["word", "sheet", "pdf"]), st.integers(0, 4000), st.binary(max_size=8))
def test_a_spoilt_file_is_read_or_refused(kind: str, place: int, piece: bytes):
    data = {"word": WORD, "sheet": SHEET, "pdf": PDF}[kind]
    assert isinstance(extract((data[:place] + piece + data[place + len(piece) :], "x")), Text)


@given(st.binary(max_size=600), st.sampled_from(["a.doc", "a.txt", "a.pdf", "a.html"]))
def test_arbitrary_bytes_are_read_or_refused(data: bytes, name: str):
    text = extract((data, name))
    assert all(0 <= s.start < s.end <= len(text.text) for s in text.segments)


WORD, SHEET, PDF = word(), new_sheet(), pdf("one", "two")
