"""巡查清单: those in use, the patterns that ship, one list with its versions, its form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.patrols import actions, policies
from meice.patrols.checklist import PATTERN_BY_KEY, PATTERNS
from meice.patrols.forms import CheckSet, NameForm, checks_of, initial_checks
from meice.patrols.models import Checklist
from meice.patrols.views.signed import checklist_or_404, patroller, person
from meice.rectification.catalogue import PROBLEMS


@login_required
@require_GET
def checklist_list(request: HttpRequest) -> HttpResponse:
    """Lists of the unit and above, and the patterns."""
    user = patroller(request)
    rows = Checklist.objects.visible_to(user).select_related("unit")
    context = {
        "checklists": rows.annotate(plan_number=Count("plans")),
        "patterns": PATTERNS,
        "may_plan": policies.may_plan(user),
    }
    return render(request, "patrols/checklist_list.html", context)


@login_required
@require_GET
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """One list as it is, or (`version`) as it was."""
    user, found = patroller(request), checklist_or_404(request, pk)
    versions = list(found.versions.all())
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), versions[0])
    context = {
        "checklist": found,
        "shown": shown,
        "rows": [(check, PROBLEMS[check.problem].label) for check in shown.checks],
        "versions": versions,
        "edit": policies.may_edit_checklist(user, found),
        "copy": policies.may_plan(user),
    }
    return render(request, "patrols/checklist.html", context)


@login_required
@require_POST
def checklist_copy(request: HttpRequest) -> HttpResponse:
    """Of a pattern (`pattern`) or another list (`source`), for the chosen post's unit."""
    user = patroller(request)
    require(policies.may_plan(user))
    made = _copied(request, user)
    messages.success(request, f"已有「{made}」，可以改成自己的。")
    return redirect("checklist", made.pk)


def _copied(request: HttpRequest, user: User) -> Checklist:
    if user.post is None:
        raise Http404
    unit, pattern = user.post.unit, request.POST.get("pattern", "")
    if pattern in PATTERN_BY_KEY:
        return actions.copy_pattern(PATTERN_BY_KEY[pattern], unit, by=user, at=now())
    source = request.POST.get("source", "")
    if not (source.isascii() and source.isdecimal() and len(source) < 10):
        raise Http404
    return actions.copy_checklist(checklist_or_404(request, int(source)), unit, by=user, at=now())


@login_required
@require_http_methods(["GET", "POST"])
def checklist_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version."""
    patroller(request)
    found = checklist_or_404(request, pk)
    require(policies.may_edit_checklist(person(request), found))
    initial = initial_checks(found.current)
    start = {"name": found.name, "number": found.number}
    name, checks = NameForm(initial=start), CheckSet(initial=initial, prefix="check")
    if request.method == "GET":
        return _page(request, found, name, checks)
    name = NameForm(request.POST)
    checks = CheckSet(request.POST, prefix="check")
    if name.is_valid() and checks.is_valid() and _edit(request, found, name, checks):
        messages.success(request, "已存成新的一版；已经生成的巡查仍按原来的。")
        return redirect("checklist", found.pk)
    return _page(request, found, name, checks, status=422)


def _edit(request: HttpRequest, found: Checklist, name: NameForm, checks: Any) -> bool:
    wanted = checks_of([form.cleaned_data for form in checks.forms if form.cleaned_data])
    try:
        actions.edit_checklist(found, wanted, by=person(request), at=now(), **name.cleaned_data)
    except Refused as refusal:
        name.add_error(None, refusal.reason)
        return False
    return True


def _page(
    request: HttpRequest, found: Checklist, name: NameForm, checks: Any, *, status: int = 200
) -> HttpResponse:
    context = {"checklist": found, "name": name, "checks": checks}
    return render(request, "patrols/checklist_form.html", context, status=status)
