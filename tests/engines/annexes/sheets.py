"""Makes workbooks as clerks make them: rows of values, merged ranges, styles; nobody real."""

import io

import openpyxl
import xlwt

from meice.engines.annexes.read.tasks import Source, read_source

TODAY = "2026-11-22"
BANNER = [
    "填报单位（盖章）：数信学院",
    "",
    "",
    "填表人：陈希",
    "",
    "电话：020-80000000",
    "",
    "2021年6月29日",
]
BASIC_HEADING = [
    "序号", "账号\n（网站）\n名称", "开设单位", "认证主体", "类型", "问题排\n查情况", "是否\n整改",
    "是否\n具有\n互动\n功能", "是否\n建立\n内容\n发布\n审核\n制度", "是否\n委托\n其他\n单位\n运营",
    "账号\n负责人\n姓名", "账号\n负责人\n手机号", "备注",
]  # fmt: skip
GOOD = [
    1, "华园数信", "数信学院", "华园大学", "微信公众号", "无问题", "-", "是", "是", "否", "陈希",
    "13800000001", "",
]  # fmt: skip
COLUMNS = dict(zip(
    ["number", "name", "unit", "verified_as", "kind", "problems", "rectified", "interactive",
     "has_review_system", "outsourced", "responsible_name", "responsible_mobile", "note"],
    range(13), strict=True,
))  # fmt: skip
FILING_HEADING = [
    "序号", "账号\n（网站/APP）\n名称", "账号ID\n（网址）", "开设部门", "认证主体", "类型", "开通时间",
    "主管领导", "审核人", "运维负责人", "运维负责人联系电话", "备案类型",
]  # fmt: skip
FILED = [
    1, "华园数信", "gh_0000000001", "数信学院", "华园大学", "微信公众号", "2019-10-08", "郑国强",
    "周启明", "李昊天", "8001", "开设",
]  # fmt: skip
FILING_FOOT = "填报部门（盖章）：数信学院   填表人：陈希   联系电话：8001   填表时间：2021年6月29日"
COUNT_TOP = ["", "网站", "新媒体", "", "", "", "", "", "", ""]
COUNT_HEADING = [
    "项目", "", "微博", "微信", "头条号", "抖音号", "移动\n客户端", "其他政务\n新媒体", "合计", "备注",
]  # fmt: skip
COUNT_ITEMS = [
    "单位开设的新媒体（网站）数量（个）", "以职务身份开设认证的个人账号（个）",
    "排查出有问题的新媒体（网站）数量（个）", "问题已整改的新媒体（网站）数量（个）",
    "具有互动功能的新媒体（网站）数量（个）", "已建立内容发布审核制度的新媒体（网站）数量（个）",
    "委托其他单位运营的新媒体（网站）数量（个）",
]  # fmt: skip


def basic(*rows, heading=BASIC_HEADING, banner=BANNER):
    """Annex 1 as rows; a row may be a dict of the fields in which it differs from a good one."""
    return [["附件1"], ["新媒体（网站）基本情况统计表"], banner, heading, *map(basic_row, rows)]


def basic_row(given):
    if not isinstance(given, dict):
        return list(given)
    row = list(GOOD)
    for key, value in given.items():
        row[COLUMNS[key]] = value
    return row


def counts(*numbers, banner=BANNER):
    """Annex 2 with seven rows of eight numbers."""
    rows = [[item, *line, ""] for item, line in zip(COUNT_ITEMS, numbers, strict=True)]
    return [["附件2"], ["新媒体（网站）基本情况汇总表"], banner, COUNT_TOP, COUNT_HEADING, *rows]


def filings(*rows, foot=FILING_FOOT):
    """Annex 4 as rows."""
    return [["附件4"], ["新媒体（网站）备案汇总表"], FILING_HEADING, *rows, [foot]]


def paper(**given):
    """Annex 3 as rows; the keywords are what differs."""
    value = {
        "name": "华园数信", "account_id": "gh_0000000001", "department": "数信学院",
        "verified_as": "华园大学", "platform": "微信公众号", "opened_on": "2019-10-08",
        "followers": "8214", "frequency": "每周2次", "responsible": "数信学院团委", "kind": "开设",
        "leader": ["郑国强", "副院长", "8000"], "reviewer": ["周启明", "书记", "8002"],
        "operators": [["李昊天", "辅导员", "8001"]], "opinion": "主管部门意见：",
        "banner": "填报部门（盖章）：数信学院      填表时间：2021年6月29日",
    } | given  # fmt: skip
    people = [*value["operators"], ["", "", ""], ["", "", ""], ["", "", ""]]
    numbered = max(3, len(value["operators"]))
    return [
        ["附件3"], ["新媒体（网站）备案登记表"], [value["banner"]],
        ["账号/网站/APP名称", "", value["name"], "账号ID/网址", value["account_id"]],
        ["开设部门", "", value["department"], "认证主体", value["verified_as"]],
        ["开通平台/网站ICP", "", value["platform"], "开通时间", value["opened_on"]],
        ["粉丝量（关注数）", "", value["followers"], "发布频次", value["frequency"]],
        ["责任部门", "", value["responsible"], "备案类型", value["kind"]],
        ["管理相关人员", "", "姓  名", "职  务", "联系电话"],
        ["主管领导", "", *value["leader"]], ["审核人", "", *value["reviewer"]],
        *[["运维\n工作\n人员" if not at else "", at + 1, *people[at]] for at in range(numbered)],
        [value["opinion"]], ["主管单位（盖章）    年  月  日"],
        ["注：备案类型包括开设、变更、注销，变更项需在相应栏内标记；不涉及的栏目可空白。"],
    ]  # fmt: skip


def xls(*sheets, merged=(), styles=None, formats=None):
    """Sheets (lists of rows, or a pair of a name and rows) as the bytes of an ``.xls``."""
    book = xlwt.Workbook(encoding="utf-8")
    for number, given in enumerate(sheets, 1):
        name, rows = given if isinstance(given, tuple) else (f"表{number}", given)
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        joined = {(top, left) for top, _, left, _ in merged}
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                style = (styles or {}).get((at, column)) or xlwt.Style.default_style
                if (formats or {}).get((at, column)):
                    style = xlwt.easyxf(num_format_str=formats[at, column])
                if value != "" and (at, column) not in joined:
                    sheet.write(at, column, value, style)
        for area in merged:
            sheet.write_merge(*area, rows[area[0]][area[2]])
    return saved(book)


def xlsx(*sheets, merged=()):
    """The same as an ``.xlsx``."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value != "":
                    sheet.cell(at, column, value)
        for area in merged:
            sheet.merge_cells(area)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data, path="某单位.xls", today=TODAY):
    """The forms of a workbook, read in this process with the first parser."""
    return read_source(Source(path, data, today))


def read_one(rows, **given):
    """The one form of a workbook with one sheet."""
    (form,) = read(xls(rows, **given))
    return form


def codes(form):
    """The codes of a form's issues, with their cells."""
    return [(issue.code.value, issue.severity.value, issue.cell) for issue in form.issues]
