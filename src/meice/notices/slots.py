"""The inbox in the top bar, and the room's round."""

from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from meice.jobs import schedules
from meice.kernel.slots import Tally
from meice.notices.models import Notice
from meice.notices.tasks import clean_up_notices
from meice.web.topbar import TopItem, TopLine, topbar


def register() -> None:
    """The count of unread notices (counted with the sidebar's) and the nightly cleaning."""
    topbar.register(TopItem(icon="inbox", order=50, line=_inbox, tally=_unread))
    schedules.daily(at=time(3, 20), task=clean_up_notices, key="notices.clean-up")


def _unread(user: Any, at: datetime) -> Tally:
    return Tally(Notice.objects.visible_to(user).unread(), Q(pk__in=[]))


def _inbox(request: HttpRequest, number: int | None) -> TopLine:
    label = f"消息，{number} 条没有看" if number else "消息" if number is None else "消息，没有新的"
    return TopLine(text=str(number) if number else "", label=label, url=reverse("inbox"))
