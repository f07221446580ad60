"""Reporting: idempotent, judged once by the database's clock, answered with a receipt.

The package's bytes were kept before (`filling`); reporting locks one row, adds the receipt and
points to it. The same key, or the same bytes again, gives the same receipt.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZipFile

from django.db import IntegrityError, transaction
from django.utils import timezone

from meice.audit.actions import Detail
from meice.engines.annexes.model import Annex
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.surveys.actions.campaigns import keepers_of
from meice.surveys.actions.events import finish, lock_submission, take, tell
from meice.surveys.actions.filling import keep_package, recount
from meice.surveys.models import ConfirmedBy, Receipt, Submission, SubmissionRow
from meice.surveys.policies import leads
from meice.surveys.workflow import SUBMISSION

REASON_WANTED = "已过截止时间，须写明逾期原因；写明后照收，记为逾期。"
STALE = "这份内容刚才被换过，请看过新的内容再确认。"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request to report: `key` from its form, `at` from the database's clock as it arrived."""

    key: uuid.UUID
    at: datetime
    late_reason: str = ""


def confirm_submission(
    submission: Submission, arrival: Arrival, *, by: User, digest: str = ""
) -> Receipt:
    """The leader answers for the package she saw (`digest`), and it is reported.

    Raises `Refused` when the act is not hers, the package is another by now, or it is late and no
    reason was given.
    """
    try:
        with transaction.atomic():
            return _confirm(submission, arrival, by, digest)
    except IntegrityError:
        raise Refused("这张表单已经用过，请刷新页面后再办。") from None


def _confirm(submission: Submission, arrival: Arrival, by: User, digest: str) -> Receipt:
    locked = lock_submission(submission)
    if again := _given_before(locked, arrival, digest):
        require(leads(locked, by))
        return again
    SUBMISSION.take("confirm", locked, by)
    if locked.prepared is None or (digest and locked.prepared.digest != digest):
        raise Refused(STALE)
    return _report(locked, "confirm", locked.prepared, arrival, ConfirmedBy.CLICK, by)


def _given_before(locked: Submission, arrival: Arrival, digest: str) -> Receipt | None:
    """The receipt of the same key, or of the same bytes while they are what is reported."""
    if not locked.round:
        return None
    known = Receipt.objects.filter(submission=locked, key=arrival.key).first()
    if known is not None:
        return known
    current = locked.receipt
    if current is not None and locked.status in ("reported", "received"):
        return current if digest and current.digest == digest else None
    return None


def attest_submission(submission: Submission, arrival: Arrival, *, by: User) -> Receipt:
    """Reported by the operator on the stamped scan."""
    return _report_now(submission, "attest", arrival, ConfirmedBy.SCAN, by, told="")


def relay_submission(submission: Submission, arrival: Arrival, *, told: str, by: User) -> Receipt:
    """代报: by the department for a unit that telephones; `told` says who said so. The unit's
    people are told, and another person accepts (or the stamped scan comes)."""
    if not told.strip():
        raise Refused("代报须写明是谁在电话里报的。")
    return _report_now(submission, "relay", arrival, ConfirmedBy.PHONE, by, told.strip())


def _report_now(
    submission: Submission,
    step: str,
    arrival: Arrival,
    how: ConfirmedBy,
    by: User,
    told: str,
) -> Receipt:
    seen = Submission.objects.select_related("campaign", "unit").get(pk=submission.pk)
    known = Receipt.objects.filter(submission=seen, key=arrival.key).first()
    if known is not None:
        return known
    kept = keep_package(seen, by=by, at=arrival.at)
    with transaction.atomic():
        locked = lock_submission(seen)
        known = Receipt.objects.filter(submission=locked, key=arrival.key).first()
        if known is not None:
            return known
        if locked.version != seen.version:
            raise Refused("刚才又有人改了这张表，请看过后再报。")
        recount(locked, timezone.localdate(arrival.at))
        SUBMISSION.take(step, locked, by)
        if step == "relay":
            locked.on_behalf_by, locked.on_behalf_told = by, told[:100]
            locked.zero = locked.row_count == 0
        return _report(locked, step, kept, arrival, how, by)


def _report(
    locked: Submission,
    step: str,
    package: StoredFile,
    arrival: Arrival,
    how: ConfirmedBy,
    by: User,
) -> Receipt:
    on_time = not locked.campaign.is_late(arrival.at)
    if not on_time and not arrival.late_reason.strip():
        raise Refused(REASON_WANTED)
    locked.round += 1
    receipt = Receipt.objects.create(
        number=_number(locked, arrival.at),
        submission=locked,
        round=locked.round,
        key=arrival.key,
        arrived_at=arrival.at,
        deadline=locked.campaign.deadline,
        on_time=on_time,
        late_reason="" if on_time else arrival.late_reason.strip()[:300],
        by=by,
        by_name=by.name,
        digest=package.digest,
        package=package,
        scan=locked.scan,
        files=files_in(package, locked),
        figures={"rows": locked.row_count, "warnings": locked.warning_count, "zero": locked.zero},
    )
    locked.receipt, locked.prepared = receipt, package
    locked.confirmed_how, locked.confirmed_by = how, by
    locked.reported_at = arrival.at
    locked.claimed_by = locked.claimed_at = locked.decided_by = locked.decided_at = None
    detail: Detail = {"receipt": receipt.number, "sha256": receipt.digest, "on_time": on_time}
    finish(locked, step, by=by, at=arrival.at, note=receipt.late_reason, detail=detail)
    _tell_unit(locked, receipt, by)
    return receipt


def _number(locked: Submission, at: datetime) -> str:
    """`HZ-2026-0031-104`, with the round from the second on; made of what is unique already."""
    year = timezone.localtime(at).year
    tail = f"-{locked.round}" if locked.round > 1 else ""
    return f"HZ-{year}-{locked.campaign_id:04d}-{locked.pk:03d}{tail}"


def files_in(package: StoredFile, submission: Submission) -> list[dict[str, Any]]:
    """Name, annex, size and rows of each file of the package, as the receipt lists them."""
    counts = dict.fromkeys(Annex, 0)
    rows = SubmissionRow.objects.filter(submission=submission).standing()
    for annex in rows.values_list("annex", flat=True):
        counts[Annex(annex)] += 1
    counts[Annex.COUNTS] = 7
    annexes: Sequence[Annex] = submission.campaign.annex_list
    with ZipFile(package.path) as archive:
        entries = archive.infolist()
    return [
        {
            "name": entry.filename,
            "annex": int(annex),
            "size": entry.file_size,
            "rows": counts[annex],
        }
        for entry, annex in zip(entries, annexes, strict=False)
    ]


def _tell_unit(locked: Submission, receipt: Receipt, by: User) -> None:
    """The operators know it is in; of a 代报 the leader does too."""
    people = list(keepers_of([locked.unit]).get(locked.unit_id, ()))
    text = f"已报送：{locked.campaign.title}，回执号 {receipt.number}"
    if locked.confirmed_how == ConfirmedBy.PHONE:
        people += keepers_of([locked.unit], Role.LEADER).get(locked.unit_id, [])
        text = f"宣传部已代你单位报送：{locked.campaign.title}，回执号 {receipt.number}，请核对"
    tell(people, locked, text, besides=by, kind=NoticeKind.RESULT)


@transaction.atomic
def revise_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """Take it back to mend and report again; the receipt and its bytes stay."""
    submission = take(submission, "revise", by)
    submission.prepared = submission.presented_by = submission.presented_at = None
    submission.zero = False
    finish(submission, "revise", by=by, at=at)
    return submission
