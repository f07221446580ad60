"""Room inspections: a run over the school's sites, claims in every state, what people said of them.

The looks are invented, as the sites are: the demo asks nothing of the network.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.inspections.actions import checks, record_finding, runs, verdicts
from meice.inspections.actions.checks import Fact, Hold, Proof, Seen
from meice.inspections.actions.orders import issue_orders
from meice.inspections.actions.recording import Told
from meice.inspections.actions.schedules import Plan, create_schedule
from meice.inspections.actions.sightings import Sighting
from meice.inspections.actions.verdicts import Word
from meice.inspections.models import (
    EvidenceKind,
    Finding,
    Frequency,
    Judgement,
    Metric,
    Origin,
    SiteCheck,
    Verdict,
)
from meice.orgs.models import User

W3 = "参照国办秘函〔2019〕19号 W3（规则集 1）"
OWN = "校级网站检查规则（规则集 1）"
PAGE = (
    "<!doctype html><meta charset=utf-8><title>{name}</title><h1>{name}</h1><h2>新闻动态</h2><ul>"
    "<li>关于召开学术委员会年会的通知 {day}</li><li>开放课题评审结果公示 {before}</li></ul>"
)
TEXT = "{name}\n新闻动态\n关于召开学术委员会年会的通知 {day}\n开放课题评审结果公示 {before}\n"


def play(stage: Stage) -> None:
    """Two runs: a fortnight ago and this night; verdicts between them."""
    university = next(unit for unit in stage.units.values() if unit.name == NAME)
    by, colleague = stage.people["liangwb"], stage.people["linzt"]
    made = _at(stage, 16, 10)
    plan = Plan("全校网站检查", university, "school", Frequency.BY_HAND, max_pages=40)
    schedule = create_schedule(plan, by=by, at=made)
    for days in (14, 0):
        run = runs.start_run(schedule, by=by, at=_at(stage, days, 2))
        _look(run.pk, _at(stage, days, 2))
        if days:
            _judge(by, colleague, _at(stage, days - 1, 9))
    _bring(by, _at(stage, 2, 15))
    _take_in_hand(by, colleague, _at(stage, 0, 8))


def _at(stage: Stage, days: int, hour: int) -> datetime:
    day = stage.today - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _look(run: int, at: datetime) -> None:
    """Every site once, each as its number in the register says."""
    batch = 0
    while taken := checks.take_batch(run, now=at):
        batch += 1
        for check in taken:
            story = STORIES[check.outlet_id % len(STORIES)]
            seen = story(check, timezone.localdate(at))
            checks.finish_check(Hold(check.pk, check.tries), seen, now=at, worker="worker-1")
    checks.go_on(run, batch, now=at)


def _seen(check: SiteCheck, latest: date, *sightings: Sighting, pages: int = 24) -> Seen:
    """A look that came to its end, with the home page as proof."""
    said = {"name": check.name, "day": latest, "before": latest - timedelta(days=3)}
    page, text = PAGE.format(**said), TEXT.format(**said)
    proofs = (
        Proof(check.url, EvidenceKind.SNAPSHOT, "页面1.html", page.encode()),
        Proof(check.url, EvidenceKind.TEXT, "文字1.txt", text.encode()),
    )
    return Seen(
        Verdict.PROBLEM if sightings else Verdict.OK,
        final_url=check.url,
        pages=pages,
        bytes=pages * 15_000,
        seconds=pages * 1.1,
        latest_update=latest,
        sightings=sightings,
        facts=(Fact(Metric.LATEST_UPDATE, f"{latest}（列表）", day=latest, url=check.url),),
        proofs=proofs if sightings else (),
    )


def _lively(check: SiteCheck, today: date) -> Seen:
    return _seen(check, today - timedelta(days=2))


def _stale(check: SiteCheck, today: date) -> Seen:
    latest = date(today.year, 1, 9)
    said = f"首页最近一次更新是 {latest}，已 {(today - latest).days} 天，超过 14 天。"
    evidence = f"最近日期 {latest}（列表日期：关于召开学术委员会年会的通知）"
    return _seen(
        check, latest, Sighting("stale-home", "veto", check.url, said, evidence, W3), pages=9
    )


def _dead_links(check: SiteCheck, today: date) -> Seen:
    url = f"{check.url}old/download.html"
    said = "链接打不开。请改正地址，或撤下这个链接。"
    evidence = f"应答 404，试了 2 次；链接文字“资料下载”，在 {check.url}"
    return _seen(
        check, today - timedelta(days=5), Sighting("dead-link", "minor", url, said, evidence, OWN)
    )


def _certificate(check: SiteCheck, today: date) -> Seen:
    until = today + timedelta(days=12)
    said = "网站证书即将到期。请及时续期。"
    evidence = f"证书到期日 {until:%Y-%m}"
    return _seen(
        check,
        today - timedelta(days=1),
        Sighting("tls-expiring", "minor", check.url, said, evidence, OWN),
    )


def _numbers(check: SiteCheck, today: date) -> Seen:
    url = f"{check.url}notice/2026/list.xls"
    said = "附件里有未脱敏的身份证件号码。请立即撤下。"
    evidence = "附件《评优名单.xls》含身份证号 46 个，如 440106********7001"
    return _seen(
        check,
        today - timedelta(days=4),
        Sighting("personal-data", "veto", url, said, evidence, OWN),
    )


def _silent(check: SiteCheck, today: date) -> Seen:
    return Seen(Verdict.UNKNOWN, failure="timeout", seconds=15)


Story = Callable[[SiteCheck, date], Seen]
STORIES: tuple[Story, ...] = (
    _lively, _stale, _lively, _dead_links, _lively, _certificate, _lively, _numbers, _lively,
    _stale, _silent,
)  # fmt: skip


def _judge(by: User, colleague: User, at: datetime) -> None:
    """After the first run: one of each code confirmed or dismissed, one ordered."""
    for code, problem in (("stale-home", "stale"), ("dead-link", "dead-links")):
        found = list(Finding.objects.open().filter(code=code).order_by("pk")[:3])
        for finding in found[:1]:
            _decide(finding, Judgement.CONFIRM, Word("已打开网站核对", problem), by, colleague, at)
            issue_orders([Finding.objects.get(pk=finding.pk)], by=by, at=at)
        for finding in found[1:2]:
            until = timezone.localdate(at) + timedelta(days=180)
            word = Word("专题网站，活动已结束，年底注销", exempt_until=until)
            _decide(finding, Judgement.DISMISS, word, by, colleague, at)


def _decide(
    finding: Finding, judgement: Judgement, word: Word, by: User, colleague: User, at: datetime
) -> None:
    """By two persons where the class is severe."""
    half = verdicts.judge_finding(finding, judgement, word, by=by, at=at)
    if half.status == "half":
        verdicts.judge_finding(half, judgement, word, by=colleague, at=at + timedelta(hours=1))


def _bring(by: User, at: datetime) -> None:
    """A circular from above, about the site that was seen last."""
    check = SiteCheck.objects.select_related("outlet__unit").order_by("pk").last()
    if check is None:
        return
    told = Told("inaccurate", "领导介绍栏目职务未更新。", check.url, source="省教育厅季度检查通报")
    record_finding(check.outlet.unit, check.outlet, told, origin=Origin.CIRCULAR, by=by, at=at)


def _take_in_hand(by: User, colleague: User, at: datetime) -> None:
    """This morning: some are claimed, a severe one has its first verdict."""
    waiting = list(Finding.objects.to_claim(by).in_queue_order()[:6])
    for finding in waiting[:3]:
        verdicts.claim_finding(finding, by=by, at=at)
    severe = [one for one in waiting[3:] if one.is_severe and not one.first_by_id]
    for finding in severe[:1]:
        word = Word("已下载附件核对", "privacy")
        verdicts.judge_finding(finding, Judgement.CONFIRM, word, by=colleague, at=at)
