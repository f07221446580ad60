"""The inbox of each person, and the letters that follow it by mail."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models

READ_KEPT = timedelta(days=180)


class NoticeKind(models.TextChoices):
    """Why the person is told; icon and tone are what `{% status %}` shows."""

    TASK = "task", "要你办"
    REMINDER = "reminder", "催办"
    RESULT = "result", "办理结果"
    ALARM = "alarm", "告警"

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return _LOOKS[self][0]

    @property
    def tone(self) -> str:
        """What it means for the reader."""
        return _LOOKS[self][1]


_LOOKS = {
    NoticeKind.TASK: ("clock", "info"),
    NoticeKind.REMINDER: ("alert-triangle", "warn"),
    NoticeKind.RESULT: ("circle-check", "good"),
    NoticeKind.ALARM: ("alert-octagon", "bad"),
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Sets of notices."""

    def visible_to(self, user: Any) -> Self:
        """Only one's own."""
        return self.filter(user=user.pk)

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at=None)

    def drop_old(self, moment: datetime) -> int:
        """Remove what was read half a year before `moment`; gives the number of rows."""
        return self.filter(read_at__lt=moment - READ_KEPT).delete()[0]


class Notice(models.Model):
    """One sentence to one person, and where to go; the URL was reversed by who wrote it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField("类别", max_length=8, choices=NoticeKind)
    text = models.CharField("内容", max_length=300)
    url = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField("时间")
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-sent_at"], name="notice_inbox"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def look(self) -> NoticeKind:
        """Icon, word and tone of the kind."""
        return NoticeKind(self.kind)


class Letter(models.Model):
    """The mail of one notice: at most one, and sent once as far as mail allows (the Message-ID
    is the same at every try, so that a mailbox sees a repetition for what it is)."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="letter")
    message_id = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "邮件"

    def __str__(self) -> str:
        return self.message_id
