"""The regulations library and compliance: arguments of their URLs, and forms."""

from tests.meice.compliance.scene import answers
from tests.meice.whole import things_compliance as things
from tests.meice.whole.rows_compliance import COMPLIANCE, REGULATIONS

from meice.compliance.actions import intakes
from meice.compliance.workflow import TERMS

MAKERS = {
    "regulation": things.DOCUMENTS, "compliance": things.FILES, "custody": things.CUSTODIES,
    "device": things.DEVICES, "devices": things.INTAKES,
}  # fmt: skip
RECORDED = {"compliance-record": "review", "compliance-file": "review"}


def thing(world, kind, at):
    """The one of this kind that is so."""
    return world.thing(f"{kind} {at}", MAKERS[kind][at])


def _arguments(name):
    kind = name.partition("-")[0]
    if kind == "clause":
        return lambda world, person, at: {"key": world.thing("clause", things.clause).key}
    if name == "custody-new":
        of = {"near": things.outlet, "far": things.far_outlet}
        return lambda world, person, at: {"pk": of[at](world).pk}
    more = {"kind": RECORDED[name]} if name in RECORDED else {}
    return lambda world, person, at: {"pk": thing(world, kind, at).pk, **more}


ARGUMENTS = {row.name: _arguments(row.name) for row in (*REGULATIONS, *COMPLIANCE) if row.at}


def _digest(world, at):
    return {"digest": intakes.digest_of(intakes.plan_of(thing(world, "devices", at)))}


CHECK = {f"q-{key}": "yes" for key in answers()} | {"on": "2026-11-20"}
FORMS = {
    "compliance-terms-set": lambda w, at: {name.value: days for name, (_, days) in TERMS.items()},
    "custody-rotate": lambda w, at: {"on": "今天"},
    "device-check": lambda w, at: CHECK,
    "device-retire": lambda w, at: {"reason": "退库"},
    "devices-apply": _digest,
}
