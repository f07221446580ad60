"""An existing list of devices: read in the sandbox, previewed, applied at once."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction

from meice.audit.actions import record
from meice.compliance import policies
from meice.compliance.actions.devices import DeviceFacts, write_device
from meice.compliance.actions.events import note_event
from meice.compliance.models import Device, DeviceIntake
from meice.compliance.plan import (
    DeviceWords,
    Planned,
    Reading,
    RowAct,
    find_head,
    known_columns,
    plan_devices,
)
from meice.compliance.workflow import INTAKE
from meice.engines.sandbox import shared_pool
from meice.files.actions import keep_file
from meice.kernel.access import Refused, require
from meice.orgs.intake.columns import plain
from meice.orgs.intake.sheet import Grid, from_plain, read_plain
from meice.orgs.models import Post, Unit, User

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 5000
UNREADABLE = "打不开这个文件：可能不是电子表格、加了密码或已损坏。请用 WPS 或 Excel 另存为 .xlsx。"
NO_HEAD = "没有找到列名。前 15 行里要有一行写着：资产编号、设备、保管人。"
CHANGED = "预览之后设备又有变化，这次没有导入。请看新的预览，再导入一次。"


def read_devices(content: bytes) -> tuple[Grid, int]:
    """The first sheet with the headings. Raises `Refused` with the reason."""
    if len(content) > LARGEST:
        raise Refused("文件超过 20 MB。请只留要导入的工作表。")
    answer = shared_pool().run(read_plain, content)
    reading = from_plain(answer.value) if answer.value is not None else None
    if reading is None or not reading.sheets:
        raise Refused(UNREADABLE)
    for grid in reading.sheets:
        head = find_head(grid.rows)
        if head >= 0:
            if len(grid.rows) - head > MOST_ROWS:
                raise Refused(f"超过 {MOST_ROWS} 行，请分几个文件导入。")
            return grid, head
    raise Refused(NO_HEAD)


def create_intake(content: bytes, *, name: str, unit: Unit, by: User, at: datetime) -> DeviceIntake:
    """Read and keep the file; no device is written yet."""
    require(policies.may_add_device(by, unit))
    grid, head = read_devices(content)
    kept = keep_file(BytesIO(content), name=name, by=by, purpose="device-import")
    with transaction.atomic():
        intake = DeviceIntake.objects.create(
            unit=unit, made_by=by, made_at=at, file=kept, file_name=kept.name, head_row=head + 1,
            grid=[list(row) for row in grid.rows], mapping=known_columns(grid.rows[head]),
        )  # fmt: skip
        detail = {"rows": len(grid.rows) - head - 1}
        record("devices.create", intake, by=by, detail=detail, unit_path=unit.path)
    return intake


def plan_of(intake: DeviceIntake) -> list[Planned]:
    """What the import would do now; only units below its own are known."""
    units = list(Unit.objects.active().below(intake.unit.path))
    names = {
        plain(name): unit.pk
        for unit in units
        for name in (unit.name, unit.short_name, *unit.alias_list)
        if name
    }
    devices = {
        (row.unit_id, row.asset_number): (row.pk, _words(row))
        for row in Device.objects.in_use().filter(unit__in=units)
    }
    reading = Reading(intake.unit_id, names, devices)
    return plan_devices(intake.grid, intake.head_row, intake.mapping, reading)


def digest_of(planned: Sequence[Planned]) -> str:
    """Proves that what is applied is what was previewed."""
    return hashlib.sha256("\n".join(map(repr, planned)).encode()).hexdigest()[:32]


@transaction.atomic
def apply_intake(intake: DeviceIntake, *, digest: str, by: User, at: datetime) -> DeviceIntake:
    """Every row without a fault, at once."""
    intake = _locked(intake)
    INTAKE.take("apply", intake, by)
    list(Unit.objects.select_for_update().below(intake.unit.path).values_list("pk"))
    planned = plan_of(intake)
    if digest_of(planned) != digest:
        raise Refused(CHANGED)
    for row in planned:
        if row.act in (RowAct.NEW, RowAct.CHANGE):
            _write(row, by, at)
    intake.added = sum(row.act is RowAct.NEW for row in planned)
    intake.changed = sum(row.act is RowAct.CHANGE for row in planned)
    intake.grid, intake.finished_at = [], at
    intake.save(update_fields=["status", "added", "changed", "grid", "finished_at"])
    detail = {"devices_added": intake.added, "devices_changed": intake.changed}
    record("devices.apply", intake, by=by, detail=detail, unit_path=intake.unit.path)
    return intake


@transaction.atomic
def drop_intake(intake: DeviceIntake, *, by: User, at: datetime) -> DeviceIntake:
    """Nothing is imported; the rows are forgotten."""
    intake = _locked(intake)
    INTAKE.take("drop", intake, by)
    intake.grid, intake.finished_at = [], at
    intake.save(update_fields=["status", "grid", "finished_at"])
    record("devices.drop", intake, by=by, unit_path=intake.unit.path)
    return intake


def _write(row: Planned, by: User, at: datetime) -> None:
    unit = Unit.objects.get(pk=row.unit)
    new = Device(unit=unit, unit_path=unit.path, added_at=at)
    device = Device.objects.get(pk=row.known) if row.known else new
    words = row.words
    facts = DeviceFacts(
        words.asset_number, words.name, words.kind, words.purpose,
        _person(unit, words.custodian), words.custodian, words.place, words.note,
    )  # fmt: skip
    write_device(device, facts, at)
    note_event(device, "import", by=by, at=at)


def _person(unit: Unit, name: str) -> User | None:
    """The one of that name with a post in the unit; two of one name are nobody."""
    posts = Post.objects.current().filter(unit=unit, user__name=name).select_related("user")
    people = {post.user_id: post.user for post in posts}
    return next(iter(people.values())) if len(people) == 1 else None


def _words(device: Device) -> DeviceWords:
    return DeviceWords(
        device.asset_number, device.name, device.kind, device.purpose, device.custodian_name,
        device.place, device.note,
    )  # fmt: skip


def _locked(intake: DeviceIntake) -> DeviceIntake:
    rows = DeviceIntake.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=intake.pk)
