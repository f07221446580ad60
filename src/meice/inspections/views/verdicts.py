"""What persons do with a finding: each view reads its form, calls one action, goes back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from meice.inspections import policies
from meice.inspections.actions import orders as ordering
from meice.inspections.actions import verdicts as deeds
from meice.inspections.actions.verdicts import Word
from meice.inspections.forms import JudgeForm, NoteForm, OrderForm
from meice.inspections.forms.acts import LOOK
from meice.inspections.models import Finding, FindingStatus, Judgement
from meice.inspections.views.common import finding_or_404, person
from meice.inspections.views.findings import finding_page
from meice.inspections.views.queue import queue_url
from meice.inspections.views.shown import transfer_form
from meice.inspections.workflow import FINDING
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.http import redirect_back
from meice.orgs.models import User


class Deed(Protocol):
    """An act without words of its own."""

    def __call__(self, finding: Finding, *, by: User, at: datetime) -> Finding: ...


def step_view(deed: Deed) -> Callable[[HttpRequest, int], HttpResponse]:
    """A button: claim or release, and back to where it was pressed."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = finding_or_404(request, pk)
        deed(found, by=person(request), at=now())
        return redirect_back(request, "finding", pk)

    return view


@login_required
@require_POST
def finding_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """属实, 不属实 or 再看一次; from the queue on to the next one."""
    found = finding_or_404(request, pk)
    require(policies.may_verify(person(request), found))
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return finding_page(request, found, status=422, judge_form=form)
    _say(request, _judge(form.cleaned_data, found, person(request)))
    if request.POST.get("from") == "queue":
        return redirect(queue_url(request))
    return redirect("finding", pk)


def _judge(said: dict[str, Any], found: Finding, by: User) -> str:
    """Does what was chosen; gives the sentence that tells what has happened."""
    at = now()
    if said["verdict"] == LOOK:
        deeds.look_finding(found, by=by, at=at, note=said["note"])
        return f"已安排再看一次，看完回到队列：{found}"
    judgement = Judgement(said["verdict"])
    word = Word(said["note"], said["problem"], said["exempt_until"])
    if judgement is Judgement.CONFIRM and said["with_order"]:
        judged, orders = ordering.confirm_and_order(
            found, word, by=by, at=at, deadline=said["deadline"]
        )
        numbers = "、".join(str(order) for order in orders)
        return f"{_told(judged)}{f'，整改单 {numbers} 已签发' if numbers else ''}：{found}"
    return f"{_told(deeds.judge_finding(found, judgement, word, by=by, at=at))}：{found}"


def _told(finding: Finding) -> str:
    words = {
        FindingStatus.HALF: "已记下第一人核实，等第二人",
        FindingStatus.FOUND: "两人意见不一，已回到队列",
        FindingStatus.CONFIRMED: "已认定属实",
        FindingStatus.ORDERED: "已认定属实",
        FindingStatus.DISMISSED: "已认定不属实",
    }
    return words[FindingStatus(finding.status)]


def _say(request: HttpRequest, text: str) -> None:
    messages.success(request, text)


@login_required
@require_POST
def finding_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Into a colleague's hands."""
    found, user = finding_or_404(request, pk), person(request)
    require(policies.may_transfer_finding(found, user))
    form = transfer_form(found, user, request.POST)
    if not form.is_valid():
        return finding_page(request, found, status=422, transfer_form=form)
    deeds.transfer_finding(found, form.cleaned_data["to"], by=user, at=now())
    return redirect_back(request, "finding", pk)


@login_required
@require_POST
def finding_reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """A verdict is taken back."""
    found = finding_or_404(request, pk)
    require(FINDING.verdict("reconsider", found, person(request)))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return finding_page(request, found, status=422, note_form=form)
    deeds.reconsider_finding(found, note=form.cleaned_data["note"], by=person(request), at=now())
    return redirect("finding", pk)


@login_required
@require_POST
def finding_order(request: HttpRequest, pk: int) -> HttpResponse:
    """An order for this confirmed finding."""
    found = finding_or_404(request, pk)
    require(FINDING.verdict("order", found, person(request)))
    form = OrderForm(request.POST)
    if not form.is_valid():
        return finding_page(request, found, status=422, order_form=form)
    orders = ordering.issue_orders([found], by=person(request), at=now(), **form.cleaned_data)
    _say(request, f"整改单 {orders[0]} 已签发。")
    return redirect("finding", pk)


@login_required
@require_POST
def findings_order(request: HttpRequest) -> HttpResponse:
    """Orders for the ticked findings, one for each unit."""
    user = person(request)
    ticked = [int(pk) for pk in request.POST.getlist("finding") if pk.isascii() and pk.isdecimal()]
    seen = list(Finding.objects.visible_to(user).filter(pk__in=ticked[:500]))
    orders = ordering.issue_orders(seen, by=user, at=now())
    numbers = "、".join(str(order) for order in orders)
    _say(request, f"已签发 {len(orders)} 份整改单，共 {len(seen)} 条：{numbers}")
    return redirect_back(request, "finding-list")
