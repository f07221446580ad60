"""Activity and leads: samples, platform statistics, the unit's word, a list of the IT office."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.engines.gate import Answer, Failure, Request
from meice.inspections.actions import activity, leads, statistics
from meice.inspections.actions.judging import judge_accounts
from meice.inspections.models import Lead, SeenIn, speaking_accounts
from meice.inspections.policies import may_attest
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet

SILENCE = (1, 3, 6, 2, 11, 4, 8, 60, 5, 12, 2, 95)
"""Days since the last post, account by account: most are lively, some near the line, few beyond."""
SERVERS = """站点,域名,IP
学校主页,www.huayuan.edu.cn,192.0.2.10
旧版招生网,zs2016.huayuan.edu.cn,192.0.2.31
实验室预约,lab-order.huayuan.edu.cn,198.51.100.7
校友返校日专题,reunion.huayuan.edu.cn,192.0.2.44
"""
RESULTS = """平台,名称,账号ID,链接
微信公众号,华园大学表白墙,hy_bbq_wall,
抖音,華园大学招生咨询,hyzs_2026,
微博,华园大学校友之声,hyxyzs,
小红书,青山读书会,qsdsh,
"""


def play(stage: Stage) -> None:
    """Statistics of last month, samples, one word of a unit; then the judgement of this night."""
    by, at = stage.people["liangwb"], _at(stage, 0)
    university = next(unit for unit in stage.units.values() if unit.name == NAME)
    accounts = list(speaking_accounts().select_related("unit").order_by("pk"))
    _statistics(stage, accounts[: len(accounts) * 2 // 3], university, by)
    for outlet in accounts[len(accounts) * 2 // 3 :][:6]:
        day = stage.today - timedelta(days=5)
        activity.sample_post(outlet, day=day, by=by, at=_at(stage, 1))
    _word(stage, accounts[-1])
    judge_accounts(at)
    _leads(university, by, at)


def _at(stage: Stage, days: int) -> datetime:
    day = stage.today - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(3, 30)))


def _statistics(stage: Stage, outlets: list[Outlet], unit: Unit, by: User) -> None:
    lines = ["账号名称,账号ID,发布时间,粉丝数"]
    for place, outlet in enumerate(outlets):
        day = stage.today - timedelta(days=SILENCE[place % len(SILENCE)])
        told = outlet.account_id or outlet.permanent_id
        lines.append(f"{outlet.name},{told},{day},{1200 + 37 * place}")
    content = "\n".join(lines).encode("utf-8-sig")
    at = _at(stage, 0)
    intake = statistics.create_intake(
        content, name="平台统计汇总.csv", unit=unit, outlet=None, by=by, at=at
    )
    statistics.apply_intake(intake, by=by, at=at)


def _word(stage: Stage, outlet: Outlet) -> None:
    """A page that cannot be opened from here: the unit's word stands alone."""
    own = [person for person in stage.people.values() if _speaks_for(person, outlet)]
    if own:
        activity.attest_post(
            outlet, url="https://example.com/post", day=stage.today - timedelta(days=2),
            fetch=_silent, by=own[0], at=_at(stage, 1),
        )  # fmt: skip


def _speaks_for(person: User, outlet: Outlet) -> bool:
    return bool(may_attest(person, outlet))


def _silent(request: Request) -> Answer:
    """The demo asks nothing of the network."""
    return Answer(request.url, request.url, failure=Failure.TIMEOUT)


def _leads(university: Unit, by: User, at: datetime) -> None:
    leads.upload_list(
        SERVERS.encode("utf-8-sig"), seen_in=SeenIn.SERVERS, name="服务器清单.csv",
        unit=university, by=by, at=at,
    )  # fmt: skip
    leads.upload_list(
        RESULTS.encode("utf-8-sig"), seen_in=SeenIn.SEARCH, name="平台搜索结果.csv",
        unit=university, by=by, at=at,
    )  # fmt: skip
    other = Lead.objects.filter(name="青山读书会").first()
    if other:
        leads.disown_lead(other, note="校外读书会，与本校无关", by=by, at=at)
    wall = Lead.objects.filter(name="华园大学表白墙").first()
    if wall:
        leads.suspect_lead(wall, note="用校名，不是本校开设", by=by, at=at)
