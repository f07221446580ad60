"""What the department does after the reply, and in between: 复查, 退回, 销号, 撤销, 提醒, 批复延期."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.rectification import actions, policies
from meice.rectification.forms import GrantForm, JudgeForm, ReasonForm
from meice.rectification.forms.decisions import Judgement
from meice.rectification.models import Extension, ItemStatus, Order
from meice.rectification.views.order import order_page
from meice.rectification.views.signed import order_or_404, person
from meice.rectification.views.unit_acts import reason_page
from meice.rectification.workflow import ORDER

EVIDENCE = "order-evidence"


@login_required
@require_POST
def order_recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """记下结论: what a person found of each item."""
    return _judge(request, pk, "")


@login_required
@require_POST
def order_return(request: HttpRequest, pk: int) -> HttpResponse:
    """退回重改: the conclusions of the form, then back with a reason."""
    return _judge(request, pk, "return")


@login_required
@require_POST
def order_close(request: HttpRequest, pk: int) -> HttpResponse:
    """销号: the conclusions of the form, then the end."""
    return _judge(request, pk, "close")


def _judge(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Conclusions are kept even when the step after them is refused: nothing typed is lost."""
    user, found = person(request), order_or_404(request, pk)
    require(policies.may_judge_reply(found, user))
    waiting = [item for item in found.items.all() if item.status == ItemStatus.ANSWERED]
    form = JudgeForm(request.POST, request.FILES, items=waiting)
    if not form.is_valid():
        return order_page(request, found, status=422, judge_form=form)
    try:
        for said in form.judgements:
            _record(said, user)
        _finish(found, step, form.cleaned_data["reason"], user)
    except Refused as refusal:
        again = order_or_404(request, pk)
        return order_page(request, again, status=422, judge_form=form, refusal=refusal.reason)
    return redirect("order", found.pk)


def _record(said: Judgement, user: User) -> None:
    if not said.is_new:
        return
    kept: StoredFile | None = None
    if said.file:
        kept = keep_file(said.file, name=said.file.name or "", by=user, purpose=EVIDENCE)
    actions.record_recheck(
        said.item, said.outcome, at=now(), by=user, text=said.text,
        evidence_url=said.link, evidence=kept,
    )  # fmt: skip


def _finish(found: Order, step: str, reason: str, user: User) -> None:
    if step == "return":
        actions.return_reply(found, reason=reason, by=user, at=now())
    if step == "close":
        actions.close_order(found, by=user, at=now(), note=reason)


@login_required
@require_http_methods(["GET", "POST"])
def order_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销, with a reason."""
    found = order_or_404(request, pk)
    require(ORDER.verdict("withdraw", found, person(request)))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_order(
            found, reason=form.cleaned_data["reason"], by=person(request), at=now()
        )
        return redirect("order", found.pk)
    return reason_page(
        request, found, form, "撤销整改单", "撤销", warning="撤销后不能恢复，编号不再使用。"
    )


@login_required
@require_POST
def order_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """提醒, counted."""
    found = order_or_404(request, pk)
    actions.remind_order(found, by=person(request), at=now())
    return redirect("order", found.pk)


@login_required
@require_POST
def order_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """同意延期."""
    return _decide(request, pk, granted=True)


@login_required
@require_POST
def order_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """不同意延期."""
    return _decide(request, pk, granted=False)


def _decide(request: HttpRequest, pk: int, *, granted: bool) -> HttpResponse:
    user, found = person(request), order_or_404(request, pk)
    extension: Extension | None = found.extensions.order_by("-pk").first()
    if extension is None:
        raise Http404
    require(policies.may_refuse_extension(extension, user))
    form = GrantForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        try:
            if granted:
                actions.grant_extension(
                    extension, until=got["until"], note=got["note"], by=user, at=now()
                )
            else:
                actions.refuse_extension(extension, note=got["note"], by=user, at=now())
            return redirect("order", found.pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return order_page(request, order_or_404(request, pk), status=422, grant_form=form)
