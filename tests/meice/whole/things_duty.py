"""Rosters and what is on them, each in its state, made by real acts when first asked for."""

from datetime import time, timedelta

from django.utils import timezone
from tests import given
from tests.meice.whole import things_registry as register

from meice.duty import actions
from meice.duty.models import Covers, LayerKind, Shift, Turn
from meice.duty.rota import Hours, Rotation, plan
from meice.kernel.clock import now
from meice.kernel.workdays import calendar

HOURS = tuple(Hours(f"{at}时", time(at), time((at + 3) % 24)) for at in range(0, 24, 3))
"""Eight watches a day: the one that runs may always be handed over."""


def _first_on_duty(first, second, at):
    """The two in the order in which `first` is on duty now."""
    start = timezone.localdate(at) - timedelta(days=1)
    rotation = Rotation(Covers.EVERY, Turn.SHIFT, start, HOURS, (1, 2))
    running = next(
        one for one in plan([rotation], calendar(), start, start + timedelta(days=1))
        if one.begins_at <= at < one.ends_at
    )  # fmt: skip
    return start, [first, second] if running.person == 1 else [second, first]


def _roster(world, unit, by, people, name):
    at = now()
    terms = actions.RosterTerms(f"{name}{world.mark}"[:60])
    roster = actions.create_roster(unit, terms, by=by, at=at)
    layer = actions.add_layer(
        roster, f"值班员{world.mark}"[:20], LayerKind.OFFICER, round_the_clock=True, by=by, at=at
    )
    start, order = _first_on_duty(*people, at)
    hours = [Hours(f"{one.name}{world.mark}"[:12], one.begins, one.ends) for one in HOURS]
    said = actions.PatternTerms(Covers.EVERY, Turn.SHIFT, start, hours, order)
    actions.set_pattern(layer, said, by=by, at=at)
    return roster


def near(world):
    """何 is on duty now, 周 after her."""
    cast = world.cast
    return world.thing(
        "duty roster",
        lambda w: _roster(w, cast.maths, cast.zheng, [cast.he, cast.zhou], "新媒体值班"),
    )


def far(world):
    leader = register.garden_leader(world)
    people = [world.cast.su, leader]
    return world.thing(
        "duty far roster", lambda w: _roster(w, w.cast.garden, leader, people, "园艺值班")
    )


def noted(world):
    """Another one of 数信学院: a newcomer is on duty now, 郑 after her."""
    return world.thing("duty noted roster", _noted)


def newcomer(world):
    return world.thing(
        "duty newcomer", lambda w: given.a_person("新来的", w.cast.maths, by=w.cast.lu)
    )


def _noted(world):
    people = [newcomer(world), world.cast.zheng]
    return _roster(world, world.cast.maths, world.cast.zheng, people, "网络安全值守")


def closed(world):
    cast = world.cast
    roster = actions.create_roster(
        cast.maths, actions.RosterTerms(f"旧表{world.mark}"[:60]), by=cast.zheng, at=now()
    )
    return actions.close_roster(roster, by=cast.zheng, at=now())


def _running(roster):
    return Shift.objects.of(roster).at(now()).get()


def shift(world):
    return _running(near(world))


def far_shift(world):
    return _running(far(world))


def _ahead(world, who, days):
    rows = Shift.objects.of(near(world)).filter(user=who)
    return rows.filter(begins_at__gt=now() + timedelta(days=days)).order_by("begins_at").first()


def hers(world):
    return _ahead(world, world.cast.he, 2)


def layer(world):
    return near(world).layers.first()


def far_layer(world):
    return far(world).layers.first()


def empty_layer(world):
    return actions.add_layer(
        near(world), f"网评{world.mark}"[:20], LayerKind.SPECIALIST, round_the_clock=False,
        by=world.cast.zheng, at=now(),
    )  # fmt: skip


def pattern(world):
    return layer(world).patterns.get()


def far_pattern(world):
    return far_layer(world).patterns.get()


def swap(world):
    """周 has asked 何 to take a shift."""
    return actions.ask_swap(
        _ahead(world, world.cast.zhou, 4), to=world.cast.he, reason=f"有课{world.mark}",
        by=world.cast.zhou, at=now(),
    )  # fmt: skip


def handover(world):
    """The newcomer's note waits for 郑."""
    return world.thing("duty note", _handover)


def _handover(world):
    return actions.write_handover(
        _running(noted(world)), f"无异常{world.mark}", items=[f"回电{world.mark}"],
        by=newcomer(world), at=now(),
    )  # fmt: skip


def item(world):
    return handover(world).items.get()


def stand_in(world):
    first = timezone.localdate(now()) + timedelta(days=10)
    absence = actions.Absence(
        newcomer(world), world.cast.zheng, first, first + timedelta(days=2), f"公出{world.mark}"
    )
    return actions.arrange_stand_in(noted(world), absence, by=world.cast.zheng, at=now())


MAKERS = {
    "roster": {"near": near, "far": far, "closed": closed},
    "shift": {"near": shift, "far": far_shift, "hers": hers},
    "layer": {"near": layer, "far": far_layer, "empty": empty_layer},
    "pattern": {"near": pattern, "far": far_pattern},
    "swap": {"near": swap},
    "handover": {"near": handover},
    "item": {"near": item},
    "stand-in": {"near": stand_in},
}
OF = {
    "roster": (
        "roster", "roster-calendar", "roster-print", "roster-tally", "roster-notes",
        "roster-export", "roster-tally-export", "roster-edit", "roster-close", "roster-reopen",
        "roster-fill", "roster-replan", "stand-in-new", "layer-new",
    ),
    "shift": ("shift", "duty-number", "shift-change", "shift-swap", "shift-handover"),
    "layer": ("layer-edit", "layer-drop", "pattern-new"),
    "pattern": ("pattern-edit", "pattern-drop"),
    "swap": ("swap", "swap-accept", "swap-decline", "swap-withdraw"),
    "handover": ("handover", "handover-accept", "handover-return"),
    "item": ("item-close",),
    "stand-in": ("stand-in-end",),
}  # fmt: skip


def _pk_of(kind):
    def find(world, person, at):
        make = MAKERS[kind][at]
        return {"pk": world.thing(f"duty {make.__name__}", make).pk}

    return find


ARGUMENTS = {name: _pk_of(kind) for kind, names in OF.items() for name in names}
FORMS = {
    "roster-fill": lambda w, at: {"until": str(timezone.localdate(now()) + timedelta(days=40))},
    "handover-return": lambda w, at: {"note": "没写时间"},
}
