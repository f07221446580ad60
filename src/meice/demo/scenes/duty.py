"""Room duty: a month of the department's roster and of three units', a swap and a note waiting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.duty import actions
from meice.duty.actions import Absence, PatternTerms, RosterTerms
from meice.duty.models import Covers, LayerKind, Roster, Shift, Turn
from meice.duty.rota import Hours
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role

BACK = 30
WEEKS = 6
EIGHT, TWENTY = time(8), time(20)
WHOLE = (Hours("全天", EIGHT, EIGHT),)
HALVES = (Hours("白班", EIGHT, TWENTY), Hours("夜班", TWENTY, EIGHT))
OFFICE = (Hours("网评", time(9), time(18)),)
CALM = "巡查本单位账号和网站，首页和近三天推送正常，评论无异常，后台没有异地登录。"
BUSY = "18:40 评论区出现一条商业广告，已隐藏并截图；其余账号正常。"


class Hands:
    """Who acts, and the clock of the story."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.start = stage.today - timedelta(days=BACK)

    def at(self, days: int = 0, hour: int = 10) -> datetime:
        """So many days before the day the demo opens."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour)))

    def holder(self, unit: str, role: Role) -> User:
        """Who holds a post there."""
        post = Post.objects.current().filter(unit=self.stage.units[unit], role=role)
        return post.select_related("user").order_by("pk")[0].user

    def roster(
        self, unit: Unit, name: str, keeper: User, *, by: User, is_open: bool = False
    ) -> Roster:
        """Begun a month ago, and planned for that month and on."""
        terms = RosterTerms(name, [keeper], weeks_ahead=WEEKS, is_open=is_open)
        return actions.create_roster(unit, terms, by=by, at=self.at(BACK))

    def layer(
        self,
        roster: Roster,
        name: str,
        kind: LayerKind,
        *patterns: PatternTerms,
        by: User,
        round_the_clock: bool = True,
    ) -> None:
        """A layer with its patterns."""
        begun = self.at(BACK)
        made = actions.add_layer(
            roster, name, kind, round_the_clock=round_the_clock, by=by, at=begun
        )
        for pattern in patterns:
            actions.set_pattern(made, pattern, by=by, at=begun)

    def terms(
        self, covers: Covers, turn: Turn, hours: Sequence[Hours], *people: User
    ) -> PatternTerms:
        """From the beginning of the story on."""
        return PatternTerms(covers, turn, self.start, hours, people)


def play(stage: Stage) -> None:
    """The department, then 数信学院 with its daily life, 经管学院, and 校团委 with gaps."""
    hands = Hands(stage)
    _department(hands)
    maths = _maths(hands)
    economics = _economics(hands)
    _league(hands)
    _days_of(hands, maths)
    _absence(hands, economics)
    actions.fill_all(hands.at())
    actions.watch_rosters(hands.at())
    _swaps(hands, maths)


def _department(hands: Hands) -> None:
    people, by = hands.stage.people, hands.stage.people["liangwb"]
    university = next(unit for unit in hands.stage.units.values() if unit.name == NAME)
    roster = hands.roster(university, "新媒体值班", people["linzt"], by=by, is_open=True)
    chiefs = (hands.holder("宣传部", Role.LEADER), hands.holder("学工处", Role.LEADER), by)
    officers = (
        people["linzt"], hands.holder("宣传部", Role.OPERATOR), hands.holder("宣传部", Role.REVIEWER),
        hands.holder("学工处", Role.OPERATOR),
    )  # fmt: skip
    technicians = (people["chenxl"], hands.holder("网络中心", Role.OPERATOR))
    hands.layer(
        roster, "领导带班", LayerKind.LEADER,
        hands.terms(Covers.EVERY, Turn.WEEK, WHOLE, *chiefs), by=by,
    )  # fmt: skip
    hands.layer(
        roster, "值班员", LayerKind.OFFICER,
        hands.terms(Covers.WORKDAY, Turn.SHIFT, HALVES, *officers),
        hands.terms(Covers.REST, Turn.DAY, WHOLE, *officers[::-1]), by=by,
    )  # fmt: skip
    hands.layer(
        roster, "网评/技术", LayerKind.SPECIALIST,
        hands.terms(Covers.EVERY, Turn.WEEK, OFFICE, *technicians), by=by, round_the_clock=False,
    )  # fmt: skip


def _maths(hands: Hands) -> Roster:
    people, by = hands.stage.people, hands.stage.people["zhenggq"]
    roster = hands.roster(hands.stage.units["数信学院"], "学院新媒体值班", people["zhouqm"], by=by)
    hands.layer(
        roster, "值班员", LayerKind.OFFICER,
        hands.terms(Covers.EVERY, Turn.DAY, WHOLE, people["hejm"], people["zhouqm"], people["lizh"]),
        by=by,
    )  # fmt: skip
    hands.layer(
        roster, "领导带班", LayerKind.LEADER,
        hands.terms(Covers.EVERY, Turn.WEEK, WHOLE, by), by=by,
    )  # fmt: skip
    return roster


def _economics(hands: Hands) -> Roster:
    people, by = hands.stage.people, hands.stage.people["xiely"]
    roster = hands.roster(hands.stage.units["经管学院"], "学院新媒体值班", people["fanjp"], by=by)
    hands.layer(
        roster, "值班员", LayerKind.OFFICER,
        hands.terms(Covers.WORKDAY, Turn.WEEK, OFFICE, people["suyq"], people["fanjp"]),
        hands.terms(Covers.REST, Turn.STRETCH, WHOLE, people["fanjp"], people["suyq"], by),
        by=by, round_the_clock=False,
    )  # fmt: skip
    return roster


def _league(hands: Hands) -> None:
    """Nobody on weekends: the roster says so."""
    people, by = hands.stage.people, hands.stage.people["tanws"]
    roster = hands.roster(hands.stage.units["校团委"], "团委新媒体值班", people["panhr"], by=by)
    hands.layer(
        roster, "值班员", LayerKind.OFFICER,
        hands.terms(Covers.WORKDAY, Turn.DAY, OFFICE, people["panhr"], by),
        by=by, round_the_clock=False,
    )  # fmt: skip


def _days_of(hands: Hands, roster: Roster) -> None:
    """The last five hand-overs: four accepted, the last of this morning waits."""
    rows = Shift.objects.of(roster).filter(layer__name="值班员", ends_at__lte=hands.at())
    past = list(rows.select_related("layer__roster", "user").order_by("-ends_at")[:5])[::-1]
    for number, shift in enumerate(past):
        taker = actions.next_of(shift)
        if shift.user is None or taker is None or taker.user is None:
            continue
        items = ["继续看那条广告的评论者，再发就拉黑"] if number == 2 else []
        note = actions.write_handover(
            shift, BUSY if items else CALM, items=items, by=shift.user,
            at=shift.ends_at - timedelta(minutes=10),
        )  # fmt: skip
        if shift != past[-1]:
            accepted = shift.ends_at + timedelta(minutes=5)
            actions.accept_handover(note, by=taker.user, at=accepted, note="收到")


def _absence(hands: Hands, roster: Roster) -> None:
    """苏雅琴 is away next week."""
    people, first = hands.stage.people, hands.stage.today + timedelta(days=3)
    absence = Absence(people["suyq"], people["xiely"], first, first + timedelta(days=4), "外出培训")
    actions.arrange_stand_in(roster, absence, by=people["fanjp"], at=hands.at(1))


def _swaps(hands: Hands, roster: Roster) -> None:
    """何嘉敏 waits for an answer; one was said yes to, and the keeper has changed one."""
    people = hands.stage.people
    ahead = Shift.objects.of(roster).filter(layer__name="值班员", begins_at__gt=hands.at(0, 20))
    hers = list(ahead.filter(user=people["hejm"]).order_by("begins_at")[:3])
    his = ahead.filter(user=people["zhouqm"], begins_at__gt=hers[0].begins_at).order_by("begins_at")
    actions.ask_swap(
        hers[0], to=people["zhouqm"], given=his[0], reason="当天要带学生参赛", by=people["hejm"],
        at=hands.at(),
    )  # fmt: skip
    settled = actions.ask_swap(
        hers[1], to=people["lizh"], reason="家长会", by=people["hejm"], at=hands.at(1)
    )
    actions.accept_swap(settled, by=people["lizh"], at=hands.at(1, 15), note="可以")
    actions.change_shift(
        hers[2], to=people["zhouqm"], reason="周末有校级活动，换在编老师值", by=people["zhouqm"],
        at=hands.at(),
    )  # fmt: skip
