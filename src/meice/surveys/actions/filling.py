"""The unit's side before it is reported: begin, count, hand over to the leader, take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import IO

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meice.engines.annexes.model import Annex
from meice.files.actions import keep_file
from meice.files.kinds import FileKind
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.orgs.roles import Right, Role
from meice.registry.actions.people import people_over
from meice.registry.models import Filing, FilingStatus
from meice.surveys.actions.events import finish, lock_submission, take, tell
from meice.surveys.models import (
    DifferenceAct,
    RowSource,
    Submission,
    SubmissionHeader,
    SubmissionRow,
)
from meice.surveys.policies import may_fill
from meice.surveys.rows import Examined, examine, header_of, is_blank, office_holders_of, own_counts
from meice.surveys.rows.ordered import hold_orders
from meice.surveys.rows.packing import Letterhead, Packed, pack
from meice.surveys.rows.prefill import Prefilled, outlets_of, rows_of
from meice.surveys.sheet.register import differences_of, names_below, outlets_by_key
from meice.surveys.workflow import SUBMISSION

PURPOSE = "submission-package"
SCAN_PURPOSE = "submission-scan"
SCAN_KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG)
CHUNK = 500
CALL_WANTED = "还没有过截止时间，由单位自己填。单位打电话来请你代填的，写明谁来的电话。"


@transaction.atomic
def start_submission(
    submission: Submission, *, by: User, at: datetime, told: str = ""
) -> Submission:
    """Pre-fill it from the register. By the department it is on the unit's behalf (代填): once the
    unit is late, or when it telephones (`told`: who did); the unit's people are told."""
    submission = take(submission, "start", by)
    submission.started_at = submission.saved_at = at
    submission.filled_by = by
    if not by.has(Right.DRAFT_BUSINESS, submission.unit):
        if not submission.campaign.is_late(at) and not told.strip():
            raise Refused(CALL_WANTED)
        submission.on_behalf_by, submission.on_behalf_told = by, told.strip()[:100]
        words = f"宣传部开始代你单位填写：{submission.campaign.title}"
        tell(people_over(Role.OPERATOR, submission.unit), submission, words, besides=by)
    _write_header(submission, by, at)
    rows = rows_of(
        submission.unit,
        submission.campaign.annexes,
        since=last_report(submission),
        besides=units_below(submission),
    )
    _write_rows(submission, rows, by, at)
    recount(submission)
    finish(submission, "start", by=by, at=at, note=told.strip(), detail={"rows": len(rows)})
    return submission


def last_report(submission: Submission) -> datetime | None:
    """When the unit last reported to an earlier campaign; None: never."""
    earlier = Submission.objects.filter(unit=submission.unit_id, reported_at__isnull=False)
    earlier = earlier.exclude(pk=submission.pk).exclude(campaign=submission.campaign_id)
    return earlier.order_by("-reported_at").values_list("reported_at", flat=True).first()


def units_below(submission: Submission) -> list[str]:
    """Paths of units below it that hand in their own submission to the same campaign."""
    others = Submission.objects.filter(
        campaign=submission.campaign_id, unit_path__startswith=submission.unit_path
    )
    return list(others.exclude(pk=submission.pk).values_list("unit_path", flat=True))


def _write_header(submission: Submission, by: User, at: datetime) -> None:
    is_own = submission.on_behalf_by_id is None
    SubmissionHeader.objects.update_or_create(
        submission=submission,
        defaults={
            "unit": submission.unit.name,
            "filled_by": by.name if is_own else "",
            "phone": by.mobile if is_own else submission.unit.phone,
            "date": timezone.localdate(at).isoformat(),
        },
    )


def _write_rows(submission: Submission, rows: Sequence[Prefilled], by: User, at: datetime) -> None:
    place = dict.fromkeys(Annex, 0)
    made = []
    for row in rows:
        place[row.annex] += 1
        made.append(
            SubmissionRow(
                submission=submission,
                annex=int(row.annex),
                position=place[row.annex],
                cells=row.cells,
                outlet_id=row.outlet_id,
                source=RowSource.REGISTER,
                made_at=at,
                made_by=by,
                changed_at=at,
            )
        )
    SubmissionRow.objects.bulk_create(made, batch_size=CHUNK)


def examined(
    submission: Submission,
    rows: Iterable[SubmissionRow],
    today: date,
    header: SubmissionHeader | None = None,
) -> Examined:
    """The engine's verdict on these rows; `header` spares the query when it is loaded."""
    header = header or SubmissionHeader.objects.filter(submission=submission).first()
    return examine(
        rows,
        header_of(header or SubmissionHeader(submission=submission)),
        today=today,
        annexes=submission.campaign.annexes,
        own=own_counts(header),
        below=names_below(submission.unit),
    )


def recount(submission: Submission, today: date | None = None) -> Examined:
    """Put what the rows now say into the counters, in memory; links rows whose 开设 filing was
    accepted meanwhile to their outlet."""
    _link_accepted(submission)
    rows = list(submission.rows.order_by("annex", "position", "pk").select_related("changed_by"))
    kept = [row for row in rows if not row.removed]
    outlets = outlets_by_key(submission)
    found = examined(submission, kept, today or timezone.localdate())
    basic = [row for row in kept if row.annex == Annex.BASIC]
    asks_basic = Annex.BASIC in submission.campaign.annexes
    found = hold_orders(found, basic, outlets) if asks_basic else found
    lead = basic if asks_basic else kept
    submission.row_count = sum(not is_blank(row.cells) for row in lead)
    submission.error_count, submission.warning_count = found.errors, found.warnings
    open_ones = [d for d in differences_of(submission, basic, outlets) if d.decided is None]
    submission.difference_count = len(open_ones) if asks_basic else 0
    return found


def _link_accepted(submission: Submission) -> None:
    """A row that was new to the register has its outlet once the filing is accepted."""
    opened = Filing.objects.filter(status=FilingStatus.ACCEPTED)
    decisions = submission.decisions.filter(
        act=DifferenceAct.FILE_OPEN, row__outlet=None, filing__in=opened
    )
    for decision in decisions.select_related("filing"):
        if decision.filing is not None:
            row = SubmissionRow.objects.filter(pk__in=[decision.row_id])
            row.update(outlet=decision.filing.outlet_id)


def rows_in_order(submission: Submission) -> QuerySet[SubmissionRow]:
    """The standing rows, annex by annex."""
    return SubmissionRow.objects.filter(submission=submission).standing_in_order()


def packed(submission: Submission, at: datetime) -> Packed:
    """The package as it is now: its bytes and what is in it. Only reads."""
    header = SubmissionHeader.objects.filter(submission=submission).first()
    unit = submission.unit
    head = Letterhead(
        header_of(header or SubmissionHeader(submission=submission, unit=unit.name)),
        unit.name,
        unit.called,
        timezone.localdate(at),
        submission.campaign.delivery,
    )
    rows = list(rows_in_order(submission))
    holders = office_holders_of(unit, units_below(submission))
    return pack(rows, submission.campaign.annex_list, head, holders)


def keep_package(submission: Submission, *, by: User, at: datetime) -> StoredFile:
    """The package's bytes, on the disk before any row points there."""
    made = packed(submission, at)
    return keep_file(BytesIO(made.content), name=made.name, by=by, purpose=PURPOSE)


def present_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """To the leader. What is handed over is the package itself: its bytes are kept now, and the
    leader answers for exactly these. Raises `Refused` when somebody wrote meanwhile."""
    current = Submission.objects.select_related("campaign", "unit").get(pk=submission.pk)
    kept = keep_package(current, by=by, at=at)
    with transaction.atomic():
        return _hand_over(current, kept, "present", by, at)


def declare_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """零报告, to the leader: only when the register has no outlet of the unit either."""
    current = Submission.objects.select_related("campaign", "unit").get(pk=submission.pk)
    standing = outlets_of(current.unit, units_below(current)).filter(publishes=True).count()
    if standing:
        raise Refused(f"台账里还有 {standing} 个账号网站，不能零报告。不再用的先报注销备案。")
    if any(not is_blank(row.cells) for row in rows_in_order(current)):
        raise Refused("表里还有账号，不能零报告。先删掉这些行。")
    kept = keep_package(current, by=by, at=at)
    with transaction.atomic():
        return _hand_over(current, kept, "declare", by, at)


def _hand_over(seen: Submission, kept: StoredFile, step: str, by: User, at: datetime) -> Submission:
    locked = lock_submission(seen)
    if locked.version != seen.version:
        raise Refused("刚才又有人改了这张表，请看过后再交。")
    recount(locked, timezone.localdate(at))
    SUBMISSION.take(step, locked, by)
    locked.zero = step == "declare"
    locked.started_at = locked.started_at or at
    locked.filled_by = locked.filled_by or by
    locked.prepared, locked.presented_by, locked.presented_at = kept, by, at
    finish(locked, step, by=by, at=at, detail={"sha256": kept.digest, "rows": locked.row_count})
    leaders = people_over(Role.LEADER, locked.unit)
    tell(leaders, locked, f"请确认报送：{locked.campaign.title}（{locked.unit.name}）", besides=by)
    return locked


@transaction.atomic
def recall_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """Back from the leader's desk to be changed."""
    submission = take(submission, "recall", by)
    _open_again(submission)
    finish(submission, "recall", by=by, at=at)
    return submission


@transaction.atomic
def decline_submission(submission: Submission, *, note: str, by: User, at: datetime) -> Submission:
    """The leader sends it back to the operators, with a reason."""
    submission = take(submission, "decline", by)
    if not note.strip():
        raise Refused("退回修改须写明要改什么。")
    presented_by = submission.presented_by
    _open_again(submission)
    finish(submission, "decline", by=by, at=at, note=note.strip())
    if presented_by is not None:
        text = f"领导退回修改：{submission.campaign.title}"
        tell([presented_by], submission, text, besides=by)
    return submission


def _open_again(submission: Submission) -> None:
    submission.prepared = submission.presented_by = submission.presented_at = None
    submission.zero = False


@transaction.atomic
def edit_header(
    submission: Submission,
    *,
    filled_by: str,
    phone: str,
    day: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Submission:
    """填表人, 电话, 填表时间 of the four forms. `version`: of the header that was seen; raises
    `Refused` when somebody wrote it meanwhile."""
    submission = lock_submission(submission)
    require(may_fill(submission, by))
    if not submission.is_editable:
        raise Refused(f"现在是「{submission.state.label}」，不能改表头。")
    header, _ = SubmissionHeader.objects.get_or_create(
        submission=submission, defaults={"unit": submission.unit.name}
    )
    if version and version != header.version:
        raise Refused(f"刚才有人改了表头：填表人 {header.filled_by or '未填'}。请看过再存。")
    header.filled_by, header.phone, header.date = filled_by.strip(), phone.strip(), day.strip()
    header.version += 1
    header.save(update_fields=["filled_by", "phone", "date", "version"])
    submission.saved_at = at
    recount(submission)
    finish(submission, "header", by=by, at=at)
    return submission


def attach_scan(
    submission: Submission, stream: IO[bytes], *, name: str, by: User, at: datetime
) -> Submission:
    """Keep the stamped pages (PDF or picture); a later one takes their place."""
    require(may_fill(submission, by))
    kept = keep_file(stream, name=name, by=by, purpose=SCAN_PURPOSE)
    with transaction.atomic():
        locked = lock_submission(submission)
        require(may_fill(locked, by))
        if kept.kind not in SCAN_KINDS:
            raise Refused("盖章件须是 PDF、JPG 或 PNG。请用扫描件或手机拍照后再传。")
        locked.scan = kept
        finish(locked, "scan", by=by, at=at, note=kept.name, detail={"sha256": kept.digest})
        return locked
