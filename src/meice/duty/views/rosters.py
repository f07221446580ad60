"""Rosters: the list, a new one, its terms, its layers and patterns."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.duty import actions, policies
from meice.duty.forms import (
    VIEWS,
    LayerForm,
    PatternForm,
    RosterFilter,
    RosterForm,
    initial_pattern,
    of_view,
)
from meice.duty.models import Layer, LayerKind, Pattern, Roster
from meice.duty.slots import sees_duty
from meice.duty.views.signed import form_page, person, roster_or_404
from meice.kernel import slots
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, visible_or_404

ROTATION_HINT = "保存后，还没开始的班按新排法重排；人已经调过、换过的班不动。"


@login_required
@require_GET
def roster_list(request: HttpRequest) -> HttpResponse:
    """Rosters in reach: in use, with gaps, out of use."""
    user = person(request)
    if not sees_duty(user):
        raise Http404
    wanted, seen = RosterFilter.of(request.GET), Roster.objects.visible_to(user)
    numbers = seen.aggregate(
        **{
            view: Count("pk", filter=Q(pk__in=of_view(Roster.objects.all(), view).values("pk")))
            for view in VIEWS
        }
    )
    rows = wanted.apply(seen).select_related("unit").order_by("unit__path", "name", "pk")
    context = {
        "page": Page[Roster].of(request, rows, None if wanted.is_on else numbers[wanted.view]),
        "filter": wanted,
        "views": [(key, label, numbers[key]) for key, label in VIEWS.items()],
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "may_create": policies.may_create_roster(user),
    }
    return render(request, "duty/rosters.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def roster_new(request: HttpRequest) -> HttpResponse:
    """A roster of a unit in which she leads, or of any for the department."""
    user = person(request)
    require(policies.may_create_roster(user))
    form = RosterForm(request.POST or None, by=user, initial={"unit": request.GET.get("unit")})

    def deed() -> str:
        unit, at = form.cleaned_data["unit"], now()
        return actions.create_roster(unit, form.terms(), by=user, at=at).get_absolute_url()

    return _handled(request, form, "新建值班表", deed, back=reverse("roster-list"))


@login_required
@require_http_methods(["GET", "POST"])
def roster_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, keepers and terms."""
    user, roster = person(request), roster_or_404(request, pk)
    require(policies.may_edit_roster(user, roster))
    form = RosterForm(request.POST or None, by=user, roster=roster)

    def deed() -> str:
        return actions.edit_roster(roster, form.terms(), by=user, at=now()).get_absolute_url()

    return _handled(
        request, form, "修改值班表", deed, back=roster.get_absolute_url(), roster=roster
    )


@login_required
@require_POST
def roster_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of use."""
    roster = actions.close_roster(roster_or_404(request, pk), by=person(request), at=now())
    return redirect(roster)


@login_required
@require_POST
def roster_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """In use again."""
    roster = actions.reopen_roster(roster_or_404(request, pk), by=person(request), at=now())
    return redirect(roster)


@login_required
@require_http_methods(["GET", "POST"])
def layer_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more row of people."""
    user, roster = person(request), roster_or_404(request, pk)
    require(policies.may_edit_roster(user, roster))
    form = LayerForm(request.POST or None)

    def deed() -> str:
        made = actions.add_layer(roster, **_layer(form), by=user, at=now())
        return reverse("pattern-new", args=[made.pk])

    return _handled(
        request,
        form,
        "添班组",
        deed,
        back=roster.get_absolute_url(),
        roster=roster,
        verb="下一步：定排法",
    )


def _layer(form: LayerForm) -> dict[str, Any]:
    got = form.cleaned_data
    return {
        "name": got["name"],
        "kind": LayerKind(got["kind"]),
        "round_the_clock": got["round_the_clock"],
    }


def _layer_or_404(request: HttpRequest, pk: int) -> Layer:
    seen = Layer.objects.filter(roster__in=Roster.objects.visible_to(person(request)).values("pk"))
    found = seen.select_related("roster__unit").prefetch_related("roster__keepers")
    return visible_or_404(found, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def layer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, its kind, whether every hour counts."""
    user, layer = person(request), _layer_or_404(request, pk)
    roster = layer.roster
    require(policies.may_edit_roster(user, roster))
    initial = {key: getattr(layer, key) for key in ("name", "kind", "round_the_clock")}
    form = LayerForm(request.POST or None, initial=initial)

    def deed() -> str:
        actions.edit_layer(layer, **_layer(form), by=user, at=now())
        return roster.get_absolute_url()

    return _handled(request, form, "改班组", deed, back=roster.get_absolute_url(), roster=roster)


@login_required
@require_POST
def layer_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A layer that never had a shift."""
    layer = _layer_or_404(request, pk)
    actions.drop_layer(layer, by=person(request), at=now())
    return redirect(layer.roster)


@login_required
@require_http_methods(["GET", "POST"])
def pattern_new(request: HttpRequest, pk: int) -> HttpResponse:
    """How people take turns in a layer on certain days."""
    user, layer = person(request), _layer_or_404(request, pk)
    roster = layer.roster
    require(policies.may_edit_roster(user, roster))
    form = PatternForm(request.POST or None, unit=roster.unit)

    def deed() -> str:
        actions.set_pattern(layer, form.terms(), by=user, at=now())
        return roster.get_absolute_url()

    title = f"{layer.name}：添排法"
    return _handled(
        request,
        form,
        title,
        deed,
        back=roster.get_absolute_url(),
        roster=roster,
        hint=ROTATION_HINT,
    )


def _pattern_or_404(request: HttpRequest, pk: int) -> Pattern:
    seen = Roster.objects.visible_to(person(request)).values("pk")
    found = Pattern.objects.filter(layer__roster__in=seen).select_related("layer__roster__unit")
    return visible_or_404(
        found.prefetch_related("layer__roster__keepers", "watches", "members__user"), pk=pk
    )


@login_required
@require_http_methods(["GET", "POST"])
def pattern_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same pattern said anew."""
    user, pattern = person(request), _pattern_or_404(request, pk)
    layer, roster = pattern.layer, pattern.layer.roster
    require(policies.may_edit_roster(user, roster))
    form = PatternForm(request.POST or None, unit=roster.unit, initial=initial_pattern(pattern))

    def deed() -> str:
        actions.set_pattern(layer, form.terms(), by=user, at=now(), pattern=pattern)
        return roster.get_absolute_url()

    title = f"{layer.name}：改排法"
    return _handled(
        request,
        form,
        title,
        deed,
        back=roster.get_absolute_url(),
        roster=roster,
        hint=ROTATION_HINT,
    )


@login_required
@require_POST
def pattern_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """No more shifts by it."""
    pattern = _pattern_or_404(request, pk)
    roster = pattern.layer.roster
    actions.drop_pattern(pattern, by=person(request), at=now())
    return redirect(roster)


def _handled(
    request: HttpRequest, form: Any, title: str, deed: Callable[[], str], **more: Any
) -> HttpResponse:
    """Do `deed` with a good form and go where it leads; a refusal comes back with the form."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(deed())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return form_page(request, form, title, **more)
