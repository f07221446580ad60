"""The written forms against the notice's printed ones: words, merged cells, page set-up."""

from dataclasses import replace
from struct import unpack_from

import pytest
import xlrd
from tests.engines.annexes import biff_walk
from tests.engines.annexes.invented import BASIC, FILING, FORMS, basic_form, filing_form
from xlrd.sheet import Sheet

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, Form, Header
from meice.engines.annexes.write import blank_workbook, blank_workbooks, write_workbook

NOTICE_HEADINGS = {
    Annex.BASIC: [
        "序号",
        "账号\n（网站）\n名称",
        "开设单位",
        "认证主体",
        "类型",
        "问题排\n查情况",
        "是否\n整改",
        "是否\n具有\n互动\n功能",
        "是否\n建立\n内容\n发布\n审核\n制度",
        "是否\n委托\n其他\n单位\n运营",
        "账号\n负责人\n姓名",
        "账号\n负责人\n手机号",
        "备注",
    ],
    Annex.FILINGS: [
        "序号",
        "账号\n（网站/APP）\n名称",
        "账号ID\n（网址）",
        "开设部门",
        "认证主体",
        "类型",
        "开通时间",
        "主管领导",
        "审核人",
        "运维负责人",
        "运维负责人\n联系电话",
        "备案类型",
    ],
}


def opened(content: bytes) -> Sheet:
    return xlrd.open_workbook(file_contents=content, formatting_info=True).sheet_by_index(0)


def texts(sheet: Sheet) -> list[str]:
    return [str(cell.value) for row in sheet.get_rows() for cell in row if cell.value != ""]


def position(sheet: Sheet, text: str) -> tuple[int, int]:
    return next(
        (row, column)
        for row in range(sheet.nrows)
        for column in range(sheet.ncols)
        if str(sheet.cell_value(row, column)).startswith(text)
    )


@pytest.mark.parametrize("annex", NOTICE_HEADINGS)
def test_headings_wrap_where_the_notice_wraps_them(annex: Annex) -> None:
    sheet = opened(blank_workbook(annex))
    row, _ = position(sheet, "序号")
    assert sheet.row_values(row) == NOTICE_HEADINGS[annex]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.annex.name)
def test_mark_and_merged_title_stand_on_top(form: Form) -> None:
    sheet = opened(write_workbook([form]))
    assert form.annex is not None
    assert sheet.cell_value(0, 0) == f"附件{int(form.annex)}"
    assert sheet.cell_value(1, 0) == columns.TITLES[form.annex]
    assert (1, 2, 0, sheet.ncols) in sheet.merged_cells


def test_annex_2_has_new_media_over_six_columns() -> None:
    sheet = opened(blank_workbook(Annex.COUNTS))
    row, column = position(sheet, "新媒体")
    row, column = next(
        (r, c)
        for r in range(3, 6)
        for c in range(sheet.ncols)
        if sheet.cell_value(r, c) == "新媒体"
    )
    assert (row, row + 1, column, column + 6) in sheet.merged_cells
    assert sheet.row_values(row + 1)[column : column + 6] == [
        "微博",
        "微信",
        "头条号",
        "抖音号",
        "移动\n客户端",
        "其他政务\n新媒体",
    ]
    assert sheet.col_values(0)[row + 2 :] == list(columns.COUNT_ITEMS)


def test_blank_annex_1_carries_the_five_samples() -> None:
    sheet = opened(blank_workbook(Annex.BASIC))
    row, _ = position(sheet, "广东教育")
    assert sheet.row_values(row) == [
        *(1, "广东教育", "广东省教育厅", "广东省教育厅", "微信公众号", "无问题"),
        *("-", "是", "是", "是", "XXX", "XXX", "例"),
    ]
    assert [sheet.cell_value(row + n, 4) for n in range(5)] == [
        *("微信公众号", "网站", "抖音", "视频号", "微博"),
    ]


def test_blank_annex_4_carries_the_hint_and_a_written_one_does_not() -> None:
    assert columns.KIND_HINT in texts(opened(blank_workbook(Annex.FILINGS)))
    assert columns.KIND_HINT not in texts(opened(write_workbook([FORMS[3]])))


def test_annex_3_is_the_paper_form() -> None:
    words = ["".join(text.split()) for text in texts(opened(blank_workbook(Annex.FILING)))]
    assert words == [
        *("附件3", "新媒体（网站）备案登记表", "填报部门（盖章）：", "填表时间：年月日"),
        *("账号/网站/APP名称", "账号ID/网址", "开设部门", "认证主体"),
        *("开通平台/网站ICP", "开通时间", "粉丝量（关注数）", "发布频次"),
        *("责任部门", "备案类型", "管理相关人员", "姓名", "职务", "联系电话"),
        *("主管领导", "审核人", "运维工作人员", "1", "2", "3"),
        *("主管部门意见：", "主管单位（盖章）年月日"),
        "注：备案类型包括开设、变更、注销，变更项需在相应栏内标记；不涉及的栏目可空白。",
    ]


def test_a_changed_cell_shows_old_and_new_in_bold_and_a_thick_frame() -> None:
    content = write_workbook([filing_form(FILING)])
    book = xlrd.open_workbook(file_contents=content, formatting_info=True)
    sheet = book.sheet_by_index(0)
    row, column = position(sheet, "每周2次")
    look = book.xf_list[sheet.cell_xf_index(row, column)]
    assert sheet.cell_value(row, column) == "每周2次【原：每周3次】"
    assert book.font_list[look.font_index].bold
    lines = (look.border.left_line_style, look.border.top_line_style)
    assert lines == (5, 5)  # thick
    assert sheet.rich_text_runlist_map[(row, column)]  # the old value is struck through


def test_a_bare_mark_and_the_count_of_marks_are_written() -> None:
    sheet = opened(write_workbook([filing_form(FILING)]))
    row, column = position(sheet, "2019年")
    assert sheet.cell_value(row, column) == "2019年10月8日▲"
    assert "共 3 项" in texts(sheet)[-1]


def test_four_operators_get_four_lines() -> None:
    people = FILING.operators * 4
    sheet = opened(write_workbook([filing_form(replace(FILING, operators=people))]))
    row, column = position(sheet, "运维")
    assert (row, row + 4, column, column + 1) in sheet.merged_cells


def test_each_annex_3_has_a_sheet_named_by_its_account() -> None:
    twice = replace(FILING, name="华园:数信[团委]/")
    book = xlrd.open_workbook(
        file_contents=write_workbook([filing_form(FILING, twice, twice, replace(FILING, name=""))])
    )
    assert book.sheet_names() == ["华园数信团委", "华园 数信 团委", "华园 数信 团委（2）", "附件3"]


def test_phones_and_ids_are_text_cells() -> None:
    content = write_workbook([basic_form(replace(BASIC, name="007"))])
    book = xlrd.open_workbook(file_contents=content, formatting_info=True)
    sheet = book.sheet_by_index(0)
    for text in ("007", "13800000001"):
        row, column = position(sheet, text)
        look = book.xf_list[sheet.cell_xf_index(row, column)]
        assert sheet.cell_type(row, column) == xlrd.XL_CELL_TEXT
        assert book.format_map[look.format_key].format_str == "@"


def test_rows_grow_with_their_longest_text() -> None:
    long = replace(BASIC, name="华园大学数学与信息学院共青团委员会新媒体运营中心官方账号")
    sheet = opened(write_workbook([basic_form(BASIC, long)]))
    row, _ = position(sheet, "华园数信")
    assert sheet.rowinfo_map[row + 1].height > 1.5 * sheet.rowinfo_map[row].height


def test_the_delivery_paragraph_is_there_only_when_given() -> None:
    words = "报送方式：6月29日上午12:00前发至宣传部邮箱。"
    assert texts(opened(write_workbook([FORMS[0]], delivery=words)))[-1] == words
    assert not any("报送方式" in text for text in texts(opened(write_workbook([FORMS[0]]))))


def test_header_and_foot_are_filled_and_blank_ones_leave_room_for_a_pen() -> None:
    filled = texts(opened(write_workbook([FORMS[3]])))
    assert filled[-5:] == [
        *("填报部门（盖章）：数学与信息学院", "填表人：陈希", "联系电话：020-80000000"),
        "填表时间：2021年6月29日",
        columns.NOTES[Annex.FILINGS],
    ]
    blank = texts(opened(write_workbook([Form("", Annex.BASIC, header=Header())])))
    assert [text.strip() for text in blank[2:5]] == ["填报单位（盖章）：", "填表人：", "电话："]
    assert "".join(blank[5].split()) == "年月日"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.annex.name)
def test_pages_are_a4_with_the_houses_margins_and_page_numbers(form: Form) -> None:
    content = write_workbook([form])
    (setup,) = biff_walk.bodies(content, biff_walk.SETUP)
    paper, _, _, width, height, flags = unpack_from("<6H", setup)
    portrait = form.annex is Annex.FILING
    assert (paper, width, height, bool(flags & 0x0002)) == (9, 1, int(portrait), portrait)
    margins = [
        round(unpack_from("<d", biff_walk.bodies(content, each)[0])[0] * 25.4)
        for each in (biff_walk.LEFT, biff_walk.RIGHT, biff_walk.TOP, biff_walk.BOTTOM)
    ]
    assert margins == [19, 19, 20, 20]
    assert biff_walk.bodies(content, biff_walk.HCENTER) == [b"\x01\x00"]
    footer = biff_walk.bodies(content, biff_walk.FOOTER)[0][3:].decode("utf-16-le")
    assert footer.endswith("第 &P 页 共 &N 页")


def test_heading_rows_repeat_on_each_page() -> None:
    book = xlrd.open_workbook(file_contents=write_workbook([FORMS[0], FORMS[1], FORMS[3]]))
    assert [(each.name, each.scope, each.result.text) for each in book.name_obj_list] == [
        ("Print_Titles", 0, "附件1!$A$4:$IV$4"),
        ("Print_Titles", 1, "附件2!$A$4:$IV$5"),
        ("Print_Titles", 2, "附件4!$A$3:$IV$3"),
    ]


def test_the_same_forms_give_the_same_bytes() -> None:
    assert write_workbook(FORMS) == write_workbook(FORMS)
    assert blank_workbooks() == blank_workbooks()


def test_a_form_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="附件几"):
        write_workbook([Form("x.xls")])
