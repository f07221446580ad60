"""Room rectification: an order in every state, reminders, an extension refused, two circulars."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.files.actions import keep_file
from meice.orgs.models import Unit, User
from meice.orgs.roles import Role
from meice.rectification import actions
from meice.rectification.actions import NewItem, ReplyText, terms
from meice.rectification.documents import order_docx
from meice.rectification.models import Order, OrderItem, Outcome
from meice.registry.actions.people import people_over
from meice.registry.models import Outlet

TEN = time(10)
STALE = "截至检查日，最近一条信息发布于 {} 天前。"
REPORT = "因负责学生毕业、口令遗失，已找回账号并恢复更新；今后由在编教师负责，每周至少更新一次。"


class Hands:
    """Who acts, and the clock of the story: so many days before the day the demo opens."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.department = stage.people["liangwb"]
        self.colleague = stage.people["linzt"]

    def at(self, days: int) -> datetime:
        """Ten o'clock, `days` days ago."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, TEN))

    def outlet(self, name: str, platform: str) -> Outlet:
        """One of the accounts of `demo.outlets`."""
        found = Outlet.objects.standing().select_related("unit")
        return found.filter(name=name, platform=platform).order_by("pk")[0]

    def operator(self, unit: Unit) -> User:
        """Who mends for the unit."""
        return people_over(Role.OPERATOR, unit)[0]

    def leader(self, unit: Unit) -> User | None:
        """Who answers for it, where the system knows somebody."""
        found = people_over(Role.LEADER, unit)
        return found[0] if found else None

    def stale(self, outlet: Outlet, days: int, ago: int) -> NewItem:
        """A zombie that the colleague has verified the day before the order."""
        day = self.stage.today - timedelta(days=ago)
        return NewItem(
            "stale",
            STALE.format(days),
            outlet,
            verified_by=(self.colleague,),
            verified_on=day - timedelta(days=1),
            updated_on=day - timedelta(days=days),
        )


def play(stage: Stage) -> None:
    """Each story on its own; then a circular that was published and one that is being written."""
    hands = Hands(stage)
    terms.set_head(terms.ORDERS, "华园媒整", by=hands.department)
    terms.set_head(terms.CIRCULARS, "华园媒通", by=hands.department)
    _closed(hands)
    _under_recheck(hands)
    _often_reminded(hands)
    _on_the_leaders_desk(hands)
    _mending(hands)
    _just_issued(hands)
    _drafted(hands)
    _circulars(hands)


def _issue(hands: Hands, outlet: Outlet, *items: NewItem, ago: int) -> Order:
    unit = outlet.unit
    return actions.issue_order(unit, list(items), by=hands.department, at=hands.at(ago))


def _acknowledge(hands: Hands, order: Order, ago: int) -> Order:
    return actions.acknowledge_order(order, by=hands.operator(order.unit), at=hands.at(ago))


def _reply(hands: Hands, order: Order, ago: int, text: str = REPORT) -> Order:
    """With the report as a file, before the leader's word."""
    by = hands.operator(order.unit)
    open_ones = list(OrderItem.objects.filter(order=order, status="open"))
    said = ReplyText(text, {item.pk: "已恢复更新，逐条回复。" for item in open_ones})
    content = BytesIO(order_docx(order))
    proof = keep_file(content, name="整改报告.docx", by=by, purpose="order-proof")
    return actions.reply_to_order(order, said, proofs=[proof], by=by, at=hands.at(ago))


def _confirm(hands: Hands, order: Order, ago: int) -> Order:
    leader = hands.leader(order.unit)
    return actions.confirm_reply(order, by=leader, at=hands.at(ago)) if leader else order


def _closed(hands: Hands) -> None:
    """数信学院's column: ordered, mended, re-checked, closed."""
    site = hands.outlet("华园大学数信学院网站", "website")
    item = NewItem("dead-links", "首页和二级页面有 14 个链接失效。", site)
    order = _acknowledge(hands, _issue(hands, site, item, ago=40), 39)
    order = _confirm(hands, _reply(hands, order, 35), 34)
    answered = order.items.get()
    actions.record_recheck(answered, Outcome.FIXED, at=hands.at(33), text="14 个链接都能打开")
    actions.record_recheck(answered, Outcome.FIXED, at=hands.at(32), by=hands.colleague)
    actions.close_order(order, by=hands.department, at=hands.at(32))


def _under_recheck(hands: Hands) -> None:
    """国教学院, as in the picture: late, reminded, no more time, the machine still sees nothing."""
    outlet = hands.outlet("华园留学生之家", "wechat")
    silent = NewItem("unresponsive", "7 条评论超过 30 天未回应。", outlet)
    order = _issue(hands, outlet, hands.stale(outlet, 32, 24), silent, ago=24)
    order = _acknowledge(hands, order, 22)
    until = order.deadline + timedelta(days=14)
    extension = actions.ask_extension(
        order, wanted_on=until, reason="账号口令遗失，正在找回",
        by=hands.operator(order.unit), at=hands.at(16),
    )  # fmt: skip
    note = "口令找回不影响先注销或更名，不予延期"
    order = actions.refuse_extension(extension, note=note, by=hands.department, at=hands.at(15))
    for ago in (12, 8, 6):
        order = actions.remind_order(order, by=hands.department, at=hands.at(ago))
    order = _confirm(hands, _reply(hands, order, 3), 2)
    first, second = order.items.all()
    actions.record_recheck(first, Outcome.STILL, at=hands.at(1), text="仍未见更新")
    actions.record_recheck(second, Outcome.UNKNOWN, at=hands.at(1), text="评论须人工看")


def _often_reminded(hands: Hands) -> None:
    """后勤处: a severe one, never answered; the ladder has spoken to the department."""
    site = hands.outlet("华园大学后勤处网站", "website")
    item = NewItem("privacy", "维修公示的附件里有 63 人的身份证号。", site)
    order = _acknowledge(hands, _issue(hands, site, item, ago=20), 19)
    for ago in (11, 8, 5):
        order = actions.remind_order(order, by=hands.department, at=hands.at(ago))


def _on_the_leaders_desk(hands: Hands) -> None:
    """经管学院: answered, the leader has not yet said yes."""
    outlet = hands.outlet("华园经管校友", "wechat")
    order = _acknowledge(hands, _issue(hands, outlet, hands.stale(outlet, 45, 9), ago=9), 8)
    _reply(hands, order, 1, "校友工作转到校友会，账号已暂停推送，准备注销。")


def _mending(hands: Hands) -> None:
    """数信学院's 何嘉敏 has it on her list, and more time is asked for."""
    outlet = hands.outlet("华园数信团学", "wechat")
    order = _acknowledge(hands, _issue(hands, outlet, hands.stale(outlet, 38, 7), ago=7), 6)
    until = order.deadline + timedelta(days=7)
    actions.ask_extension(
        order, wanted_on=until, reason="团委换届，新负责人下周到岗",
        by=hands.operator(order.unit), at=hands.at(1),
    )  # fmt: skip


def _just_issued(hands: Hands) -> None:
    """艺术学院: nobody has acknowledged it."""
    outlet = hands.outlet("华园艺术", "weibo")
    item = NewItem("identity", "近一个月的 20 条里有 12 条是商业推介。", outlet, updated_on=None)
    _issue(hands, outlet, item, ago=1)


def _drafted(hands: Hands) -> None:
    """外语学院: written, not issued."""
    outlet = hands.outlet("华园外语", "douyin")
    item = hands.stale(outlet, 29, 1)
    actions.draft_order(outlet.unit, [item], by=hands.department, at=hands.at(0))


def _circulars(hands: Hands) -> None:
    """One of the month before, published; one being written."""
    university = next(unit for unit in hands.stage.units.values() if unit.name == NAME)
    today = hands.stage.today
    said = actions.CircularText(
        title="新媒体（网站）检查情况通报",
        unit=university,
        first_day=today - timedelta(days=60),
        last_day=today - timedelta(days=5),
        overall="多数单位能及时整改，个别单位多次提醒仍未整改。",
        demands="有问题的单位按整改通知单限期整改，其他单位举一反三。",
        mend_by=today + timedelta(days=14),
    )
    circular = actions.draft_circular(said, by=hands.department, at=hands.at(4))
    actions.publish_circular(circular, by=hands.department, at=hands.at(4))
    draft = actions.CircularText(
        title="安全类问题专项检查情况通报",
        unit=university,
        first_day=today - timedelta(days=30),
        last_day=today,
        platforms=["website"],
    )
    actions.draft_circular(draft, by=hands.colleague, at=hands.at(0))
