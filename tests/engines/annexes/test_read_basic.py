"""Annex 1: every dirty value reads right, every fault is named with its cell."""

import datetime as dt

import pytest
from tests.engines.annexes.sheets import (
    BANNER,
    BASIC_HEADING,
    GOOD,
    basic,
    codes,
    read,
    read_one,
    xls,
    xlsx,
)

from meice.engines.annexes.model import Rectified

ERROR, WARNING, INFO = "error", "warning", "info"


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("number", 3.0, 3),
        ("number", "３", 3),
        ("number", "一", 1),
        ("name", "  华园　数信\r\n公众号 ", "华园 数信 公众号"),
        ("problems", "无更新、审核机制不健全", ("无更新", "审核机制不健全")),
        ("problems", "无更新；与认证身份不符\n其他", ("无更新", "与认证身份不符", "其他")),
        ("problems", "无", ("无问题",)),
        ("rectified", "－", Rectified.NOT_NEEDED),
        ("rectified", "—", Rectified.NOT_NEEDED),
        ("rectified", "/", Rectified.NOT_NEEDED),
        ("rectified", "已整改", Rectified.YES),
        ("interactive", "有", True),
        ("interactive", "√", True),
        ("interactive", "Ｙ", True),
        ("interactive", 1, True),
        ("interactive", True, True),
        ("interactive", "☑是 □否", True),
        ("has_review_system", "×", False),
        ("has_review_system", "无", False),
        ("outsourced", "N", False),
        ("outsourced", 0, False),
        ("responsible_name", "陈 希", "陈希"),
        ("responsible_name", "陈　 希", "陈希"),
        ("responsible_name", "Li  Ming", "Li Ming"),
        ("responsible_mobile", 13800000001.0, "13800000001"),
        ("responsible_mobile", "１３８００００００００１"[:11], "13800000000"),
        ("responsible_mobile", "138 0000 0001", "13800000001"),
        ("responsible_mobile", "138-0000-0001", "13800000001"),
        ("responsible_mobile", "+86 13800000001", "13800000001"),
        ("responsible_mobile", "13800000001.0", "13800000001"),
        ("responsible_mobile", "1.3800000001E10", "13800000001"),
    ],
)
def test_a_dirty_value_reads_right(key, written, meant):
    problem = {} if key in ("problems", "rectified") else {"problems": "无问题"}
    form = read_one(basic({key: written} | problem))
    assert getattr(form.rows[0], key) == meant


@pytest.mark.parametrize(
    ("given", "code", "severity", "cell"),
    [
        ({"responsible_mobile": "1380000000"}, "bad-mobile", ERROR, "L5"),
        ({"responsible_mobile": "1.38E+10"}, "bad-mobile", ERROR, "L5"),
        ({"responsible_mobile": "13800000001 13800000002"}, "bad-mobile", ERROR, "L5"),
        ({"responsible_mobile": "13800000001/13800000002"}, "bad-mobile", ERROR, "L5"),
        ({"responsible_mobile": "020-80000000"}, "bad-mobile", ERROR, "L5"),
        ({"responsible_mobile": "12800000001"}, "bad-mobile", ERROR, "L5"),
        ({"rectified": "是"}, "rectified-mismatch", ERROR, "G5"),
        ({"problems": "无更新"}, "rectified-mismatch", ERROR, "G5"),
        ({"rectified": "再说"}, "bad-value", ERROR, "G5"),
        ({"interactive": "不清楚"}, "bad-value", ERROR, "H5"),
        ({"has_review_system": "-"}, "bad-value", ERROR, "I5"),
        ({"name": ""}, "missing-value", ERROR, "B5"),
        ({"unit": ""}, "missing-value", ERROR, "C5"),
        ({"kind": ""}, "missing-value", ERROR, "E5"),
        ({"responsible_name": ""}, "missing-value", ERROR, "K5"),
        ({"responsible_mobile": ""}, "missing-value", ERROR, "L5"),
        ({"verified_as": ""}, "missing-value", WARNING, "D5"),
        ({"problems": ""}, "missing-value", WARNING, "F5"),
        ({"outsourced": ""}, "missing-value", WARNING, "J5"),
        ({"kind": "飞鸽传书"}, "bad-value", WARNING, "E5"),
        ({"unit": "外语学院"}, "unit-mismatch", WARNING, "C5"),
        ({"note": "例"}, "sample-row", WARNING, "M5"),
    ],
)
def test_a_fault_is_named_with_its_cell(given, code, severity, cell):
    form = read_one(basic(given))
    assert codes(form) == [(code, severity, cell)]
    assert len(form.rows) == 1
    assert form.accepted == (severity != ERROR)
    assert form.issues[0].message.startswith(cell)


def test_the_message_says_what_is_wrong_with_the_mobile_and_how_to_mend_it():
    (issue,) = read_one(basic({"responsible_mobile": "1360000220"})).issues
    assert issue.message == "L5 手机号「1360000220」只有 10 位，应为 11 位。"
    assert (issue.found, issue.expected) == ("1360000220", "11 位手机号")


def test_a_good_row_has_no_issue():
    form = read_one(basic(GOOD))
    assert codes(form) == []
    assert form.header.to_json() == {
        "unit": "数信学院", "filled_by": "陈希", "phone": "020-80000000", "date": "2021-06-29",
    }  # fmt: skip


def test_two_rows_alike_are_an_error_in_the_second():
    form = read_one(basic(GOOD, {"number": 2}, {"number": 3, "kind": "微博"}))
    assert codes(form) == [("duplicate-row", ERROR, "B6")]


def test_a_second_account_on_one_platform_is_listed_and_sites_are_exempt():
    form = read_one(
        basic(
            GOOD,
            {"name": "华园数信团委", "kind": "公众号"},
            {"name": "数信官网", "kind": "网站"},
            {"name": "数信实验室", "kind": "网站"},
        )
    )
    assert codes(form) == [("one-per-platform", WARNING, "E6")]


SAMPLES = [
    [1, "广东教育", "广东省教育厅", "广东省教育厅", "微信公众号", "无问题", "-", "是", "是", "是", "XXX", "XXX", "例"],
    [2, "XXX", "XXX学院", "XXX学校", "网站", "无问题", "-", "是", "是", "否", "XXX", "XXX", "例"],
]  # fmt: skip


def test_printed_samples_are_given_apart():
    form = read_one(basic(*SAMPLES, GOOD))
    assert [row.name for row in form.samples] == ["广东教育", "XXX"]
    assert [row.name for row in form.rows] == ["华园数信"]
    assert codes(form) == [("sample-row", INFO, "B5"), ("sample-row", INFO, "B6")]


def test_a_row_typed_over_a_sample_is_data():
    form = read_one(basic({"note": "例", "name": "华园数信"}))
    assert [row.name for row in form.rows] == ["华园数信"]
    assert form.samples == ()


def test_a_real_row_with_a_placeholder_phone_only_is_not_dropped_silently():
    form = read_one(basic({"responsible_mobile": "XXX"}))
    assert codes(form) == [("bad-mobile", ERROR, "L5")]


def test_rows_with_only_a_number_notes_feet_and_totals_are_no_data():
    rows = basic(
        GOOD,
        [2],
        [],
        ["合计", "1个"],
        ["注：同一单位开设的多个新媒体（网站）账号，应依次登记，各占一行。"],
        ["报送方式：请将附件1-4的电子版文件打包压缩。"],
        ["单位负责人签字：", "", "", "审核人："],
    )
    form = read_one(rows)
    assert (len(form.rows), codes(form)) == (1, [])


def test_a_foot_glued_to_the_data_ends_nothing_before_it():
    form = read_one(basic(GOOD, ["备注：以上情况属实"], {"number": 2, "kind": "微博"}))
    assert [row.kind for row in form.rows] == ["微信公众号", "微博"]


def test_columns_in_another_order_with_added_and_blank_ones():
    order = [1, 4, 2, 3, 11, 10, 5, 6, 7, 8, 9, 12]
    heading = ["", *[BASIC_HEADING[at] for at in order], "粉丝数"]
    row = ["", *[GOOD[at] for at in order], 1200]
    heading.insert(4, "")
    row.insert(4, "")
    form = read_one(basic(row, heading=heading))
    assert codes(form) == []
    assert form.rows[0].responsible_mobile == "13800000001"
    assert form.rows[0].number is None


@pytest.mark.parametrize(
    ("at", "title"),
    [
        (1, "帐号名称"),
        (1, "账号 (网站) 名称（必填）"),
        (5, "问题排査情况"),
        (8, "是否建立内容发布审核制度（是/否）"),
        (8, "是否建立内容发布审查制度"),
        (9, "是否委托其它单位运营"),
        (11, "账号负责人手机号（11位）"),
        (11, "账号负责人手机号码"),
        (0, "编号"),
        (3, "认证主题"),
        (4, "类别"),
        (6, "整改与否"),
        (11, "联系方式"),
    ],
)
def test_a_title_with_a_slip_still_finds_its_column(at, title):
    heading = [*BASIC_HEADING]
    heading[at] = title
    form = read_one(basic(GOOD, heading=heading))
    assert codes(form) == []
    assert form.rows[0].name == "华园数信"


def test_a_missing_column_is_an_error_that_names_it():
    heading, row = [*BASIC_HEADING], [*GOOD]
    del heading[3], row[3]
    form = read_one(basic(row, heading=heading))
    assert codes(form) == [("missing-column", ERROR, "A4")]
    assert form.issues[0].expected == "认证主体"


def test_headings_over_two_rows_merged_or_not():
    first, second = [*BASIC_HEADING], [""] * 13
    first[10], first[11] = "账号负责人", ""
    second[10], second[11] = "姓名", "手机号"
    rows = [["附件1"], BANNER, first, second, GOOD]
    merged = [(2, 3, at, at) for at in range(10)] + [(2, 2, 10, 11), (2, 3, 12, 12)]
    for areas in (merged, ()):
        form = read_one(rows, merged=areas)
        assert (form.rows[0].responsible_name, codes(form)) == ("陈希", [])


def test_titles_cut_over_two_rows_are_joined():
    first = [title.split("\n")[0] for title in BASIC_HEADING]
    second = ["".join(title.split("\n")[1:]) for title in BASIC_HEADING]
    form = read_one([["附件1"], BANNER, first, second, GOOD])
    assert (form.rows[0].problems, codes(form)) == (("无问题",), [])


def test_a_unit_merged_over_its_rows_is_read_in_each():
    rows = basic(GOOD, {"unit": "", "kind": "微博"}, {"unit": "", "kind": "抖音"})
    form = read_one(rows, merged=[(4, 6, 2, 2)])
    assert [row.unit for row in form.rows] == ["数信学院"] * 3
    assert codes(form) == []


@pytest.mark.parametrize(
    "banner",
    [
        ["填报单位（盖章）：数信学院    填表人：陈希   电话：020-80000000   2021年6月29日"],
        ["填报单位（盖章）", "数信学院", "填表人", "陈 希", "电话", "020-80000000", "", "2021 年 6 月 29 日"],
        ["填报单位：", "数信学院（盖章）", "", "填表人：", "陈希", "联系电话：", "020-80000000",
         "填表时间：", "2021.6.29"],
        ["填 报 单 位（盖章）：数信学院", "", "填 表 人：陈希", "", "电 话：020-80000000", "",
         "2021", "年", "6", "月", "29", "日"],
        ["单位（公章）：数信学院", "填报人：陈希", "手机：020-80000000", "日期：20210629"],
        ["填报单位(盖章):数信学院\n填表人:陈希\n电话:020-80000000\n2021年6月29日"],
    ],
)  # fmt: skip
def test_the_header_block_is_read_from_one_cell_or_several(banner):
    form = read_one(basic(GOOD, banner=banner))
    assert form.header.to_json() == {
        "unit": "数信学院", "filled_by": "陈希", "phone": "020-80000000", "date": "2021-06-29",
    }  # fmt: skip
    assert codes(form) == []


def test_what_the_header_lacks_is_a_warning_each():
    form = read_one(
        basic(GOOD, banner=["填报单位（盖章）：       填表人：        电话：      年   月   日"])
    )
    assert [issue.expected for issue in form.issues] == [
        "填报单位（盖章）",
        "填表人",
        "电话",
        "填表时间",
    ]
    assert {issue.severity for issue in form.issues} == {"warning"}
    assert form.accepted


def test_a_header_date_may_be_a_real_date():
    banner = [
        "填报单位（盖章）：数信学院",
        "",
        "填表人：陈希",
        "",
        "电话：8001",
        "",
        dt.date(2021, 6, 29),
    ]
    form = read_one(basic(GOOD, banner=banner), formats={(2, 6): "yyyy-mm-dd"})
    assert form.header.date == "2021-06-29"


def test_two_forms_one_under_the_other_are_two():
    rows = [*basic(GOOD), [], *basic({"unit": "外语学院"}, banner=["填报单位：外语学院"])]
    first, second = read(xls(rows))
    assert (first.header.unit, second.header.unit) == ("数信学院", "外语学院")
    assert (len(first.rows), len(second.rows)) == (1, 1)


def test_the_form_is_found_on_any_sheet_and_others_are_ignored():
    data = xls(("说明", [["请按要求填写"]]), ("附件", basic(GOOD)), ("Sheet3", []))
    (form,) = read(data)
    assert (form.sheet, form.sheets) == ("附件", 3)


def test_full_width_everything():
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
    banner = [str(cell).translate(wide) for cell in BANNER]
    row = [str(cell).translate(wide) for cell in GOOD]
    form = read_one(basic(row, banner=banner))
    assert codes(form) == []
    assert form.rows[0].responsible_mobile == "13800000001"
    assert form.header.date == "2021-06-29"


def test_xlsx_and_xls_read_alike():
    rows = basic(GOOD, {"number": 2, "kind": "网站", "responsible_mobile": 13800000002})
    (old,), (new,) = read(xls(rows)), read(xlsx(rows))
    assert old.rows == new.rows
    assert old.header == new.header
