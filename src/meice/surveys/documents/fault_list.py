"""The list of faults as .xlsx, to mend by or to send to a colleague: valid mobiles masked."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.utils import timezone

from meice.engines.annexes.model import Severity
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import AnnexCheck, Fault

COLUMNS: tuple[tuple[str, int], ...] = (
    ("序号", 6),
    ("轻重", 7),
    ("文件", 40),
    ("工作表", 14),
    ("单元格", 8),
    ("写的是", 22),
    ("应为", 22),
    ("说明和怎么改", 70),
    ("代码", 20),
)
SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提示", Severity.INFO: "说明"}
MOST_ROWS = 1_048_000


def fault_list_name(check: AnnexCheck) -> str:
    """`附件检查20210629-1530错误清单.xlsx`: the day and time of arrival, Asia/Shanghai."""
    return f"附件检查{timezone.localtime(check.received_at):%Y%m%d-%H%M}错误清单.xlsx"


def fault_list(faults: Iterable[Fault]) -> bytes:
    """The workbook. Every cell is written as text: nothing in it is run as a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#F5F7F9", "border": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        sheet = book.add_worksheet("错误清单")
        for at, (title, width) in enumerate(COLUMNS):
            sheet.write_string(0, at, title, head)
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, fault in zip(range(1, MOST_ROWS), faults, strict=False):
            for at, value in enumerate(_cells(last, fault)):
                sheet.write_string(last, at, value, text)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    return out.getvalue()


def _cells(number: int, fault: Fault) -> tuple[str, ...]:
    return (
        str(number),
        SEVERITY_WORDS[Severity(fault.severity)],
        fault.path,
        fault.sheet,
        fault.cell,
        mask_numbers(fault.found),
        mask_numbers(fault.expected),
        mask_numbers(fault.message),
        fault.code,
    )
