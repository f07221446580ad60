"""年度汇总: the year's filings in annex 4, frozen once; the bytes are never made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.engines.annexes.model import Annex, FilingRow, Form, Header
from meice.engines.annexes.naming import safe_file_stem
from meice.engines.annexes.write import write_workbook
from meice.engines.marks import mask_mobile
from meice.files.actions import keep_file
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry.models import Filing, FilingKind, FilingStatus
from meice.surveys import policies
from meice.surveys.models import YearSummary
from meice.surveys.rows.prefill import form_cells, list_cells

PURPOSE = "year-summary"
COMPARED = {
    "name": "账号（网站/APP）名称",
    "account_id": "账号ID（网址）",
    "department": "开设部门",
    "verified_as": "认证主体",
    "kind": "类型",
    "leader": "主管领导",
    "reviewer": "审核人",
    "operator": "运维负责人",
    "operator_phone": "运维负责人联系电话",
}


def filings_of_year(unit: Unit, year: int) -> list[Filing]:
    """The filings accepted in the year (Beijing time) under the unit, in the order of numbers."""
    begins = datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
    ends = datetime(year + 1, 1, 1, tzinfo=timezone.get_default_timezone())
    found = Filing.objects.filter(
        status=FilingStatus.ACCEPTED,
        unit_path__startswith=unit.path,
        decided_at__gte=begins,
        decided_at__lt=ends,
    )
    return list(found.prefetch_related("changes").order_by("number", "pk"))


def freeze_year(unit: Unit, year: int, *, by: User, at: datetime) -> YearSummary:
    """Freeze the year. Raises `Refused` when it is not over yet or frozen already."""
    require(policies.may_freeze_year(by, unit))
    if year > timezone.localtime(at).year:
        raise Refused(f"{year} 年还没有到。")
    if YearSummary.objects.filter(unit=unit, year=year).exists():
        raise Refused(f"{year} 年度已经汇总过，存下的文件不再重做。")
    rows = [_row(number, filing) for number, filing in enumerate(filings_of_year(unit, year), 1)]
    content = _workbook(unit, rows, by, at)
    name = f"{safe_file_stem(unit.name)}{year}年度附件4.xls"
    kept = keep_file(BytesIO(content), name=name, by=by, purpose=PURPOSE)
    try:
        with transaction.atomic():
            summary = YearSummary.objects.create(
                unit=unit,
                unit_path=unit.path,
                year=year,
                frozen_at=at,
                frozen_by=by,
                frozen_by_name=by.name,
                file=kept,
                digest=kept.digest,
                rows=rows,
                changes=_changes(unit, year, rows),
                row_count=len(rows),
            )
            detail: Detail = {"year": year, "sha256": kept.digest, "rows": len(rows)}
            record("year.freeze", summary, by=by, detail=detail, unit_path=unit.path)
    except IntegrityError:
        raise Refused(f"{year} 年度刚才已有人汇总。") from None
    return summary


def _row(number: int, filing: Filing) -> dict[str, Any]:
    kind = str(FilingKind(filing.kind).label)
    cells = form_cells(filing.content, filing.platform_name, filing.unit_name, kind)
    listed = list_cells(cells, filing.platform_name)
    return {
        **FilingRow.from_json({**listed, "number": number}).to_json(),
        "filing": filing.number,
        "outlet": filing.outlet_id,
    }


def _workbook(unit: Unit, rows: Sequence[Mapping[str, Any]], by: User, at: datetime) -> bytes:
    lines = tuple(FilingRow.from_json(_bare(row)) for row in rows)
    header = Header(unit.name, by.name, unit.phone, timezone.localdate(at).isoformat())
    return write_workbook([Form("", Annex.FILINGS, header=header, rows=lines)])


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("filing", "outlet")}


def _changes(unit: Unit, year: int, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is another than in the summary of the year before: `{kind, name, items}` with kind
    new (not in it), changed, same as it was filed again; accounts only there are `gone` when they
    were cancelled this year."""
    before = YearSummary.objects.filter(unit=unit, year=year - 1).first()
    known = {row["outlet"]: row for row in before.rows if row["outlet"]} if before else {}
    found: list[dict[str, Any]] = []
    for row in rows:
        old = known.get(row["outlet"])
        if row["filing_kind"] == "注销":
            found.append({"kind": "gone", "name": row["name"], "items": []})
        elif old is None:
            found.append({"kind": "new", "name": row["name"], "items": []})
        elif items := _items(old, row):
            found.append({"kind": "changed", "name": row["name"], "items": items})
    return found


def _items(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[list[str]]:
    return [
        [title, _shown(key, old.get(key)), _shown(key, new.get(key))]
        for key, title in COMPARED.items()
        if (old.get(key) or "") != (new.get(key) or "")
    ]


def _shown(key: str, value: Any) -> str:
    text = str(value or "")
    return mask_mobile(text) if key == "operator_phone" and text else text


@transaction.atomic
def export_year(summary: YearSummary, *, by: User) -> None:
    """Leave the line in the audit: the file holds people's numbers."""
    record(
        "year.export", summary, by=by, detail={"year": summary.year}, unit_path=summary.unit_path
    )
