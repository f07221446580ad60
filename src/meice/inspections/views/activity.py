"""活跃度: the list of accounts, one account with its sources, statistics, lines."""

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.inspections import policies
from meice.inspections.actions import activity as deeds
from meice.inspections.actions import judging, statistics
from meice.inspections.activity.tasks import fetch
from meice.inspections.activity.verdict import Activity
from meice.inspections.forms.activity import (
    AttestForm,
    FeedForm,
    LineForm,
    SampleForm,
    StatisticsForm,
    VacationForm,
    WechatForm,
)
from meice.inspections.models import (
    ActivityLine,
    ActivitySource,
    Metric,
    Observation,
    OutletActivity,
    SourceWay,
    StatisticsIntake,
    Vacation,
)
from meice.inspections.models.activity import ACTIVITY_LOOKS, SPEAKING
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment, visible_or_404
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.views.signed import outlet_or_404, person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HISTORY = 30
OWN = (Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS)


def _wanted(request: HttpRequest) -> tuple[Any, dict[str, str]]:
    """The rows that the filters let through, and the filters that are on."""
    user = person(request)
    given = request.GET if request.method == "GET" else request.POST
    verdict, platform = given.get("activity", ""), given.get("platform", "")
    on = {
        "activity": verdict if verdict in Activity.values else "",
        "platform": platform if platform in SPEAKING else "",
    }
    rows = OutletActivity.objects.visible_to(user).standing()
    rows = rows.filter(**{"outlet__platform": on["platform"]} if on["platform"] else {})
    return rows, on


@login_required
@require_GET
def activity_list(request: HttpRequest) -> HttpResponse:
    """Every speaking account with its verdict, the most doubtful first."""
    user = person(request)
    require(policies.may_see_activity(user))
    rows, on = _wanted(request)
    counts = dict(rows.values_list("activity").annotate(Count("pk")).order_by())
    shown = rows.filter(activity=on["activity"]) if on["activity"] else rows
    context = {
        "page": Page[OutletActivity].of(
            request, shown.select_related("outlet__unit").order_by("line_on", "pk")
        ),
        "counts": [(one, ACTIVITY_LOOKS[one], counts.get(one.value, 0)) for one in Activity],
        "on": on,
        "is_on": any(on.values()),
        "platforms": [PLATFORM_BY_KEY[key] for key in SPEAKING],
        "may_set": policies.may_set_lines(user),
        "may_import": any(user.has(right) for right in OWN),
        "today": timezone.localdate(now()),
    }
    return render(request, "inspections/activity_list.html", context)


@login_required
@require_POST
def activity_export(request: HttpRequest) -> FileResponse:
    """What is filtered, as a workbook; leaves an audit line."""
    user = person(request)
    require(policies.may_see_activity(user))
    rows, on = _wanted(request)
    shown = rows.filter(activity=on["activity"]) if on["activity"] else rows
    at = now()
    content = deeds.export_activity(shown, by=user, at=at)
    name = f"活跃度 {timezone.localdate(at):%Y-%m-%d}.xlsx"
    return attachment(BytesIO(content), name, kind=XLSX)


@login_required
@require_GET
def outlet_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: the verdict, what every source said and when, and the ways to say more."""
    return _account(request, outlet_or_404(request, pk))


def _account(
    request: HttpRequest, outlet: Outlet, bound: dict[str, Form] | None = None
) -> HttpResponse:
    user = person(request)
    seen = Observation.objects.visible_to(user).of(outlet)
    context = {
        "outlet": outlet,
        "row": OutletActivity.objects.filter(outlet=outlet).first(),
        "history": seen.filter(metric=Metric.LATEST_UPDATE)[:HISTORY],
        "sources": ActivitySource.objects.filter(outlet=outlet),
        "now": now(),
        "today": timezone.localdate(now()),
        "may_attest": policies.may_attest(user, outlet),
        "may_sample": policies.may_sample(user, outlet),
        "may_source": policies.may_set_source(user, outlet),
        "attest": AttestForm(),
        "sample": SampleForm(),
        "feed": FeedForm(),
        "wechat": WechatForm() if outlet.platform == "wechat" else None,
        **(bound or {}),
    }
    status = 422 if bound else 200
    return render(request, "inspections/outlet_activity.html", context, status=status)


def _judge(outlet: Outlet) -> None:
    """Judge one account at once, after something new was said of it."""
    at = now()
    lines = {line.platform: judging.as_line(line) for line in ActivityLine.objects.all()}
    measures = judging.measures_of([outlet.pk], at)[outlet.pk]
    judging.judge_account(
        outlet, measures, judging.line_for(outlet, lines), judging.pauses_now(), at
    )


@login_required
@require_POST
def activity_attest(request: HttpRequest, pk: int) -> HttpResponse:
    """“Our last post is this.”"""
    outlet = outlet_or_404(request, pk)
    require(policies.may_attest(person(request), outlet))
    form = AttestForm(request.POST)
    if form.is_valid():
        try:
            deeds.attest_post(
                outlet, fetch=fetch, by=person(request), at=now(), **form.cleaned_data
            )
            _judge(outlet)
            return redirect("outlet-activity", pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return _account(request, outlet, {"attest": form})


@login_required
@require_POST
def activity_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A person of the department has looked."""
    outlet = outlet_or_404(request, pk)
    require(policies.may_sample(person(request), outlet))
    form = SampleForm(request.POST)
    if form.is_valid():
        try:
            deeds.sample_post(outlet, by=person(request), at=now(), **form.cleaned_data)
            _judge(outlet)
            return redirect("outlet-activity", pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return _account(request, outlet, {"sample": form})


@login_required
@require_POST
def source_set(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Where to ask from now on."""
    outlet = outlet_or_404(request, pk)
    require(policies.may_set_source(person(request), outlet))
    forms: dict[str, type[Form]] = {"feed": FeedForm, "wechat": WechatForm}
    form = forms[way](request.POST)
    if form.is_valid():
        try:
            deeds.set_source(
                outlet, SourceWay(way), by=person(request), at=now(), **form.cleaned_data
            )
            return redirect("outlet-activity", pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return _account(request, outlet, {way: form})


def _source_or_404(request: HttpRequest, pk: int) -> ActivitySource:
    seen = Outlet.objects.visible_to(person(request))
    sources = ActivitySource.objects.select_related("outlet__unit")
    return visible_or_404(sources.filter(outlet__in=seen), pk=pk)


@login_required
@require_POST
def source_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it now."""
    source = _source_or_404(request, pk)
    require(policies.may_set_source(person(request), source.outlet))
    deeds.ask_source(source, fetch, now())
    _judge(source.outlet)
    return redirect("outlet-activity", source.outlet_id)


@login_required
@require_POST
def source_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it no more."""
    source = _source_or_404(request, pk)
    deeds.drop_source(source, by=person(request))
    return redirect("outlet-activity", source.outlet_id)


@login_required
@require_http_methods(["GET", "POST"])
def statistics_list(request: HttpRequest) -> HttpResponse:
    """Upload statistics of platforms; earlier ones below."""
    user = person(request)
    units = _own_units(user)
    require(policies.may_import_any_statistics(user))
    bound = request.method == "POST"
    form = StatisticsForm(
        request.POST if bound else None,
        request.FILES if bound else None,
        units=units,
        initial={"unit": user.post.unit_id if user.post else None},
    )
    if bound and form.is_valid():
        upload, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        try:
            intake = statistics.create_intake(
                upload.read(), name=upload.name, unit=unit, outlet=None, by=user, at=now()
            )
            return redirect("statistics", intake.pk)
        except Refused as refusal:
            form.add_error("file", refusal.reason)
    mine = StatisticsIntake.objects.visible_to(user).select_related("file", "unit", "made_by")
    context = {"form": form, "page": Page[StatisticsIntake].of(request, mine)}
    status = 422 if bound else 200
    return render(request, "inspections/statistics_list.html", context, status=status)


def _own_units(user: User) -> Any:
    reach = [path for right in OWN for path in user.reach(right)]
    return Unit.objects.active().below(*reach)


def _intake_or_404(request: HttpRequest, pk: int) -> StatisticsIntake:
    seen = StatisticsIntake.objects.visible_to(person(request))
    return visible_or_404(seen.select_related("file", "unit", "made_by"), pk=pk)


@login_required
@require_GET
def statistics_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be written (or was), line by line."""
    intake = _intake_or_404(request, pk)
    outlets = Outlet.objects.in_bulk([row["outlet"] for row in intake.rows if row["outlet"]])
    rows = [{**row, "found": outlets.get(row["outlet"])} for row in intake.rows]
    context = {
        "intake": intake,
        "page": Page[dict[str, Any]].of(request, rows),
        "may_apply": policies.may_import_statistics(person(request), intake.unit),
    }
    return render(request, "inspections/statistics.html", context)


@login_required
@require_POST
def statistics_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it."""
    intake = _intake_or_404(request, pk)
    statistics.apply_intake(intake, by=person(request), at=now())
    return redirect("statistics", pk)


@login_required
@require_GET
def activity_settings(request: HttpRequest) -> HttpResponse:
    """The lines and the vacations."""
    user = person(request)
    require(policies.may_set_lines(user))
    context = {
        "lines": ActivityLine.objects.all(),
        "standard": judging.DEFAULT_LINE,
        "vacations": Vacation.objects.all(),
        "line": LineForm(initial={"days": 14, "remind": 4}),
        "vacation": VacationForm(),
    }
    return render(request, "inspections/activity_settings.html", context)


@login_required
@require_POST
def line_set(request: HttpRequest) -> HttpResponse:
    """One line."""
    form = LineForm(request.POST)
    require(policies.may_set_lines(person(request)))
    if not form.is_valid():
        raise Refused("天数填 1 至 400，写明依据。")
    deeds.set_line(by=person(request), **form.cleaned_data)
    return redirect("activity-settings")


@login_required
@require_POST
def vacation_add(request: HttpRequest) -> HttpResponse:
    """One vacation."""
    form = VacationForm(request.POST)
    require(policies.may_set_lines(person(request)))
    if not form.is_valid():
        raise Refused("写明假期名称，日期填成 2026-07-10 的样子。")
    deeds.add_vacation(by=person(request), **form.cleaned_data)
    return redirect("activity-settings")


@login_required
@require_POST
def vacation_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts again."""
    require(policies.may_set_lines(person(request)))
    deeds.drop_vacation(get_object_or_404(Vacation, pk=pk), by=person(request))
    return redirect("activity-settings")
