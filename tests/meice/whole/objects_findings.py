"""Findings, probes, activity, leads, orders and circulars: arguments of their URLs, and forms."""

from tests.meice.whole import things_duty as duty
from tests.meice.whole import things_inspections as inspections
from tests.meice.whole import things_rectification as rectification
from tests.meice.whole.rows_inspections import INSPECTIONS
from tests.meice.whole.rows_rectification import RECTIFICATION

from meice.rectification.models import OrderItem
from meice.rectification.workflow import TERMS

MAKERS = {
    "finding": inspections.FINDINGS, "schedule": inspections.SCHEDULES, "run": inspections.RUNS,
    "site": inspections.CHECKS, "source": inspections.SOURCES, "lead": inspections.LEADS,
    "statistics": inspections.STATISTICS, "order": rectification.ORDERS,
    "circular": rectification.CIRCULARS,
}  # fmt: skip
OUTLETS = {
    "near": rectification.outlet, "far": rectification.far_outlet,
    "far site": inspections.far_site,
}  # fmt: skip
OF_OUTLETS = {
    "outlet-activity", "activity-attest", "activity-sample", "source-feed", "source-wechat",
}  # fmt: skip


def thing(world, kind, at):
    """The one of this kind that is so."""
    return world.thing(f"{kind} {at}", MAKERS[kind][at])


def _pk_of(name):
    """An outlet, or the thing that the first word of the URL's name says."""
    if name in OF_OUTLETS:
        return lambda world, person, at: {"pk": OUTLETS[at](world).pk}
    kind = name.partition("-")[0]
    return lambda world, person, at: {"pk": thing(world, kind, at).pk} if at else {}


def _proof(world, person, at):
    finding = thing(world, "finding", at)
    return {"pk": finding.pk, "proof": inspections.proof_of(finding)}


def _file(world, person, at):
    order = thing(world, "order", at)
    return {"pk": order.pk, "file": rectification.file_of(order)}


ARGUMENTS = {
    **{row.name: _pk_of(row.name) for row in (*INSPECTIONS, *RECTIFICATION) if row.at},
    "finding-exported": lambda w, p, at: {"pk": w.thing("findings", inspections.export).pk},
    "vacation-drop": lambda w, p, at: {"pk": w.thing("vacation", inspections.vacation).pk},
    "finding-evidence": _proof,
    "order-file": _file,
    **duty.ARGUMENTS,
}


def _conclusions(world, at):
    """Every problem that waits for a person is found mended."""
    waiting = OrderItem.objects.filter(order=thing(world, "order", at), status="answered")
    said = {f"outcome-{item.pk}": "fixed" for item in waiting}
    return said | {f"seen-{item.pk}": "看过" for item in waiting} | {"reason": "还没改"}


REASON = {"note": "理由", "reason": "理由"}
FORMS = {
    "findings-order": lambda w, at: {"finding": thing(w, "finding", "confirmed").pk},
    "finding-judge": lambda w, at: {"verdict": "dismiss", "note": "误报"},
    "finding-transfer": lambda w, at: {"to": w.cast.liang.pk},
    "vacation-add": lambda w, at: {"name": "寒假", "first": "2036-01-20", "last": "2036-02-20"},
    "line-set": lambda w, at: {"platform": "wechat", "days": 30, "remind": 5, "clause": "校规"},
    "lead-adopt": lambda w, at: {"unit": w.cast.maths.pk, "note": "学院的"},
    **dict.fromkeys(
        ("finding-reconsider", "lead-disown", "lead-suspect", "lead-rethink", "order-decline",
         "order-grant", "order-refuse", "order-withdraw"),
        lambda w, at: REASON,
    ),
    **dict.fromkeys(("order-recheck", "order-return", "order-close"), _conclusions),
    "order-terms-set": lambda w, at: {name.value: 5 for name in TERMS},
    **duty.FORMS,
    "order-head-set": lambda w, at: {"series": "ZG", "words": "华园媒整"},
}  # fmt: skip
