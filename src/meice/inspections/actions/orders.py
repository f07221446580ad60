"""From confirmed findings to orders and back: issue, re-probe what was answered, close.

The room below knows findings only by plain fields; what happens to an order is found here by due
rows (house.md, upwards).
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from meice.audit.actions import record
from meice.inspections.actions.checks import UNREACHABLE, covers
from meice.inspections.actions.events import note_event
from meice.inspections.actions.runs import begin_single
from meice.inspections.actions.verdicts import Word, judge_finding
from meice.inspections.models import (
    CheckStatus,
    Finding,
    FindingStatus,
    Judgement,
    Origin,
    RunReason,
    SiteCheck,
    probed_sites,
)
from meice.inspections.workflow import FINDING
from meice.kernel.access import Refused
from meice.orgs.models import Unit, User
from meice.rectification import actions as orders
from meice.rectification.actions import NewItem
from meice.rectification.models import ItemStatus, Order, OrderItem, OrderStatus, Outcome, Source

SOURCES = {
    Origin.PROBE: Source.PROBE,
    Origin.ACTIVITY: Source.PROBE,
    Origin.DISCOVERY: Source.PROBE,
    Origin.SELF_CHECK: Source.SELF,
    Origin.SPOT_CHECK: Source.SPOT,
    Origin.CIRCULAR: Source.CIRCULAR,
}
SEVERITIES = {"veto": "veto", "major": "major", "minor": "minor", "info": "minor"}
MOST_AT_ONCE = 200
BLIND = "这类问题机器看不到，请人工复查。"


@transaction.atomic
def issue_orders(
    findings: Sequence[Finding],
    *,
    by: User,
    at: datetime,
    deadline: date | None = None,
    demands: str = "",
) -> list[Order]:
    """One order for each unit, over all its chosen findings (more than one where they are more
    than an order holds); all of them or none.

    Raises `Refused` when one is not confirmed, ordered already, or not hers to order.
    """
    if not findings:
        raise Refused("先选要开整改单的发现。")
    if len(findings) > MOST_AT_ONCE:
        raise Refused(f"一次最多开 {MOST_AT_ONCE} 条，请分批。")
    rows = _locked(findings)
    by_unit: dict[int, list[Finding]] = {}
    for finding in rows:
        FINDING.take("order", finding, by)
        by_unit.setdefault(finding.unit_id, []).append(finding)
    parts = [
        group[first : first + orders.MOST_ITEMS]
        for group in by_unit.values()
        for first in range(0, len(group), orders.MOST_ITEMS)
    ]
    return [_issue(part[0].unit, part, by, at, deadline, demands) for part in parts]


@transaction.atomic
def confirm_and_order(
    finding: Finding, word: Word, *, by: User, at: datetime, deadline: date | None = None
) -> tuple[Finding, list[Order]]:
    """属实 and the order in one act: both or neither. Of a severe class the first person only
    begins, and no order is made yet."""
    finding = judge_finding(finding, Judgement.CONFIRM, word, by=by, at=at)
    if finding.status != FindingStatus.CONFIRMED:
        return finding, []
    return finding, issue_orders([finding], by=by, at=at, deadline=deadline)


def _locked(findings: Sequence[Finding]) -> list[Finding]:
    """Locked first, read after (see `lock_finding`)."""
    wanted = Finding.objects.filter(pk__in=[finding.pk for finding in findings]).order_by("pk")
    list(wanted.select_for_update().only("pk"))
    return list(wanted.select_related("unit", "outlet", "first_by", "decided_by", "site_check"))


def _issue(
    unit: Unit, group: list[Finding], by: User, at: datetime, deadline: date | None, demands: str
) -> Order:
    items = [_item_of(finding) for finding in group]
    order = orders.issue_order(unit, items, by=by, at=at, deadline=deadline, demands=demands)
    made = {item.source_id: item for item in order.items.all()}
    for finding in group:
        finding.order_item = made[finding.pk].pk
        finding.order_number, finding.order_url = str(order), order.get_absolute_url()
        finding.version += 1
        finding.save()
        note_event(finding, "order", by=by, at=at, note=str(order))
        detail = {"number": str(order), "code": finding.code}
        record("finding.order", finding, by=by, detail=detail, unit_path=finding.unit_path)
    return order


def _item_of(finding: Finding) -> NewItem:
    judges = tuple(person for person in (finding.first_by, finding.decided_by) if person)
    check = finding.site_check
    return NewItem(
        problem=finding.problem,
        text=_words(finding),
        outlet=finding.outlet,
        severity=SEVERITIES[finding.severity],
        source_kind=SOURCES[Origin(finding.origin)],
        source_id=finding.pk,
        source_url=reverse("finding", args=[finding.pk]),
        evidence_count=finding.evidence.count(),
        verified_by=tuple(dict.fromkeys(judges)),
        verified_on=timezone.localdate(finding.decided_at) if finding.decided_at else None,
        updated_on=check.latest_update if check else None,
    )


def _words(finding: Finding) -> str:
    """What the unit is told: what was found, where, and what the person said."""
    parts = [finding.title, finding.evidence_text, finding.note, finding.url]
    return "；".join(dict.fromkeys(part.strip("。； ") for part in parts if part))[:1500]


def follow_orders(now: datetime) -> int:
    """Findings whose item is mended are closed; those of a withdrawn order are confirmed again."""
    ordered = Finding.objects.filter(status=FindingStatus.ORDERED)
    ended = OrderItem.objects.filter(pk__in=ordered.values("order_item")).exclude(
        status__in=[ItemStatus.OPEN, ItemStatus.ANSWERED],
        order__status__in=[s for s in OrderStatus if s is not OrderStatus.WITHDRAWN],
    )
    followed = 0
    for item in ended.select_related("order")[:500]:
        followed += _follow(item, now)
    return followed


@transaction.atomic
def _follow(item: OrderItem, now: datetime) -> bool:
    finding = (
        Finding.objects.select_for_update()
        .filter(order_item=item.pk, status=FindingStatus.ORDERED)
        .first()
    )
    if finding is None:
        return False
    step = "close" if item.status == ItemStatus.FIXED else "revert"
    FINDING.take(step, finding, None)
    note = str(item.order)
    if step == "revert":
        finding.order_item, finding.order_number, finding.order_url = None, "", ""
    finding.version += 1
    finding.save()
    note_event(finding, step, by=None, at=now, note=note)
    detail = {"number": note}
    record(f"finding.{step}", finding, by=None, detail=detail, unit_path=finding.unit_path)
    return True


def recheck_answered(now: datetime) -> int:
    """Look again at what units say they have mended; what a look has shown is handed down as the
    machine's claim. Gives how many items got one."""
    told = 0
    for item in _due_items():
        finding = Finding.objects.filter(pk=item.source_id or 0, order_item=item.pk).first()
        told += _recheck(item, finding, now)
    return told


def _due_items() -> QuerySet[OrderItem]:
    kinds = sorted({source.value for source in SOURCES.values()})
    due = OrderItem.objects.due_for_recheck().filter(source_kind__in=kinds, source_id__isnull=False)
    return due.select_related("order", "outlet")[:200]


def _recheck(item: OrderItem, finding: Finding | None, now: datetime) -> bool:
    site = probed_sites().filter(pk=item.outlet_id or 0).first()
    if finding is None or site is None or not _is_visible(finding):
        return _claim(item, finding, Outcome.UNKNOWN, BLIND, now)
    check = (
        SiteCheck.objects.filter(
            outlet=site, run__reason=RunReason.RECHECK, run__asked_at__gte=item.answered_at or now
        )
        .select_related("run")
        .order_by("-pk")
        .first()
    )
    if check is None:
        begin_single(site, reason=RunReason.RECHECK, by=None, at=now)
        return False
    if check.run.is_live and check.status not in (CheckStatus.FINISHED, CheckStatus.UNKNOWN):
        return False
    outcome, words = _outcome(check, finding)
    return _claim(item, finding, outcome, words, now)


def _is_visible(finding: Finding) -> bool:
    """What one look at a site can show."""
    return finding.origin == Origin.PROBE and finding.code != UNREACHABLE


def _outcome(check: SiteCheck, finding: Finding) -> tuple[Outcome, str]:
    if check.status != CheckStatus.FINISHED:
        return Outcome.UNKNOWN, f"机器复查：{check.get_status_display()}，不能判断。"
    if check.started_at and finding.last_seen_at >= check.started_at:
        return Outcome.STILL, f"机器复查仍看到：{finding.evidence_text}"
    if covers(check, finding):
        return Outcome.FIXED, "机器复查没有再看到。"
    return Outcome.UNKNOWN, "机器复查没有看完全站，不能判断。"


def _claim(
    item: OrderItem, finding: Finding | None, outcome: Outcome, words: str, now: datetime
) -> bool:
    url = reverse("finding", args=[finding.pk]) if finding else ""
    kept = orders.record_recheck(item, outcome, at=now, text=words[:500], evidence_url=url)
    return kept is not None
