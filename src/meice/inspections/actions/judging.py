"""The daily judgement of all speaking accounts: verdicts, reminders before the line, claims."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meice.inspections.actions.sightings import Look, Sighting, note_sightings
from meice.inspections.activity.verdict import (
    Activity,
    Judgement,
    Line,
    Measure,
    Pauses,
    Trust,
    judge,
)
from meice.inspections.models import (
    ActivityLine,
    Finding,
    Metric,
    Observation,
    Origin,
    OutletActivity,
    Severity,
    Vacation,
    speaking_accounts,
)
from meice.inspections.models.activity import EVERY_PLATFORM
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Post
from meice.orgs.roles import Role
from meice.registry.actions.terms import workdays
from meice.registry.models import Outlet
from meice.web.tones import SourceKind

CHUNK = 300
LOOKS_BACK = timedelta(days=500)
DEFAULT_LINE = Line(14, 4, "参照国办秘函〔2019〕19号 M2（未核实，可改）")
CODE = "zombie"
_SOURCES = {
    SourceKind.HUMAN: Trust.CHECKED,
    SourceKind.IMPORT: Trust.EXPORTED,
    SourceKind.REPORT: Trust.TOLD,
    SourceKind.FILING: Trust.TOLD,
}


def judge_accounts(at: datetime) -> int:
    """Judge every speaking account from what was observed by `at`; gives their number."""
    lines = {line.platform: as_line(line) for line in ActivityLine.objects.all()}
    pauses = pauses_now()
    done = 0
    for outlets in _chunks():
        measures = measures_of([outlet.pk for outlet in outlets], at)
        for outlet in outlets:
            judge_account(outlet, measures[outlet.pk], line_for(outlet, lines), pauses, at)
        done += len(outlets)
    return done


def pauses_now() -> Pauses:
    """The calendar of this deployment and its vacations."""
    vacations = tuple((each.first, each.last) for each in Vacation.objects.all())
    return Pauses(workdays(), vacations)


def line_for(outlet: Outlet, lines: Mapping[str, Line]) -> Line:
    """The platform's own line, else the school's general one, else the borrowed yardstick."""
    return lines.get(outlet.platform) or lines.get(EVERY_PLATFORM) or DEFAULT_LINE


def as_line(row: ActivityLine) -> Line:
    """The line of a row of the settings."""
    return Line(row.days, row.remind, row.clause)


def _chunks() -> Iterator[list[Outlet]]:
    """Speaking accounts by pk, so many at a time."""
    last = 0
    while rows := list(
        speaking_accounts().filter(pk__gt=last).select_related("unit").order_by("pk")[:CHUNK]
    ):
        yield rows
        last = rows[-1].pk


def measures_of(outlets: Sequence[int], at: datetime) -> Mapping[int, list[Measure]]:
    """What every source of each account said last."""
    found: dict[int, dict[tuple[str, str], Measure]] = defaultdict(dict)
    rows = Observation.objects.filter(
        outlet__in=outlets, metric=Metric.LATEST_UPDATE, at__lte=at, at__gt=at - LOOKS_BACK
    ).order_by("at", "pk")
    for row in rows:
        found[row.outlet_id][row.source, row.trust] = measure_of(row)
    return defaultdict(list, {pk: list(each.values()) for pk, each in found.items()})


def measure_of(row: Observation) -> Measure:
    """An observation as the judge sees it."""
    source = SourceKind(row.source)
    trust = _SOURCES.get(source, Trust.FETCHED)
    if row.trust == "low":
        trust = Trust.TOLD if source is SourceKind.ATTEST else Trust.PARTIAL
    failure = "" if row.is_known else row.value
    called = source.label if failure else row.value or source.label
    return Measure(called, trust, timezone.localdate(row.at), row.day, failure)


@transaction.atomic
def judge_account(
    outlet: Outlet, measures: Sequence[Measure], line: Line, pauses: Pauses, at: datetime
) -> Judgement:
    """One account: the verdict is kept, a near line is told once, a suspicion becomes a claim."""
    today = timezone.localdate(at)
    said = judge(measures, line, pauses, today)
    row, _ = OutletActivity.objects.update_or_create(
        outlet=outlet,
        defaults={
            "unit_path": outlet.unit_path, "activity": said.activity, "last_post": said.last_post,
            "line_on": said.line_on, "reasons": list(said.reasons), "judged_at": at,
        },
    )  # fmt: skip
    if said.activity is Activity.NEAR and row.told_for != said.line_on:
        _remind(outlet, row)
    if said.activity is not Activity.UNKNOWN:
        claims = [_claim(outlet, said, line, today)] if said.activity is Activity.SUSPECT else []
        note_sightings(Look(outlet, at, Origin.ACTIVITY, covers=_is_zombie), claims)
    return said


def _remind(outlet: Outlet, row: OutletActivity) -> None:
    """Tell the unit's operators once for each line."""
    posts = Post.objects.filter(unit=outlet.unit, role=Role.OPERATOR, user__is_active=True)
    day = f"{row.line_on:%m-%d}"
    text = f"{outlet.name}（{outlet.platform_name}）快到更新期限：{day} 后仍没有发布会列为疑似僵尸"
    for post in posts.current().select_related("user"):
        url = reverse("outlet", args=[outlet.pk])
        notify(post.user, text=text, url=url, kind=NoticeKind.TASK)
    row.told_for = row.line_on
    row.save(update_fields=["told_for"])


def _claim(outlet: Outlet, said: Judgement, line: Line, today: date) -> Sighting:
    silent = (today - said.last_post).days if said.last_post else 0
    return Sighting(
        code=CODE,
        severity=Severity.VETO,
        url=outlet.url,
        message=f"已 {silent} 天没有发布。请恢复更新，或办理停用、注销备案。",
        evidence=f"最近一次发布 {said.last_post:%Y-%m-%d}；" + "；".join(said.reasons),
        rule=line.clause,
        unseen="删除、隐藏或只对部分人可见的内容看不到",
    )


def _is_zombie(finding: Finding) -> bool:
    return finding.code == CODE
