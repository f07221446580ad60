"""Sessions, lists of who was there and certificates, made by real acts when first asked for."""

from datetime import date, timedelta
from io import BytesIO

from tests.meice.training import scene

from meice.files.actions import keep_file
from meice.kernel.clock import now
from meice.training import actions
from meice.training.actions import intakes

LONG_AGO = scene.days(-400)
"""Of far things: their page says the same whenever it is read."""


def demand(world):
    """The school's, not a unit's: without the mark."""
    return world.thing(
        "training demand",
        lambda w: actions.set_topic("网络安全", ["operator", "reviewer"], 12, by=w.cast.liang),
    )


def topic(world):
    return actions.set_topic(f"主题{world.mark}"[:100], ["security"], 0, by=world.cast.liang)


def _session(world, unit, by, at, files=()):
    facts = actions.SessionFacts(
        f"培训{world.mark}", demand(world), unit, ["operator", "reviewer"], at,
        f"报告厅{world.mark}", "", f"带笔记本{world.mark}",
    )  # fmt: skip
    return actions.plan_session(unit, facts, by=by, at=min(at, now()), files=files)


def near(world):
    """To come, with a file."""
    file = keep_file(
        BytesIO(b"%PDF-1.4"), name=f"讲义{world.mark}.pdf", by=world.cast.he, purpose="training"
    )
    return _session(world, world.cast.maths, world.cast.he, now() + timedelta(days=9), [file])


def begun(world):
    made = _session(world, world.cast.maths, world.cast.he, now() - timedelta(hours=2))
    marks = {world.cast.he.pk: "present", world.cast.zhou.pk: "excused"}
    actions.mark_attendance(made, marks, by=world.cast.he, at=now())
    return made


def held(world):
    return actions.hold_session(begun(world), by=world.cast.he, at=now())


def cancelled(world):
    made = near(world)
    return actions.cancel_session(made, reason=f"停电{world.mark}", by=world.cast.he, at=now())


def far(world):
    return _session(world, world.cast.garden, world.cast.su, LONG_AGO)


def _certificate(world, person, file=None):
    facts = actions.CertificateFacts(
        person, f"合格证{world.mark}", date(2026, 1, 5), demand(world), f"HY{world.mark}"[:80],
        f"培训中心{world.mark}",
    )  # fmt: skip
    return actions.add_certificate(facts, by=person, at=now(), file=file)


def certificate(world):
    file = keep_file(
        BytesIO(b"%PDF-1.4"), name=f"证{world.mark}.pdf", by=world.cast.he, purpose="certificate"
    )
    return _certificate(world, world.cast.he, file)


def far_certificate(world):
    return _certificate(world, world.cast.su)


def intake(world):
    """A list with a good row and one of nobody."""
    content = scene.a_list(
        (world.cast.he.username, "", "", "到会"), ("", f"某{world.mark}", "", "")
    )
    session = world.thing("training begun", begun)
    return intakes.create_intake(
        session, content, name=f"签到{world.mark}.xlsx", by=world.cast.he, at=now()
    )


MAKERS = {
    "training": {"near": near, "far": far, "begun": begun, "held": held, "cancelled": cancelled},
    "certificate": {"near": certificate, "far": far_certificate},
    "attendance": {"read": intake},
    "topic": {"made": topic},
}
LIVED = ("training", "certificate", "attendance")
"""What a unit does; a topic is the school's."""


def thing(world, kind, at):
    return world.thing(f"{kind} {at}", MAKERS[kind][at])


def _arguments(name):
    kind = "topic" if name.startswith("training-topic-") else name.partition("-")[0]

    def find(world, person, at):
        found = thing(world, kind, at)
        material = found.materials.first() if name == "training-material" else None
        more = {"file": material.pk if material else 0} if name == "training-material" else {}
        return {"pk": found.pk, **more}

    return find


def arguments(rows):
    """By the name of the URL."""
    return {row.name: _arguments(row.name) for row in rows if row.at}


FORMS = {
    "training-topics": lambda w, at: {"name": "保密", "roles": ["leader"], "months": 12},
    "training-invite": lambda w, at: {"person": w.cast.zheng.pk},
    "attendance-apply": lambda w, at: {
        "digest": intakes.digest_of(intakes.plan_of(thing(w, "attendance", at)))
    },
}
