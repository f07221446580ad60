"""工作台: what must I do, by when; beside it what the rooms know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meice.kernel.clock import now
from meice.kernel.slots import Todo, TodoList, home_panels, todos
from meice.orgs.models import User
from meice.orgs.views.common import Signed
from meice.web.tones import Look, Tone

NEAR = 5
LISTS = {
    TodoList.MINE: "待我办",
    TodoList.OFFICE: "科室待认领",
    TodoList.OTHERS: "我已办，等对方",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Open items of one heading."""

    key: str
    look: Look
    rows: list[Todo]


HEADINGS = {
    "late": Look("已逾期", icon="alert-circle", tone=Tone.BAD),
    "today": Look("今天到期", icon="alert-triangle", tone=Tone.WARN),
    "week": Look("本周内", icon="clock", tone=Tone.INFO),
    "later": Look("以后", icon="calendar", tone=Tone.IDLE),
    "open": Look("无期限", icon="circle-dashed", tone=Tone.IDLE),
}


@login_required
@require_GET
def home(request: Signed) -> HttpResponse:
    """The reader's open items in groups, late ones on top."""
    moment, user = now(), request.user
    every = open_items(user, moment)
    by_list = {of: [one for one in every if one.of is of] for of in LISTS}
    mine = by_list[TodoList.MINE]
    shown = _chosen(request.GET.get("list", ""), by_list)
    groups = grouped(by_list[shown], moment)
    dated = [one for one in every if one.due and one.of is not TodoList.OTHERS]
    context = {
        "now": moment,
        "groups": [group for group in groups if group.rows],
        "shown": shown,
        "lists": [
            (of, label, len(by_list[of]))
            for of, label in LISTS.items()
            if by_list[of] or of is TodoList.MINE
        ],
        "count": len(mine),
        "counts": {group.key: len(group.rows) for group in grouped(mine, moment)},
        "near": sorted(dated, key=lambda one: one.due or moment)[:NEAR],
        "panels": _panels(user),
        "posts": request.posts_held,
    }
    return render(request, "orgs/home.html", context)


def _chosen(asked: str, by_list: dict[TodoList, list[Todo]]) -> TodoList:
    """What was asked for, if there is any; else mine, else my office's."""
    if asked in by_list:
        return TodoList(asked)
    if not by_list[TodoList.MINE] and by_list[TodoList.OFFICE]:
        return TodoList.OFFICE
    return TodoList.MINE


def open_items(user: User, moment: datetime) -> list[Todo]:
    """What every room has for this person now."""
    return [one for source in todos for one in source.find(user, moment)]


def grouped(items: Iterable[Todo], moment: datetime) -> list[Group]:
    """By deadline in Shanghai's days; a week ends on Sunday."""
    buckets: dict[str, list[Todo]] = {key: [] for key in HEADINGS}
    far = moment + timedelta(days=10_000)
    for one in sorted(items, key=lambda one: one.due or far):
        buckets[_bucket(one.due, moment)].append(one)
    return [Group(key, look, buckets[key]) for key, look in HEADINGS.items()]


def _bucket(due: datetime | None, moment: datetime) -> str:
    if due is None:
        return "open"
    if due < moment:
        return "late"
    today, day = timezone.localdate(moment), timezone.localdate(due)
    if day == today:
        return "today"
    return "week" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def _panels(user: User) -> list[dict[str, Any]]:
    found = ((panel, panel.context(None, user)) for panel in home_panels)
    return [
        {"title": panel.title, "template": panel.template, "context": context}
        for panel, context in found
        if context is not None
    ]
