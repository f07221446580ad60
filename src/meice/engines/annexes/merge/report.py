"""合并报告.xlsx: what went in, what was left out and why, every issue, every difference of
annex 2, and where each row came from. Written row by row; every text stays a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from meice.engines.annexes.columns import MARKS
from meice.engines.annexes.merge.choose import LeftOut, Merged, Taken, UnitDifference, unit_of
from meice.engines.annexes.merge.lines import Cell, LineSheet
from meice.engines.annexes.model import Form, Issue, Row, Severity
from meice.engines.annexes.naming import package_stem
from meice.engines.annexes.write.pen import clean_text

REPORT_NAME = "合并报告.xlsx"
_MOST_ROWS = 1_048_576
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the report: its name, its headings with widths, its rows."""

    name: str
    headings: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole report as plain values, which another process can write."""

    day: date
    pages: tuple[Page, ...]


def write_report(merged: Merged) -> bytes:
    """The report of a merge as ``.xlsx``."""
    return write_pages(plan_pages(merged))


def write_pages(report: Pages) -> bytes:
    """The report's bytes; the same merge gives the same bytes."""
    stream = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime.combine(report.day, time(), UTC)})
    heading = book.add_format({"bold": True, "bg_color": "#E7EBF0", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for page in report.pages:
        _write_sheet(book.add_worksheet(page.name, LineSheet), page, heading, wrapped)
    book.close()
    return stream.getvalue()


def _write_sheet(worksheet: Any, sheet: Page, heading: Any, wrapped: Any) -> None:
    for column, (title, width) in enumerate(sheet.headings):
        worksheet.set_column(column, column, width, wrapped if width > 40 else None)
        worksheet.write_string(0, column, title, heading)
    worksheet.freeze_panes(1, 0)
    rows = sheet.rows
    if len(rows) > _MOST_ROWS - 1:
        blanks = (None,) * (len(sheet.headings) - 1)
        rows = (*rows[: _MOST_ROWS - 2], ("此后还有，本表已满。", *blanks))
    last = worksheet.write_lines(1, rows, clean_text)
    worksheet.autofilter(0, 0, max(1, last), len(sheet.headings) - 1)


def plan_pages(merged: Merged) -> Pages:
    """What the report says."""
    return Pages(merged.request.sent_on, tuple(_pages(merged)))


def _pages(merged: Merged) -> Iterator[Page]:
    yield Page("概况", (("项目", 30), ("内容", 60)), tuple(_overview(merged)))
    yield Page(
        "已汇入",
        (("单位", 28), ("附件", 8), ("行数", 8), ("提醒", 8), ("文件", 60), ("工作表", 16)),
        tuple(map(_form_cells, merged.forms)),
    )
    yield Page(
        "未汇入",
        (("单位", 28), ("附件", 8), ("文件", 60), ("工作表", 16), ("原因", 80)),
        tuple(map(_left_out_cells, merged.left_out)),
    )
    yield Page(
        "问题",
        (
            ("程度", 8),
            ("代码", 20),
            ("文件", 60),
            ("工作表", 16),
            ("单元格", 8),
            ("填的是", 24),
            ("应为", 30),
            ("说明与改法", 80),
        ),
        tuple(map(_issue_cells, merged.report.issues())),
    )
    yield Page(
        "附件2差异",
        (("单位", 28), ("项目", 44), ("列", 16), ("本单位填", 10), ("按附件1", 10), ("文件", 60)),
        tuple(map(_difference_cells, merged.differences)),
    )
    yield Page(
        "每行来源",
        (("附件", 8), ("序号", 8), ("名称", 28), ("单位", 28), ("文件", 60), ("位置", 22)),
        tuple(_origins(merged)),
    )


def _overview(merged: Merged) -> Iterator[tuple[Cell, ...]]:
    request = merged.request
    yield ("汇总单位", request.unit)
    yield ("报送日期", request.sent_on.isoformat())
    yield ("压缩包", f"{package_stem(request.sent_on, request.short)}.zip")
    yield ("读到的表（份）", len(merged.report.files))
    yield ("已汇入（份）", len(merged.forms))
    yield ("未汇入（份）", sum(each.form is not None for each in merged.left_out))
    yield ("附件1 账号（行）", len(merged.basic))
    yield ("附件3 登记表（份）", len(merged.filings))
    yield ("附件4 备案（行）", len(merged.filing_rows))
    severities = [issue.severity for issue in merged.report.issues()]
    yield ("错误（处）", severities.count(Severity.ERROR))
    yield ("提醒（处）", severities.count(Severity.WARNING))
    yield ("附件2与附件1不一致（格）", len(merged.differences))


def _mark(form: Form | None) -> str:
    return MARKS[form.annex] if form and form.annex else ""


def _form_cells(form: Form) -> tuple[Cell, ...]:
    warnings = sum(issue.severity is Severity.WARNING for issue in form.issues)
    return (form.header.unit, _mark(form), len(form.rows), warnings, form.path, form.sheet)


def _left_out_cells(left: LeftOut) -> tuple[Cell, ...]:
    form = left.form
    if form is None:
        return ("", "", left.path, "", left.reason)
    return (form.header.unit, _mark(form), left.path, form.sheet, left.reason)


def _issue_cells(issue: Issue) -> tuple[Cell, ...]:
    return (
        _SEVERITIES[issue.severity],
        issue.code.value,
        issue.path,
        issue.sheet,
        issue.cell,
        issue.found,
        issue.expected,
        issue.message,
    )


def _difference_cells(each: UnitDifference) -> tuple[Cell, ...]:
    form, found = each.form, each.difference
    return (form.header.unit, found.item, found.column, found.own, found.computed, form.path)


def _origins(merged: Merged) -> Iterator[tuple[Cell, ...]]:
    lists: tuple[Sequence[Taken[Any]], ...] = (merged.basic, merged.filings, merged.filing_rows)
    for taken_rows in lists:
        for number, taken in enumerate(taken_rows, 1):
            yield _origin(number, taken)


def _origin(number: int, taken: Taken[Any]) -> tuple[Cell, ...]:
    row: Row = taken.row
    form = taken.form
    cell = form.places.address("name", taken.index)
    place = f"{form.sheet or ''}!{cell}" if cell else form.sheet
    return (_mark(form), number, getattr(row, "name", ""), unit_of(row, form), form.path, place)
