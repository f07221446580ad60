"""Gaps are offered to the findings: a machine's claim, which a person confirms or dismisses."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.compliance.actions.terms import all_terms
from meice.compliance.models import CLAIMED, STANDING_LOOKS, ComplianceItem, ItemKind, ItemState
from meice.compliance.workflow import TermName
from meice.inspections.actions.sightings import Look, Sighting, note_sightings
from meice.inspections.models import Finding, Origin
from meice.rectification.catalogue import Severity
from meice.registry.models import Outlet

CHUNK = 500


def claim_gaps(at: datetime) -> int:
    """What is lacking or over, claimed once an outlet and kind; what was mended lapses after two
    rounds. Unknown is never claimed. Gives how many claims are new or came back."""
    today, days = timezone.localdate(at), all_terms()[TermName.SECOND]
    gaps = _gaps(today, days)
    claimed = Finding.objects.open().filter(origin=Origin.COMPLIANCE, outlet__isnull=False)
    watched = {*gaps, *claimed.values_list("outlet_id", flat=True)}
    return sum(_claim(outlet, gaps.get(outlet.pk, []), at) for outlet in _outlets(watched))


def _gaps(today: date, days: int) -> dict[int, list[Sighting]]:
    rows = ComplianceItem.objects.filter(state__in=[ItemState.LACKING, ItemState.HELD])
    found: dict[int, list[Sighting]] = {}
    standing = rows.exclude(outlet__status="cancelled").order_by("pk")
    for item in standing.iterator(chunk_size=CHUNK):
        state = item.standing(today, days)
        if state in CLAIMED:
            found.setdefault(item.outlet_id, []).append(_sighting(item, state.value))
    return found


def _sighting(item: ComplianceItem, standing: str) -> Sighting:
    word = next(look.label for key, look in STANDING_LOOKS.items() if key == standing)
    end = f"，到期 {item.valid_until.isoformat()}" if item.valid_until else ""
    return Sighting(
        code=f"compliance-{item.kind}",
        severity=Severity.MINOR,
        url="",
        message=f"合规档案里的{item.get_kind_display()}：{word}{end}。",
        evidence=f"{item.get_kind_display()}：{word}{end}",
        rule=ItemKind(item.kind).basis,
        title=f"{item.get_kind_display()}{word}",
    )


def _outlets(pks: Iterable[int]) -> list[Outlet]:
    return list(Outlet.objects.standing().filter(pk__in=list(pks)).select_related("unit"))


@transaction.atomic
def _claim(outlet: Outlet, sightings: list[Sighting], at: datetime) -> int:
    look = Look(outlet, at, origin=Origin.COMPLIANCE, covers=_is_ours)
    noted = note_sightings(look, sightings)
    number = len(noted.new) + len(noted.returned)
    if number:
        detail: Detail = {"findings": number}
        record("compliance.claim", outlet, by=None, detail=detail, unit_path=outlet.unit_path)
    return number


def _is_ours(finding: Finding) -> bool:
    return finding.origin == Origin.COMPLIANCE
