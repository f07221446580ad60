"""Loads what an import is compared with, and plans it."""

from collections.abc import Iterable

from meice.orgs.intake.columns import Rows
from meice.orgs.intake.model import KnownPerson, KnownPost, KnownUnit, Plan, Snapshot
from meice.orgs.intake.plan_people import plan_people
from meice.orgs.intake.plan_units import plan_units
from meice.orgs.intake.reading import Row
from meice.orgs.models import Intake, IntakeSubject, Post, Unit, User
from meice.orgs.roles import Right


def plan_of(intake: Intake, by: User) -> Plan:
    """What the import would do now."""
    rows = list(rows_of(intake))
    known = snapshot(by)
    return (
        plan_units(rows, known)
        if intake.subject == IntakeSubject.UNITS
        else plan_people(rows, known)
    )


def rows_of(intake: Intake) -> Iterable[Row]:
    """The rows below the heading that hold anything."""
    grid: Rows = intake.grid
    for at, cells in enumerate(grid[intake.head_row :], intake.head_row + 1):
        if any(cells):
            yield Row(at, cells, intake.mapping, intake.subject)


def snapshot(by: User) -> Snapshot:
    """Units in the importer's reach, and every account (others' are known, not written)."""
    reach = by.reach(Right.MANAGE_USERS)
    posts = list(_posts())
    return Snapshot(
        home=by.post.unit_id if by.post else 0,
        units=tuple(_units(reach)),
        people={one.username.lower(): one for one in _people(reach)},
        posts=tuple(posts),
        importer=by.username.lower(),
    )


def _units(reach: tuple[str, ...]) -> Iterable[KnownUnit]:
    rows = list(Unit.objects.active().below(*reach))
    above = dict(Unit.objects.values_list("path", "pk"))
    for unit in rows:
        yield KnownUnit(
            unit.pk, unit.name, above.get(unit.path[: -Unit.steplen]), unit.path,
            unit.short_name, tuple(unit.alias_list), unit.kind, unit.phone,
        )  # fmt: skip


def _people(reach: tuple[str, ...]) -> Iterable[KnownPerson]:
    elsewhere = set(
        Post.objects.current()
        .exclude(pk__in=Post.objects.below(*reach))
        .values_list("user", flat=True)
    )
    fields = ("pk", "username", "name", "mobile", "email", "is_active")
    for pk, username, name, mobile, email, active in User.objects.values_list(*fields):
        here = pk not in elsewhere
        yield KnownPerson(
            pk, username, name if here else "", mobile if here else "", email if here else "",
            active, here, "" if here else "此人在别的单位有岗位，由那里的系统管理员办理。",
        )  # fmt: skip


def _posts() -> Iterable[KnownPost]:
    rows = Post.objects.current().values_list(
        "user__username", "unit", "role", "is_permanent", "is_student", "supervised_by__username"
    )
    for username, unit, role, permanent, student, teacher in rows:
        yield KnownPost(username.lower(), unit, role, permanent, student, (teacher or "").lower())
