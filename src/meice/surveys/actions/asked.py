"""What can be done with a check: receive, delete, ask for the package. Only these write.

What the worker writes about the results is in `found`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db import transaction

from meice.audit.actions import record
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.surveys import tasks
from meice.surveys.actions.drop import drop_check
from meice.surveys.models import AnnexCheck, CheckedForm, MergedPackage, Upload
from meice.surveys.policies import may_recheck

PURPOSE = "annex-check"
MAX_UPLOAD_BYTES = 300 * 1024 * 1024  # an archive; a single spreadsheet is held to 20 MB later
MAX_NAME = 500


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in; `name` may hold folders (`学院/附件1.xls`)."""

    name: str
    size: int
    stream: IO[bytes]


def receive_files(
    files: Iterable[Incoming], *, by: User, token: uuid.UUID, one_unit: bool = True
) -> AnnexCheck:
    """Keep `files` and have them checked; the same `token` again gives the check made first.

    `one_unit`: the loose files are one unit's set and are checked against each other. A file
    that cannot be kept is listed with its reason; the others are kept all the same.
    """
    known = AnnexCheck.objects.visible_to(by).filter(token=token).first()
    if known is not None:
        return known
    uploads = [_keep(position, each, by) for position, each in enumerate(files)]
    with transaction.atomic():
        check, is_new = AnnexCheck.objects.get_or_create(
            owner=by, token=token, defaults={"one_unit": one_unit}
        )
        if is_new:
            _open(check, uploads, by)
    return check


def _open(check: AnnexCheck, uploads: list[Upload], by: User) -> None:
    for upload in uploads:
        upload.check_made = check
    Upload.objects.bulk_create(uploads, batch_size=500)
    kept = sum(upload.stored is not None for upload in uploads)
    record("annexes.receive", check, by=by, detail={"files": len(uploads), "kept": kept})
    enqueue_once(tasks.check_annexes, check.pk, key=tasks.check_key(check), by=by)


def _keep(position: int, each: Incoming, by: User) -> Upload:
    upload = Upload(position=position, name=each.name[-MAX_NAME:], size=each.size)
    if each.size > MAX_UPLOAD_BYTES:
        upload.refusal = "超过 300 MB。请分成几个压缩包再传。"
        return upload
    try:
        upload.stored = keep_file(each.stream, name=upload.name, by=by, purpose=PURPOSE)
    except Refused as refusal:
        upload.refusal = refusal.reason[:300]
    return upload


@transaction.atomic
def recheck(check: AnnexCheck, *, by: User) -> None:
    """Queue the check again after its job was given up."""
    require(may_recheck(check, is_given_up=tasks.is_given_up(tasks.check_key(check))))
    record("annexes.recheck", check, by=by)
    enqueue_once(tasks.check_annexes, check.pk, key=tasks.check_key(check), by=by)


@transaction.atomic
def delete_check(check: AnnexCheck, *, by: User) -> None:
    """Remove the check, its results and the rows of its files at once; the bytes, which another
    file may share, go with the next orphan sweep."""
    record("annexes.delete", check, by=by, detail={"forms": check.form_count})
    drop_check(check)


def ask_package(
    check: AnnexCheck, *, by: User, unit: str, short_name: str, sent_on: date
) -> MergedPackage:
    """Have the accepted files merged; asking the same again gives the same package."""
    with transaction.atomic():
        package, is_new = MergedPackage.objects.get_or_create(
            check_made=check, unit=unit, short_name=short_name, sent_on=sent_on
        )
        if is_new or tasks.is_given_up(tasks.merge_key(package)):
            record("annexes.merge", check, by=by, detail={"package": package.pk})
            enqueue_once(tasks.merge_annexes, package.pk, key=tasks.merge_key(package), by=by)
    return package


@transaction.atomic
def export_faults(check: AnnexCheck, *, by: User) -> None:
    """Note that the list of faults, which may quote personal data, left the house."""
    record("annexes.export-faults", check, by=by, detail={"errors": check.error_count})


@transaction.atomic
def export_file(check: AnnexCheck, stored: StoredFile, *, by: User) -> None:
    """Note that a file of the check (upload, package, report) left the house."""
    record("annexes.export-file", check, by=by, detail={"file": stored.pk})


@transaction.atomic
def rewrite_form(form: CheckedForm, *, by: User) -> None:
    """Note that a form left the house, written anew."""
    record("annexes.rewrite", form.check_made, by=by, detail={"form": form.pk})


@transaction.atomic
def unmask_form(form: CheckedForm, *, by: User) -> None:
    """Note that the mobiles of a form were shown whole, once."""
    record("annexes.unmask", form.check_made, by=by, detail={"form": form.pk})
