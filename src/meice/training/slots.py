"""What the room shows elsewhere: sidebar, to-dos, panels, search, what a leaver holds, rounds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from meice.audit.phrases import name_acts, name_details
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.clock import now
from meice.kernel.slots import (
    HoldingSource,
    NavGroup,
    NavItem,
    Panel,
    SearchHit,
    SearchSource,
    Tally,
    Todo,
    TodoSource,
)
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Contact, Outlet, OutletStatus
from meice.training import phrases, tasks
from meice.training.actions import following, sessions
from meice.training.models import Certificate, TrainingSession, TrainingTopic
from meice.training.models.need import NEED_LOOKS, NeedState, count_states, needs_of
from meice.training.models.responsible import LEADS, responsible_of
from meice.training.policies import RIGHTS, may_see_training

REMIND_SECONDS = 900
FOLLOW_SECONDS = 60
AHEAD = timedelta(days=14)
SHOWN_OUTLETS = 8


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(NAVIGATION)
    slots.todos.register(TodoSource("培训", _todos))
    slots.outlet_panels.register(
        Panel("责任人和培训", "training/_outlet_panel.html", _outlet_panel, order=70)
    )
    slots.unit_panels.register(
        Panel("队伍建设", "training/_unit_panel.html", _unit_panel, order=80)
    )
    slots.search.register(SearchSource("培训", _find_sessions, order=65))
    slots.search.register(SearchSource("培训证书", _find_certificates, order=66))
    slots.holdings.register(
        HoldingSource("安排的培训", sessions.held_sessions, str, sessions.move_session)
    )
    slots.unit_moved.register(following.follow_units)
    schedules.every(seconds=REMIND_SECONDS, task=tasks.remind_certificates, key="training.remind")
    schedules.every(seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="training.follow-units")


def _sees(user: User) -> bool:
    return bool(may_see_training(user))


def _kept(user: User, at: datetime) -> Q:
    """Sessions that she arranges, begun, whose attendance is still to be told."""
    wanted = Q(pk__in=[])
    for path in {path for right in RIGHTS for path in user.reach(right)}:
        wanted |= Q(unit__path=path)
    return wanted & Q(starts_at__lt=at)


def _waiting(user: User, at: datetime) -> Tally:
    rows = TrainingSession.objects.planned().filter(_kept(user, at))
    return Tally(rows, Q(starts_at__lt=at - timedelta(days=3)))


NAVIGATION = NavItem(
    NavGroup.SUPPORT, "队伍建设", icon="school", url_name="training-list", order=50, visible=_sees,
    tally=_waiting,
)  # fmt: skip


def _todos(user: User, at: datetime) -> Iterable[Todo]:
    """Sessions to go to within two weeks, and those of her unit to be closed; one query."""
    if not _sees(user):
        return
    hers = Q(attendances__user=user.pk, starts_at__range=(at, at + AHEAD))
    rows = TrainingSession.objects.planned().filter(hers | _kept(user, at)).distinct()
    for one in rows.select_related("unit").order_by("starts_at", "pk")[:20]:
        url = one.get_absolute_url()
        if one.starts_at > at:
            why = f"{one.unit.called}举办，{one.place or '线上'}"
            yield Todo(f"参加培训：{one.title}", why, "查看", url, due=one.starts_at)
        else:
            attend = reverse("training-attend", args=[one.pk])
            what = f"登记到会：{one.title}"
            yield Todo(what, "登记谁到会，再办完", "登记", attend, one.unit.called)


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """Its responsible people with 在编, post and training."""
    if not user.has(Right.SEE_BUSINESS):
        return None
    return {"people": responsible_of([outlet], now())[outlet.pk], "path": outlet.unit_path}


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """Numbers of the unit and below, each with its list; the first outlets whose people have a
    gap."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    at, topics = now(), list(TrainingTopic.objects.standing())
    needs = needs_of(Post.objects.current().below(unit.path), at, topics)
    numbers = count_states(needs)
    outlets = Outlet.objects.filter(unit_path__startswith=unit.path)
    standing = outlets.exclude(status=OutletStatus.CANCELLED)
    return {
        "total": len(needs),
        "has_topics": bool(topics),
        "cells": [(NEED_LOOKS[one], numbers[one], _needs_url(unit, one)) for one in NeedState],
        "contacts": _contact_numbers(unit),
        "outlets": _gaps(list(standing.filter(unit=unit).order_by("pinyin_key", "pk")[:50]), at),
    }


def _needs_url(unit: Unit, state: NeedState) -> str:
    return f"{reverse('training-needs')}?unit={unit.path}&view={state.value}"


def _contact_numbers(unit: Unit) -> dict[str, int]:
    contacts = Contact.objects.filter(outlet__unit_path__startswith=unit.path)
    return contacts.exclude(outlet__status=OutletStatus.CANCELLED).aggregate(
        all=Count("pk"),
        not_permanent=Count("pk", filter=Q(kind__in=LEADS, is_permanent=False)),
        untold=Count("pk", filter=Q(is_permanent=None, is_student=False)),
        strangers=Count("pk", filter=Q(user=None)),
    )


def _gaps(outlets: list[Outlet], at: datetime) -> list[tuple[Outlet, list[Any]]]:
    found = responsible_of(outlets, at)
    gaps = [(one, [each for each in found[one.pk] if each.is_gap]) for one in outlets]
    return [(one, people) for one, people in gaps if people][:SHOWN_OUTLETS]


def _find_sessions(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    if not words.strip() or not _sees(user):
        return []
    found = TrainingSession.objects.visible_to(user).matching(words).select_related("unit")
    return [
        SearchHit(
            str(one), f"{timezone.localdate(one.starts_at)} · {one.unit.called}",
            one.get_absolute_url(),
        )
        for one in found.order_by("-starts_at", "pk")[:limit]
    ]  # fmt: skip


def _find_certificates(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    if not words.strip() or not _sees(user):
        return []
    found = Certificate.objects.visible_to(user).standing().matching(words)
    url = reverse("certificate-list")
    return [
        SearchHit(
            str(one), f"{one.user.name} · {one.unit.called}", f"{url}?{urlencode({'q': one.name})}"
        )
        for one in found.select_related("user", "unit").order_by("pk")[:limit]
    ]
