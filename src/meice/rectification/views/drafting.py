"""Writing an order: choose the unit, write the problems, issue."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.rectification import actions, policies
from meice.rectification.forms import DraftForm, IssueForm, ItemSet, new_items
from meice.rectification.forms.order import initial_items
from meice.rectification.models import Order
from meice.rectification.views.order import order_page
from meice.rectification.views.signed import order_or_404, person
from meice.rectification.workflow import ORDER
from meice.registry.models import Outlet


@login_required
@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest) -> HttpResponse:
    """A new order. First the unit (or the outlet whose unit it is), then its problems."""
    user = person(request)
    require(policies.may_draft_order(user))
    units = Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))
    outlet = _one(Outlet.objects.visible_to(user).standing(), request, "outlet")
    unit = outlet.unit if outlet else _one(units, request, "unit")
    if unit is None:
        return render(request, "rectification/order_unit.html", {"units": units})
    initial = [{"outlet": outlet.pk}] if outlet else []
    return _write(request, unit, None, initial)


@login_required
@require_http_methods(["GET", "POST"])
def order_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, while it is not issued."""
    found = order_or_404(request, pk)
    require(policies.may_edit_order(person(request), found))
    return _write(request, found.unit, found, initial_items(found.items.all()))


def _write(
    request: HttpRequest, unit: Unit, found: Order | None, initial: list[dict[str, Any]]
) -> HttpResponse:
    """The form, and what becomes of it; refused input comes back as it was typed."""
    outlets = Outlet.objects.standing().below(unit.path).order_by("pinyin_key", "pk")
    given: dict[str, Any] = {
        "form_kwargs": {"outlets": outlets},
        "initial": initial,
        "prefix": "item",
    }
    words = {"demands": found.demands, "basis": found.basis} if found else {}
    status = 200
    items, draft = ItemSet(**given), DraftForm(initial=words)
    refusal = ""
    if request.method == "POST":
        items, draft = ItemSet(request.POST, **given), DraftForm(request.POST)
        if items.is_valid() and draft.is_valid():
            try:
                return redirect("order", _keep(person(request), unit, found, items, draft).pk)
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"unit": unit, "order": found, "items": items, "draft": draft, "refusal": refusal}
    return render(request, "rectification/order_form.html", context, status=status)


def _keep(user: User, unit: Unit, found: Order | None, items: Any, draft: DraftForm) -> Order:
    kept = list(found.items.all()) if found else []
    verified = {pk for item in kept for pk in item.verified_by}
    people = User.objects.filter(pk__in=verified)
    rows = [form.cleaned_data for form in items.forms if form.has_changed() or form.initial]
    wanted = new_items(rows, kept, people)
    words = draft.cleaned_data
    if found is None:
        return actions.draft_order(unit, wanted, by=user, at=now(), **words)
    return actions.edit_order(found, wanted, by=user, at=now(), **words)


@login_required
@require_POST
def order_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """签发."""
    found = order_or_404(request, pk)
    require(ORDER.verdict("issue", found, person(request)))
    form = IssueForm(request.POST)
    if not form.is_valid():
        return order_page(request, found, status=422, issue_form=form)
    deadline = form.cleaned_data["deadline"]
    actions.issue_draft(found, by=person(request), at=now(), deadline=deadline)
    return redirect("order", found.pk)


def _one(rows: Any, request: HttpRequest, name: str) -> Any:
    """The row that the query names, if it is one of `rows`."""
    value = request.GET.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        return None
    return rows.filter(pk=int(value)).first()
