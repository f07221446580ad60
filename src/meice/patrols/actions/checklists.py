"""Lists: copied from a pattern or another list, changed by a new version."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.patrols import policies
from meice.patrols.checklist import PATTERN_BY_KEY, Check, Pattern, stored
from meice.patrols.models import Checklist, ChecklistVersion

MOST_CHECKS = 40


@transaction.atomic
def copy_pattern(pattern: Pattern, unit: Unit, *, by: User, at: datetime) -> Checklist:
    """The unit's copy of a list that ships; the one it has when it copied it before."""
    require(policies.may_plan(by, unit))
    had = Checklist.objects.filter(unit=unit, pattern=pattern.key).first()
    return had or _make(pattern.name, unit, pattern.checks, by, at, pattern=pattern.key)


@transaction.atomic
def copy_checklist(source: Checklist, unit: Unit, *, by: User, at: datetime) -> Checklist:
    """A copy of another list, which the unit then changes as it likes."""
    require(policies.may_plan(by, unit))
    return _make(_free_name(source.name, unit), unit, source.current.checks, by, at)


@transaction.atomic
def edit_checklist(
    checklist: Checklist,
    checks: Sequence[Check],
    *,
    name: str,
    number: int,
    by: User,
    at: datetime,
) -> Checklist:
    """A new version; rounds that are open keep theirs. `number` is the version that was on the
    page: `Refused` when somebody has saved another meanwhile."""
    checklist = Checklist.objects.select_for_update().get(pk=checklist.pk)
    require(policies.may_edit_checklist(by, checklist))
    if number != checklist.number:
        raise Refused("你打开之后，别人改过这份清单。请看过新的一版再改。")
    wanted = _checked(checks)
    checklist.name = _good_name(name, checklist)
    if wanted == checklist.current.checks:
        checklist.save(update_fields=["name"])
        return checklist
    checklist.number += 1
    checklist.save(update_fields=["name", "number"])
    _add_version(checklist, wanted, by, at)
    detail: Detail = {"name": checklist.name, "number": checklist.number, "checks": len(wanted)}
    record("checklist.edit", checklist, by=by, detail=detail, unit_path=checklist.unit_path)
    return checklist


def list_of(choice: str, unit: Unit, *, by: User, at: datetime) -> Checklist:
    """What the form of a plan chose: a list's pk, or the key of a pattern (copied then)."""
    if choice in PATTERN_BY_KEY:
        return copy_pattern(PATTERN_BY_KEY[choice], unit, by=by, at=at)
    found = Checklist.objects.visible_to(by).filter(pk=int(choice)).first()
    if found is None:
        raise Refused("没有这份巡查清单。")
    return found


def _make(
    name: str, unit: Unit, checks: Sequence[Check], by: User, at: datetime, pattern: str = ""
) -> Checklist:
    made = Checklist.objects.create(
        name=_free_name(name, unit), unit=unit, unit_path=unit.path, pattern=pattern, number=1
    )
    _add_version(made, checks, by, at)
    detail: Detail = {"name": made.name, "checks": len(checks)}
    record("checklist.copy", made, by=by, detail=detail, unit_path=unit.path)
    return made


def _add_version(made: Checklist, checks: Sequence[Check], by: User, at: datetime) -> None:
    ChecklistVersion.objects.create(
        checklist=made,
        number=made.number,
        rows=stored(checks),
        made_by=by,
        made_by_name=by.name,
        made_at=at,
    )


def _free_name(name: str, unit: Unit) -> str:
    taken = set(Checklist.objects.filter(unit=unit).values_list("name", flat=True))
    names = [name, *(f"{name}（{number}）" for number in range(2, 100))]
    return next(one for one in names if one not in taken)


def _good_name(name: str, checklist: Checklist) -> str:
    bare = " ".join(name.split())[:80]
    if not bare:
        raise Refused("清单须有名称。")
    others = Checklist.objects.filter(unit=checklist.unit_id, name=bare).exclude(pk=checklist.pk)
    if others.exists():
        raise Refused(f"本单位已有一份「{bare}」。")
    return bare


def _checked(checks: Sequence[Check]) -> tuple[Check, ...]:
    """With words and a key each; a new line gets the next free key."""
    if not checks:
        raise Refused("清单至少留一项。")
    if len(checks) > MOST_CHECKS:
        raise Refused(f"一份清单最多 {MOST_CHECKS} 项，再多就没有人看得完。")
    taken = {check.key for check in checks if check.key}
    free = (f"own-{number}" for number in range(1, 200) if f"own-{number}" not in taken)
    return tuple(check if check.key else replace(check, key=next(free)) for check in checks)
