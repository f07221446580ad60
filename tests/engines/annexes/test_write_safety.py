"""What a spreadsheet would run, or would choke on, is written as plain text."""

from dataclasses import replace

import pytest
import xlrd
from tests.engines.annexes import biff_walk
from tests.engines.annexes.invented import BASIC, basic_form, filing_form

from meice.engines.annexes.model import FilingForm, Header, Person
from meice.engines.annexes.write import write_workbook
from meice.engines.annexes.write.pen import CUT, MOST_CHARACTERS, clean_text

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "\t=", "'="]
PAYLOAD = 'cmd|"/C calc"!A1'


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_becomes_a_formula(start: str) -> None:
    bad = f"{start}{PAYLOAD}"
    person = Person(bad, bad, bad)
    filing = FilingForm(name=bad, account_id=bad, leader=person, changed={"name": bad})
    row = replace(BASIC, name=bad, unit=bad, problems=(bad,), note=bad)
    header = Header(unit=bad, filled_by=bad)
    content = write_workbook([basic_form(row, header=header), filing_form(filing, header=header)])
    assert biff_walk.bodies(content, biff_walk.FORMULA) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_such_a_text_keeps_every_character_and_the_text_format(start: str) -> None:
    content = write_workbook([basic_form(replace(BASIC, name=f"{start}{PAYLOAD}"))])
    book = xlrd.open_workbook(file_contents=content, formatting_info=True)
    cell = book.sheet_by_index(0).cell(4, 1)
    format_string = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    assert (cell.ctype, cell.value, format_string) == (
        xlrd.XL_CELL_TEXT,
        f"{start}{PAYLOAD}",
        "@",
    )


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("a\0b", "ab"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("𠮷野家 😀", "𠮷野家 😀"),
        ("", ""),
    ],
)
def test_what_no_cell_can_hold_is_left_out(given: str, written: str) -> None:
    assert clean_text(given) == written


def test_characters_beyond_the_first_plane_survive() -> None:
    content = write_workbook([basic_form(replace(BASIC, name="𠮷野家😀", note="𬭎"))])
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    assert (sheet.cell_value(4, 1), sheet.cell_value(4, 12)) == ("𠮷野家😀", "𬭎")


def test_pairs_survive_wherever_the_string_table_is_cut() -> None:
    names = [f"{number}" + "𠮷😀" * (number % 11 + 1) + "字" for number in range(3000)]
    content = write_workbook([basic_form(*(replace(BASIC, name=name) for name in names))])
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    assert sheet.col_values(1)[4:3004] == names


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(letter: str) -> None:
    content = write_workbook([basic_form(replace(BASIC, name=letter * 40_000, note="后面"))])
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    written = sheet.cell_value(4, 1)
    assert written.endswith(CUT)
    assert MOST_CHARACTERS - 2 <= len(written.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert sheet.cell_value(4, 12) == "后面"


@pytest.mark.slow
def test_rows_beyond_65536_go_on_on_another_sheet() -> None:
    rows = [replace(BASIC, number=number) for number in range(1, 65_601)]
    book = xlrd.open_workbook(file_contents=write_workbook([basic_form(*rows)]))
    assert book.sheet_names() == ["附件1", "附件1（2）"]
    numbers = [
        cell.value
        for sheet in book.sheets()
        for cell in sheet.col(0)
        if cell.ctype == xlrd.XL_CELL_NUMBER
    ]
    assert numbers == list(range(1, 65_601))
    assert [sheet.cell_value(1, 0) for sheet in book.sheets()] == [
        "新媒体（网站）基本情况统计表"
    ] * 2
