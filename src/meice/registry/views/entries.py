"""Writing a filing: 开设, 变更, 注销, and the draft again."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meice.kernel.access import require
from meice.kernel.clock import now
from meice.registry import entry as entries
from meice.registry import policies
from meice.registry.actions import drafting
from meice.registry.actions.drafting import Draft, Overtaken
from meice.registry.forms import EntryForm
from meice.registry.models import Filing, FilingKind
from meice.registry.views.conflict import (
    Opened,
    conflict_of,
    conflict_page,
    opened_now,
    resolved,
)
from meice.registry.views.signed import (
    filing_or_404,
    outlet_or_404,
    person,
    units_of_school,
    units_to_write,
)

NEW_ENTRY = {"holder": "unit", "status": "in_use", "publishes": True}


@login_required
@require_http_methods(["GET", "POST"])
def outlet_new(request: HttpRequest) -> HttpResponse:
    """A 开设 draft."""
    user = person(request)
    require(policies.may_draft_any(user))
    units = units_to_write(user)
    mine = user.post.unit_id if user.post else None
    form = _form(request, kind=FilingKind.OPEN, units=units, entry={**NEW_ENTRY, "unit": mine})
    if form.is_bound and form.is_valid():
        unit = form.cleaned_data["unit"]
        filing = drafting.draft_opening(unit, draft_of(form, {}), by=user, at=now())
        return redirect("filing", filing.pk)
    return _page(request, form, "登记账号（开设备案）", "outlet-list", ())


@login_required
@require_http_methods(["GET", "POST"])
def outlet_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A 变更 draft, filled with what stands in the register."""
    outlet = outlet_or_404(request, pk)
    user = person(request)
    require(policies.may_change_outlet(user, outlet))
    entry = entries.entry_of(outlet)
    form = _form(request, kind=FilingKind.CHANGE, units=units_of_school(user), entry=entry)
    if form.is_bound and form.is_valid():
        filing = drafting.draft_change(outlet, draft_of(form, {}), by=user, at=now())
        return redirect("filing", filing.pk)
    return _page(request, form, f"变更备案：{outlet.name}", "outlet", (outlet.pk,))


@login_required
@require_http_methods(["GET", "POST"])
def outlet_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A 注销 draft: why, and since when."""
    outlet = outlet_or_404(request, pk)
    user = person(request)
    require(policies.may_change_outlet(user, outlet))
    if request.method == "POST" and (reason := request.POST.get("reason", "").strip()):
        filing = drafting.draft_cancel(outlet, Draft({}, reason=reason[:300]), by=user, at=now())
        return redirect("filing", filing.pk)
    missing = request.method == "POST"
    context = {"outlet": outlet, "is_missing": missing}
    return render(request, "registry/outlet_cancel.html", context, status=422 if missing else 200)


@login_required
@require_http_methods(["GET", "POST"])
def filing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft again; somebody who saved meanwhile gives the conflict page."""
    filing = filing_or_404(request, pk)
    require(policies.may_edit_filing(person(request), filing))
    opened = Opened.read(request.POST.get("version", ""))
    if opened and opened.mine is not None:
        return _settle(request, filing, opened)
    form = _filing_form(request, filing, request.POST if request.method == "POST" else None)
    if opened and form.is_valid():
        draft = draft_of(form, filing.name_reasons)
        return _save(request, filing, opened, draft)
    return _page(request, form, f"修改备案：{filing.name}", "filing", (filing.pk,), filing)


def _save(request: HttpRequest, filing: Filing, opened: Opened, draft: Draft) -> HttpResponse:
    try:
        drafting.edit_filing(filing, draft, version=opened.version, by=person(request), at=now())
    except Overtaken as overtaken:
        return conflict_page(request, overtaken.filing, opened, draft.values)
    return redirect("filing", filing.pk)


def _settle(request: HttpRequest, filing: Filing, seen: Opened) -> HttpResponse:
    """The conflict page was answered: save the chosen, go back to typing, or ask again."""
    mine = seen.mine or {}
    conflict = conflict_of(filing, seen, mine)
    if request.POST.get("way") == "back":
        form = _filing_form(request, filing, None, {**filing.content, **mine})
        return _page(request, form, f"修改备案：{filing.name}", "filing", (filing.pk,), filing)
    if conflict.undecided(request.POST) or seen.version != filing.version:
        return conflict_page(request, filing, seen, mine)
    values = resolved(conflict, request.POST, filing.content, mine)
    draft = Draft(
        values=values,
        reason=filing.reason,
        happened_on=filing.happened_on,
        name_reasons=filing.name_reasons,
        reports_existing=filing.reports_existing,
    )
    return _save(request, filing, opened_now(filing), draft)


def _filing_form(
    request: HttpRequest, filing: Filing, data: Any, entry: Mapping[str, Any] | None = None
) -> EntryForm:
    user = person(request)
    opens = filing.kind == FilingKind.OPEN
    units = units_to_write(user) if opens else units_of_school(user)
    return EntryForm(
        data,
        today=timezone.localdate(now()),
        kind=filing.kind,
        units=units,
        entry=filing.content if entry is None else entry,
        filing=filing,
    )


def _form(request: HttpRequest, **given: Any) -> EntryForm:
    data = request.POST if request.method == "POST" else None
    return EntryForm(data, today=timezone.localdate(now()), **given)


def draft_of(form: EntryForm, name_reasons: dict[str, str]) -> Draft:
    """What the form says, with the reasons for the name given so far."""
    cleaned = form.cleaned_data
    return Draft(
        values=form.values(),
        reason=cleaned.get("reason", ""),
        happened_on=cleaned.get("happened_on"),
        name_reasons=name_reasons,
        reports_existing=cleaned.get("reports_existing", False),
    )


def _page(
    request: HttpRequest,
    form: EntryForm,
    title: str,
    back: str,
    back_args: tuple[int, ...],
    filing: Filing | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_args": back_args,
        "filing": filing,
        "opened": opened_now(filing).token if filing else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "registry/entry.html", context, status=status)
