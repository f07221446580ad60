"""The letter as mail."""

from django.conf import settings
from django.core.mail import EmailMessage

from meice.notices.models import Letter

_NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")
SUBJECT_LENGTH = 40


def is_configured() -> bool:
    """Does mail go anywhere? Without a server, notices stay in the inbox."""
    return not settings.EMAIL_BACKEND.endswith(_NOWHERE)


def message_of(letter: Letter) -> EmailMessage:
    """Subject, sentence, link; the Message-ID is the letter's own."""
    notice = letter.notice
    lines = [notice.text]
    if notice.url:
        lines += ["", f"{settings.PUBLIC_URL.rstrip('/')}{notice.url}"]
    lines += ["", f"{settings.INSTITUTION} 媒册（系统邮件，不用回复）"]
    return EmailMessage(
        subject=f"媒册 · {notice.look.label}：{' '.join(notice.text.split())[:SUBJECT_LENGTH]}",
        body="\n".join(lines),
        to=[notice.user.email],
        headers={"Message-ID": letter.message_id},
    )
