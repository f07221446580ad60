"""Telling people: the inbox row and the letter are written in the transaction of the act."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from meice.jobs.actions import enqueue_once
from meice.kernel.clock import now
from meice.notices.mail import is_configured
from meice.notices.models import Letter, Notice, NoticeKind
from meice.notices.tasks import send_letter


def notify(user: Any, *, text: str, url: str = "", kind: str = NoticeKind.RESULT) -> Notice:
    """Tell `user` one Chinese sentence (no personal numbers) with our path `url` to go to.

    Goes to the inbox, and by mail when the user has an address and mail is set up; nothing is
    sent unless the surrounding transaction commits. `ValueError` for a URL that leaves the house.
    """
    return notify_all([user], text=text, url=url, kind=kind)[0]


@transaction.atomic
def notify_all(
    users: Iterable[Any], *, text: str, url: str = "", kind: str = NoticeKind.RESULT
) -> list[Notice]:
    """The same to each of `users`, written at once."""
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("a notice leads to one of our own paths")
    at, people = now(), list(users)
    notices = Notice.objects.bulk_create(
        Notice(user=user, kind=NoticeKind(kind), text=text[:300], url=url, sent_at=at)
        for user in people
    )
    for notice, user in zip(notices, people, strict=True):
        if user.email and is_configured():
            letter = Letter.objects.create(notice=notice, message_id=_message_id())
            enqueue_once(send_letter, letter.pk, key=f"letter:{letter.pk}")
    return notices


def mark_read(notice: Notice, *, by: Any) -> None:
    """The person has seen it."""
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=now())


def mark_all_read(*, by: Any, until: datetime) -> int:
    """The person has seen all that had come by `until`; gives their number."""
    mine = Notice.objects.visible_to(by).unread()
    return mine.filter(sent_at__lte=until).update(read_at=now())


def _message_id() -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<{uuid.uuid4().hex}@{host}>"
