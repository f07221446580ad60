"""Findings as a workbook: typed text cells, never a formula."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone

from meice.inspections.models import Finding, Origin

HEADINGS = (
    ("序号", 6), ("发现", 24), ("账号（网站）", 28), ("类型", 12), ("责任单位", 24), ("轻重", 10),
    ("状态", 12), ("来源", 10), ("看到的", 50), ("判据", 36), ("网址", 40), ("首次看到", 16),
    ("最近看到", 16), ("看到次数", 9), ("核实人", 10), ("核实时间", 16), ("核实说明", 36),
    ("整改单", 18),
)  # fmt: skip
LONGEST_CELL = 32_000


def findings_bytes(rows: Iterable[Finding], words: str, today: date) -> bytes:
    """One sheet: what was filtered and when, the headings, a row for each finding."""
    stream = BytesIO()
    with xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:
        sheet = book.add_worksheet("发现清单")
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, f"条件：{words}　导出：{today:%Y-%m-%d}　机器发现须人工核实")
        for column, (heading, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, heading, bold)
        for at, row in enumerate(rows):
            _write(sheet, at, row)
        sheet.freeze_panes(2, 3)
    return stream.getvalue()


def _write(sheet: Any, at: int, row: Finding) -> None:
    for column, value in enumerate((at + 1, *_cells(row))):
        if isinstance(value, int):
            sheet.write_number(at + 2, column, value)
        else:
            sheet.write_string(at + 2, column, value[:LONGEST_CELL])


def _cells(row: Finding) -> tuple[str | int, ...]:
    return (
        row.title,
        row.name,
        row.platform_name,
        row.unit.name,
        row.gravity.label,
        row.state.label,
        Origin(row.origin).label,
        row.evidence_text,
        row.rule,
        row.url,
        _time(row.first_seen_at),
        _time(row.last_seen_at),
        row.seen_count,
        row.decided_by.name if row.decided_by else "",
        _time(row.decided_at),
        row.note,
        row.order_number,
    )


def _time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
