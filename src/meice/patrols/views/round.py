"""One round: what is left, what was found, what I may do; and its paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.patrols import actions, policies
from meice.patrols.documents import clock_words, lines_of
from meice.patrols.forms import ExcuseForm, FinishForm
from meice.patrols.models import Answer, Round, RoundStatus, Seen
from meice.patrols.views.signed import patroller, person, round_or_404, to_round
from meice.patrols.workflow import ROUND


@login_required
@require_GET
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return round_page(request, round_or_404(request, pk))


def round_page(
    request: HttpRequest, found: Round, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user, at = patroller(request), now()
    visits = list(found.visits.all())
    left = [visit for visit in visits if visit.done_at is None]
    context: dict[str, Any] = {
        "round": found,
        "clock": clock_words(found),
        "is_late": found.is_late(at),
        "visits": visits,
        "next": left[0] if left else None,
        "problems": problems_of(found),
        "events": list(found.events.all())[::-1],
        "walk": policies.may_answer(user, found),
        "take": policies.may_take_round(user, found),
        "finish": _finish(found, user),
        "excuse": ROUND.verdict("excuse", found, user),
        "finish_form": FinishForm(),
        "excuse_form": ExcuseForm(),
        "refusal": "",
    }
    return render(request, "patrols/round.html", context | forms, status=status)


def _finish(found: Round, user: Any) -> Any:
    """The verdict on the end: of a round that nobody began, what is still to be looked at."""
    if found.status == RoundStatus.OPEN:
        return policies.may_finish_round(found, user)
    return ROUND.verdict("finish", found, user)


def problems_of(found: Round) -> list[tuple[Answer, str]]:
    """Each problem with the words of its check, in the order of the way."""
    texts = {check.key: check.text for check in found.checklist.checks}
    rows = Answer.objects.filter(visit__round=found, state=Seen.PROBLEM)
    rows = rows.select_related("visit", "finding", "incident").order_by("visit__place", "pk")
    return [(answer, texts.get(answer.key, answer.key)) for answer in rows]


@login_required
@require_POST
def round_take(request: HttpRequest, pk: int) -> HttpResponse:
    """接手."""
    found = round_or_404(request, pk)
    actions.take_round(found, by=person(request), at=now())
    messages.success(request, "已接手，这轮现在由你巡查。")
    return to_round(found)


@login_required
@require_POST
def round_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """完成巡查."""
    found, user = round_or_404(request, pk), person(request)
    require(_finish(found, user))
    form = FinishForm(request.POST)
    if not form.is_valid():
        return round_page(request, found, status=422, finish_form=form)
    try:
        done = actions.finish_round(found, by=user, at=now(), **form.cleaned_data)
    except Refused as refusal:
        return round_page(request, found, status=422, finish_form=form, refusal=refusal.reason)
    messages.success(request, finished_words(done))
    return to_round(found)


def finished_words(done: Round) -> str:
    """`巡完 7 个账号：1 处问题，2 项看不到。`"""
    parts = [f"{done.problem_count} 处问题" if done.problem_count else "没有发现问题"]
    if done.unseen_count:
        parts.append(f"{done.unseen_count} 项看不到")
    return f"巡完 {done.outlet_count} 个账号：{'，'.join(parts)}。"


@login_required
@require_http_methods(["GET", "POST"])
def round_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """说明漏巡."""
    found, user = round_or_404(request, pk), person(request)
    require(ROUND.verdict("excuse", found, user))
    form = ExcuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.excuse_round(found, reason=form.cleaned_data["reason"], by=user, at=now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            return redirect("round", found.pk)
    context = {"round": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "patrols/round_excuse.html", context, status=status)


@login_required
@require_GET
def round_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of one round on paper; leaves an audit line."""
    user, found = person(request), round_or_404(request, pk)
    require(policies.may_export_rounds(user))
    rows = Round.objects.filter(pk=found.pk)
    context = {
        "round": found,
        "clock": clock_words(found),
        "lines": list(lines_of(rows)),
        "at": now(),
    }
    with transaction.atomic():
        record("round.print", found, by=user, detail={"rows": 1}, unit_path=found.unit_path)
    return render(request, "patrols/round_print.html", context)
