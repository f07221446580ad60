"""Uploads in place of the sheet: dropped, checked by a job, previewed, then used or dropped.

Nothing is replaced before `use_replacement`; the rows that go stay in the database, removed.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from meice.engines.annexes.model import Annex
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.surveys import tasks
from meice.surveys.actions.asked import Incoming, receive_files
from meice.surveys.actions.events import finish, lock_submission
from meice.surveys.actions.filling import recount
from meice.surveys.models import (
    Replacement,
    ReplacementFile,
    RowSource,
    Submission,
    SubmissionHeader,
    SubmissionRow,
)
from meice.surveys.policies import may_replace_rows
from meice.surveys.rows.matching import incoming_counts, incoming_header, incoming_rows
from meice.surveys.sheet.register import outlets_by_key

CHUNK = 500


def upload_replacement(
    submission: Submission,
    files: Sequence[Incoming],
    *,
    token: uuid.UUID,
    by: User,
    at: datetime,
) -> Replacement:
    """Keep the files and have them checked; the same `token` again gives the same drop."""
    require(may_replace_rows(submission, by))
    known = Replacement.objects.filter(submission=submission, token=token).first()
    if known is not None:
        return known
    check = receive_files(files, by=by, token=token)
    with transaction.atomic():
        made, is_new = Replacement.objects.get_or_create(
            submission=submission, token=token, defaults={"check_made": check, "by": by, "at": at}
        )
        if is_new:
            kept = check.uploads.filter(stored__isnull=False)
            ReplacementFile.objects.bulk_create(
                ReplacementFile(
                    replacement=made, position=each.position, name=each.name, stored=each.stored
                )
                for each in kept
            )
            enqueue_once(tasks.read_replacement, made.pk, key=tasks.replacement_key(made), by=by)
    return made


def use_replacement(replacement: Replacement, *, by: User, at: datetime) -> Submission:
    """用收下的 N 个: the rows of the annexes that came in are replaced by what the files say."""
    with transaction.atomic():
        submission = lock_submission(replacement.submission)
        require(may_replace_rows(submission, by))
        replacement = Replacement.objects.select_for_update().get(pk=replacement.pk)
        if replacement.used_at is not None:
            return submission
        if not replacement.forms or replacement.dropped_at is not None:
            raise Refused("没有收下的表，不能替换。改好后重传。")
        _replace(submission, replacement, by, at)
        replacement.used_at = at
        replacement.save(update_fields=["used_at"])
        recount(submission)
        detail = {"forms": len(replacement.forms), "rows": submission.row_count}
        finish(submission, "replace", by=by, at=at, detail=detail)
        return submission


def _replace(submission: Submission, replacement: Replacement, by: User, at: datetime) -> None:
    outlets = list(outlets_by_key(submission).values())
    rows = incoming_rows(replacement.forms, outlets)
    annexes = {form["annex"] for form in replacement.forms} & set(submission.campaign.annexes)
    gone = SubmissionRow.objects.filter(submission=submission, annex__in=annexes).standing()
    gone.update(removed=True, changed_at=at, changed_by=by)
    place = dict.fromkeys(Annex, 0)
    made = []
    for row in rows:
        if row.annex not in annexes:
            continue
        place[row.annex] += 1
        made.append(
            SubmissionRow(
                submission=submission,
                annex=int(row.annex),
                position=place[row.annex],
                cells=row.cells,
                outlet_id=row.outlet_id,
                source=RowSource.UPLOAD,
                made_at=at,
                made_by=by,
                changed_at=at,
                changed_by=by,
            )
        )
    SubmissionRow.objects.bulk_create(made, batch_size=CHUNK)
    _replace_header(submission, replacement)
    submission.saved_at, submission.filled_by = at, by


def _replace_header(submission: Submission, replacement: Replacement) -> None:
    header, _ = SubmissionHeader.objects.get_or_create(
        submission=submission, defaults={"unit": submission.unit.name}
    )
    given = incoming_header(replacement.forms)
    if given is not None:
        header.filled_by = given.filled_by[:60] or header.filled_by
        header.phone = given.phone[:40] or header.phone
        header.date = given.date[:20] or header.date
    if any(form["annex"] == Annex.COUNTS for form in replacement.forms):
        header.own_counts = incoming_counts(replacement.forms)
    header.version += 1
    header.save()


@transaction.atomic
def drop_replacement(replacement: Replacement, *, by: User, at: datetime) -> None:
    """Leave the sheet as it is."""
    require(may_replace_rows(replacement.submission, by))
    Replacement.objects.filter(pk=replacement.pk, used_at=None).update(dropped_at=at)
