"""Mail goes out after the commit, by a job that tries again."""

from django_tasks import task

from meice.kernel.clock import now
from meice.notices.mail import message_of
from meice.notices.models import Letter, Notice


@task(label="发送邮件通知", max_tries=6)
def send_letter(letter_id: int) -> bool:
    """Send one letter unless it is sent already or its person has gone; False: nothing sent."""
    letter = (
        Letter.objects.select_related("notice__user").filter(pk=letter_id, sent_at=None).first()
    )
    if letter is None or not letter.notice.user.email:
        return False
    message_of(letter).send()
    Letter.objects.filter(pk=letter.pk).update(sent_at=now())
    return True


@task(label="清理读过的旧消息")
def clean_up_notices() -> int:
    """Remove notices read long ago; gives the number of rows removed."""
    return Notice.objects.drop_old(now())
