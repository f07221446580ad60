"""What an accepted filing does to the register, inside the transaction of the acceptance."""

from datetime import datetime

from django.utils import timezone

from meice.kernel.access import Refused
from meice.orgs.models import Unit, User
from meice.registry import entry as entries
from meice.registry.actions.drafting import write_changes
from meice.registry.actions.exceptions import exception_to_merge
from meice.registry.actions.register import (
    add_outlet,
    change_outlet,
    lock_outlet,
    lock_place,
    place_is_taken,
    refuse_double_identity,
)
from meice.registry.entry import Entry, Value
from meice.registry.models import ExceptionGrant, Filing, FilingKind, Outlet

NO_PLACE = (
    "「{unit}」在{platform}已有在用账号，第二个须先批准例外。请先批准例外，或退回请单位整合。"
)


def write_register(filing: Filing, *, by: User, at: datetime) -> Outlet:
    """Add or change the outlet of a filing that is being accepted. Raises `Refused`."""
    if filing.kind == FilingKind.OPEN:
        return _open(filing, by, at)
    return _change(filing, by, at)


def _open(filing: Filing, by: User, at: datetime) -> Outlet:
    content: Entry = filing.content
    unit = lock_place(int(str(content["unit"])))
    refuse_double_identity(content, None)
    exception = _exception_for(content, unit, None, filing, by, at)
    return add_outlet(content, at=at, exception=exception, filing=filing)


def _change(filing: Filing, by: User, at: datetime) -> Outlet:
    assert filing.outlet is not None  # held by a constraint
    lock_place(filing.unit_id)
    outlet = lock_outlet(filing.outlet)
    _settle(filing, outlet)
    content: dict[str, Value] = filing.content
    unit = lock_place(int(str(content["unit"])))
    refuse_double_identity(content, outlet)
    exception = None
    if not _keeps_its_exception(outlet, unit, content):
        exception = _exception_for(content, unit, outlet, filing, by, at)
        if exception is None:
            outlet.exception = None
    return change_outlet(outlet, content, by=by, at=at, exception=exception, filing=filing)


def _keeps_its_exception(outlet: Outlet, unit: Unit, content: Entry) -> bool:
    """An exception holds for one unit and one platform."""
    grant = outlet.exception
    same = grant is not None and (grant.unit_id, grant.platform) == (unit.pk, content["platform"])
    return same


def _settle(filing: Filing, outlet: Outlet) -> None:
    """The register may have moved on (an import); what both changed is a question for people."""
    now = entries.entry_of(outlet)
    changes = list(filing.changes.all())
    clashes = [c.label for c in changes if entries.blank(now.get(c.key)) not in (c.old, c.new)]
    if clashes:
        raise Refused(f"起草后台账里的{'、'.join(clashes)}已被改过，请退回单位核对。")
    filing.base, filing.base_version = now, outlet.version
    wanted = {change.key: change.new for change in changes}
    if any(now.get(change.key) == change.new for change in changes):
        write_changes(filing, entries.differences(now, wanted))


def _exception_for(
    content: Entry, unit: Unit, besides: Outlet | None, filing: Filing, by: User, at: datetime
) -> ExceptionGrant | None:
    """None when the place is free; else a granted exception, or 待整合 for a reported account."""
    if not place_is_taken(content, unit, besides):
        return None
    platform = str(content["platform"])
    granted = ExceptionGrant.objects.select_for_update().filter(
        pk__in=ExceptionGrant.objects.free(unit, platform, timezone.localdate(at)).values("pk")
    )
    if first := granted.first():
        return first
    if filing.reports_existing:
        reason = f"单位补报的已有账号，与本单位在用的{filing.platform_name}账号并存，待整合"
        return exception_to_merge(unit, platform, reason=reason, by=by, at=at)
    raise Refused(NO_PLACE.format(unit=unit.name, platform=filing.platform_name))
