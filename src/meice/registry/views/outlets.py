"""账号网站: the list, one outlet, its numbers, self-found problems."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.engines.outlets import PLATFORM_BY_KEY, PLATFORMS
from meice.kernel import slots
from meice.kernel.access import Verdict, refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry import policies
from meice.registry.actions import exports
from meice.registry.actions import outlets as deeds
from meice.registry.entry import ITEM_BY_KEY, shown, written_date
from meice.registry.forms import OutletFilter, ProblemForm
from meice.registry.forms.filters import is_private
from meice.registry.models import (
    OPEN,
    Contact,
    Filing,
    Gap,
    Holder,
    ListName,
    NameHistory,
    Outlet,
    OutletSelection,
    OutletStatus,
    SavedFilter,
    within,
)
from meice.registry.views.keeping import KEPT, query_of
from meice.registry.views.signed import outlet_or_404, person


@login_required
@require_http_methods(["GET", "POST"])
def outlet_list(request: HttpRequest) -> HttpResponse:
    """The list. A term is posted; it goes into the address unless it may be a telephone number."""
    if request.method == "POST" and not is_private(request.POST.get("q", "")):
        return redirect(f"{reverse('outlet-list')}?{query_of(ListName.OUTLETS, request.POST)}")
    user = person(request)
    posted = request.POST.get("q", "") if request.method == "POST" else None
    source = request.POST if request.method == "POST" else request.GET
    wanted = OutletFilter.of(source, user, posted)
    seen = Outlet.objects.visible_to(user)
    rows = wanted.apply(seen, user)
    shown = (
        rows.select_related("unit")
        .order_by(*wanted.order)
        .prefetch_related(
            Prefetch("contacts", Contact.objects.filter(kind="reviewer"), to_attr="reviewers")
        )
    )
    counts, mine = _counts(rows, user)
    context = {
        "page": Page[Outlet].of(request, shown, sum(number for _, number in counts)),
        "filter": wanted,
        "counts": counts,
        "units": _units(user, wanted),
        "platforms": PLATFORMS,
        "statuses": OutletStatus.choices,
        "gaps": Gap.choices,
        "holders": Holder.choices,
        "is_posted": posted is not None,
        "may_import": user.has(Right.DECIDE_BUSINESS),
        "may_draft": user.has(Right.DRAFT_BUSINESS) or user.has(Right.DECIDE_BUSINESS),
        "may_export": policies.may_export(user),
        "may_confirm": 0 if wanted.is_on else mine,
        "chips": _chips(wanted),
        "kept": [(k, source.get(k, "")) for k in KEPT[ListName.OUTLETS] if source.get(k)],
        **_own(user, request, posted),
    }
    return render(request, "registry/outlet_list.html", context)


def _own(user: User, request: HttpRequest, posted: str | None) -> dict[str, Any]:
    """What she keeps of this list: her selection, her saved filters."""
    selected = OutletSelection.of(user)
    return {
        "selected": len(selected),
        "ticked": set(selected),
        "saved": list(SavedFilter.objects.visible_to(user).filter(of=ListName.OUTLETS)),
        "query": "" if posted is not None else query_of(ListName.OUTLETS, request.GET),
    }


def _chips(wanted: OutletFilter) -> list[tuple[str, str]]:
    """Words and query key of each filter that is on."""
    gap = "有缺口" if wanted.gap == "any" else wanted.gap and str(Gap(wanted.gap).label)
    found = [
        (wanted.term, "q"),
        (wanted.unit.name if wanted.unit else "", "unit"),
        (PLATFORM_BY_KEY[wanted.platform].name if wanted.platform else "", "platform"),
        (wanted.status and f"状态：{OutletStatus(wanted.status).label}", "status"),
        (gap, "gap"),
        (wanted.holder and str(Holder(wanted.holder).label), "holder"),
    ]
    return [(text, key) for text, key in found if text]


def _counts(rows: Any, user: User) -> tuple[list[tuple[OutletStatus, int]], int]:
    """How many in each state, those with none left out; and how many of them a leader's one click
    would confirm (0 for everybody else). One query."""
    own = within(user.reach(Right.CONFIRM_BUSINESS))
    asked = rows.order_by().values_list("status").annotate(n=Count("pk"))
    found = {status: (n, mine) for status, n, mine in asked.annotate(m=Count("pk", filter=own))}
    mine = sum(mine for status, (_, mine) in found.items() if status != OutletStatus.CANCELLED)
    return [(state, found[state][0]) for state in OutletStatus if found.get(state)], mine


def _units(user: Any, wanted: OutletFilter) -> list[Unit]:
    """Units of the reader's reach for the select, indented by depth."""
    reach = (*user.reach(Right.SEE_BUSINESS), *user.reach(Right.SEE_SECURITY))
    return list(Unit.objects.active().below(*reach))


@login_required
@require_GET
def outlet(request: HttpRequest, pk: int) -> HttpResponse:
    """概况 of one outlet."""
    return _outlet_page(request, outlet_or_404(request, pk), shows_numbers=False)


@login_required
@require_POST
def outlet_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with whole numbers, this once; leaves an audit line."""
    found = outlet_or_404(request, pk)
    exports.note_numbers_seen(found, by=person(request))
    return _outlet_page(request, found, shows_numbers=True)


def _outlet_page(request: HttpRequest, found: Outlet, *, shows_numbers: bool) -> HttpResponse:
    user = person(request)
    filings = list(found.filings.visible_to(user).prefetch_related("changes").order_by("-pk")[:20])
    open_one = next((filing for filing in filings if filing.status in OPEN), None)
    gaps = found.gap_list
    context = {
        "outlet": found,
        "filings": filings,
        "open_filing": open_one,
        "names": _former_names(found),
        "panels": _panels(found, user),
        "change": _may_change(user, found, open_one),
        "note": policies.may_note_problems(user, found),
        "numbers": policies.may_see_numbers(user, found.unit),
        "shows_numbers": shows_numbers,
        "people": found.contacts.all(),
        "can_write": user.has(Right.DRAFT_BUSINESS) or user.has(Right.DECIDE_BUSINESS),
        "gap_words": f"缺 {len(gaps)}",
        "opened": shown_date(found),
        "followers": f"{found.followers:,}" if found.followers is not None else "",
        "today": timezone.localdate(now()),
    }
    return render(request, "registry/outlet.html", context)


def _former_names(found: Outlet) -> list[NameHistory]:
    """Asked for only where there are any."""
    return list(found.former_names.all()) if getattr(found, "has_former_names", True) else []


def _may_change(user: User, found: Outlet, open_one: Filing | None) -> Verdict:
    """The policy's verdict; not asked where the page shows the open filing instead."""
    if open_one is not None:
        return refused("已有备案在办，先办完它。")
    return policies.may_change_outlet(user, found)


def shown_date(found: Outlet) -> str:
    """2019年10月8日, 2019年10月 or 2019年."""
    written = written_date(found.opened_on, found.opened_precision)
    return shown(ITEM_BY_KEY["opened_on"], written)


def _panels(found: Outlet, user: Any) -> list[tuple[slots.Panel, dict[str, Any]]]:
    """What upper rooms know of it."""
    filled = [(panel, panel.context(found, user)) for panel in slots.outlet_panels]
    return [(panel, context) for panel, context in filled if context is not None]


@login_required
@require_http_methods(["GET", "POST"])
def outlet_problems(request: HttpRequest, pk: int) -> HttpResponse:
    """自查: what the unit found itself."""
    found = outlet_or_404(request, pk)
    user = person(request)
    require(policies.may_note_problems(user, found))
    form = ProblemForm(request.POST) if request.method == "POST" else ProblemForm.of(found)
    if request.method == "POST" and form.is_valid():
        mended = form.cleaned_data["rectified"]
        deeds.note_problems(found, form.found, rectified=mended, by=user, at=now())
        return redirect("outlet", found.pk)
    context = {"outlet": found, "form": form}
    return render(request, "registry/outlet_problems.html", context, status=_status(form))


@login_required
@require_POST
def outlet_confirm(request: HttpRequest) -> HttpResponse:
    """The leader's "no change" for all outlets of her unit."""
    user = person(request)
    post = user.post
    if post is None:
        return redirect("outlet-list")
    deeds.confirm_unchanged(post.unit, by=user, at=now())
    return redirect(f"{reverse('outlet-list')}?confirmed=1")


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
