"""Acts on outlets that need no filing: self-found problems, "no change", the unit's new path."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry import policies
from meice.registry.actions.register import mark_left
from meice.registry.models import (
    Confirmation,
    Contact,
    ExceptionGrant,
    Filing,
    Gap,
    MergeItem,
    MergePlan,
    Outlet,
    Rectified,
)

CHUNK = 500


@transaction.atomic
def note_problems(
    outlet: Outlet, problems: Sequence[str], *, rectified: bool, by: User, at: datetime
) -> Outlet:
    """What the unit found itself (自查): annex 1 columns 6 and 7. No problem: 无问题 and `-`. It
    carries its own day, whatever else of the outlet changes later."""
    outlet = Outlet.objects.select_for_update().select_related("unit").get(pk=outlet.pk)
    require(policies.may_note_problems(by, outlet))
    outlet.problems = "、".join(problem.strip() for problem in problems if problem.strip())
    mended = Rectified.YES if rectified else Rectified.NO
    outlet.rectified = mended if outlet.problems else Rectified.NOT_NEEDED
    outlet.problems_at, outlet.problems_by = at, by.name
    outlet.changed_at = at
    outlet.version += 1
    noted = ["problems", "rectified", "problems_at", "problems_by"]
    outlet.save(update_fields=[*noted, "changed_at", "version"])
    detail = {"problems": outlet.problems, "rectified": outlet.rectified}
    record("outlet.note_problems", outlet, by=by, detail=detail, unit_path=outlet.unit_path)
    return outlet


@transaction.atomic
def confirm_unchanged(unit: Unit, *, by: User, at: datetime) -> Confirmation:
    """The leader's "no change" for every standing outlet of the unit and below, at once."""
    require(policies.may_confirm_unchanged(by, unit))
    outlets = Outlet.objects.standing().below(unit.path)
    count = outlets.update(confirmed_at=at, confirmed_by=by.name)
    if not count:
        raise Refused("本单位没有登记在册的账号网站。")
    kept = Confirmation.objects.create(unit=unit, unit_path=unit.path, by=by, at=at, outlets=count)
    record("outlet.confirm", kept, by=by, detail={"outlets": count}, unit_path=unit.path)
    return kept


def follow_units() -> int:
    """Write the unit's present path on the rows of this room; how many were behind.

    A unit that moves in the tree takes its rows along. Called when it moves, and by a job.
    """
    behind = 0
    for model, unit, path in (
        (Outlet, "unit", "unit_path"),
        (Filing, "unit", "unit_path"),
        (Filing, "target_unit", "target_path"),
        (Filing, "checker_unit", "checker_path"),
        (ExceptionGrant, "unit", "unit_path"),
        (Confirmation, "unit", "unit_path"),
    ):
        rows = model._default_manager.filter(**{f"{unit}__isnull": False}).exclude(
            **{path: F(f"{unit}__path")}
        )
        for pk, now in rows.values_list("pk", f"{unit}__path"):
            behind += model._default_manager.filter(pk=pk).update(**{path: now})
    plans = MergePlan.objects.exclude(unit_path=F("keep__unit__path"))
    for plan in plans.select_related("keep__unit"):
        behind += MergePlan.objects.filter(pk=plan.pk).update(unit_path=plan.keep.unit.path)
    return behind


def refresh_leavers() -> int:
    """Mark outlets whose contact may no longer sign in; how many rows changed."""
    gone = Contact.objects.filter(outlet=OuterRef("pk"), user__is_active=False)
    changed = 0
    left = set(Outlet.objects.standing().filter(Exists(gone)).values_list("pk", flat=True))
    for outlet in Outlet.objects.standing().iterator(CHUNK):
        if (outlet.pk in left) != (Gap.PERSON_LEFT in outlet.gap_list):
            gaps = mark_left(outlet, outlet.pk in left)
            changed += Outlet.objects.filter(pk=outlet.pk).update(gaps=gaps)
    return changed


@transaction.atomic
def plan_merge(
    keep: Outlet,
    others: Sequence[Outlet],
    *,
    reason: str,
    due_on: date,
    by: User,
    at: datetime,
) -> MergePlan:
    """Of similar outlets `keep` stays; the others are to be cancelled by `due_on`."""
    for outlet in (keep, *others):
        require(policies.may_plan_merge(by, outlet.unit))
    if not others or keep in others:
        raise Refused("整合方案须选一个保留的账号和至少一个要注销的账号。")
    if MergeItem.objects.filter(outlet__in=[o.pk for o in (keep, *others)]).exists():
        raise Refused("所选账号里有的已在另一个整合方案中。")
    plan = MergePlan.objects.create(
        unit_path=keep.unit_path, keep=keep, reason=reason, due_on=due_on, made_by=by, made_at=at
    )
    MergeItem.objects.bulk_create(MergeItem(plan=plan, outlet=outlet) for outlet in others)
    detail: Detail = {"keep": keep.pk, "outlets": len(others), "due": str(due_on)}
    record("merge.plan", plan, by=by, detail=detail, unit_path=keep.unit_path)
    return plan
