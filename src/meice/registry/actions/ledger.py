"""An existing ledger into the register: read in the sandbox, previewed, applied, undone."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.engines.sandbox import Failure, shared_pool
from meice.files.actions import keep_file
from meice.jobs import progress
from meice.kernel.access import Refused, require
from meice.orgs.intake.model import KnownUnit
from meice.orgs.intake.reading import UnitIndex
from meice.orgs.intake.sheet import Grid, from_plain, read_plain
from meice.orgs.models import Unit, User
from meice.registry import entry as entries
from meice.registry import policies
from meice.registry.actions.exceptions import exception_to_merge
from meice.registry.actions.register import (
    add_outlet,
    change_outlet,
    lock_outlet,
    lock_place,
    place_is_taken,
    refuse_double_identity,
)
from meice.registry.documents.columns import find_head_row, known_columns
from meice.registry.documents.plan import Known, LedgerPlan, LedgerReader, Planned
from meice.registry.entry import Entry
from meice.registry.models import (
    ExceptionGrant,
    LedgerIntake,
    LedgerRow,
    NameHistory,
    Outlet,
    RowAct,
)
from meice.registry.workflow import INTAKE

LARGEST = 20 * 1024 * 1024
FAILURES = {
    Failure.TIMEOUT: "读了太久没有读完。请删去空白行、图片和别的工作表再传。",
    Failure.MEMORY: "展开后太大。请把有内容的部分复制到一个新工作簿再传。",
}
UNREADABLE = "打不开这个文件：可能不是电子表格、加了密码或已损坏。请用 WPS 或 Excel 另存为 .xlsx。"
NO_HEAD = "没有找到列名。前 15 行里要有一行写着账号名称、类型、开设单位等。"


def read_ledger(content: bytes) -> tuple[Grid, int]:
    """The sheet with the most known headings, and the index of its heading row.

    Raises `Refused` with the reason when nothing can be read.
    """
    if len(content) > LARGEST:
        raise Refused("文件超过 20 MB。请只留要导入的工作表。")
    answer = shared_pool().run(read_plain, content)
    reading = from_plain(answer.value) if answer.value is not None else None
    if reading is None or not reading.sheets:
        raise Refused(FAILURES.get(answer.failure or Failure.ERROR, UNREADABLE))
    heads = [(find_head_row(grid.rows), grid) for grid in reading.sheets]
    found = [(head, grid) for head, grid in heads if head >= 0]
    if not found:
        raise Refused(NO_HEAD)
    head, grid = max(found, key=lambda pair: len(known_columns(pair[1].rows[pair[0]])))
    if grid.cut:
        raise Refused("超过 20,000 行，请分几个文件导入。")
    return grid, head


def create_ledger_intake(
    content: bytes, *, name: str, unit: Unit, by: User, at: datetime
) -> LedgerIntake:
    """Read and keep the file; nothing is written to the register yet."""
    require(policies.may_import_ledger(by, unit))
    grid, head = read_ledger(content)
    kept = keep_file(BytesIO(content), name=name, by=by, purpose="ledger-import")
    with transaction.atomic():
        intake = LedgerIntake.objects.create(
            made_by=by,
            made_at=at,
            unit=unit,
            file=kept,
            file_name=kept.name,
            form=grid.name[:20],
            head_row=head + 1,
            grid=[list(row) for row in grid.rows],
            mapping=known_columns(grid.rows[head]),
        )
        detail = {"rows": len(grid.rows) - head - 1}
        record("ledger.create", intake, by=by, detail=detail, unit_path=unit.path)
    return intake


@transaction.atomic
def map_ledger_intake(intake: LedgerIntake, mapping: Mapping[str, int], *, by: User) -> None:
    """Say anew which column is what."""
    require(INTAKE.verdict("apply", intake, by))
    intake.mapping = dict(mapping)
    intake.version += 1
    intake.save(update_fields=["mapping", "version"])


def plan_of(intake: LedgerIntake, at: datetime) -> LedgerPlan:
    """What the import would do now, compared with everything below the intake's unit."""
    units = list(Unit.objects.active().below(intake.unit.path))
    return LedgerReader(
        intake.grid,
        intake.head_row,
        intake.mapping,
        known=[_known(outlet) for outlet in _outlets(intake)],
        units=UnitIndex(_known_units(units)),
        home=intake.unit_id,
        today=timezone.localdate(at),
    ).plan()


def _outlets(intake: LedgerIntake) -> list[Outlet]:
    below = Outlet.objects.standing().below(intake.unit.path)
    return list(below.prefetch_related("contacts"))


def _known(outlet: Outlet) -> Known:
    entry = entries.entry_of(outlet)
    return Known(outlet.pk, outlet.number, outlet.version, entry, outlet.problems, outlet.rectified)


def _known_units(units: list[Unit]) -> list[KnownUnit]:
    by_path = {unit.path: unit.pk for unit in units}
    return [
        KnownUnit(
            unit.pk,
            unit.name,
            by_path.get(unit.path[: -Unit.steplen]),
            unit.path,
            unit.short_name,
            tuple(unit.alias_list),
        )
        for unit in units
    ]


@transaction.atomic
def apply_ledger_intake(
    intake: LedgerIntake, *, digest: str, by: User, at: datetime
) -> LedgerIntake:
    """Write every good row at once, or nothing; `digest` proves that it is what was previewed."""
    intake = LedgerIntake.objects.select_for_update().get(pk=intake.pk)
    INTAKE.take("apply", intake, by)
    lock_place(intake.unit_id)
    plan = plan_of(intake, at)
    if plan.digest != digest:
        raise Refused("预览之后台账又有变化，这次没有导入。请看新的预览，再导入一次。")
    todo = [row for row in plan.rows if row.act in (RowAct.NEW, RowAct.CHANGE)]
    for done, row in enumerate(todo, start=1):
        _write(intake, row, by, at)
        progress.report(done, len(todo), f"{len(todo)} 行已写 {done} 行")
    intake.counts, intake.finished_at = plan.counts, at
    intake.version += 1
    intake.save(update_fields=["status", "counts", "finished_at", "version"])
    record("ledger.apply", intake, by=by, detail=plan.counts, unit_path=intake.unit.path)
    return intake


def _write(intake: LedgerIntake, row: Planned, by: User, at: datetime) -> None:
    before: dict[str, object] = {}
    if row.outlet is None:
        outlet = _add(row, intake, by, at)
    else:
        outlet = lock_outlet(Outlet(pk=row.outlet))
        before = _before(outlet)
        outlet = _change(outlet, {**entries.entry_of(outlet), **row.values}, row, by, at)
    LedgerRow.objects.create(
        intake=intake,
        line=row.line,
        act=row.act,
        outlet=outlet,
        before=before,
        version_after=outlet.version,
    )


def _before(outlet: Outlet) -> dict[str, object]:
    found = {"problems": outlet.problems, "rectified": outlet.rectified}
    return {"entry": entries.entry_of(outlet), "exception": outlet.exception_id, **found}


def _add(row: Planned, intake: LedgerIntake, by: User, at: datetime) -> Outlet:
    refuse_double_identity(row.values, None)
    exception = _exception(row.values, None, by, at)
    outlet = add_outlet(row.values, at=at, exception=exception)
    return _note_problems(outlet, row)


def _change(outlet: Outlet, entry: Entry, row: Planned, by: User, at: datetime) -> Outlet:
    refuse_double_identity(entry, outlet)
    exception = None
    if outlet.exception_id is None:
        exception = _exception(entry, outlet, by, at)
    return _note_problems(change_outlet(outlet, entry, by=by, at=at, exception=exception), row)


def _note_problems(outlet: Outlet, row: Planned) -> Outlet:
    if row.problems is not None:
        outlet.problems, outlet.rectified = row.problems, row.rectified
        outlet.save(update_fields=["problems", "rectified"])
    return outlet


def _exception(
    entry: Entry, besides: Outlet | None, by: User, at: datetime
) -> ExceptionGrant | None:
    """A second account that a ledger brings is there already: 待整合 by itself."""
    unit = lock_place(int(str(entry["unit"])))
    if not place_is_taken(entry, unit, besides):
        return None
    reason = "台账导入的已有账号，同一平台不止一个，待整合"
    return exception_to_merge(unit, str(entry["platform"]), reason=reason, by=by, at=at)


@transaction.atomic
def drop_ledger_intake(intake: LedgerIntake, *, by: User, at: datetime) -> LedgerIntake:
    """Nothing is imported; the rows are forgotten."""
    intake = LedgerIntake.objects.select_for_update().get(pk=intake.pk)
    INTAKE.take("drop", intake, by)
    intake.grid, intake.finished_at = [], at
    intake.save(update_fields=["status", "grid", "finished_at"])
    record("ledger.drop", intake, by=by, unit_path=intake.unit.path)
    return intake


@transaction.atomic
def undo_ledger_intake(intake: LedgerIntake, *, by: User, at: datetime) -> LedgerIntake:
    """The register as it was before: until one of the outlets was changed, or has a filing."""
    intake = LedgerIntake.objects.select_for_update().get(pk=intake.pk)
    lock_place(intake.unit_id)
    INTAKE.take("undo", intake, by)
    for row in intake.rows.filter(outlet__isnull=False).order_by("-line"):
        assert row.outlet_id is not None  # filtered
        _take_back(row, by, at)
    intake.finished_at = at
    intake.version += 1
    intake.save(update_fields=["status", "finished_at", "version"])
    record("ledger.undo", intake, by=by, unit_path=intake.unit.path)
    return intake


def _take_back(row: LedgerRow, by: User, at: datetime) -> None:
    outlet = lock_outlet(Outlet(pk=row.outlet_id))
    grant = outlet.exception
    if row.act == RowAct.NEW:
        outlet.delete()
        if grant is not None:
            grant.delete()
        return
    before = row.before
    if grant is not None and grant.pk != before["exception"]:
        outlet.exception = None
    change_outlet(outlet, before["entry"], by=by, at=at)
    outlet.problems, outlet.rectified = before["problems"], before["rectified"]
    outlet.save(update_fields=["problems", "rectified"])
    NameHistory.objects.filter(outlet=outlet, until__in=[at, row.intake.finished_at]).delete()
    if grant is not None and outlet.exception_id is None:
        grant.delete()
