"""Orders and circulars, each in its state, made by real acts when first asked for."""

from datetime import date

from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY
from tests.meice.whole import things_registry as register

from meice.rectification import actions
from meice.rectification.models import Order

LAST_DAY = date(2035, 3, 1)
"""Of every order: whenever the tests run, it is not late."""


def outlet(world):
    return world.thing("outlet near", register.near)


def far_outlet(world):
    return world.thing("outlet far", register.far)


def _draft(world, unit, *items):
    return actions.draft_order(
        unit, list(items), by=world.cast.liang, at=MONDAY, demands=f"限期整改{world.mark}"
    )


def _issued(world, order):
    return actions.issue_draft(order, by=world.cast.liang, at=MONDAY, deadline=LAST_DAY)


def draft(world):
    item = scene.stale(outlet(world), text=f"连续56天未更新{world.mark}。")
    return _draft(world, world.cast.maths, item)


def far_draft(world):
    return _draft(world, world.cast.garden, scene.stale(far_outlet(world)))


def issued(world):
    return _issued(world, draft(world))


def far_issued(world):
    return _issued(world, far_draft(world))


def safe(world):
    """With a problem of the security classes."""
    item = scene.stale(outlet(world), problem="transport", text="证书过期。")
    return _issued(world, _draft(world, world.cast.maths, item))


def mending(world):
    return actions.acknowledge_order(issued(world), by=world.cast.he, at=MONDAY)


def far_mending(world):
    return actions.acknowledge_order(far_issued(world), by=world.cast.su, at=MONDAY)


def confirming(world):
    """Answered, with a proof."""
    order = mending(world)
    file = scene.a_file(world.cast)
    words = scene.said(order, text=f"已恢复更新{world.mark}。")
    return actions.reply_to_order(order, words, proofs=[file], by=world.cast.he, at=MONDAY)


def far_confirming(world):
    order = far_mending(world)
    return actions.reply_to_order(order, scene.said(order), by=world.cast.su, at=MONDAY)


def replied(world):
    return actions.confirm_reply(confirming(world), by=world.cast.zheng, at=MONDAY)


def far_replied(world):
    leader = register.garden_leader(world)
    return actions.confirm_reply(far_confirming(world), by=leader, at=MONDAY)


def _judged(world, order, outcome):
    for item in order.items.all():
        actions.record_recheck(item, outcome, by=world.cast.liang, at=MONDAY, text="看过")
    return Order.objects.get(pk=order.pk)


def mended(world):
    """Every problem was found mended by a person."""
    return _judged(world, replied(world), "fixed")


def unmended(world):
    return _judged(world, replied(world), "still")


def closed(world):
    return actions.close_order(mended(world), by=world.cast.liang, at=MONDAY)


def _asked(order, by):
    actions.ask_extension(order, wanted_on=date(2035, 9, 3), reason="放假", by=by, at=MONDAY)
    return Order.objects.get(pk=order.pk)


def asked(world):
    return _asked(mending(world), world.cast.he)


def far_asked(world):
    return _asked(far_mending(world), world.cast.su)


def file_of(order):
    """The proof of its one reply."""
    return order.replies.get().proofs.get().file_id


def _circular(world, unit):
    said = actions.CircularText(
        title=f"检查情况通报{world.mark}"[:120], unit=unit, first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31),
    )  # fmt: skip
    return actions.draft_circular(said, by=world.cast.liang, at=MONDAY)


def drafted(world):
    return _circular(world, world.cast.university)


def _published(world, circular):
    return actions.publish_circular(circular, by=world.cast.liang, at=MONDAY)


def published(world):
    return _published(world, drafted(world))


def far_published(world):
    """Of 园艺学院 alone."""
    return _published(world, _circular(world, world.cast.garden))


ORDERS = {
    "draft": draft, "far draft": far_draft, "issued": issued, "far issued": far_issued,
    "safe": safe, "mending": mending, "far mending": far_mending, "confirming": confirming,
    "far confirming": far_confirming, "replied": replied, "far replied": far_replied,
    "mended": mended, "unmended": unmended, "closed": closed, "asked": asked,
    "far asked": far_asked,
}  # fmt: skip
CIRCULARS = {"drafted": drafted, "published": published, "far published": far_published}
