"""What is done to an import: read in the sandbox, mapped, applied in one transaction, dropped."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from meice.audit.actions import Detail, record
from meice.engines.sandbox import Failure, shared_pool
from meice.jobs import progress
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.pinyin import pinyin_key
from meice.orgs import policies
from meice.orgs.actions.units import UnitFacts, add_unit, lock_tree, write_facts
from meice.orgs.intake.columns import COLUMNS, find_head, known
from meice.orgs.intake.model import Effect, Plan, PlannedRow
from meice.orgs.intake.sheet import Grid, from_plain, read_plain
from meice.orgs.intake.snapshot import plan_of
from meice.orgs.models import Intake, IntakeSubject, Post, SignedIn, Unit, User
from meice.orgs.workflow import INTAKE

T = TypeVar("T")
CHUNK = 500
LARGEST = 20 * 1024 * 1024
FAILURES = {
    Failure.TIMEOUT: "读了太久没有读完。请删去空白行、图片和别的工作表再传。",
    Failure.MEMORY: "展开后太大。请把有内容的部分复制到一个新工作簿再传。",
}


def read_upload(content: bytes, subject: str) -> tuple[Grid, int]:
    """The sheet that looks most like `subject`, and the index of its heading row.

    Raises `Refused` with the reason in Chinese when nothing can be read.
    """
    if len(content) > LARGEST:
        raise Refused("文件超过 20 MB。请只留要导入的工作表。")
    answer = shared_pool().run(read_plain, content)
    if answer.value is None:
        raise Refused(FAILURES.get(answer.failure or Failure.ERROR, _unreadable(content)))
    reading = from_plain(answer.value)
    if not reading.sheets:
        raise Refused(_unreadable(content) if reading.fault else "工作簿里没有内容。")
    heads = [(find_head(grid.rows, subject), grid) for grid in reading.sheets]
    found = [(head, grid) for head, grid in heads if head >= 0]
    if not found:
        wanted = "、".join(column.label for column in COLUMNS[subject] if column.required)
        raise Refused(f"没有找到列名。前 15 行里要有一行写着：{wanted}。可先下载模板照着填。")
    head, grid = max(found, key=lambda pair: len(known(pair[1].rows[pair[0]], subject)))
    if grid.cut:
        raise Refused("超过 20,000 行，请分几个文件导入。")
    return grid, head


def _unreadable(content: bytes) -> str:
    if content[:5].lstrip().lower().startswith((b"<", b"\xef\xbb\xbf<")):
        return "这是网页改名成的表格。请用 WPS 或 Excel 打开，另存为 .xlsx。"
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return "打不开这个文件：可能加了密码或已损坏。请去掉密码，另存为 .xlsx。"
    return "这不是能读的电子表格。请用 WPS 或 Excel 另存为 .xlsx 再传。"


@transaction.atomic
def create_intake(
    grid: Grid, head: int, *, subject: str, content: bytes, name: str, by: User
) -> Intake:
    """Keep what was read for the preview; nothing is written to units or people."""
    require(policies.may_import(by))
    intake = Intake.objects.create(
        subject=subject,
        made_by=by,
        made_at=now(),
        file_name=name[:200],
        file_hash=hashlib.sha256(content).hexdigest(),
        sheet=grid.name[:100],
        head_row=head + 1,
        grid=[list(row) for row in grid.rows],
        mapping=known(grid.rows[head], subject),
    )
    detail: Detail = {"subject": intake.get_subject_display(), "rows": len(grid.rows) - head - 1}
    record("intake.create", intake, by=by, detail=detail, unit_path=_path(by))
    return intake


@transaction.atomic
def map_intake(intake: Intake, mapping: Mapping[str, int], *, by: User) -> None:
    """Say anew which column is what."""
    require(INTAKE.verdict("apply", intake, by))
    intake.mapping = dict(mapping)
    intake.save(update_fields=["mapping"])


@transaction.atomic
def drop_intake(intake: Intake, *, by: User) -> None:
    """Nothing is imported; the rows are forgotten."""
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    INTAKE.take("drop", intake, by)
    intake.grid, intake.finished_at = [], now()
    intake.save(update_fields=["status", "grid", "finished_at"])
    record("intake.drop", intake, by=by, unit_path=_path(by))


@transaction.atomic
def queue_intake(intake: Intake, *, by: User) -> None:
    """Mark that a job applies it."""
    require(INTAKE.verdict("apply", intake, by))
    intake.queued_at, intake.trouble = now(), ""
    intake.save(update_fields=["queued_at", "trouble"])


@transaction.atomic
def note_trouble(intake: Intake, reason: str) -> None:
    """The job was refused: back to the preview, with the reason."""
    intake.queued_at, intake.trouble = None, reason[:300]
    intake.save(update_fields=["queued_at", "trouble"])


@transaction.atomic
def apply_intake(intake: Intake, *, by: User, digest: str) -> Intake:
    """Write every good row at once, or nothing; `digest` proves that it is what was previewed."""
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    INTAKE.take("apply", intake, by)
    if by.post is None:
        raise Refused(policies.ADMIN_ONLY)
    lock_tree(by.post.unit)
    list(User.objects.select_for_update().values_list("pk"))  # nobody gets a post meanwhile
    plan = plan_of(intake, by)
    if plan.digest != digest:
        raise Refused("预览之后单位或人员又有变化，这次没有导入。请看新的预览，再导入一次。")
    write = _write_units if intake.subject == IntakeSubject.UNITS else _write_people
    write(plan, by)
    intake.counts, intake.finished_at, intake.queued_at = plan.counts, now(), None
    intake.grid = [] if not plan.faults else intake.grid
    intake.save(update_fields=["status", "counts", "finished_at", "queued_at", "grid"])
    detail: Detail = {"subject": intake.get_subject_display(), **plan.counts}
    record("intake.apply", intake, by=by, detail=detail, unit_path=_path(by))
    return intake


def _path(by: User) -> str:
    return by.post.unit.path if by.post else ""


def _write_units(plan: Plan, by: User) -> None:
    made: dict[str, Unit] = {}
    waiting = [row for row in plan.rows if row.effect is Effect.NEW]
    total = len(waiting)
    while waiting:
        later = []
        for row in waiting:
            parent = row.deed["parent"]
            if isinstance(parent, str) and parent not in made:
                later.append(row)
                continue
            above = made[parent] if isinstance(parent, str) else Unit.objects.get(pk=parent)
            made[f"row:{row.number}"] = add_unit(_facts(row), above)
            progress.report(len(made), total, f"{total} 个单位已写 {len(made)} 个")
        if len(later) == len(waiting):
            raise Refused("表内的上下级关系绕成了圈。")
        waiting = later
    changed = {row.deed["unit"]: row for row in plan.rows if row.effect is Effect.CHANGED}
    for unit in Unit.objects.filter(pk__in=changed):
        write_facts(unit, _facts(changed[unit.pk]))


def _facts(row: PlannedRow) -> UnitFacts:
    deed = row.deed
    return UnitFacts(deed["name"], deed["short_name"], deed["aliases"], deed["kind"], deed["phone"])


def _write_people(plan: Plan, by: User) -> None:
    rows = [row for row in plan.rows if row.effect in (Effect.NEW, Effect.CHANGED)]
    people = {user.username.lower(): user for user in User.objects.all()}
    _create_people(rows, people)
    _edit_people(rows, people)
    _write_posts(rows, people)


def _create_people(rows: Sequence[PlannedRow], people: dict[str, User]) -> None:
    fresh: dict[str, User] = {}
    for row in rows:
        deed = row.deed
        if deed["key"] not in people and deed["key"] not in fresh:
            fresh[deed["key"]] = User(
                username=deed["username"],
                name=deed["name"],
                mobile=deed["mobile"],
                email=deed["email"],
                pinyin_key=pinyin_key(deed["name"]),
                must_change_password=True,
                password=make_password(None),
            )
    done = 0
    for chunk in chunks(fresh.values()):
        for user in User.objects.bulk_create(chunk):
            people[user.username.lower()] = user
        done += len(chunk)
        progress.report(done, len(fresh), f"{len(fresh)} 个账号已建 {done} 个")


def _edit_people(rows: Sequence[PlannedRow], people: dict[str, User]) -> None:
    changed: dict[str, User] = {}
    for row in rows:
        user = people[row.deed["key"]]
        for key in ("name", "mobile", "email"):
            new = row.deed[key]
            if new and getattr(user, key) != new:
                setattr(user, key, new)
                changed[row.deed["key"]] = user
    for user in changed.values():
        user.pinyin_key = pinyin_key(user.name)
    for chunk in chunks(changed.values()):
        User.objects.bulk_update(chunk, ["name", "mobile", "email", "pinyin_key"])


def _write_posts(rows: Sequence[PlannedRow], people: dict[str, User]) -> None:
    held = {(post.user_id, post.unit_id, post.role): post for post in Post.objects.current()}
    fresh, changed, touched = [], [], set()
    for row in rows:
        post = _post(row, people)
        old = held.get((post.user_id, post.unit_id, post.role))
        if old is None:
            fresh.append(post)
            touched.add(post.user_id)
        elif _terms(old) != _terms(post):
            old.is_permanent, old.is_student = post.is_permanent, post.is_student
            old.supervised_by_id = post.supervised_by_id
            changed.append(old)
    for chunk in chunks(fresh):
        Post.objects.bulk_create(chunk)
    for chunk in chunks(changed):
        Post.objects.bulk_update(chunk, ["is_permanent", "is_student", "supervised_by"])
    for ids in chunks(touched):
        User.objects.filter(pk__in=ids).update(session_round=F("session_round") + 1)
        SignedIn.objects.filter(user__in=ids, ended_at=None).update(ended_at=now())


def _post(row: PlannedRow, people: dict[str, User]) -> Post:
    deed: Mapping[str, Any] = row.deed
    teacher = people[deed["teacher"]] if deed["teacher"] else None
    return Post(
        user=people[deed["key"]],
        unit_id=deed["unit"],
        role=deed["role"],
        is_permanent=deed["permanent"],
        is_student=deed["student"],
        supervised_by=teacher,
    )


def _terms(post: Post) -> tuple[bool, bool, int | None]:
    return post.is_permanent, post.is_student, post.supervised_by_id


def chunks(items: Iterable[T]) -> Iterable[list[T]]:
    """Lists of at most 500."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
