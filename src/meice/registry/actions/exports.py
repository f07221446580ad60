"""Lists that leave the house: small ones at once, large ones by a job; each leaves an audit line."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.files.models import StoredFile
from meice.kernel.access import require
from meice.orgs.models import User
from meice.registry import policies
from meice.registry.documents.ledger import annex4_bytes, ledger_bytes, ledger_rows
from meice.registry.models import ExportForm, LedgerExport, Outlet

AT_ONCE = 2000
CHUNK = 500


@transaction.atomic
def order_export(
    form: ExportForm, outlets: Sequence[int], *, words: str, by: User, at: datetime
) -> LedgerExport:
    """Note who takes which rows out; the rows are fixed now."""
    require(policies.may_export(by))
    unit = by.post.unit.name if by.post else ""
    export = LedgerExport.objects.create(
        form=form, words=words[:200], outlets=list(outlets), post_unit=unit, made_by=by, made_at=at
    )
    detail: Detail = {"form": form, "rows": len(outlets), "filter": words[:100]}
    record("outlet.export", export, by=by, detail=detail)
    return export


def write_export(
    export: LedgerExport, today: date, said: Callable[[int], None] = lambda done: None
) -> tuple[str, bytes]:
    """The file's name and bytes, in the order of the ids; only what she may still see."""
    visible = Outlet.objects.visible_to(export.made_by)
    found: dict[int, Outlet] = {}
    for start in range(0, len(export.outlets), CHUNK):
        wanted = export.outlets[start : start + CHUNK]
        found |= {outlet.pk: outlet for outlet in ledger_rows(visible.filter(pk__in=wanted))}
    rows = [found[pk] for pk in export.outlets if pk in found]
    stamp = f"{today:%Y%m%d}"
    if export.form == ExportForm.ANNEX4:
        content = annex4_bytes(
            rows, unit=export.post_unit, filled_by=export.made_by.name, today=today, said=said
        )
        return f"{export.post_unit}附件4 {stamp}.xls", content
    return f"账号网站台账 {stamp}.xlsx", ledger_bytes(rows, said)


@transaction.atomic
def finish_export(export: LedgerExport, kept: StoredFile) -> bool:
    """The file is there; False when another run was first."""
    return bool(LedgerExport.objects.filter(pk=export.pk, file=None).update(file=kept))


@transaction.atomic
def note_numbers_seen(outlet: Outlet, *, by: User) -> None:
    """Telephone numbers of an outlet's people are shown whole, once."""
    require(policies.may_see_numbers(by, outlet.unit))
    record("outlet.numbers", outlet, by=by, unit_path=outlet.unit_path)
