"""One order: where it stands, its problems, what was said, what I may do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from meice.kernel.access import Verdict
from meice.kernel.clock import now
from meice.kernel.flow import Step
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.rectification import policies
from meice.rectification.actions import terms
from meice.rectification.forms import GrantForm, IssueForm, JudgeForm, ReasonForm
from meice.rectification.models import (
    ItemStatus,
    Order,
    OrderEvent,
    OrderItem,
    OrderStatus,
    Proof,
    Reply,
)
from meice.rectification.views.flowbar import flow_of
from meice.rectification.views.signed import order_or_404, person
from meice.rectification.workflow import ORDER, REPEATED, TermName
from meice.registry.actions.terms import workdays

UNIT_STEPS = ("acknowledge", "reply", "attest", "confirm", "decline")
FORMS = ("issue", "reply", "attest", "decline", "return", "close", "withdraw")
"""Steps with a form of their own: no one-click button."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline; a reply brings its words and files."""

    event: OrderEvent
    reply: Reply | None
    proofs: Sequence[Proof]


@login_required
@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The page (picture 06)."""
    return order_page(request, order_or_404(request, pk))


def order_page(
    request: HttpRequest, found: Order, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user, at = person(request), now()
    today = timezone.localdate(at)
    events = list(found.events.all())
    items = list(found.items.all())
    context: dict[str, Any] = {
        "order": found,
        "items": items,
        "lines": lines_of(found, events),
        "flow": flow_of(found, events),
        "late_words": late_words(found, today),
        "is_repeated": found.is_with_unit and found.reminders_sent >= REPEATED,
        "steps": {step.name: _button(found, step, v) for step, v in _relevant(found, user)},
        "plain": [_button(found, s, v) for s, v in _relevant(found, user) if s.name not in FORMS],
        "is_department": user.has(Right.DECIDE_BUSINESS, found.unit),
        "remind": policies.may_remind_order(user, found),
        "edit": policies.may_edit_order(user, found),
        "printing": policies.may_print_order(user, found),
        "extension": found.open_extension,
        "extend": policies.may_ask_extension(user, found, today),
        "deciding": _deciding(user, found),
        "judging": [i for i in items if i.status == ItemStatus.ANSWERED],
        "may_judge": may_judge(found, items, user),
        "reminded": str(found.reminders_sent),
        "reopen_days": terms.all_terms()[TermName.REOPEN] if found.status == "replied" else 0,
        "refusal": "",
        "impact": impact_of(items, found),
        "judge_form": JudgeForm(items=[i for i in items if i.status == ItemStatus.ANSWERED]),
        "reason_form": ReasonForm(),
        "grant_form": GrantForm(),
        "issue_form": IssueForm(),
    }
    return render(request, "rectification/order.html", context | forms, status=status)


def lines_of(found: Order, events: Iterable[OrderEvent]) -> list[Line]:
    """Newest first."""
    replies = {reply.pk: reply for reply in found.replies.all()}
    proofs: dict[int, list[Proof]] = {}
    if replies:
        for proof in Proof.objects.filter(reply__order=found.pk).select_related("file"):
            proofs.setdefault(proof.reply_id, []).append(proof)
    lines = [Line(e, replies.get(e.reply_id or 0), proofs.get(e.reply_id or 0, ())) for e in events]
    return lines[::-1]


def late_words(found: Order, today: date) -> str:
    """`逾期 4 个工作日`; blank in time. The calendar is asked only when it is late."""
    if not found.is_late(today):
        return ""
    number = workdays().between(found.deadline, today)
    return f"逾期 {number} 个工作日" if number else "逾期"


def may_judge(found: Order, items: Iterable[OrderItem], user: User) -> Verdict:
    """The verdict on the first item under re-check stands for all."""
    for item in items:
        if item.status == ItemStatus.ANSWERED:
            item.order = found
            return policies.may_recheck_item(item, user)
    return Verdict(allowed=False, reason="没有在复查的问题。")


def impact_of(items: Iterable[OrderItem], found: Order) -> list[tuple[str, str, str]]:
    """What annex 1 columns 6 and 7 get of it: outlet, word, 是 or 否."""
    if found.status in (OrderStatus.DRAFT, OrderStatus.WITHDRAWN):
        return []
    return [
        (item.outlet_name, item.annex_word, "是" if item.status == ItemStatus.FIXED else "否")
        for item in items
        if item.outlet_id and item.status != ItemStatus.DROPPED
    ]


def _deciding(user: User, found: Order) -> Verdict | None:
    if found.open_extension is None:
        return None
    found.open_extension.order = found
    return policies.may_decide_extension(user, found.open_extension)


def _relevant(found: Order, user: User) -> list[tuple[Step, Verdict]]:
    """Left out (never greyed): the work of the other side."""
    decides = user.has(Right.DECIDE_BUSINESS, found.unit)
    works = user.has(Right.DRAFT_BUSINESS, found.unit)
    leads = user.has(Right.CONFIRM_BUSINESS, found.unit)
    shown = {
        "acknowledge": works or leads,
        "reply": works,
        "attest": works,
        "confirm": leads or works,
        "decline": leads,
    }
    return [
        (step, verdict)
        for step, verdict in ORDER.open_steps(found, user)
        if shown.get(step.name, decides)
    ]


def _button(found: Order, step: Step, verdict: Verdict) -> dict[str, Any]:
    return {
        "name": step.name,
        "label": step.label,
        "verdict": verdict,
        "url": reverse(f"order-{step.name}", args=[found.pk]),
    }
