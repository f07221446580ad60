"""The circular as `.docx` and `.xlsx`."""

from collections.abc import Iterable

from meice.rectification.documents import writing
from meice.rectification.documents.paper import day_words
from meice.rectification.documents.report import Report, report_of
from meice.rectification.documents.sheets import workbook_bytes
from meice.rectification.models import Circular, CircularCount, CircularRow

RATES = ("在册", "合格", "不合格", "未检查或未知", "合格率")
ITEMS = ("序号", "类型", "名称", "责任单位", "问题", "检查时更新日期", "整改情况")
UNKNOWN_DAY = "未知"


def circular_docx(circular: Circular) -> bytes:
    """An official paper: scope and basis, result, classes, demands, the table of items."""
    report = report_of(circular)
    document = writing.new_document()
    writing.heading(document, circular.title)
    writing.paragraph(document, circular.number or "（拟稿，未印发）", right=True)
    for title, text in _sections(circular, report):
        writing.section_head(document, title)
        writing.paragraph(document, text)
        if title.startswith("二"):
            writing.table(document, ("类型", *RATES), _rates([*report.platforms, *_whole(report)]))
            writing.paragraph(document, "")
            writing.table(document, ("单位", *RATES), _rates(report.units))
        if title.startswith("三"):
            classes = [(label, str(n), str(done)) for label, n, done in report.classes]
            writing.table(document, ("问题", "项数", "已整改"), classes)
    writing.section_head(document, "附：问题清单")
    writing.table(document, ITEMS, ([str(v) for v in _item(row)] for row in report.rows))
    writing.paragraph(document, f"\n{circular.published_by_unit}", right=True)
    if circular.published_at:
        writing.paragraph(document, day_words(circular.published_at.date()), right=True)
    return writing.document_bytes(document)


def _sections(circular: Circular, report: Report) -> list[tuple[str, str]]:
    due = f"\n整改时限：{day_words(circular.mend_by)}。" if circular.mend_by else ""
    return [
        ("一、检查范围与依据", f"{report.scope}。\n{circular.basis}".strip()),
        ("二、检查结果", f"{report.summary}\n{circular.overall}".strip()),
        ("三、问题分类", "各类问题如下。" if report.classes else "没有核实属实的问题。"),
        ("四、整改要求", f"{circular.demands}{due}".strip() or "按整改通知单办理。"),
    ]


def _whole(report: Report) -> list[CircularCount]:
    return [report.whole] if report.whole else []


def _rates(counts: Iterable[CircularCount]) -> list[tuple[str, ...]]:
    return [
        (c.name, str(c.standing), str(c.passed), str(c.failed), str(c.unknown), c.rate_words)
        for c in counts
    ]


def _item(row: CircularRow) -> tuple[str | int, ...]:
    updated = row.updated_on.isoformat() if row.updated_on else UNKNOWN_DAY
    return (
        row.place, row.platform_name, row.outlet_name, row.unit_name, row.problem_label, updated,
        mended_words(row),
    )  # fmt: skip


def mended_words(row: CircularRow) -> str:
    """已整改, 未整改, or 多次提醒仍未整改."""
    if row.is_fixed:
        return "已整改"
    return "多次提醒仍未整改" if row.is_repeated else "未整改"


def circular_xlsx(circular: Circular) -> bytes:
    """Three sheets: the items, the rates by platform and by unit, the classes."""
    report = report_of(circular)
    rates = [*report.platforms, *_whole(report)]
    return workbook_bytes(
        {
            "问题清单": (ITEMS, (_item(row) for row in report.rows)),
            "按类型": (("类型", *RATES), (_numbers(count) for count in rates)),
            "按单位": (("单位", *RATES), (_numbers(count) for count in report.units)),
            "问题分类": (("问题", "项数", "已整改"), report.classes),
        }
    )


def _numbers(count: CircularCount) -> tuple[str | int, ...]:
    return (
        count.name, count.standing, count.passed, count.failed, count.unknown, count.rate_words,
    )  # fmt: skip
