"""Plans, lists and rounds: arguments of their URLs, and what their forms send."""

from datetime import time

from tests.meice.whole import things_patrols as patrols
from tests.meice.whole.rows_patrols import PATROLS

from meice.patrols.workflow import TERMS


def round_at(world, at):
    return world.thing(f"round {at}", patrols.ROUNDS[at])


def plan_at(world, at):
    return world.thing(f"patrol plan {at}", patrols.PLANS[at])


def _pk_of(name):
    """A round, a plan, or the list of a plan."""
    if name.startswith("round"):
        return lambda world, person, at: {"pk": round_at(world, at).pk}
    if name.startswith("checklist"):
        return lambda world, person, at: {"pk": plan_at(world, at).checklist_id}
    if name == "patrol-day-drop":
        return lambda world, person, at: {"pk": world.thing("notable", patrols.notable).pk}
    return lambda world, person, at: {"pk": plan_at(world, at).pk}


def _at_first(**more):
    return lambda world, person, at: {"pk": round_at(world, at).pk, "place": 1, **more}


def _photo(world, person, at):
    made = round_at(world, at)
    return {"pk": made.pk, "photo": patrols.photo_of(made)}


ARGUMENTS = {
    **{row.name: _pk_of(row.name) for row in PATROLS if row.at},
    **dict.fromkeys(("round-visit", "round-save", "round-fine"), _at_first()),
    **dict.fromkeys(("round-find", "round-report"), _at_first(key="content")),
    **dict.fromkeys(("round-file", "round-photo-drop"), _photo),
}


def _plan_text(world, at):
    """What the form of a plan sends."""
    unit = {"far": world.cast.garden}.get(at, world.cast.maths)
    walker = {"far": world.cast.su}.get(at, world.cast.he)
    world.thing("outlet near", patrols.register.near)
    return {
        "name": "改过的计划", "unit": unit.pk, "rhythm": "daily", "begins_at": time(8, 30),
        "due_at": time(12), "span_days": 0, "manning": "named", "patrollers": [walker.pk],
        "checklist": "daily", "version": plan_at(world, at).version if at else 0,
    }  # fmt: skip


def _lines(world, at):
    """The form of a list, as it stands."""
    checklist = plan_at(world, at).checklist
    checks = checklist.current.checks
    said = {"name": "自己的清单", "number": checklist.number, "check-INITIAL_FORMS": len(checks),
            "check-TOTAL_FORMS": len(checks)}  # fmt: skip
    for n, check in enumerate(checks):
        said |= {
            f"check-{n}-key": check.key, f"check-{n}-text": check.text,
            f"check-{n}-problem": check.problem, f"check-{n}-ORDER": n + 1,
        }  # fmt: skip
    return said


FORMS = {
    **dict.fromkeys(
        ("round-visit", "round-save"), lambda w, at: {"state-links": "ok", "note": "看过"}
    ),
    "round-find": lambda w, at: {"problem": "gambling", "text": "广告"},
    "round-report": lambda w, at: {"kind": "harmful", "title": "广告", "text": "贷款广告"},
    "round-excuse": lambda w, at: {"reason": "校园网检修"},
    **dict.fromkeys(("patrol-plan-new", "patrol-plan-edit"), _plan_text),
    "patrol-plan-start": lambda w, at: {"occasion": "校庆"},
    "checklist-copy": lambda w, at: {"pattern": "nine"},
    "checklist-edit": _lines,
    "patrol-terms-set": lambda w, at: {name.value: 5 for name in TERMS},
    "patrol-day-add": lambda w, at: {"name": "校庆", "month": 10, "day": 18},
}  # fmt: skip
