"""选择跨页保留, 存为常用: what a person keeps of a list. Whole pages without a script too."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from meice.kernel.clock import now
from meice.kernel.http import is_htmx, visible_or_404
from meice.registry import policies
from meice.registry.actions import keeping
from meice.registry.forms import OutletFilter
from meice.registry.forms.filters import is_private
from meice.registry.models import ListName, Outlet, OutletSelection, SavedFilter
from meice.registry.views.signed import person

KEPT: dict[ListName, tuple[str, ...]] = {
    ListName.OUTLETS: ("q", "unit", "platform", "status", "gap", "holder", "sort"),
    ListName.FILINGS: ("view", "q", "kind", "status"),
}
"""What of a list's address is a condition."""
ADDRESSES = {ListName.OUTLETS: "outlet-list", ListName.FILINGS: "filing-list"}


def query_of(of: ListName, given: QueryDict) -> str:
    """The conditions that are set, for an address; a term that may be a number is left out."""
    query = QueryDict(mutable=True)
    for key in KEPT[of]:
        value = " ".join(given.get(key, "").split())[:80]
        if value and not (key == "q" and is_private(value)):
            query[key] = value
    return query.urlencode()


def ids_of(request: HttpRequest, key: str) -> list[int]:
    """Whole numbers of a posted list."""
    typed = request.POST.getlist(key)[:5000]
    return [int(pk) for pk in typed if pk.isascii() and pk.isdecimal() and len(pk) < 15]


def keep_page(request: HttpRequest) -> None:
    """What the page showed and which of it was ticked, into the selection; only visible rows."""
    user = person(request)
    shown = ids_of(request, "shown")
    if not shown:
        return
    seen = set(Outlet.objects.visible_to(user).filter(pk__in=shown).values_list("pk", flat=True))
    ticked = [pk for pk in ids_of(request, "outlet") if pk in seen]
    keeping.select_outlets(ticked, shown, by=user, at=now())


@login_required
@require_POST
def outlet_select(request: HttpRequest) -> HttpResponse:
    """`what`: the ticks of this page, all that the filter finds, or none."""
    user, what = person(request), request.POST.get("what", "page")
    wanted = OutletFilter.of(request.POST, user)
    rows = wanted.apply(Outlet.objects.visible_to(user), user)
    if what == "all":
        ids = list(rows.order_by(*wanted.order).values_list("pk", flat=True))
        keeping.select_all(ids, by=user, at=now())
    elif what == "none":
        keeping.clear_selection(by=user, at=now())
    else:
        keep_page(request)
    if is_htmx(request) and what == "page":
        context = {
            "selected": len(OutletSelection.of(user)),
            "total": rows.count(),
            "may_export": policies.may_export(user),
        }
        return render(request, "registry/_outlet_bulk.html", context)
    query = query_of(ListName.OUTLETS, request.POST)
    page = request.POST.get("page", "")
    at = f"&page={page}" if page.isascii() and page.isdecimal() and len(page) < 6 else ""
    return redirect(f"{reverse('outlet-list')}?{query}{at}")


@login_required
@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """存为常用."""
    of = next((each for each in ListName if each == request.POST.get("of")), ListName.OUTLETS)
    query = query_of(of, request.POST)
    name = request.POST.get("name", "")
    keeping.save_filter(of, name=name, query=query, by=person(request), at=now())
    return redirect(f"{reverse(ADDRESSES[of])}?{query}")


@login_required
@require_POST
def filter_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away."""
    saved = visible_or_404(SavedFilter.objects.visible_to(person(request)), pk=pk)
    keeping.drop_filter(saved)
    return redirect(f"{reverse(ADDRESSES[ListName(saved.of)])}?{saved.query}")
