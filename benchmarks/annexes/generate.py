"""Unit packages as people make them, written with xlwt by hand: nothing of the engine's writer.

The dirt: phones as numbers, with blanks or in full width; 是/√/有/Y/1 for yes; names with blanks
inside; dates as text in many ways or as serials; rows above the title; blank columns and rows;
merged cells; samples left in; a second sheet; headings on one line; header lines in one cell or in
several; GBK member names; a wrong count in annex 2; a mobile that is none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlwt
from benchmarks.annexes.truth import COLUMNS, Unit

HEADINGS_1 = (
    *(
        "序号",
        "账号\n（网站）\n名称",
        "开设单位",
        "认证主体",
        "类型",
        "问题排\n查情况",
        "是否\n整改",
    ),
    *(
        "是否\n具有\n互动\n功能",
        "是否\n建立\n内容\n发布\n审核\n制度",
        "是否\n委托\n其他\n单位\n运营",
    ),
    *("账号\n负责人\n姓名", "账号\n负责人\n手机号", "备注"),
)
HEADINGS_4 = (
    *("序号", "账号\n（网站/APP）\n名称", "账号ID\n（网址）", "开设部门", "认证主体", "类型"),
    *("开通时间", "主管领导", "审核人", "运维负责人", "运维负责人联系电话", "备案类型"),
)
SAMPLE = (
    *(1, "广东教育", "广东省教育厅", "广东省教育厅", "微信公众号", "无问题"),
    *("-", "是", "是", "是", "XXX", "XXX", "例"),
)
YES, NO = ("是", "√", "有", "Y", "y", "１"), ("否", "×", "无", "N", "n", "０")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_EPOCH = date(1899, 12, 30)
_THIN = xlwt.easyxf(
    "align: wrap on, horiz center; borders: left thin, right thin, top thin, bottom thin"
)
_BIG = xlwt.easyxf("font: height 360; align: horiz center")
_DATE = xlwt.easyxf(num_format_str="yyyy-m-d")


def generate(units: Sequence[Unit], folder: Path, seed: int = 7) -> None:
    """One zip for each unit into ``folder``."""
    dice = random.Random(seed)
    for number, unit in enumerate(units):
        plus = "+" if number % 3 == 0 else ""
        name = f"20210629{plus}{unit.short}{plus}新媒体（网站）统计.zip"
        with ZipFile(folder / name, "w", ZIP_DEFLATED) as archive:
            for annex, content in enumerate(_files(unit, dice), 1):
                _add(archive, f"{unit.name}附件{annex}.xls", content, gbk=number % 4 == 0)


class _GbkName(ZipInfo):
    """A member named as Chinese Windows names it: GBK bytes, no flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (zipfile's own name)
        return self.filename.encode("gbk"), 0


def _add(archive: ZipFile, name: str, content: bytes, *, gbk: bool) -> None:
    entry = (_GbkName if gbk else ZipInfo)(name, (2021, 6, 29, 10, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content)


def _files(unit: Unit, dice: random.Random) -> tuple[bytes, bytes, bytes, bytes]:
    return (
        _workbook(lambda book: _basic(book, unit, dice)),
        _workbook(lambda book: _counts(book, unit, dice)),
        _workbook(lambda book: _filing(book, unit, dice)),
        _workbook(lambda book: _filings(book, unit, dice)),
    )


def _workbook(fill: Callable[[Any], None]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _answer(dice: random.Random, value: bool) -> str:
    return dice.choice(YES if value else NO)


def _phone(dice: random.Random, digits: str) -> str | float:
    wide = digits.translate(_FULL_WIDTH)
    split = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    return dice.choice((digits, digits, float(digits), wide, split, f" {digits} "))


def _spaced(dice: random.Random, name: str) -> str:
    return f"{name[0]}  {name[1:]}" if len(name) == 2 and dice.random() < 0.5 else name


def _date(dice: random.Random, iso: str) -> str | float:
    day = date.fromisoformat(iso)
    return dice.choice(
        (
            iso,
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}/{day.month}/{day.day}",
            float((day - _EPOCH).days),
        )
    )


def _header(sheet: Any, row: int, unit: Unit, dice: random.Random, label: str) -> None:
    parts = (f"{label}（盖章）：{unit.name}", "填表人：陈希", "电话：020-80000000", "2021年6月29日")
    if dice.random() < 0.5:
        sheet.write(row, 0, "      ".join(parts))
        return
    for column, part in zip((0, 5, 7, 10), parts, strict=True):
        sheet.write(row, column, part)


def _top(sheet: Any, dice: random.Random, annex: int, title: str, last: int) -> int:
    row = dice.choice((0, 0, 0, 1, 2))
    sheet.write(row, 0, f"附件{annex}")
    sheet.write_merge(row + 1, row + 1, 0, last, title, _BIG)
    return row + 2


def _headings(sheet: Any, row: int, headings: Sequence[str], dice: random.Random) -> None:
    flat = dice.random() < 0.3
    for column, heading in enumerate(headings):
        sheet.write(row, column, heading.replace("\n", "") if flat else heading, _THIN)


def _basic(book: Any, unit: Unit, dice: random.Random) -> None:
    sheet = book.add_sheet("附件1")
    row = _top(sheet, dice, 1, "新媒体（网站）基本情况统计表", 12)
    _header(sheet, row, unit, dice, "填报单位")
    _headings(sheet, row + 1, HEADINGS_1, dice)
    row += 2
    if dice.random() < 0.3:
        for column, value in enumerate(SAMPLE):
            sheet.write(row, column, value, _THIN)
        row += 1
    for truth in unit.basic:
        if dice.random() < 0.02:
            row += 1
        _basic_row(sheet, row, truth, unit, dice)
        row += 1
    sheet.write(row, 0, "注：同一单位开设的多个新媒体（网站）账号，应依次登记，各占一行。")
    if dice.random() < 0.2:
        book.add_sheet("Sheet2")


def _basic_row(
    sheet: Any, row: int, truth: dict[str, Any], unit: Unit, dice: random.Random
) -> None:
    phone = _phone(dice, truth["responsible_mobile"])
    if unit.spoilt and truth["number"] == 3:
        phone = truth["responsible_mobile"][:9]
    values = (
        truth["number"],
        f" {truth['name']}" if dice.random() < 0.1 else truth["name"],
        truth["unit"],
        truth["verified_as"],
        truth["kind"],
        dice.choice("、，,；\n").join(truth["problems"]),
        dice.choice("-－—") if truth["rectified"] == "-" else truth["rectified"],
        _answer(dice, truth["interactive"]),
        _answer(dice, truth["has_review_system"]),
        _answer(dice, truth["outsourced"]),
        _spaced(dice, truth["responsible_name"]),
        phone,
        truth["note"],
    )
    for column, value in enumerate(values):
        sheet.write(row, column, value, _THIN)


def _counts(book: Any, unit: Unit, dice: random.Random) -> None:
    sheet = book.add_sheet(dice.choice(("附件2", "Sheet1", "汇总")))
    row = _top(sheet, dice, 2, "新媒体（网站）基本情况汇总表", 9)
    _header(sheet, row, unit, dice, "填报单位")
    row += 1
    sheet.write_merge(row, row + 1, 0, 0, "项目", _THIN)
    sheet.write_merge(row, row + 1, 1, 1, "网站", _THIN)
    sheet.write_merge(row, row, 2, 7, "新媒体", _THIN)
    for column, name in enumerate(COLUMNS[1:], 2):
        sheet.write(row + 1, column, name, _THIN)
    sheet.write_merge(row, row + 1, 8, 8, "合计", _THIN)
    sheet.write_merge(row, row + 1, 9, 9, "备注", _THIN)
    for line, truth in enumerate(unit.counts, row + 2):
        values = (truth["item"], *truth["counts"].values(), truth["total"], truth["note"])
        for column, value in enumerate(values):
            sheet.write(line, column, value, _THIN)


def _filing(book: Any, unit: Unit, dice: random.Random) -> None:
    sheet = book.add_sheet("附件3")
    truth = unit.filing
    row = _top(sheet, dice, 3, "新媒体（网站）备案登记表", 4)
    sheet.write(row, 0, f"填报部门（盖章）：{unit.name}     填表时间：2021年6月29日")
    pairs = (
        ("账号/网站/APP名称", truth["name"], "账号ID/网址", truth["account_id"]),
        ("开设部门", truth["department"], "认证主体", truth["verified_as"]),
        ("开通平台/网站ICP", truth["platform_or_icp"], "开通时间", _date(dice, truth["opened_on"])),
        ("粉丝量（关注数）", float(truth["followers"]), "发布频次", _frequency(truth)),
        ("责任部门", truth["responsible_department"], "备案类型", truth["filing_kind"]),
    )
    for line, (left, one, right, two) in enumerate(pairs, row + 1):
        sheet.write_merge(line, line, 0, 1, left, _THIN)
        sheet.write(line, 2, one, _THIN)
        sheet.write(line, 3, right, _THIN)
        sheet.write(line, 4, two, _DATE if right == "开通时间" else _THIN)
    _people(sheet, row + 6, truth, dice)


def _frequency(truth: dict[str, Any]) -> str:
    old = truth["changed"].get("frequency")
    return truth["frequency"] + (f"【原：{old}】" if old else "")


def _people(sheet: Any, row: int, truth: dict[str, Any], dice: random.Random) -> None:
    sheet.write_merge(row, row, 0, 1, "管理相关人员", _THIN)
    for column, heading in enumerate(("姓  名", "职  务", "联系电话"), 2):
        sheet.write(row, column, heading, _THIN)
    blank = {"name": "", "title": "", "phone": ""}
    people = [truth["leader"], truth["reviewer"], *truth["operators"], blank, blank]
    sheet.write_merge(row + 1, row + 1, 0, 1, "主管领导", _THIN)
    sheet.write_merge(row + 2, row + 2, 0, 1, "审核人", _THIN)
    sheet.write_merge(row + 3, row + 5, 0, 0, "运维\n工作\n人员", _THIN)
    for line, person in enumerate(people, row + 1):
        if line > row + 2:
            sheet.write(line, 1, line - row - 2, _THIN)
        phone = person["phone"]
        sheet.write(line, 2, _spaced(dice, person["name"]) if person["name"] else "", _THIN)
        sheet.write(line, 3, person["title"], _THIN)
        sheet.write(
            line, 4, float(phone) if phone.isdigit() and dice.random() < 0.3 else phone, _THIN
        )
    sheet.write_merge(row + 6, row + 7, 0, 4, "主管部门意见：", _THIN)
    sheet.write(row + 8, 3, "主管单位（盖章）    年  月  日")
    sheet.write(
        row + 9, 0, "注：备案类型包括开设、变更、注销，变更项需在相应栏内标记；不涉及的栏目可空白。"
    )


def _filings(book: Any, unit: Unit, dice: random.Random) -> None:
    sheet = book.add_sheet("附件4")
    row = _top(sheet, dice, 4, "新媒体（网站）备案汇总表", 11)
    _headings(sheet, row, HEADINGS_4, dice)
    row += 1
    if dice.random() < 0.5:
        sheet.write(row, 5, "微信公众号/微博/网站/APP等", _THIN)
        row += 1
    for column, (key, value) in enumerate(unit.filing_row.items()):
        given = _date(dice, value) if key == "opened_on" else value
        sheet.write(row, column, given, _DATE if key == "opened_on" else _THIN)
    foot = f"填报部门（盖章）：{unit.name}   填表人：陈希   联系电话：020-80000000   填表时间：2021年6月29日"
    sheet.write(row + 3, 0, foot)
    sheet.write(row + 4, 0, "注：备案类型包括开设、变更、注销，变更项需在相应栏内标记。")
