"""Sessions: the list, one session, arranging it, its end."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.files.models import StoredFile
from meice.files.reading import file_response
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import Unit, User
from meice.training import actions, policies
from meice.training.forms import SESSION_VIEWS, CancelForm, SessionFilter, SessionForm
from meice.training.forms.filters import session_view
from meice.training.models import Attendance, Presence, TrainingSession, TrainingTopic
from meice.training.models.session import PRESENCE_LOOKS
from meice.training.views.signed import (
    kept,
    reader,
    session_or_404,
    unit_choices,
    units_to_arrange,
)
from meice.training.workflow import SESSION

FIELDS = ("title", "topic", "scope", "roles", "starts_at", "place", "link", "note", "version")
SHOWN_EVENTS = 30


@login_required
@require_GET
def training_list(request: HttpRequest) -> HttpResponse:
    """Sessions that she may see: those of her units, and those to which she is asked."""
    user, at = reader(request), now()
    wanted = SessionFilter.of(request.GET, user)
    seen = TrainingSession.objects.visible_to(user)
    order = "starts_at" if wanted.view == "coming" else "-starts_at"
    rows = wanted.apply(seen, at).select_related("unit", "topic", "scope")
    page = Page[TrainingSession].of(request, rows.order_by(order, "pk"))
    numbers = seen.aggregate(
        **{view: Count("pk", filter=session_view(view, at)) for view in SESSION_VIEWS}
    )
    context = {
        "page": page,
        "rows": _with_numbers(page.rows, user),
        "views": [(view, label, numbers[view]) for view, label in SESSION_VIEWS.items()],
        "filter": wanted,
        "units": unit_choices(user),
        "may_plan": policies.may_plan_session(user),
        "may_needs": policies.may_see_needs(user),
        "here": "sessions",
    }
    return render(request, "training/training_list.html", context)


def _with_numbers(
    sessions: list[TrainingSession], user: User
) -> list[tuple[TrainingSession, dict[str, int]]]:
    """Each with how many of hers are asked, were there, and are not told of; one query."""
    rows = Attendance.objects.visible_to(user).filter(session__in=[one.pk for one in sessions])
    numbers = rows.values("session").annotate(
        asked=Count("pk"),
        present=Count("pk", filter=Q(presence=Presence.PRESENT)),
        untold=Count("pk", filter=Q(presence=Presence.EXPECTED)),
    )
    keys = ("asked", "present", "untold")
    counted = {
        row["session"]: {key: int(row[key]) for key in keys}
        for row in numbers.order_by().values("session", *keys)
    }
    return [(one, counted.get(one.pk, {})) for one in sessions]


@login_required
@require_GET
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: when and where, material, who is asked, what was done."""
    found, user, at = session_or_404(request, pk), reader(request), now()
    rows = Attendance.objects.visible_to(user).filter(session=found)
    numbers = rows.aggregate(
        asked=Count("pk"),
        mine=Max("presence", filter=Q(user=user.pk)),
        **{value: Count("pk", filter=Q(presence=value)) for value in Presence.values},
    )
    context = {
        "session": found,
        "materials": list(found.materials.select_related("file")),
        "attendances": list(rows.in_order()[:20]),
        "mine": PRESENCE_LOOKS.get(numbers["mine"]),
        "counts": [(Presence(value), numbers[value]) for value in Presence.values],
        "asked": numbers["asked"],
        "events": list(found.events.order_by("-pk")[:SHOWN_EVENTS]),
        "is_waiting": found.is_waiting(at),
        "keeps": policies.may_plan_session(user, found.unit),
        "edit": policies.may_edit_session(user, found),
        "mark": policies.may_mark_attendance(user, found),
        "hold": policies.has_begun(found, at) & SESSION.verdict("hold", found, user),
        "cancel": SESSION.verdict("cancel", found, user),
    }
    return render(request, "training/training.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def training_new(request: HttpRequest) -> HttpResponse:
    """First the unit, where she arranges for several; then the session."""
    user = reader(request)
    require(policies.may_plan_session(user))
    units = units_to_arrange(user)
    chosen = request.GET.get("unit", "")
    unit = units.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 12 else None
    first = list(units[:2])
    unit = unit or (first[0] if len(first) == 1 else None)
    if unit is None:
        return render(request, "training/training_unit.html", {"units": units})
    return _write(request, user, unit, None)


@login_required
@require_http_methods(["GET", "POST"])
def training_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written about it, while it is planned."""
    found, user = session_or_404(request, pk), reader(request)
    require(policies.may_edit_session(user, found))
    return _write(request, user, found.unit, found)


def _write(
    request: HttpRequest, user: User, unit: Unit, found: TrainingSession | None
) -> HttpResponse:
    form, refusal, status = _form(request, unit, found), "", 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return redirect(_keep(user, unit, found, form))
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {
        "form": form, "session": found, "unit": unit, "refusal": refusal,
        "has_topics": TrainingTopic.objects.standing().exists(),
        "may_topics": policies.may_set_topics(user),
    }  # fmt: skip
    return render(request, "training/training_form.html", context, status=status)


def _form(request: HttpRequest, unit: Unit, found: TrainingSession | None) -> SessionForm:
    units = Unit.objects.active().below(unit.path)
    topics = TrainingTopic.objects.standing()
    materials = list(found.materials.select_related("file")) if found else []
    if found:
        topics = topics | TrainingTopic.objects.filter(pk=found.topic_id)
    if request.method == "POST":
        return SessionForm(
            request.POST, request.FILES, units=units, materials=materials, topics=topics
        )
    first: dict[str, object] = {"scope": unit.pk}
    if found:
        first = {name: getattr(found, name) for name in FIELDS}
        first |= {"topic": found.topic_id, "scope": found.scope_id}
    return SessionForm(initial=first, units=units, materials=materials, topics=topics)


def _keep(
    user: User, unit: Unit, found: TrainingSession | None, form: SessionForm
) -> TrainingSession:
    facts, got = form.facts(), form.cleaned_data
    files: list[StoredFile] = [
        file for one in got["material"] if (file := kept(one, user, "training-material"))
    ]
    if found is None:
        return actions.plan_session(unit, facts, by=user, at=now(), files=files)
    drop = [int(pk) for pk in got.get("drop", ())]
    return actions.edit_session(
        found, facts, by=user, at=now(), files=files, drop=drop, version=got["version"]
    )


@login_required
@require_GET
def training_material(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file for those who come."""
    found = session_or_404(request, pk).materials.select_related("file").filter(pk=file).first()
    if found is None:
        raise Http404
    return file_response(found.file)


@login_required
@require_POST
def training_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """办完."""
    found = session_or_404(request, pk)
    actions.hold_session(found, by=reader(request), at=now())
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def training_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    found, user = session_or_404(request, pk), reader(request)
    require(SESSION.verdict("cancel", found, user))
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_session(found, reason=form.cleaned_data["reason"], by=user, at=now())
        return redirect(found)
    context = {"form": form, "session": found}
    status = 422 if form.errors else 200
    return render(request, "training/training_cancel.html", context, status=status)
