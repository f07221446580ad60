"""Incidents in each state, made by real acts when first asked for."""

from datetime import timedelta
from uuid import uuid4

from tests.meice.incidents import scene
from tests.meice.incidents.scene import MONDAY, minutes

from meice.incidents import actions
from meice.incidents.actions import terms
from meice.incidents.models import Incident, Letter
from meice.incidents.workflow import CHAIN, TERMS, TermName

LONG_AGO = MONDAY - timedelta(days=400)


def _reported(world, **given):
    facts = {"title": f"评论区出现广告{world.mark}"[:120], "text": f"见截图{world.mark}", **given}
    return scene.reported(world.cast, **facts)


def open_one(world):
    return _reported(world)


def safe(world):
    """Of a security class."""
    return _reported(world, kind="tampered", link=f"http://x/{world.mark}")


def claimed(world):
    return actions.acknowledge_incident(open_one(world), by=world.cast.he, at=minutes(3))


def _handled(world, **given):
    incident = _reported(world, **given)
    actions.acknowledge_incident(incident, by=world.cast.he, at=minutes(3))
    file = scene.a_file(world.cast, f"截图{world.mark}.png")
    return actions.take_measure(
        incident, text=f"已删除{world.mark}", cleared=True, files=[file], by=world.cast.he,
        at=minutes(9),
    )  # fmt: skip


def handling(world):
    return _handled(world)


def ordinary(world):
    return _handled(world, kind="opinion", severity="ordinary")


def referred(world):
    """To 保卫处, not signed for."""
    incident = _handled(world)
    said = scene.a_letter(facts=f"见系统{world.mark}", attachments=f"图{world.mark}")
    actions.refer_incident(incident, said, by=world.cast.liang, at=minutes(20))
    return scene.fresh(incident)


def received(world):
    incident = referred(world)
    actions.receive_letter(
        letter_of(incident), by=world.cast.qin, at=minutes(30), note=f"收到{world.mark}",
        scan=scene.a_file(world.cast, "回执.png"),
    )  # fmt: skip
    return incident


def closed(world):
    return _closed(world, handling(world))


def _closed(world, incident, at=MONDAY):
    return actions.close_incident(
        incident, conclusion=f"已处置{world.mark}", lessons=f"加强审核{world.mark}",
        by=world.cast.liang, at=minutes(60, at),
    )  # fmt: skip


def far(world):
    """Of 园艺学院, ended long ago: its page says the same whenever it is read."""
    _open_to_the_public(world)
    facts = {"unit": world.cast.garden, "by": world.cast.su, "at": LONG_AGO}
    incident = scene.reported(world.cast, kind="opinion", severity="ordinary", **facts)
    actions.acknowledge_incident(incident, by=world.cast.su, at=minutes(3, LONG_AGO))
    actions.take_measure(incident, text="已回应", by=world.cast.su, at=minutes(5, LONG_AGO))
    return _closed(world, scene.fresh(incident), LONG_AGO)


def merged(world):
    return actions.merge_incident(
        open_one(world), target=world.thing("incident handling", handling), by=world.cast.liang,
        at=minutes(20),
    )  # fmt: skip


def _open_to_the_public(world):
    if not terms.is_public_open():
        terms.set_term(TermName.PUBLIC, 1, by=world.cast.liang)


def public(world):
    """From a stranger who left a telephone number."""
    _open_to_the_public(world)
    said = actions.PublicText(
        "harmful", f"有诈骗{world.mark}", f"二维码{world.mark}", f"javascript:{world.mark}"[:500],
        f"同学{world.mark}", "13900000099",
    )  # fmt: skip
    actions.receive_public_report(said, token=uuid4(), sender="a", at=MONDAY)
    return Incident.objects.get(source="public")


def letter_of(incident):
    return Letter.objects.get(incident=incident.pk)


INCIDENTS = {
    "open": open_one, "safe": safe, "claimed": claimed, "handling": handling,
    "ordinary": ordinary, "referred": referred, "received": received, "closed": closed,
    "far": far, "merged": merged, "public": public,
}  # fmt: skip
SAFE = ("safe", "referred", "received")
PLAIN = {at: make for at, make in INCIDENTS.items() if at not in SAFE}
"""Of no concern to the security offices."""
REASON = {"reason": "核实过"}


def thing(world, at):
    return world.thing(f"incident {at}", INCIDENTS[at])


def _pk(world, person, at):
    return {"pk": thing(world, at).pk} if at else {}


def _letter(world, person, at):
    incident = thing(world, at)
    return {"pk": incident.pk, "letter": letter_of(incident).pk}


def arguments(rows):
    """How each URL of these rows gets its arguments."""
    return {
        **{row.name: _letter if "-letter-" in row.name else _pk for row in rows if row.at},
        "incident-evidence": lambda world, person, at: {"pk": thing(world, at).pk, "number": 1},
    }


def _chain(world, at):
    sent = {"rung-TOTAL_FORMS": len(CHAIN), "rung-INITIAL_FORMS": 0}
    for number, rung in enumerate(CHAIN):
        sent |= {f"rung-{number}-{key}": getattr(rung, key)
                 for key in ("watch", "minutes", "audience")}  # fmt: skip
    return sent


FORMS = {
    "incident-new": lambda w, at: {
        "title": "页面打不开", "kind": "outage", "text": "502", "unit": "",
    },
    "incident-times-set": lambda w, at: {name.value: 30 for name in TERMS},
    "incident-doors-set": lambda w, at: {"public_address": 5, "public_all": 60},
    "incident-chain-set": _chain,
    "incident-head-set": lambda w, at: {"words": "华园媒转"},
    "incident-handle": lambda w, at: {"text": "已删除"},
    "incident-note": lambda w, at: {"text": "家长来电"},
    "incident-assign": lambda w, at: {"to": w.cast.liang.pk},
    "incident-grade": lambda w, at: {
        "kind": "tampered", "severity": "ordinary", "unit": w.cast.maths.pk, "reason": "轻了",
    },
    "incident-refer": lambda w, at: {"office": "guard", "facts": "见系统", "request": "请核查"},
    "incident-close": lambda w, at: {"conclusion": "已处置", "lessons": "加强审核"},
    "incident-merge": lambda w, at: {"number": thing(w, "handling").number},
    **dict.fromkeys(
        ("incident-resume", "incident-dismiss", "incident-reopen"), lambda w, at: REASON
    ),
}  # fmt: skip
