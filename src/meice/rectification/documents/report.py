"""What a circular says in numbers: one reading for the page, the Word file and the workbook."""

from collections import Counter
from dataclasses import dataclass

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.rectification.catalogue import CATALOGUE
from meice.rectification.models import Axis, Circular, CircularCount, CircularRow


@dataclass(frozen=True, slots=True)
class Report:
    """Rows and numbers of one circular; `classes` are (problem, items, of these mended)."""

    whole: CircularCount | None
    platforms: tuple[CircularCount, ...]
    units: tuple[CircularCount, ...]
    classes: tuple[tuple[str, int, int], ...]
    rows: tuple[CircularRow, ...]
    scope: str
    summary: str


def report_of(circular: Circular) -> Report:
    """Two queries."""
    counts = list(circular.counts.all())
    rows = tuple(circular.rows.all())
    whole = next((count for count in counts if count.axis == Axis.ALL), None)
    return Report(
        whole=whole,
        platforms=tuple(count for count in counts if count.axis == Axis.PLATFORM),
        units=tuple(count for count in counts if count.axis == Axis.UNIT),
        classes=_classes(rows),
        rows=rows,
        scope=_scope(circular),
        summary=_summary(whole, rows),
    )


def _classes(rows: tuple[CircularRow, ...]) -> tuple[tuple[str, int, int], ...]:
    """In the order of the catalogue."""
    found = Counter(row.problem for row in rows)
    mended = Counter(row.problem for row in rows if row.is_fixed)
    return tuple((p.label, found[p.code], mended[p.code]) for p in CATALOGUE if found[p.code])


def _scope(circular: Circular) -> str:
    names = [PLATFORM_BY_KEY[key].name for key in circular.platforms if key in PLATFORM_BY_KEY]
    what = "、".join(names) if names else "全部类型"
    first, last = circular.first_day, circular.last_day
    return (
        f"{circular.unit_name}及所属单位，{what}，"
        f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    )


def _summary(whole: CircularCount | None, rows: tuple[CircularRow, ...]) -> str:
    """One sentence; what was not checked is said to be so."""
    if whole is None:
        return ""
    mended = sum(row.is_fixed for row in rows)
    judged = whole.passed + whole.failed
    rate = f"合格率 {whole.rate_words}" if judged else "没有检查记录，合格率未知"
    return (
        f"在册 {whole.standing} 个，有检查结论 {judged} 个，其中合格 {whole.passed} 个、"
        f"不合格 {whole.failed} 个，{rate}；没有检查或无法核实 {whole.unknown} 个，不计入合格率。"
        f"问题 {len(rows)} 项，已整改 {mended} 项。"
    )
