"""What the unit does: 签收, 答复, the leader's word, 申请延期."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.rectification import actions, policies
from meice.rectification.forms import ExtendForm, ReasonForm, ReplyForm
from meice.rectification.models import ItemStatus, Order, OrderItem
from meice.rectification.views.order import late_words, order_page
from meice.rectification.views.signed import order_or_404, person
from meice.rectification.workflow import ORDER

PROOF = "order-proof"


@login_required
@require_POST
def order_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """签收."""
    found = order_or_404(request, pk)
    actions.acknowledge_order(found, by=person(request), at=now())
    return redirect("order", found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def order_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """答复: to the leader."""
    return _reply(request, pk, "reply")


@login_required
@require_POST
def order_attest(request: HttpRequest, pk: int) -> HttpResponse:
    """凭盖章件答复: the same form, to the department at once."""
    return _reply(request, pk, "attest")


def _reply(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The form; what is typed comes back when something is missing. Files are kept first."""
    user, found = person(request), order_or_404(request, pk)
    require(ORDER.verdict(step, found, user))
    items = [item for item in found.items.all() if item.status == ItemStatus.OPEN]
    form = ReplyForm(items=items)
    if request.method == "POST":
        form = ReplyForm(request.POST, request.FILES, items=items)
        if form.is_valid() and _send(found, form, step, user):
            return redirect("order", found.pk)
    return _reply_page(request, found, items, form)


def _reply_page(
    request: HttpRequest, found: Order, items: Sequence[OrderItem], form: ReplyForm
) -> HttpResponse:
    words = late_words(found, timezone.localdate(now()))
    last = next((e for e in found.events.order_by("-pk") if e.act in ("return", "decline")), None)
    context = {"order": found, "items": items, "form": form, "late_words": words, "returned": last}
    status = 422 if form.errors else 200
    return render(request, "rectification/order_reply.html", context, status=status)


def _send(found: Order, form: ReplyForm, step: str, user: User) -> bool:
    """Keep the files, then reply; what is refused is said at the form."""
    got = form.cleaned_data
    if step == "attest" and not got["stamped"]:
        form.add_error("stamped", "凭盖章件答复须上传盖章件扫描。")
        return False
    try:
        proofs = [_kept(upload, user) for upload in got["proofs"]]
        if step == "attest":
            page = _kept(got["stamped"], user)
            actions.attest_order(found, form.said, stamped=page, proofs=proofs, by=user, at=now())
        else:
            actions.reply_to_order(found, form.said, proofs=proofs, by=user, at=now())
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def _kept(upload: UploadedFile[bytes], user: User) -> StoredFile:
    return keep_file(upload, name=upload.name or "", by=user, purpose=PROOF)


@login_required
@require_POST
def order_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The leader answers for the reply."""
    found = order_or_404(request, pk)
    actions.confirm_reply(found, by=person(request), at=now())
    return redirect("order", found.pk)


@login_required
@require_POST
def order_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The leader gives it back."""
    found = order_or_404(request, pk)
    require(ORDER.verdict("decline", found, person(request)))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return order_page(request, found, status=422, reason_form=form)
    actions.decline_reply(found, reason=form.cleaned_data["reason"], by=person(request), at=now())
    return redirect("order", found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def order_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """申请延期."""
    user, found = person(request), order_or_404(request, pk)
    require(policies.may_ask_extension(user, found, timezone.localdate(now())))
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ask(found, form, user):
        return redirect("order", found.pk)
    return reason_page(request, found, form, "申请延期", "申请")


def _ask(found: Order, form: ExtendForm, user: User) -> bool:
    try:
        actions.ask_extension(found, by=user, at=now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def reason_page(
    request: HttpRequest, found: Order, form: Form, title: str, verb: str, **more: Any
) -> HttpResponse:
    """A form of one act on a page of its own."""
    context = {"order": found, "form": form, "title": title, "verb": verb, **more}
    status = 422 if form.is_bound else 200
    return render(request, "rectification/order_reason.html", context, status=status)
