"""What is done about the activity of accounts: sources, attestations, samples, lines."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.inspections import policies
from meice.inspections.activity.sealing import seal, unseal
from meice.inspections.activity.sources import Fetch, ask_feed, ask_link, ask_wechat
from meice.inspections.activity.verdict import Measure, Trust
from meice.inspections.activity.workbook import list_bytes
from meice.inspections.models import (
    ActivityLine,
    ActivitySource,
    Metric,
    Observation,
    SourceWay,
    Vacation,
)
from meice.inspections.models.activity import OutletActivityQuerySet
from meice.inspections.models.schedule import SITE_PLATFORMS
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.registry.models import Outlet
from meice.web.tones import SourceKind

HEADINGS = (
    ("账号", 28), ("类型", 12), ("开设单位", 24), ("判断", 10), ("最近发布", 12), ("期限", 12),
    ("依据", 60), ("判断时间", 16),
)  # fmt: skip
EVERY = timedelta(hours=12)
SELDOM = timedelta(days=7)
_TRUSTS = {
    Trust.CHECKED: (SourceKind.HUMAN, "high"),
    Trust.FETCHED: (SourceKind.FEED, "high"),
    Trust.PARTIAL: (SourceKind.FEED, "low"),
    Trust.EXPORTED: (SourceKind.IMPORT, "middle"),
    Trust.TOLD: (SourceKind.ATTEST, "low"),
}


@transaction.atomic
def set_source(
    outlet: Outlet,
    way: SourceWay,
    *,
    address: str = "",
    app_id: str = "",
    secret: str = "",
    by: User,
    at: datetime,
) -> ActivitySource:
    """One source of each way for an account; a new one takes the old one's place."""
    require(policies.may_set_source(by, outlet))
    if way is SourceWay.FEED and not address.lower().startswith(("http://", "https://")):
        raise Refused("订阅源地址须以 http:// 或 https:// 开头。")
    if way is SourceWay.WECHAT and not (app_id and secret):
        raise Refused("官方接口须填 AppID 和 AppSecret。")
    source, _ = ActivitySource.objects.update_or_create(
        outlet=outlet,
        way=way,
        defaults={
            "address": address, "app_id": app_id, "sealed": seal(secret) if secret else "",
            "is_active": True, "next_at": at, "failure": "", "failures": 0, "made_by": by,
        },
    )  # fmt: skip
    detail = {"way": way.label}
    record("source.set", source, by=by, detail=detail, unit_path=outlet.unit_path)
    return source


@transaction.atomic
def drop_source(source: ActivitySource, *, by: User) -> None:
    """It is asked no more, and its secret is gone."""
    require(policies.may_set_source(by, source.outlet))
    detail = {"way": source.get_way_display()}
    record("source.drop", source, by=by, detail=detail, unit_path=source.outlet.unit_path)
    source.delete()


def ask_source(source: ActivitySource, fetch: Fetch, at: datetime) -> Measure:
    """Ask it now and keep the answer; what fails is asked ever more seldom."""
    today = timezone.localdate(at)
    measure = _asked(source, fetch, today)
    with transaction.atomic():
        observe(source.outlet, measure, at=at, url=source.address)
        source.asked_at, source.failure = at, measure.failure[:200]
        source.failures = min(source.failures + 1, 100) if measure.failure else 0
        source.next_at = at + min(EVERY * (1 + source.failures), SELDOM)
        source.save(update_fields=["asked_at", "failure", "failures", "next_at"])
    return measure


def _asked(source: ActivitySource, fetch: Fetch, today: date) -> Measure:
    if source.way == SourceWay.FEED:
        return ask_feed(source.address, fetch, today)
    secret = unseal(source.sealed)
    if secret is None:
        failure = "系统密钥换过，须重新填写 AppSecret"
        return Measure(source.get_way_display(), Trust.PARTIAL, today, failure=failure)
    return ask_wechat(source.app_id, secret, fetch, today)


def observe(
    outlet: Outlet, measure: Measure, *, at: datetime, url: str = "", told_by: str = ""
) -> Observation:
    """Keep what a source said; `Observation.trust` and `.source` carry `Measure.trust`."""
    kind, trust = _TRUSTS[measure.trust]
    if measure.trust is Trust.FETCHED and told_by:
        kind = SourceKind.ATTEST
    return Observation.objects.create(
        outlet=outlet,
        unit=outlet.unit,
        unit_path=outlet.unit_path,
        is_site=outlet.platform in SITE_PLATFORMS,
        metric=Metric.LATEST_UPDATE,
        source=kind,
        is_known=not measure.failure,
        value=measure.failure or measure.source,
        day=measure.last_post,
        url=url[:500],
        trust=trust,
        at=at,
        told_by=told_by,
    )


def attest_post(
    outlet: Outlet, *, url: str, day: date | None, fetch: Fetch, by: User, at: datetime
) -> Measure:
    """“Our last post is this”: the page is fetched and dated; what cannot be dated stays the
    unit's word. The request is made before the transaction."""
    require(policies.may_attest(by, outlet))
    today = timezone.localdate(at)
    if day and day > today:
        raise Refused("发布日期不能在今天之后。")
    measure = ask_link(url, fetch, today)
    if measure.failure:
        if day is None:
            raise Refused(f"链接没能核对（{measure.failure}）。请同时填写发布日期，由宣传部抽查。")
        measure = Measure("单位说明", Trust.TOLD, today, day)
    with transaction.atomic():
        kept = observe(outlet, measure, at=at, url=url, told_by=by.name)
        detail: Detail = {"day": str(measure.last_post), "fetched": measure.trust is Trust.FETCHED}
        record("activity.attest", kept, by=by, detail=detail, unit_path=outlet.unit_path)
    return measure


@transaction.atomic
def sample_post(outlet: Outlet, *, day: date, url: str = "", by: User, at: datetime) -> Observation:
    """A person of the department has looked: this is the day of the last post."""
    require(policies.may_sample(by, outlet))
    today = timezone.localdate(at)
    if day > today:
        raise Refused("发布日期不能在今天之后。")
    measure = Measure("宣传部抽查", Trust.CHECKED, today, day)
    kept = observe(outlet, measure, at=at, url=url, told_by=by.name)
    record("activity.sample", kept, by=by, detail={"day": str(day)}, unit_path=outlet.unit_path)
    return kept


@transaction.atomic
def export_activity(rows: OutletActivityQuerySet, *, by: User, at: datetime) -> bytes:
    """The verdicts as a workbook; leaves an audit line."""
    require(policies.may_see_activity(by))
    today = timezone.localdate(at)
    shown = rows.select_related("outlet__unit").order_by("line_on", "pk")
    cells = [
        (
            row.outlet.name, row.outlet.platform_name, row.outlet.unit.name, row.state.label,
            str(row.last_post or ""), str(row.line_on or ""), "；".join(row.reasons),
            f"{timezone.localtime(row.judged_at):%Y-%m-%d %H:%M}",
        )
        for row in shown
    ]  # fmt: skip
    record("activity.export", None, by=by, detail={"rows": len(cells)})
    words = f"导出：{today:%Y-%m-%d}　疑似须人工核实，未知不是停更"
    return list_bytes("活跃度", words, HEADINGS, cells)


@transaction.atomic
def set_line(platform: str, *, days: int, remind: int, clause: str, by: User) -> ActivityLine:
    """After how many counted days, and how many days before that the unit is told."""
    require(policies.may_set_lines(by))
    if not 1 <= days <= 400 or not 0 <= remind < days:
        raise Refused("天数填 1 至 400，提前提醒的天数要小于它。")
    line, _ = ActivityLine.objects.update_or_create(
        platform=platform,
        defaults={"days": days, "remind": remind, "clause": clause, "set_by": by},
    )
    detail: Detail = {"platform": line.platform_name, "days": days, "remind": remind}
    record("activity.line", line, by=by, detail=detail)
    return line


@transaction.atomic
def add_vacation(name: str, first: date, last: date, *, by: User) -> Vacation:
    """Its days do not count as silence."""
    require(policies.may_set_lines(by))
    if last < first:
        raise Refused("假期的最后一天在第一天之前。")
    vacation = Vacation.objects.create(name=name, first=first, last=last)
    detail = {"first": str(first), "last": str(last)}
    record("vacation.add", vacation, by=by, detail=detail)
    return vacation


@transaction.atomic
def drop_vacation(vacation: Vacation, *, by: User) -> None:
    """Its days count again."""
    require(policies.may_set_lines(by))
    record("vacation.drop", vacation, by=by, detail={"first": str(vacation.first)})
    vacation.delete()
