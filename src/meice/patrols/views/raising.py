"""Telling on a problem from a round: everything that was written comes along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meice.incidents.classes import IncidentKind
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.patrols import actions, policies
from meice.patrols.actions.raising import photos_of
from meice.patrols.checklist import Check
from meice.patrols.forms import FindingForm, IncidentForm
from meice.patrols.models import Answer
from meice.patrols.views.signed import answer_or_404, person

KIND_OF = {
    "gambling": IncidentKind.HARMFUL,
    "inaccurate": IncidentKind.WORDING,
    "privacy": IncidentKind.PRIVACY,
    "secrecy": IncidentKind.LEAK,
    "tampering": IncidentKind.TAMPERED,
    "identity": IncidentKind.HIJACKED,
    "unreachable": IncidentKind.OUTAGE,
}
"""The class of incident that is proposed for a class of the problem catalogue."""


@login_required
@require_http_methods(["GET", "POST"])
def round_find(request: HttpRequest, pk: int, place: int, key: str) -> HttpResponse:
    """记为问题: into the queue of findings, where people verify it."""
    answer, user = answer_or_404(request, pk, place, key), person(request)
    require(policies.may_raise_finding(user, answer))
    check = check_of(answer)
    form = FindingForm(initial={"problem": check.problem, "text": words_of(answer, check)})
    if request.method == "POST":
        form = FindingForm(request.POST)
        if form.is_valid():
            try:
                actions.raise_finding(answer, form.said, by=user, at=now())
            except Refused as refusal:
                form.add_error(None, refusal.reason)
            else:
                messages.success(request, "已记为问题，等人核实；截图已一起带过去。")
                return redirect("round-visit", pk, place)
    return telling_page(request, answer, check, form, "patrols/round_find.html")


@login_required
@require_http_methods(["GET", "POST"])
def round_report(request: HttpRequest, pk: int, place: int, key: str) -> HttpResponse:
    """报事件: whoever is on duty is called at once."""
    answer, user = answer_or_404(request, pk, place, key), person(request)
    require(policies.may_raise_incident(user, answer))
    check = check_of(answer)
    start = {
        "kind": KIND_OF.get(check.problem, IncidentKind.OTHER),
        "title": f"{answer.visit.name}：{answer.note}"[:120],
        "text": words_of(answer, check),
    }
    form = IncidentForm(initial=start)
    if request.method == "POST":
        form = IncidentForm(request.POST)
        if form.is_valid():
            try:
                made = actions.raise_incident(answer, form.said, by=user, at=now())
            except Refused as refusal:
                form.add_error(None, refusal.reason)
            else:
                messages.success(request, f"已报事件 {made.number}，值班的人已收到。")
                return redirect("round-visit", pk, place)
    return telling_page(request, answer, check, form, "patrols/round_report.html")


def telling_page(
    request: HttpRequest, answer: Answer, check: Check, form: object, template: str
) -> HttpResponse:
    """The form beside what goes along."""
    visit = answer.visit
    context = {
        "round": visit.round,
        "visit": visit,
        "answer": answer,
        "check": check,
        "photos": photos_of(visit, answer),
        "form": form,
    }
    status = 422 if getattr(form, "is_bound", False) else 200
    return render(request, template, context, status=status)


def check_of(answer: Answer) -> Check:
    """The line of the list that it answers."""
    checks = answer.visit.round.checklist.checks
    return next((one for one in checks if one.key == answer.key), Check(answer.key, answer.key))


def words_of(answer: Answer, check: Check) -> str:
    """`评论、留言无有害信息：置顶评论为校外贷款广告。`"""
    measure = f"\n已处置：{answer.measure}" if answer.measure else ""
    return f"{answer.note}{measure}"
