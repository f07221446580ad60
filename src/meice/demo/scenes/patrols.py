"""Room patrols: a month of rounds; one raised an incident, some were missed, one is under way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from meice.demo.scenes.incidents import picture_bytes
from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.incidents import actions as incidents
from meice.orgs.models import User
from meice.patrols import actions
from meice.patrols.actions import FindingText, IncidentText, PlanText, Said, VisitText, terms
from meice.patrols.models import Answer, Manning, Plan, Round, Seen, Visit
from meice.patrols.rhythm import Rhythm
from meice.registry.models import Outlet

BACK, MIDDLE, WATCHED = 30, 16, 4
"""Days ago: the weekly rounds began, the daily ones, the week of the school's own accounts."""
DAILY, WEEKLY, YOUTH, KEY = (
    "学院新媒体日巡",
    "每周网站和公众号巡查",
    "团委账号每周巡查",
    "重点账号巡查",
)
LOOK = timedelta(minutes=4)
"""How long one account takes."""
LOANS = "11 日推文下有 2 条「校园贷秒批」留言，带二维码。"
Story = Callable[["Patrol", Round], None]


class Patrol:
    """Who walks, and the clock of the story."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.people = stage, stage.people
        self.told: dict[str, int] = {}

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many days before the demo opens, on the wall of Beijing."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def outlets(self, unit: str, *platforms: str) -> list[Outlet]:
        """What the unit itself has there, one of each."""
        found = Outlet.objects.filter(unit=self.stage.units[unit], status="in_use")
        return [found.filter(platform=each).order_by("pk")[0] for each in platforms]

    def plan(self, said: PlanText, by: User) -> Plan:
        """Made a month ago."""
        return actions.create_plan(said, by=by, at=self.at(BACK, 7))

    def walk(self, round: Round, by: User, said: Mapping[int, VisitText] | None = None) -> datetime:
        """Outlet by outlet, a few minutes each; `said` of some by their place, the rest is well."""
        at = round.opens_at + timedelta(minutes=12)
        for visit in round.visits.all():
            if said and visit.place in said:
                actions.answer_visit(visit, said[visit.place], by=by, at=at)
            actions.fine_visit(visit, by=by, at=at)
            at += LOOK
        return at

    def finish(self, round: Round, by: User, summary: str = "", handover: str = "") -> None:
        """Walked and ended at once."""
        at = self.walk(round, by)
        actions.finish_round(round, summary=summary, handover=handover, by=by, at=at)

    def shoot(self, visit: Visit, key: str, by: User, at: datetime) -> Answer:
        """A screenshot of one check; gives its answer."""
        picture = BytesIO(picture_bytes(visit.pk))
        actions.add_photo(visit, picture, name="手机截图.png", key=key, by=by, at=at)
        return visit.answers.get(key=key)


def play(stage: Stage) -> None:
    """Day by day: rounds open, are walked or missed, and the ladder speaks."""
    patrol = Patrol(stage)
    terms.add_common_days(by=stage.people["liangwb"])
    _plans(patrol)
    for days in range(BACK, -1, -1):
        if days == MIDDLE:
            _begin_daily(patrol)
        if days == WATCHED:
            _watch_key_accounts(patrol)
        actions.climb_ladder(patrol.at(days, 8, 32))
        actions.open_rounds(patrol.at(days, 9, 1))
        rounds = Round.objects.filter(day=stage.today - timedelta(days=days))
        for round in rounds.order_by("due_at", "pk"):
            _live_through(patrol, round, days)
        for hour in (17, 19) if days else ():
            actions.climb_ladder(patrol.at(days, hour, 3))


def _plans(patrol: Patrol) -> None:
    """Two a week, and one before notable days."""
    people, units = patrol.people, patrol.stage.units
    weekly = PlanText(
        WEEKLY, units["经管学院"], rhythm=Rhythm.WEEKLY, weekday=2, begins_at=time(9),
        due_at=time(17), patrollers=[people["suyq"]],
        outlets=patrol.outlets("经管学院", "website", "wechat", "douyin", "weibo"),
    )  # fmt: skip
    patrol.plan(weekly, people["fanjp"])
    youth = replace(
        weekly, name=YOUTH, unit=units["校团委"], weekday=0, patrollers=[people["panhr"]],
        outlets=patrol.outlets("校团委", "wechat", "weibo", "douyin"),
    )  # fmt: skip
    patrol.plan(youth, people["tanws"])
    notable = PlanText(
        "重要日子前全面巡查", units[NAME], rhythm=Rhythm.NOTABLE, days_before=2,
        begins_at=time(8, 30), due_at=time(18), patrollers=[people["linzt"]], checklist="notable",
        outlets=patrol.outlets(NAME, "website", "wechat", "weibo"),
    )  # fmt: skip
    patrol.plan(notable, people["liangwb"])


def _begin_daily(patrol: Patrol) -> None:
    """Two persons, the site and the main account, every working day."""
    people = patrol.people
    said = PlanText(
        DAILY, patrol.stage.units["数信学院"], begins_at=time(8, 30), due_at=time(12),
        patrollers=[people["hejm"], people["zhouqm"]],
        outlets=patrol.outlets("数信学院", "website", "wechat"),
    )  # fmt: skip
    actions.create_plan(said, by=people["zhouqm"], at=patrol.at(MIDDLE, 7))


def _watch_key_accounts(patrol: Patrol) -> None:
    """For some days whoever is on duty looks at the school's own accounts every day."""
    said = PlanText(
        KEY, patrol.stage.units[NAME], rhythm=Rhythm.DAILY, begins_at=time(8), due_at=time(11),
        manning=Manning.DUTY, patrollers=[patrol.people["linzt"]],
        outlets=patrol.outlets(NAME, "website", "wechat", "weibo"),
    )  # fmt: skip
    actions.create_plan(said, by=patrol.people["liangwb"], at=patrol.at(WATCHED, 7, 50))


def _live_through(patrol: Patrol, round: Round, days: int) -> None:
    """What happened to the n-th round of its plan; most were quiet. Today's are still open."""
    number = patrol.told[round.name] = patrol.told.get(round.name, 0) + 1
    if days == 0:
        _today(patrol, round)
        return
    told = STORIES.get((round.name, number))
    if told is not None:
        told(patrol, round)
    else:
        patrol.finish(round, round.people.order_by("pk")[0])


def _today(patrol: Patrol, round: Round) -> None:
    """One outlet is done, the others wait."""
    visit = round.visits.order_by("place")[0]
    walker = round.people.order_by("pk")[0]
    actions.fine_visit(visit, by=walker, at=round.opens_at + timedelta(minutes=9))


def _loans(patrol: Patrol, round: Round) -> None:
    """Harmful comments: a picture, an incident, gone within the hour, closed by the department."""
    he, visit = patrol.people["hejm"], round.visits.get(platform="wechat")
    said = VisitText({"comments": Said(Seen.PROBLEM, LOANS)})
    at = patrol.walk(round, he, {visit.place: said})
    answer = patrol.shoot(visit, "comments", he, at)
    incident = actions.raise_incident(
        answer, IncidentText("harmful", "公众号留言区有校园贷广告", LOANS), by=he, at=at
    )
    incidents.acknowledge_incident(incident, by=he, at=at + timedelta(minutes=3))
    incidents.take_measure(
        incident, text="已截图，删除 2 条留言，拉黑发布者。", cleared=True, by=he,
        at=at + timedelta(minutes=9),
    )  # fmt: skip
    actions.finish_round(
        round, summary="留言区 2 条校园贷广告，已报事件并清除。", handover="下午再看一次留言区。",
        by=he, at=at + timedelta(minutes=12),
    )  # fmt: skip
    incidents.close_incident(
        incident, conclusion="留言已清除，未见转发。", lessons="公众号留言改为先审后显。",
        by=patrol.people["liangwb"], at=at + timedelta(hours=5),
    )  # fmt: skip


def _dead_link(patrol: Patrol, round: Round) -> None:
    """A finding of the unit's own, with its picture."""
    zhou, visit = patrol.people["zhouqm"], round.visits.get(platform="website")
    words = "首页「招生专栏」链接打不开，跳到 404。"
    at = patrol.walk(round, zhou, {visit.place: VisitText({"links": Said(Seen.PROBLEM, words)})})
    answer = patrol.shoot(visit, "links", zhou, at)
    actions.raise_finding(answer, FindingText("dead-links", words), by=zhou, at=at)
    actions.finish_round(round, summary="1 处死链，已记为问题。", by=zhou, at=at)


def _mended(patrol: Patrol, round: Round) -> None:
    """Dealt with on the spot; the private messages could not be seen."""
    he, visit = patrol.people["hejm"], round.visits.get(platform="wechat")
    said = VisitText({
        "privacy": Said(Seen.PROBLEM, "获奖名单图片露出学号。", "已替换为打码图片。"),
        "comments": Said(Seen.UNSEEN, "后台登录要管理员扫码，当时联系不上。"),
    })  # fmt: skip
    at = patrol.walk(round, he, {visit.place: said})
    actions.finish_round(
        round, summary="学号已打码。", handover="留言后台没看到，明天补看。", by=he, at=at
    )


def _made_up(patrol: Patrol, round: Round) -> None:
    """Missed, told to the leader, taken over by a colleague and made up in the afternoon."""
    actions.climb_ladder(round.due_at + timedelta(hours=2, minutes=5))
    zhou, at = patrol.people["zhouqm"], round.due_at + timedelta(hours=3)
    for visit in round.visits.all():
        actions.fine_visit(visit, by=zhou, at=at)
        at += LOOK
    actions.finish_round(round, summary="上午全院教研活动，下午补巡，均正常。", by=zhou, at=at)


def _excused(patrol: Patrol, round: Round) -> None:
    """Missed until the department heard of it; the leader says why."""
    for later in (5, 125, 60 * 24 + 5):
        actions.climb_ladder(round.due_at + timedelta(minutes=later))
    actions.excuse_round(
        round, reason="苏雅琴外出培训，代班没有交接到巡查；已补指定人员。",
        by=patrol.people["xiely"], at=round.due_at + timedelta(hours=26),
    )  # fmt: skip


def _missed(patrol: Patrol, round: Round) -> None:
    """Nobody came; the ladder of the next days tells leader and department."""


STORIES: Mapping[tuple[str, int], Story] = {
    (DAILY, 1): _loans,
    (DAILY, 3): _dead_link,
    (DAILY, 5): _mended,
    (DAILY, 8): _made_up,
    (WEEKLY, 3): _excused,
    (YOUTH, 3): _missed,
}
