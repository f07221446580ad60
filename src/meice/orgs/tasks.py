"""Work of the room that takes longer than a page may."""

from django.urls import reverse
from django_tasks import task

from meice.kernel.access import Refused
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs import actions
from meice.orgs.models import Intake, IntakeState, Post, User

IN_PAGE = 1000
"""Rows up to this number are applied in the request itself, about two seconds."""


@task(label="导入单位和人员")
def apply_intake(pk: int, user_pk: int, post_pk: int, digest: str) -> str:
    """Apply import `pk` under the post it was asked with; a second run finds nothing to do."""
    intake = Intake.objects.get(pk=pk)
    if intake.status != IntakeState.PREVIEW:
        return "done"
    user = User.objects.get(pk=user_pk)
    user.post = Post.objects.current().select_related("unit").filter(pk=post_pk, user=user).first()
    url = reverse("intake", args=[pk])
    try:
        done = actions.apply_intake(intake, by=user, digest=digest)
    except Refused as refusal:
        actions.note_trouble(intake, refusal.reason)
        notify(user, text=f"没有导入：{refusal.reason}", url=url, kind=NoticeKind.ALARM)
        return "refused"
    counts = done.counts
    text = f"导入完成：新增 {counts['new']} 行，改动 {counts['changed']} 行。"
    notify(user, text=text, url=url, kind=NoticeKind.RESULT)
    return "applied"


def intake_key(intake: Intake) -> str:
    """Under this key an import is queued once at most."""
    return f"orgs.intake:{intake.pk}"
