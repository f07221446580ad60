"""A school with an order in any state, made through the real actions."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from tests.meice.registry.scene import accepted, make_school, opening

from meice.files.actions import keep_file
from meice.rectification import actions
from meice.rectification.models import Order, OrderItem

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai, a working day."""


def days(number, at=MONDAY):
    """So many days later, the same hour."""
    return at + timedelta(days=number)


def school_with_outlet():
    """华园大学 and 华园数信, a WeChat account of 数信学院 in use."""
    school = make_school()
    return school, accepted(school, opening(school)).outlet


def stale(outlet, **given):
    """A zombie item about the outlet."""
    return actions.NewItem(
        **{
            "problem": "stale",
            "text": "最近一条信息发布于2026年9月28日，连续56天未更新。",
            "outlet": outlet,
            "updated_on": date(2026, 9, 28),
            **given,
        }
    )


def silent(outlet, **given):
    """Comments without an answer."""
    return actions.NewItem(
        **{"problem": "unresponsive", "text": "7条评论超过30天未回应。", "outlet": outlet, **given}
    )


def an_order(school, *items, by=None, at=MONDAY, **given):
    """Issued to 数信学院."""
    return actions.issue_order(school.maths, list(items), by=by or school.liang, at=at, **given)


def acknowledged(school, *items, at=MONDAY, **given):
    """签收 by 何嘉敏."""
    order = an_order(school, *items, at=at, **given)
    return actions.acknowledge_order(order, by=school.he, at=at)


def said(order, text="已恢复更新，逐条回复。", link="https://sx.huayuan.edu.cn/news/1"):
    """A reply with its words for every open item."""
    items = OrderItem.objects.filter(order=order, status="open")
    return actions.ReplyText(
        text,
        {item.pk: f"第 {item.place} 项已改。" for item in items},
        {item.pk: link for item in items},
    )


def a_file(school, name="整改报告.pdf", by=None, content=b"%PDF-1.4 report"):
    """A kept upload."""
    return keep_file(BytesIO(content), name=name, by=by or school.he, purpose="order-proof")


def answered(school, order, at=MONDAY, **given):
    """答复 by 何嘉敏, before the leader's word."""
    return actions.reply_to_order(order, said(order, **given), by=school.he, at=at)


def replied(school, *items, at=MONDAY, **given):
    """Answered and confirmed by the leader: the department's turn."""
    order = answered(school, acknowledged(school, *items, at=at, **given), at=at)
    return actions.confirm_reply(order, by=school.zheng, at=at)


def judged(school, order, outcome="fixed", by=None, at=MONDAY):
    """A person's conclusion on every answered item."""
    for item in OrderItem.objects.filter(order=order, status="answered"):
        actions.record_recheck(
            item, outcome, by=by or school.huang, at=at, text="看过", evidence_url="/x/"
        )
    return fresh(order)


def fresh(order):
    """The row as the database has it."""
    return Order.objects.get(pk=order.pk)
