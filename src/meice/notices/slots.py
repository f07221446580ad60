"""The inbox in the top bar, and the room's round."""

from datetime import time

from django.http import HttpRequest
from django.urls import reverse

from meice.jobs import schedules
from meice.notices.models import Notice
from meice.notices.tasks import clean_up_notices
from meice.web.topbar import TopItem, TopLine, topbar


def register() -> None:
    """The count of unread notices (one query a page) and the nightly cleaning."""
    topbar.register(TopItem(icon="inbox", order=50, line=_unread))
    schedules.daily(at=time(3, 20), task=clean_up_notices, key="notices.clean-up")


def _unread(request: HttpRequest) -> TopLine | None:
    if not request.user.is_authenticated:
        return None
    number = Notice.objects.visible_to(request.user).unread().count()
    label = f"消息，{number} 条没有看" if number else "消息，没有新的"
    return TopLine(text=str(number) if number else "", label=label, url=reverse("inbox"))
