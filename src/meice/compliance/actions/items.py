"""What is on file for an outlet: said by people, and for certificates seen by the probe."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from meice.audit.actions import Detail, record
from meice.compliance import policies
from meice.compliance.actions.events import note_event, refuse_secrets
from meice.compliance.models import ComplianceItem, ItemKind, ItemState
from meice.files.models import StoredFile
from meice.inspections.models import Metric, Observation
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.registry.models import Outlet
from meice.web.tones import SourceKind


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is typed. `keeps_file`: the proof that is there stays unless another is given."""

    state: str
    number: str = ""
    grade: str = ""
    issuer: str = ""
    valid_until: date | None = None
    is_permanent: bool = False
    note: str = ""
    keeps_file: bool = True


@transaction.atomic
def record_item(
    outlet: Outlet, kind: ItemKind, facts: ItemFacts, *, by: User, at: datetime,
    file: StoredFile | None = None,
) -> ComplianceItem:  # fmt: skip
    """有, 缺, 不适用 or 未知, with number, end and proof. One row a kind, locked by its outlet."""
    outlet = Outlet.objects.select_for_update(of=("self",)).select_related("unit").get(pk=outlet.pk)
    require(policies.may_record_item(by, outlet))
    _check(outlet, kind, facts)
    item = ComplianceItem.objects.filter(outlet=outlet, kind=kind).first()
    item = item or ComplianceItem(outlet=outlet, kind=kind)
    held = facts.state == ItemState.HELD
    item.state, item.note = facts.state, facts.note.strip()
    item.number = facts.number.strip() if held else ""
    item.grade = facts.grade if held and kind == ItemKind.GRADE else ""
    item.issuer = facts.issuer.strip() if held else ""
    item.valid_until = facts.valid_until if held else None
    item.is_permanent = held and facts.is_permanent
    item.file = (file or (item.file if facts.keeps_file else None)) if held else None
    item.source, item.seen_at, item.told_by = SourceKind.ATTEST.value, at, by.name
    item.version += 1
    item.save()
    note_event(item, "record", by=by, at=at, note=_words(item))
    detail: Detail = {"proof": str(kind.label), "standing": str(ItemState(item.state).label)}
    record("compliance.record", outlet, by=by, detail=detail, unit_path=outlet.unit_path)
    return item


def _check(outlet: Outlet, kind: ItemKind, facts: ItemFacts) -> None:
    if kind.platforms is not None and outlet.platform not in kind.platforms:
        raise Refused(f"「{outlet.platform_name}」不需要{kind.label}。")
    if facts.state not in ItemState.values:
        raise Refused("请选状态。")
    if facts.state == ItemState.EXEMPT and not facts.note.strip():
        raise Refused("不适用要写明理由。")
    if facts.is_permanent and facts.valid_until:
        raise Refused("长期有效的不填有效期。")
    refuse_secrets(facts.number, facts.issuer, facts.note)


def _words(item: ComplianceItem) -> str:
    end = item.valid_until.isoformat() if item.valid_until else ""
    end = "长期" if item.is_permanent else end
    parts = (item.get_state_display(), item.get_grade_display(), item.number, end, item.note)
    return " ".join(str(part) for part in parts if part)


def observe_certificates(at: datetime) -> int:
    """The newest end that the probe has read, onto each site's file; gives how many changed. What
    a person has said stays where the probe has seen nothing newer."""
    seen = Observation.objects.filter(
        metric=Metric.CERTIFICATE, is_known=True, day__isnull=False, outlet=OuterRef("pk")
    ).order_by("-at", "-pk")
    known = ComplianceItem.objects.filter(outlet=OuterRef("pk"), kind=ItemKind.CERTIFICATE)
    sites = Outlet.objects.standing().annotate(
        seen_day=Subquery(seen.values("day")[:1]),
        seen_moment=Subquery(seen.values("at")[:1]),
        told_at=Subquery(known.values("seen_at")[:1]),
    )
    newer = Q(told_at__isnull=True) | Q(told_at__lt=F("seen_moment"))
    rows = sites.filter(newer, seen_day__isnull=False)
    fresh = list(rows.values_list("pk", "seen_day", "seen_moment"))
    return sum(_observe(pk, day, moment, at) for pk, day, moment in fresh)


@transaction.atomic
def _observe(outlet: int, day: date, seen_at: datetime, at: datetime) -> int:
    site = Outlet.objects.select_for_update().only("pk", "unit_path").get(pk=outlet)
    item = ComplianceItem.objects.filter(outlet=outlet, kind=ItemKind.CERTIFICATE).first()
    item = item or ComplianceItem(outlet_id=outlet, kind=ItemKind.CERTIFICATE)
    if item.pk and item.seen_at >= seen_at:
        return 0
    changed = item.pk is None or item.valid_until != day or item.state != ItemState.HELD
    item.state, item.valid_until, item.is_permanent = ItemState.HELD, day, False
    item.source, item.seen_at, item.told_by = SourceKind.PROBE.value, seen_at, ""
    item.save()
    if changed:
        note_event(item, "observe", by=None, at=at, note=f"到期 {day.isoformat()}")
        record(
            "compliance.observe", site, by=None, detail={"standing": day.isoformat()},
            unit_path=site.unit_path,
        )  # fmt: skip
    return int(changed)
