"""A roster of 数信学院 and one of the department, made through the real actions."""

from datetime import UTC, date, datetime, time, timedelta

from tests.meice.registry.scene import make_person, make_school

from meice.duty import actions
from meice.duty.models import Covers, LayerKind, Shift, Turn
from meice.duty.rota import Hours
from meice.orgs.roles import Role

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai, a working day."""
START = date(2026, 11, 23)
ALL_DAY = (Hours("全天", time(8), time(8)),)
TWO = (Hours("白班", time(8), time(20)), Hours("夜班", time(20), time(8)))


def after(at=MONDAY, **given):
    """So much later."""
    return at + timedelta(**given)


def staffed_school():
    """华园大学, and 林小满 as a third operator of 数信学院."""
    school = make_school()
    school.people["lin"] = make_person("M005", "林小满", school.maths, Role.OPERATOR)
    return school


def terms(name="新媒体值班", keepers=(), **given):
    return actions.RosterTerms(name, keepers, **given)


def a_roster(school, unit=None, by=None, name="新媒体值班", keepers=None, at=MONDAY, **given):
    """Of 数信学院, kept by 周启明."""
    unit = unit or school.maths
    keepers = [school.zhou] if keepers is None else keepers
    said = terms(name, keepers, **given)
    return actions.create_roster(unit, said, by=by or school.zheng, at=at)


def a_layer(school, roster, name="值班员", kind=LayerKind.OFFICER, by=None, clock=True, at=MONDAY):
    return actions.add_layer(
        roster, name, kind, round_the_clock=clock, by=by or school.zheng, at=at
    )


def a_pattern(school, layer, people, by=None, at=MONDAY, pattern=None, **given):
    """One person a day, all day, every day, from the Monday on."""
    said = actions.PatternTerms(
        **{
            "covers": Covers.EVERY, "turn": Turn.DAY, "start_on": START, "hours": ALL_DAY,
            "people": people, **given,
        }
    )  # fmt: skip
    return actions.set_pattern(layer, said, by=by or school.zheng, at=at, pattern=pattern)


def a_rota(school, at=MONDAY, people=None, roster=None, **given):
    """何, 陈, 林 in turn, a day each."""
    roster = roster or a_roster(school, at=at)
    people = people or [school.he, school.chen, school.lin]
    a_pattern(school, a_layer(school, roster, at=at), people, at=at, **given)
    roster.refresh_from_db()
    return roster


def shift_on(roster, day, **given):
    """The shift that begins on that day of November (or of the date)."""
    day = day if isinstance(day, date) else date(2026, 11, day)
    rows = Shift.objects.of(roster).filter(day=day, **{"layer__name": "值班员", **given})
    return rows.select_related("layer__roster__unit", "user").get()


def names(roster, first, last):
    """Who has the shifts of these days, in their order."""
    rows = Shift.objects.of(roster).between(first, last).order_by("begins_at", "layer__place")
    return [shift.user.name if shift.user else "" for shift in rows.select_related("user")]


def written(shift, by, at, text="无异常", **given):
    return actions.write_handover(shift, text, by=by, at=at, **given)
