"""Work of the register in the background: large exports, expiry, paths that moved."""

from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from meice.files.actions import keep_file
from meice.jobs import progress
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.notices.actions import notify
from meice.orgs.models import User
from meice.registry.actions.exports import finish_export, write_export
from meice.registry.actions.ledger import apply_ledger_intake
from meice.registry.actions.outlets import follow_units as follow
from meice.registry.actions.outlets import refresh_leavers
from meice.registry.models import LedgerExport, LedgerIntake

EVERY_ROWS = 200


@task()
def make_export(export_id: int) -> None:
    """Write the file, keep it, tell who asked. Twice is harmless: the second finds it done."""
    export = LedgerExport.objects.select_related("made_by").get(pk=export_id)
    if export.file_id:
        return
    total = len(export.outlets)

    def said(done: int) -> None:
        if done % EVERY_ROWS == 0 or done == total:
            progress.report(done, total, f"{total} 行已写 {done} 行")

    name, content = write_export(export, timezone.localdate(now()), said)
    kept = keep_file(BytesIO(content), name=name, by=None, purpose="ledger-export")
    if finish_export(export, kept):
        url = reverse("ledger-export", args=[export.pk])
        notify(export.made_by, text=f"导出好了：{export.get_form_display()}，{total} 行", url=url)


@task()
def follow_units() -> None:
    """Rows of units that moved in the tree get the new path."""
    follow()


@task()
def note_leavers() -> None:
    """Outlets whose contact may no longer sign in show a gap."""
    refresh_leavers()


@task(atomic=True)
def apply_ledger(intake_id: int, user_id: int, digest: str) -> None:
    """Write a previewed ledger; the result, or why not, comes to the inbox.

    All of it in the transaction that finishes the job: a worker that dies has done nothing, and
    nobody is told twice or wrongly.
    """
    intake = LedgerIntake.objects.get(pk=intake_id)
    user = User.objects.get(pk=user_id)
    url = reverse("ledger-intake", args=[intake_id])
    try:
        intake = apply_ledger_intake(intake, digest=digest, by=user, at=now())
        counts = intake.counts
        text = f"台账导入好了：新增 {counts['new']} 个，修改 {counts['change']} 个"
    except Refused as refusal:
        text = f"台账没有导入：{refusal.reason}"
    notify(user, text=text, url=url)
