"""A list of who was there: read in the sandbox, previewed, applied at once."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.engines.sandbox import shared_pool
from meice.files.actions import keep_file
from meice.kernel.access import Refused, require
from meice.orgs.intake.sheet import Grid, from_plain, read_plain
from meice.orgs.models import User
from meice.training import policies
from meice.training.actions.attending import mark_attendance
from meice.training.actions.sessions import locked_session
from meice.training.models import AttendanceIntake, TrainingSession
from meice.training.plan import Asked, Planned, RowAct, find_head, known_columns, plan_attendance
from meice.training.workflow import INTAKE

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 5000
UNREADABLE = "打不开这个文件：可能不是电子表格、加了密码或已损坏。请用 WPS 或 Excel 另存为 .xlsx。"
NO_HEAD = "没有找到列名。前 15 行里要有一行写着「姓名」或「工号」，也可以有「单位」「到会」。"
CHANGED = "预览之后名单又有变化，这次没有导入。请看新的预览，再导入一次。"


def read_list(content: bytes) -> tuple[Grid, int]:
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


def create_intake(
    session: TrainingSession, content: bytes, *, name: str, by: User, at: datetime
) -> AttendanceIntake:
    """Read and keep the file; nobody is marked yet."""
    require(policies.may_mark_attendance(by, session))
    grid, head = read_list(content)
    kept = keep_file(BytesIO(content), name=name, by=by, purpose="attendance-import")
    with transaction.atomic():
        intake = AttendanceIntake.objects.create(
            session=session, made_by=by, made_at=at, file=kept, file_name=kept.name,
            head_row=head + 1, grid=[list(row) for row in grid.rows],
            mapping=known_columns(grid.rows[head]),
        )  # fmt: skip
        detail: Detail = {"rows": len(grid.rows) - head - 1}
        record("attendance.create", intake, by=by, detail=detail, unit_path=session.unit_path)
    return intake


def plan_of(intake: AttendanceIntake) -> list[Planned]:
    """What the import would do now."""
    rows = intake.session.attendances.select_related("user", "unit").order_by("pk")
    asked = [
        Asked(
            row.user_id, row.user.username, row.name, row.presence,
            (row.unit_name, row.unit.name, row.unit.short_name),
        )
        for row in rows
    ]  # fmt: skip
    return plan_attendance(intake.grid, intake.head_row, intake.mapping, asked)


def digest_of(planned: Sequence[Planned]) -> str:
    """Proves that what is applied is what was previewed."""
    return hashlib.sha256("\n".join(map(repr, planned)).encode()).hexdigest()[:32]


@transaction.atomic
def apply_intake(
    intake: AttendanceIntake, *, digest: str, by: User, at: datetime
) -> AttendanceIntake:
    """Every row without a fault, at once."""
    locked_session(intake.session)
    intake = _locked(intake)
    INTAKE.take("apply", intake, by)
    planned = plan_of(intake)
    if digest_of(planned) != digest:
        raise Refused(CHANGED)
    marks = {row.person: row.presence for row in planned if row.act is RowAct.CHANGE}
    intake.changed = mark_attendance(intake.session, marks, by=by, at=at, act="import")
    intake.grid, intake.finished_at = [], at
    intake.save(update_fields=["status", "changed", "grid", "finished_at"])
    detail: Detail = {"attendances": intake.changed}
    record("attendance.apply", intake, by=by, detail=detail, unit_path=intake.session.unit_path)
    return intake


@transaction.atomic
def drop_intake(intake: AttendanceIntake, *, by: User, at: datetime) -> AttendanceIntake:
    """Nothing is imported; the rows are forgotten."""
    intake = _locked(intake)
    INTAKE.take("drop", intake, by)
    intake.grid, intake.finished_at = [], at
    intake.save(update_fields=["status", "grid", "finished_at"])
    record("attendance.drop", intake, by=by, unit_path=intake.session.unit_path)
    return intake


def _locked(intake: AttendanceIntake) -> AttendanceIntake:
    rows = AttendanceIntake.objects.select_for_update(of=("self",))
    return rows.select_related("session__unit").get(pk=intake.pk)
