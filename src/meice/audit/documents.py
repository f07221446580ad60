"""The log as a workbook."""

from collections.abc import Iterable
from io import BytesIO
from typing import IO

import xlsxwriter
from django.utils import timezone

from meice.audit.models import Entry
from meice.audit.phrases import phrase_of, told

COLUMNS = (
    ("编号", 10),
    ("时间", 20),
    ("谁", 12),
    ("岗位", 24),
    ("动作", 24),
    ("对象", 32),
    ("详情", 40),
    ("来自", 16),
    ("SHA-256", 66),
)


def log_workbook(entries: Iterable[Entry]) -> IO[bytes]:
    """One row an entry, every cell text: nothing that a spreadsheet would run."""
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("审计日志")
        head = book.add_format({"bold": True, "bg_color": "#f5f7f9", "border": 1})
        for column, (title, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        sheet.freeze_panes(1, 0)
        for row, entry in enumerate(entries, start=1):
            for column, text in enumerate(_cells(entry)):
                sheet.write_string(row, column, text)
    target.seek(0)
    return target


def _cells(entry: Entry) -> tuple[str, ...]:
    return (
        str(entry.pk),
        f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.actor_name,
        entry.actor_post,
        phrase_of(entry.act),
        entry.target_name,
        "；".join(f"{label}：{value}" for label, value in told(entry.detail)),
        entry.address,
        entry.own_hash,
    )
