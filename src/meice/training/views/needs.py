"""Who lacks what: by person, by unit, one's own; what the school demands."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import User
from meice.training import actions, policies
from meice.training.documents import needs_bytes
from meice.training.forms import NeedFilter, TopicForm
from meice.training.forms.filters import NEED_SETS, NEED_VIEWS
from meice.training.models import ROLE_CHOICES, Attendance, Certificate, TrainingTopic
from meice.training.models.need import (
    Need,
    count_states,
    needs_of,
    needs_of_person,
    numbers_by_unit,
)
from meice.training.views.signed import XLSX, reader, unit_choices

SHOWN_UNITS = 200


@login_required
@require_GET
def training_needs(request: HttpRequest) -> HttpResponse:
    """Everybody whose role needs a topic, and what she has of it."""
    user = reader(request)
    require(policies.may_see_needs(user))
    wanted = NeedFilter.of(request.GET, user)
    topics = list(TrainingTopic.objects.standing())
    needs = _needs(wanted, user, topics)
    numbers = count_states(needs)
    units = numbers_by_unit(needs)
    context = {
        "page": Page[Need].of(request, wanted.shown(needs)),
        "views": [
            (view, label, sum(numbers[state] for state in NEED_SETS[view]), _url(request, view))
            for view, label in NEED_VIEWS.items()
        ],
        "total": len(needs),
        "by_unit": units[:SHOWN_UNITS],
        "left_out": max(0, len(units) - SHOWN_UNITS),
        "filter": wanted,
        "units": unit_choices(user),
        "roles": ROLE_CHOICES,
        "topics": topics,
        "may_export": policies.may_export_needs(user),
        "may_needs": True,
        "here": "needs",
    }
    return render(request, "training/training_needs.html", context)


def _url(request: HttpRequest, view: str) -> str:
    """The same filters, another view."""
    query = request.GET.copy()
    query.pop("page", None)
    query["view"] = view
    return f"?{query.urlencode()}"


def _needs(wanted: NeedFilter, user: User, topics: list[TrainingTopic]) -> list[Need]:
    of = [topic for topic in topics if wanted.topic in (None, topic)]
    return needs_of(wanted.posts(user), now(), of)


@login_required
@require_POST
def training_needs_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, with the numbers of each unit; leaves an audit line."""
    user, at = reader(request), now()
    require(policies.may_export_needs(user))
    wanted = NeedFilter.of(request.POST, user)
    needs = _needs(wanted, user, list(TrainingTopic.objects.standing()))
    shown = wanted.shown(needs)
    content = needs_bytes(shown, numbers_by_unit(needs))
    with transaction.atomic():
        detail: Detail = {"rows": len(shown)}
        record("training.export", None, by=user, detail=detail)
    name = f"培训缺口 {timezone.localdate(at):%Y%m%d}.xlsx"
    return attachment(BytesIO(content), name, kind=XLSX)


@login_required
@require_GET
def training_mine(request: HttpRequest) -> HttpResponse:
    """What one's own posts need, the sessions one was asked to, one's certificates."""
    user, at = reader(request), now()
    asked = Attendance.objects.filter(user=user.pk).select_related("session__topic")
    papers = Certificate.objects.standing().filter(user=user.pk).select_related("topic")
    context = {
        "needs": needs_of_person(user, at),
        "page": Page[Attendance].of(request, asked.order_by("-session__starts_at", "-pk")),
        "certificates": [
            (one, one.state(timezone.localdate(at))) for one in papers.order_by("-issued_on", "pk")
        ],
        "at": at,
        "may_needs": policies.may_see_needs(user),
        "here": "mine",
    }
    return render(request, "training/training_mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def training_topics(request: HttpRequest) -> HttpResponse:
    """What every role needs; the department adds."""
    user = reader(request)
    may_set = policies.may_set_topics(user)
    form, status = TopicForm(), 200
    if request.method == "POST":
        require(may_set)
        form, status = TopicForm(request.POST), 422
        if form.is_valid() and _set(form, user, None):
            return redirect("training-topics")
    context = {
        "topics": list(TrainingTopic.objects.order_by("retired_at", "pk")),
        "form": form,
        "may_set": may_set,
        "may_needs": policies.may_see_needs(user),
        "here": "topics",
    }
    return render(request, "training/training_topics.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def training_topic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, who needs it, for how long it counts."""
    user = reader(request)
    require(policies.may_set_topics(user))
    topic = get_object_or_404(TrainingTopic, pk=pk)
    first = {"name": topic.name, "roles": topic.roles, "months": topic.months}
    form, status = TopicForm(initial=first), 200
    if request.method == "POST":
        form, status = TopicForm(request.POST), 422
        if form.is_valid() and _set(form, user, topic):
            return redirect("training-topics")
    context = {"form": form, "topic": topic}
    return render(request, "training/training_topic.html", context, status=status)


def _set(form: TopicForm, user: User, topic: TrainingTopic | None) -> bool:
    try:
        actions.set_topic(**form.cleaned_data, by=user, topic=topic)
    except Refused as refused:
        form.add_error("name", refused.reason)
    return form.is_valid()


@login_required
@require_POST
def training_topic_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Demanded of nobody any more."""
    user = reader(request)
    require(policies.may_set_topics(user))
    actions.retire_topic(get_object_or_404(TrainingTopic, pk=pk), by=user, at=now())
    return redirect("training-topics")
