"""Annexes 2, 3 and 4: counts, the paper form with its change marks, the list of filings."""

import pytest
import xlwt
from tests.engines.annexes.sheets import (
    FILED,
    FILING_HEADING,
    basic,
    codes,
    counts,
    filings,
    paper,
    read,
    read_one,
    xls,
)

from meice.engines.annexes.model import Annex, Person

LINE = [1, "", 1, "", "", "", "", 2]
BLANK = [""] * 8


def test_annex_2_reads_its_seven_items():
    form = read_one(counts(LINE, BLANK, [0] * 8, BLANK, LINE, LINE, BLANK), merged=[(3, 3, 2, 7)])
    assert (form.annex, len(form.rows), codes(form)) == (Annex.COUNTS, 7, [])
    assert form.rows[0].counts["微信"] == 1
    assert (form.rows[0].counts["微博"], form.rows[0].total) == (None, 2)


@pytest.mark.parametrize(
    ("written", "count"),
    [("３", 3), ("3个", 3), (3.0, 3), ("三", 3), ("无", 0), ("-", None), ("/", None), ("", None)],
)
def test_a_count_as_people_write_it(written, count):
    line = [written, "", "", "", "", "", "", written]
    form = read_one(counts(line, BLANK, BLANK, BLANK, BLANK, BLANK, BLANK))
    assert (form.rows[0].counts["网站"], codes(form)) == (count, [])


@pytest.mark.parametrize("written", ["若干", -1, 1.5, "约3"])
def test_what_is_no_count_is_an_error(written):
    line = [written, "", "", "", "", "", "", ""]
    form = read_one(counts(line, BLANK, BLANK, BLANK, BLANK, BLANK, BLANK))
    assert codes(form) == [("bad-value", "error", "B6")]


def test_a_total_that_does_not_add_up_is_a_warning():
    form = read_one(counts([1, 1, "", "", "", "", "", 5], *[BLANK] * 6))
    assert codes(form) == [("sum-mismatch", "warning", "I6")]
    assert (form.issues[0].found, form.issues[0].expected) == ("5", "2")


def test_annex_4_reads_with_its_foot():
    form = read_one(filings(FILED))
    assert (form.annex, codes(form)) == (Annex.FILINGS, [])
    assert form.header.to_json() == {
        "unit": "数信学院", "filled_by": "陈希", "phone": "8001", "date": "2021-06-29",
    }  # fmt: skip


def test_the_hint_of_annex_4_is_no_row():
    hint = ["", "", "", "", "", "微信公众号/微博/网站/APP等"]
    form = read_one(filings(hint, FILED))
    assert [row.name for row in form.rows] == ["华园数信"]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021年6月29日", "2021-06-29"), ("2021.6.29", "2021-06-29"), ("2021/6/9", "2021-06-09"),
        ("二〇二一年六月", "2021-06"), ("2021.06.29 ", "2021-06-29"), ("20210629", "2021-06-29"),
        (44376.0, "2021-06-29"), ("44376", "2021-06-29"), ("2021年", "2021"), ("2021-6", "2021-06"),
        ("２０２１．６．２９", "2021-06-29"), ("2021年6月29日 08:30", "2021-06-29"),
        ("2021年6月左右", "2021-06"), (2021.0, "2021"),
    ],
)  # fmt: skip
def test_a_date_as_people_write_it(written, iso):
    row = [*FILED]
    row[6] = written
    form = read_one(filings(row))
    assert (form.rows[0].opened_on, codes(form)) == (iso, [])


@pytest.mark.parametrize(
    ("at", "written", "code", "severity", "cell"),
    [
        (6, "很久以前", "bad-date", "error", "G4"),
        (6, "2021-02-30", "bad-date", "error", "G4"),
        (6, 2021.1, "bad-date", "error", "G4"),
        (6, "2026-11-23", "bad-date", "error", "G4"),
        (6, "2027", "bad-date", "error", "G4"),
        (6, "", "missing-value", "warning", "G4"),
        (2, "http:/www.huayuan.edu.cn", "bad-url", "warning", "C4"),
        (2, "https://www。huayuan。edu。cn", "bad-url", "warning", "C4"),
        (2, "javascript:alert(1)", "bad-url", "warning", "C4"),
        (5, "飞鸽传书", "bad-value", "warning", "F4"),
        (3, "外语学院", "unit-mismatch", "warning", "D4"),
        (11, "搬家", "bad-value", "warning", "L4"),
    ],
)
def test_a_fault_of_annex_4_is_named_with_its_cell(at, written, code, severity, cell):
    row = [*FILED]
    row[at] = written
    assert codes(read_one(filings(row))) == [(code, severity, cell)]


@pytest.mark.parametrize(
    "url", ["huayuan.edu.cn", "https://数信.huayuan.edu.cn:8080/a?b=1", "http://[::1]/"]
)
def test_a_good_address_of_a_site_is_no_fault(url):
    row = [*FILED]
    row[2], row[5] = url, "网站"
    assert codes(read_one(filings(row))) == []


def test_a_site_without_an_address_is_a_warning():
    row = [*FILED]
    row[2], row[5] = "数信学院官网", "网站"
    assert codes(read_one(filings(row))) == [("bad-url", "warning", "C4")]


def test_rows_alike_in_annex_4_are_an_error_unless_filed_for_another_reason():
    changed = [*FILED[:-1], "变更"]
    form = read_one(filings(FILED, changed, FILED))
    assert codes(form) == [("duplicate-row", "error", "B6")]


def test_today_itself_is_not_in_the_future():
    row = [*FILED]
    row[6] = "2026-11-22"
    assert codes(read_one(filings(row))) == []


def test_annex_3_reads_its_people_and_header():
    form = read_one(paper(operators=[["李 昊 天", "辅导员", "8001"], ["王 敏", "", "8003"]]))
    row = form.rows[0]
    assert (form.annex, codes(form)) == (Annex.FILING, [])
    assert row.leader == Person("郑国强", "副院长", "8000")
    assert [person.name for person in row.operators] == ["李昊天", "王敏"]
    assert (form.header.unit, form.header.date) == ("数信学院", "2021-06-29")


def test_more_operators_than_the_paper_has():
    people = [[f"员工{at}", "", f"80{at:02}"] for at in range(1, 6)]
    assert len(read_one(paper(operators=people)).rows[0].operators) == 5


def test_a_blank_paper_is_no_row():
    form = read_one(
        paper(name="", account_id="", department="", verified_as="", platform="", opened_on="",
              followers="", frequency="", responsible="", kind="", leader=["", "", ""],
              reviewer=["", "", ""], operators=[])
    )  # fmt: skip
    assert (form.annex, form.rows, codes(form)) == (Annex.FILING, (), [])


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("☑变更 ☐开设 ☐注销", "变更"), ("开设√  变更  注销", "开设"), ("□开设 □变更 ■注销", "注销"),
        ("新增", "开设"), ("变更备案", "变更"), ("注 销", "注销"), ("停用", "注销"),
    ],
)  # fmt: skip
def test_the_kind_of_filing_is_told_from_ticks_and_words(written, kind):
    assert read_one(paper(kind=written)).rows[0].filing_kind == kind


def test_printed_choices_without_a_tick_are_blank():
    form = read_one(paper(kind="□开设 □变更 □注销"))
    assert form.rows[0].filing_kind == ""
    assert codes(form) == [("missing-value", "warning", "E8")]


def test_old_values_are_read_from_changed_cells():
    form = read_one(
        paper(kind="变更", frequency="每周2次【原：每周3次】", opened_on="2019年10月8日（原：2019年9月1日）",
              reviewer=["周启明【原：王敏】", "书记", "8002▲"], followers="※8214")
    )  # fmt: skip
    row = form.rows[0]
    assert row.changed == {
        "frequency": "每周3次", "opened_on": "2019-09-01", "reviewer.name": "王敏",
        "reviewer.phone": None, "followers": None,
    }  # fmt: skip
    assert (row.frequency, row.opened_on, row.followers) == ("每周2次", "2019-10-08", "8214")
    assert (row.reviewer.name, row.reviewer.phone) == ("周启明", "8002")


RED = xlwt.easyxf("font: colour red")
BOLD = xlwt.easyxf("font: bold on")
FRAMED = xlwt.easyxf("borders: left thick, right thick, top thick, bottom thick")


@pytest.mark.parametrize("style", [RED, BOLD, FRAMED])
def test_a_cell_marked_only_by_how_it_is_drawn_is_changed(style):
    form = read_one(paper(kind="变更"), styles={(6, 4): style})
    assert form.rows[0].changed == {"frequency": None}


def test_a_form_drawn_bold_throughout_marks_nothing():
    styles = {(row, column): BOLD for row in range(30) for column in range(6)}
    assert read_one(paper(kind="变更"), styles=styles).rows[0].changed == {}


def test_one_workbook_with_a_sheet_for_each_account():
    data = xls(("甲", paper(name="甲号")), ("乙", paper(name="乙号")), ("空", []))
    assert [(form.sheet, form.rows[0].name) for form in read(data)] == [
        ("甲", "甲号"),
        ("乙", "乙号"),
    ]


def test_four_forms_in_one_workbook_are_four():
    data = xls(basic(), counts(*[BLANK] * 7), paper(), filings(FILED))
    assert [form.annex for form in read(data)] == [1, 2, 3, 4]


def test_an_opinion_stands_in_its_cell_or_under_it():
    same = read_one(paper(opinion="主管部门意见：同意备案。\n\n主管单位（盖章）  2021年6月29日"))
    under = paper()
    under.insert(len(under) - 2, ["", "同意备案。"])
    assert same.rows[0].opinion == "同意备案。"
    assert read_one(under).rows[0].opinion == "同意备案。"


def test_a_formula_is_a_warning_with_its_value_and_an_error_without():
    rows = filings([*FILED])
    rows[3][1] = xlwt.Formula('"a"&"b"')
    form = read_one(rows)
    assert ("formula-cell", "error", "B4") in codes(form)


def test_the_heading_of_annex_4_alone_is_the_form_without_rows():
    form = read_one([FILING_HEADING])
    assert (form.annex, form.rows) == (Annex.FILINGS, ())
