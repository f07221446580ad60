"""The machine reads a revision: its text at once, its files in a job; what it saw is kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.editorial.lexicons.reading import (
    MOST_SHOWN,
    Remark,
    lexicons_of,
    read_words,
    versions_of,
)
from meice.editorial.models import Attachment, CopyIssue, Revision
from meice.engines.documents import Text
from meice.engines.zhcheck import Severity
from meice.orgs.models import Unit

MOST_BLOCKING = 3 * MOST_SHOWN


def read_body(revision: Revision, unit: Unit, at: datetime) -> int:
    """Title and text, with the lexicons of the unit; gives how many issues were kept."""
    lexicons = lexicons_of(unit)
    seen = read_words(revision.copy, lexicons, today=timezone.localdate(at))
    revision.read_at, revision.read_with = at, versions_of(lexicons)[:120]
    revision.save(update_fields=["read_at", "read_with"])
    return keep_issues(revision, seen, None)


@transaction.atomic
def keep_file_reading(attachment: Attachment, copy: Text, unit: Unit, at: datetime) -> int:
    """What stands in a file. One that cannot be read is unread with its reason, never clean."""
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if attachment.is_read or attachment.unread:
        return 0
    attachment.is_read, attachment.unread = not copy.refusal, copy.refusal[:200]
    attachment.save(update_fields=["is_read", "unread"])
    revision = Revision.objects.get(pk=attachment.revision_id)
    seen = read_words(copy, lexicons_of(unit), today=timezone.localdate(at))
    return keep_issues(revision, seen, attachment)


@transaction.atomic
def end_file_reading(revision: Revision, at: datetime) -> None:
    """Every file was looked at: reviewers may pass the revision."""
    revision.files_read_at = at
    revision.save(update_fields=["files_read_at"])


def keep_issues(revision: Revision, seen: Sequence[Remark], attachment: Attachment | None) -> int:
    """Everything that blocks, and the first others: a person reads no more than `MOST_SHOWN`."""
    blocking = [one for one in seen if one.issue.severity is Severity.BLOCK][:MOST_BLOCKING]
    others = [one for one in seen if one.issue.severity is not Severity.BLOCK]
    kept = [*blocking, *others[: max(0, MOST_SHOWN - len(blocking))]]
    kept.sort(key=lambda one: one.number)
    before = CopyIssue.objects.filter(revision=revision).count()
    CopyIssue.objects.bulk_create(
        _row(revision, attachment, place, one) for place, one in enumerate(kept, before + 1)
    )
    return len(kept)


def _row(
    revision: Revision, attachment: Attachment | None, place: int, remark: Remark
) -> CopyIssue:
    issue = remark.issue
    return CopyIssue(
        revision=revision,
        attachment=attachment,
        place=place,
        rule=issue.rule.value,
        severity=issue.severity.value,
        start=issue.start,
        end=issue.end,
        text=issue.text[:1000],
        message=issue.message,
        suggestion=issue.suggestion,
        source=issue.source[:300],
        where=remark.where[:120],
    )
