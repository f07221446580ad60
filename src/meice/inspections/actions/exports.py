"""Lists that leave the house: small ones at once, large ones by a job; each leaves an audit line."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.files.actions import keep_file
from meice.inspections import policies
from meice.inspections.documents import findings_bytes
from meice.inspections.models import Finding, FindingExport
from meice.kernel.access import require
from meice.orgs.models import User

AT_ONCE = 2000
CHUNK = 500
MOST = 100_000


@transaction.atomic
def order_export(findings: Sequence[int], *, words: str, by: User, at: datetime) -> FindingExport:
    """Note who takes which rows out; the rows are fixed now."""
    require(policies.may_export(by))
    export = FindingExport.objects.create(
        words=words[:200], findings=list(findings)[:MOST], made_by=by, made_at=at
    )
    detail: Detail = {"rows": len(export.findings), "filter": words[:100]}
    record("finding.export", export, by=by, detail=detail)
    return export


def write_export(
    export: FindingExport, today: date, said: Callable[[int], None] = lambda done: None
) -> tuple[str, bytes]:
    """The file's name and bytes, in the order of the ids; only what she may still see."""
    visible = Finding.objects.visible_to(export.made_by).select_related(
        "unit", "decided_by", "claimed_by"
    )
    rows: list[Finding] = []
    for start in range(0, len(export.findings), CHUNK):
        wanted = export.findings[start : start + CHUNK]
        found = {row.pk: row for row in visible.filter(pk__in=wanted)}
        rows += [found[pk] for pk in wanted if pk in found]
        said(start + len(wanted))
    return f"发现清单{today:%Y%m%d}.xlsx", findings_bytes(rows, export.words, today)


def keep_export(export: FindingExport, name: str, content: bytes) -> FindingExport:
    """Keep the file that a job has written."""
    stored = keep_file(BytesIO(content), name=name, by=None, purpose="export")
    export.file = stored
    export.save(update_fields=["file"])
    return export
