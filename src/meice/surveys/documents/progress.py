"""The progress of a campaign outside the browser: a text to copy, a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

from meice.kernel.http import attachment
from meice.orgs.models import User
from meice.surveys.models import Campaign, Submission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    ("单位", 34), ("状态", 12), ("最近动作", 14), ("时间", 18), ("账号", 8), ("错误", 8),
    ("提示", 8), ("纸质", 8), ("催办次数", 10), ("经办人", 12), ("办公电话", 16),
)  # fmt: skip


def late_text(
    campaign: Campaign,
    submissions: Sequence[Submission],
    keepers: Mapping[int, Sequence[User]],
    at: datetime,
) -> str:
    """One line a unit: name, state, who keeps it, the office's telephone (never a mobile)."""
    day = timezone.localtime(at)
    head = f"{campaign.title}：截至 {day.month}月{day.day}日 {day:%H:%M}，{len(submissions)} 家没有报送"
    lines = [head, f"截止时间 {campaign.deadline_text}"]
    for number, submission in enumerate(submissions, 1):
        unit = submission.unit
        names = "、".join(user.name for user in keepers.get(unit.pk, ())) or "未指定经办人"
        phone = unit.phone or "没有登记办公电话"
        lines.append(f"{number}. {unit.name}（{submission.state.label}）{names}，{phone}")
    return "\n".join(lines)


def progress_book(campaign: Campaign, groups: Sequence[Any]) -> FileResponse:
    """All units with their state as .xlsx; every cell is text or a number."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("进度")
        head = book.add_format({"bold": True, "bg_color": "#E7EBF0", "border": 1})
        for column, (title, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        row = 0
        for group in groups:
            for line in group.lines:
                row += 1
                for column, value in enumerate(_cells(line)):
                    _write(sheet, row, column, value)
        sheet.freeze_panes(1, 1)
    stream.seek(0)
    return attachment(stream, f"{campaign.title}进度.xlsx", kind=XLSX)


def _cells(line: Any) -> tuple[str | int, ...]:
    submission: Submission = line.submission
    at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M") if line.at else ""
    return (
        submission.unit.name, line.look.label, line.last, at, submission.row_count,
        submission.error_count, submission.warning_count,
        "已收" if submission.paper_received_at else "未收", submission.reminded_times,
        line.keeper, submission.unit.phone,
    )  # fmt: skip


def _write(sheet: Any, row: int, column: int, value: str | int) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value)
