"""专项填报 for the department: the list, the cockpit, drafting, opening, locking, reminding."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.kernel.workdays import calendar
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry.actions.terms import workdays
from meice.surveys import policies
from meice.surveys.actions import campaigns as deeds
from meice.surveys.actions import deciding, reminding
from meice.surveys.documents.progress import late_text, progress_book
from meice.surveys.forms.campaign import CampaignForm, campaign_initial
from meice.surveys.models import (
    UNREPORTED,
    Campaign,
    Reminder,
    Submission,
)
from meice.surveys.views import board
from meice.surveys.views.seen import oversees, own_campaign_or_404, person
from meice.surveys.workflow import CAMPAIGN

TOP = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Campaigns by deadline; a unit sees its own submission of each."""
    user = person(request)
    shown = Campaign.objects.visible_to(user).select_related("unit")
    by_status = {
        "asked": Count("submissions"),
        "received": Count("submissions", filter=Q(submissions__status="received")),
        "waiting": Count("submissions", filter=Q(submissions__status="reported")),
        "unreported": Count("submissions", filter=Q(submissions__status__in=UNREPORTED)),
    }
    counted = shown.annotate(**by_status).order_by("-deadline", "-pk")  # grouping drops the order
    page: Page[Campaign] = Page.of(request, counted)
    mine = Submission.objects.visible_to(user).filter(campaign__in=page.rows)
    own = _own_submissions(user, mine)
    at = now()
    rows = [(each, oversees(user, each), own.get(each.pk), each.is_late(at)) for each in page.rows]
    context = {"page": page, "rows": rows, "may_create": policies.may_create_campaign(user)}
    return render(request, "surveys/campaign_list.html", context | {"at": at})


def _own_submissions(user: User, mine: Any) -> dict[int, Submission]:
    """The submission of the reader's own unit, by campaign."""
    post = user.post
    if post is None:
        return {}
    found = mine.filter(unit=post.unit).select_related("campaign", "unit")
    return {submission.campaign_id: submission for submission in found}


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    user = person(request)
    require(policies.may_create_campaign(user))
    post = user.post
    initial = {"scope": [post.unit_id]} if post else {}
    form = CampaignForm(request.POST or None, by=user, initial=initial)
    if request.method == "POST" and form.is_valid() and post is not None:
        made = deeds.create_campaign(form.draft(), unit=post.unit, by=user, at=now())
        return redirect(made)
    return _form(request, form, None)


def _form(request: HttpRequest, form: CampaignForm, campaign: Campaign | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "campaign": campaign}
    return render(request, "surveys/campaign_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """期限与范围, and the rest."""
    campaign = own_campaign_or_404(request, pk)
    user = person(request)
    require(policies.may_edit_campaign(user, campaign))
    form = CampaignForm(request.POST or None, by=user, initial=campaign_initial(campaign))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            deeds.edit_campaign(campaign, form.draft(), version=version, by=user, at=now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            return redirect(campaign)
    return _form(request, form, campaign)


@login_required
@require_GET
def cockpit(request: HttpRequest, pk: int) -> HttpResponse:
    """Late ones first; a unit is led to its own submission."""
    user = person(request)
    seen = Campaign.objects.visible_to(user).select_related("unit").annotate(**_ladder())
    campaign = get_object_or_404(seen, pk=pk)
    if not oversees(user, campaign):
        return _for_units(request, campaign)
    at = now()
    chosen = request.GET.get("state", "")
    submissions = _submissions(campaign)
    shown = board.board_of(
        submissions,
        deeds.keepers_of(submission.unit for submission in submissions),
        at,
        chosen=chosen if chosen in board.FILTERS else "",
        opened=request.GET.get("open", ""),
        term=request.GET.get("q", ""),
    )
    last = campaign.consolidations.order_by("-pk").first()
    context = {
        "campaign": campaign,
        "board": shown,
        "at": at,
        "lateness": _lateness(campaign, at),
        "is_late": campaign.is_late(at),
        "consolidation": last,
        "rows_received": sum(s.row_count for s in submissions if s.status == "received"),
        "term": request.GET.get("q", ""),
        "may_edit": policies.may_edit_campaign(user, campaign),
        "may_remind": policies.may_remind(user, campaign),
        "may_consolidate": policies.may_consolidate(user, campaign),
        "steps": CAMPAIGN.open_steps(campaign, user),
        "decides": user.has(Right.DECIDE_BUSINESS, campaign.unit),
        "scopes": campaign.scopes.select_related("unit") if campaign.status == "draft" else (),
    }
    return render(request, "surveys/campaign.html", context)


def _lateness(campaign: Campaign, at: datetime) -> str:
    """The calendar of working days is asked only once the deadline has passed."""
    if campaign.status != "open":
        return ""
    return board.lateness(campaign, at, workdays() if campaign.is_late(at) else calendar())


def _for_units(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    mine = Submission.objects.visible_to(person(request)).filter(campaign=campaign)
    found = list(mine.select_related("unit", "campaign").order_by("unit_path")[:TOP])
    if len(found) == 1:
        return redirect(found[0])
    context = {"campaign": campaign, "submissions": found, "at": now()}
    return render(request, "surveys/campaign_units.html", context)


def _submissions(campaign: Campaign) -> list[Submission]:
    """All of them; the campaign's own text is not read once a row."""
    found = campaign.submissions.select_related("unit", "receipt", "filled_by")
    light = found.defer("receipt__files", "receipt__figures", "returned_note")
    submissions = list(light.order_by("unit_path"))
    for submission in submissions:
        submission.campaign = campaign
    return submissions


def _ladder() -> dict[str, Count]:
    """Rungs sent, and units that nobody could be told of."""
    by_rung = Q(reminders__rung__isnull=False)
    return {
        "rungs": Count("reminders__rung", distinct=True),
        "unreached": Count("reminders", filter=by_rung & Q(reminders__reached=0)),
    }


@login_required
@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the units."""
    deeds.open_campaign(own_campaign_or_404(request, pk), by=person(request), at=now())
    return redirect("campaign", pk)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock."""
    deeds.close_campaign(own_campaign_or_404(request, pk), by=person(request), at=now())
    return redirect("campaign", pk)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Unlock."""
    deeds.reopen_campaign(own_campaign_or_404(request, pk), by=person(request), at=now())
    return redirect("campaign", pk)


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that are ticked."""
    campaign = own_campaign_or_404(request, pk)
    chosen = _ticked(request, campaign)
    if not chosen:
        raise Refused("还没有选单位。")
    reminding.remind_units(campaign, chosen, by=person(request), at=now())
    return redirect(f"{reverse('campaign-reminders', args=[pk])}")


@login_required
@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The stamped paper of those that are ticked has come."""
    campaign = own_campaign_or_404(request, pk)
    chosen = _ticked(request, campaign)
    if not chosen:
        raise Refused("还没有选单位。")
    deciding.note_paper(chosen, received=True, by=person(request), at=now())
    return redirect("campaign", pk)


def _ticked(request: HttpRequest, campaign: Campaign) -> list[Submission]:
    ticked = [int(value) for value in request.POST.getlist("row") if value.isdecimal()][:5000]
    seen = Submission.objects.visible_to(person(request))
    return list(seen.filter(campaign=campaign, pk__in=ticked))


@login_required
@require_GET
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """The late list as text with office phones, to be copied into a message or read out."""
    campaign = own_campaign_or_404(request, pk)
    at = now()
    waiting = campaign.submissions.filter(status__in=UNREPORTED).select_related("unit", "campaign")
    shown = list(waiting.order_by("unit_path"))
    keepers = deeds.keepers_of(submission.unit for submission in shown)
    text = late_text(campaign, shown, keepers, at)
    context = {"campaign": campaign, "text": text, "total": len(shown)}
    return render(request, "surveys/campaign_late.html", context)


@login_required
@require_GET
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was reminded when, by the ladder or by hand, and how many people that reached."""
    campaign = own_campaign_or_404(request, pk)
    sent = Reminder.objects.filter(campaign=campaign).select_related("submission__unit", "by")
    page: Page[Reminder] = Page.of(request, sent.order_by("-at", "-pk"))
    context = {"campaign": campaign, "page": page}
    return render(request, "surveys/campaign_reminders.html", context)


@login_required
@require_POST
def export(request: HttpRequest, pk: int) -> FileResponse:
    """The progress of all units as .xlsx; no personal numbers in it."""
    campaign = own_campaign_or_404(request, pk)
    submissions = _submissions(campaign)
    keepers = deeds.keepers_of(submission.unit for submission in submissions)
    shown = board.board_of(submissions, keepers, now(), chosen="all")
    return progress_book(campaign, shown.groups)
