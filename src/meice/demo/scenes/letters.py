"""Room notices: what lies in the inboxes, besides what the acts before have sent by themselves."""

from __future__ import annotations

from django.urls import reverse

from meice.demo.stage import Stage
from meice.notices.actions import notify

WELCOME = "演示数据都是虚构的，每次重建都会清空。可以先到「附件检查」试一试。"


def play(stage: Stage) -> None:
    """Everybody who can sign in finds one notice that leads somewhere."""
    for login in stage.logins:
        notify(stage.people[login["username"]], text=WELCOME, url=reverse("annexes"))
