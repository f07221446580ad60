"""What the room shows elsewhere: sidebar, to-dos, the pages of outlets and units, search."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from meice.audit.phrases import name_acts, name_details
from meice.inspections import phrases, tasks
from meice.inspections.actions.schedules import follow_units
from meice.inspections.actions.verdicts import held_findings, move_finding
from meice.inspections.models import (
    OPEN,
    STANDING,
    Finding,
    FindingStatus,
    Metric,
    Observation,
    Severity,
)
from meice.inspections.policies import may_open_queue, may_see_findings
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.clock import now
from meice.kernel.slots import (
    HoldingSource,
    NavGroup,
    NavItem,
    Panel,
    SearchHit,
    SearchSource,
    Tally,
    Todo,
    TodoList,
    TodoSource,
)
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.forms.filters import is_private
from meice.registry.models import Outlet
from meice.web.tones import Look, Tone

MOST = 20
MOST_COUNTED = 1000
WAITS_TOO_LONG = timedelta(hours=24)
SHOWN_METRICS = (Metric.STATE, Metric.LATEST_UPDATE, Metric.CERTIFICATE, Metric.ICP)


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(
        NavItem(
            NavGroup.RECTIFICATION, "待核实", icon="microscope", url_name="finding-queue", order=10,
            visible=lambda user: bool(may_open_queue(user)), tally=_waiting,
        )
    )  # fmt: skip
    slots.navigation.register(
        NavItem(
            NavGroup.RECTIFICATION, "发现", icon="microscope", url_name="finding-list", order=10,
            visible=_only_reads,
        )
    )  # fmt: skip
    slots.navigation.register(
        NavItem(
            NavGroup.RECTIFICATION, "探测计划", icon="radar-2", url_name="schedule-list", order=30,
            visible=lambda user: user.has(Right.RUN_PROBES),
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("我认领的发现", _claimed_todos))
    slots.todos.register(TodoSource("待认领发现", _claim_todos))
    slots.outlet_panels.register(
        Panel("发现与观察", "inspections/_outlet_panel.html", _outlet_panel, order=20)
    )
    slots.unit_panels.register(Panel("发现", "inspections/_unit_panel.html", _unit_panel, order=40))
    slots.search.register(SearchSource("发现", _find, order=40))
    slots.holdings.register(HoldingSource("核实中的发现", held_findings, str, move_finding))
    slots.unit_moved.register(follow_units)
    schedules.every(seconds=60, task=tasks.start_runs, key="inspections.start-runs")
    schedules.every(seconds=30, task=tasks.follow_orders, key="inspections.follow-orders")
    schedules.every(seconds=3600, task=tasks.try_sites, key="inspections.try-sites")
    schedules.every(seconds=600, task=tasks.follow_units, key="inspections.follow-units")
    schedules.daily(at=time(5, 30), task=tasks.judge_reach, key="inspections.judge-reach")


def _only_reads(user: User) -> bool:
    """Auditors: the list, no queue."""
    return user.has(Right.READ_AUDIT) and bool(may_see_findings(user)) and not may_open_queue(user)


def _waiting(user: User, at: datetime) -> Tally:
    """Mine and what nobody has claimed (of very many the first thousand); hot when a severe one
    waits for over a day."""
    free = Finding.objects.judged_by(user).open().filter(Q(claimed_by=None) | Q(claimed_by=user.pk))
    first = free.in_queue_order().values("pk")[:MOST_COUNTED]
    late = Q(severity=Severity.VETO, waiting_since__lt=at - WAITS_TOO_LONG)
    return Tally(Finding.objects.filter(pk__in=first), late)


def _claimed_todos(user: User, at: datetime) -> Iterable[Todo]:
    if not may_open_queue(user):
        return
    mine = Finding.objects.judged_by(user).mine(user).in_queue_order().select_related("unit")
    for finding in mine[:MOST]:
        yield Todo(
            what=f"核实：{finding.title}（{finding.name}）",
            why=f"{finding.gravity.label}，你已认领",
            verb="核实",
            url=f"{reverse('finding-queue')}?view=mine&at={finding.pk}",
            unit=finding.unit.called,
        )


def _claim_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Severe ones a line each, all others one line."""
    if not may_open_queue(user):
        return
    queue = Finding.objects.to_claim(user)
    severe = queue.filter(severity=Severity.VETO).in_queue_order().narrow().select_related("unit")
    for finding in severe[:MOST]:
        yield Todo(
            what=f"核实：{finding.title}（{finding.name}）",
            why="单项否决，须两人核实" if finding.status != FindingStatus.HALF else "等第二人核实",
            verb="认领",
            url=f"{reverse('finding-queue')}?view=claim&at={finding.pk}",
            unit=finding.unit.called,
            due=finding.waiting_since + WAITS_TOO_LONG,
            of=TodoList.OFFICE,
        )
    rest = queue.exclude(severity=Severity.VETO)[:MOST_COUNTED].count()
    if rest:
        yield Todo(
            what=f"{rest} 条发现没有人认领",
            why="机器发现须人工核实，核实前不计入问题",
            verb="认领",
            url=f"{reverse('finding-queue')}?view=claim",
            of=TodoList.OFFICE,
        )


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """The newest observation of each metric with its age, and the findings of the outlet."""
    if not may_see_findings(user):
        return None
    findings = list(
        Finding.objects.visible_to(user)
        .filter(outlet=outlet)
        .select_related("decided_by")
        .order_by("-last_seen_at")[:MOST]
    )
    seen = Observation.objects.visible_to(user).of(outlet)[:60]
    newest: dict[tuple[str, str], Observation] = {}
    for observation in seen:
        newest.setdefault((observation.metric, observation.source), observation)
    moment = now()
    return {
        "findings": findings,
        "observations": [(row, row.is_old(moment)) for row in newest.values()],
        "outlet": outlet,
        "badge": _badge(findings),
        "records": user.has(Right.DECIDE_BUSINESS, outlet.unit),
    }


def _badge(findings: Sequence[Finding]) -> Look | None:
    """The heaviest that stands: what a person confirmed before what a machine claims."""
    for statuses in (STANDING, OPEN):
        for finding in findings:
            if finding.status in statuses:
                claim = f"机器：{finding.title}，待核实"
                return finding.state if statuses is STANDING else Look(claim, "robot", Tone.CLAIM)
    return None


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """How many of the unit and below are open, stand, are closed: one query."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    own = Finding.objects.visible_to(user).filter(unit_path__startswith=unit.path)
    counts = own.order_by().aggregate(
        open=Count("pk", filter=Q(status__in=OPEN)),
        standing=Count("pk", filter=Q(status__in=STANDING)),
        closed=Count("pk", filter=Q(status=FindingStatus.CLOSED)),
    )
    return {**counts, "unit": unit}


def _find(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    if not may_see_findings(user) or (is_private(words) and "." not in words):
        return []
    found = Finding.objects.visible_to(user).matching(words).order_by("-last_seen_at")[:limit]
    return [
        SearchHit(
            f"{finding.title}：{finding.name}",
            finding.state.label,
            reverse("finding", args=[finding.pk]),
        )
        for finding in found
    ]
