"""专机专用: devices registered, checked, handed over, retired."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.compliance import policies
from meice.compliance.actions.events import note_event, refuse_secrets
from meice.compliance.actions.terms import all_terms
from meice.compliance.models import CHECKLIST, CheckResult, Device, DeviceCheck, result_of
from meice.compliance.workflow import DEVICE, TermName
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What is typed. `custodian` by account where she has one; then the name is hers."""

    asset_number: str
    name: str
    kind: str
    purpose: str
    custodian: User | None = None
    custodian_name: str = ""
    place: str = ""
    note: str = ""


@transaction.atomic
def add_device(unit: Unit, facts: DeviceFacts, *, by: User, at: datetime) -> Device:
    """Registered; its first check is due at once, for nobody has looked yet."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    require(policies.may_add_device(by, unit))
    _check(unit, facts)
    device = write_device(Device(unit=unit, unit_path=unit.path, added_at=at), facts, at)
    note_event(device, "add", by=by, at=at)
    record(
        "device.add", device, by=by, detail={"holder": device.custodian_name}, unit_path=unit.path
    )
    return device


def write_device(device: Device, facts: DeviceFacts, at: datetime) -> Device:
    """The row alone: what an act or an import has judged already."""
    device.asset_number, device.name = facts.asset_number.strip(), facts.name.strip()
    device.kind, device.purpose = facts.kind, facts.purpose.strip()
    device.custodian = facts.custodian
    device.custodian_name = (
        facts.custodian.name if facts.custodian else facts.custodian_name.strip()
    )
    device.place, device.note = facts.place.strip(), facts.note.strip()
    if device.check_due_on is None:
        device.check_due_on = timezone.localdate(at)
    device.version += 1
    device.save()
    return device


@transaction.atomic
def edit_device(device: Device, facts: DeviceFacts, *, by: User, at: datetime) -> Device:
    """What is written about it; its unit stays."""
    device = lock_device(device)
    require(policies.may_edit_device(by, device))
    _check(device.unit, facts, device)
    former = f"{device}，保管人 {device.custodian_name}"
    write_device(device, facts, at)
    note_event(device, "edit", by=by, at=at, note=f"原为：{former}")
    _record_device("device.edit", device, by)
    return device


def _record_device(act: str, device: Device, by: User) -> None:
    detail: Detail = {"holder": device.custodian_name}
    record(act, device, by=by, detail=detail, unit_path=device.unit_path)


@transaction.atomic
def check_device(
    device: Device, answers: Mapping[str, bool | None], *, on: date, note: str, by: User,
    at: datetime,
) -> DeviceCheck:  # fmt: skip
    """The checklist with yes, no or could-not-tell; faults are told to the unit's operators."""
    device = lock_device(device)
    require(policies.may_check_device(by, device))
    given = {key: answers.get(key) for key in CHECKLIST}
    result = result_of(given)
    if on > timezone.localdate(at):
        raise Refused("检查日期不能在今天以后。")
    if result == CheckResult.FAULTY and not note.strip():
        raise Refused("有问题的项要写明看到什么、怎么处理。")
    refuse_secrets(note)
    check = DeviceCheck.objects.create(
        device=device, on=on, by=by, by_name=by.name, answers=given, result=result,
        note=note.strip(), at=at,
    )  # fmt: skip
    if device.checked_on is None or on >= device.checked_on:
        days = all_terms()[TermName.CHECK]
        device.checked_on, device.check_result = on, result
        device.check_due_on = on + timedelta(days=days)
        device.save(update_fields=["checked_on", "check_result", "check_due_on"])
    note_event(device, "check", by=by, at=at, note=f"{result.label} {note.strip()}".strip())
    detail: Detail = {"result": str(result.label)}
    record("device.check", device, by=by, detail=detail, unit_path=device.unit_path)
    if result == CheckResult.FAULTY:
        _tell_fault(device, by)
    return check


def _tell_fault(device: Device, by: User) -> None:
    people: Iterable[User] = people_over(Role.OPERATOR, device.unit)
    for person in people:
        if person.pk != by.pk and person.is_active:
            text = f"专用设备检查有问题：{device}"
            notify(person, text=text, url=device.get_absolute_url(), kind=NoticeKind.TASK)


@transaction.atomic
def retire_device(device: Device, *, reason: str, by: User, at: datetime) -> Device:
    """停用, with where it went."""
    device = lock_device(device)
    DEVICE.take("retire", device, by)
    if not reason.strip():
        raise Refused("停用须写明去向，如退库、清空数据后调作他用。")
    refuse_secrets(reason)
    device.version += 1
    device.save(update_fields=["status", "version"])
    note_event(device, "retire", by=by, at=at, note=reason.strip())
    _record_device("device.retire", device, by)
    return device


@transaction.atomic
def restore_device(device: Device, *, by: User, at: datetime) -> Device:
    """Used again: a check is due at once."""
    device = lock_device(device)
    DEVICE.take("restore", device, by)
    device.check_due_on = timezone.localdate(at)
    device.version += 1
    device.save(update_fields=["status", "version", "check_due_on"])
    note_event(device, "restore", by=by, at=at)
    _record_device("device.restore", device, by)
    return device


def held_devices(person: User) -> Iterable[Device]:
    """Devices in use that a leaving person keeps."""
    return Device.objects.in_use().filter(custodian=person).select_related("unit").order_by("pk")


def move_device(device: Device, to: User, by: User) -> None:
    """Into another's hands, inside the caller's transaction."""
    device, at = lock_device(device), now()
    former = device.custodian_name
    device.custodian, device.custodian_name = to, to.name
    device.version += 1
    device.save(update_fields=["custodian", "custodian_name", "version"])
    note_event(device, "hand_over", by=by, at=at, note=f"{former} → {to.name}")
    _record_device("device.hand_over", device, by)


def lock_device(device: Device) -> Device:
    """The row as it is now, held until the transaction ends."""
    rows = Device.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=device.pk)


def _check(unit: Unit, facts: DeviceFacts, own: Device | None = None) -> None:
    if not (facts.asset_number.strip() and facts.name.strip() and facts.purpose.strip()):
        raise Refused("资产编号、设备、用途都要填。")
    if facts.custodian is None and not facts.custodian_name.strip():
        raise Refused("专人专用：要有保管人。")
    refuse_secrets(
        facts.asset_number, facts.name, facts.purpose, facts.place, facts.note, facts.custodian_name
    )
    same = Device.objects.filter(unit=unit, asset_number=facts.asset_number.strip())
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise Refused(f"「{unit}」已有资产编号 {facts.asset_number.strip()} 的设备。")
