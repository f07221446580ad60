"""One shift, its changes and swaps; a swap; a note of hand-over."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.duty import actions, policies
from meice.duty.forms import ChangeForm, HandoverForm, NoteForm, SwapForm
from meice.duty.models import Handover, HandoverStatus, OpenItem, Shift, Swap
from meice.duty.views.signed import (
    form_page,
    handover_or_404,
    person,
    shift_or_404,
    swap_or_404,
)
from meice.duty.workflow import HANDOVER, SWAP
from meice.kernel.access import Refused, require
from meice.kernel.clock import now


@login_required
@require_GET
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, when, why this person, what happened to it."""
    user, at, found = person(request), now(), shift_or_404(request, pk)
    after = actions.next_of(found)
    context = {
        "shift": found,
        "after": after,
        "at": at,
        "is_now": found.has_begun(at) and not found.is_over(at),
        "is_over": found.is_over(at),
        "events": found.events.all(),
        "swaps": found.swaps.select_related("by", "to", "shift__layer").order_by("-pk"),
        "handover": Handover.objects.filter(shift=found).first(),
        "change": policies.may_change_shift(user, found, at),
        "is_hers": found.user_id == user.pk,
        "swap": policies.may_ask_swap(user, found, at),
        "write": policies.may_write_handover(user, found, after, at),
    }
    return render(request, "duty/shift.html", context)


def _done(
    request: HttpRequest, form: Any, title: str, deed: Callable[[], Any], **more: Any
) -> HttpResponse:
    """Do `deed` with a good form and go to what it gives; a refusal comes back with the form."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(deed())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return form_page(request, form, title, **more)


def _about(found: Shift, verb: str) -> dict[str, Any]:
    return {
        "roster": found.roster,
        "shift": found,
        "back": found.get_absolute_url(),
        "verb": verb,
    }


@login_required
@require_http_methods(["GET", "POST"])
def shift_change(request: HttpRequest, pk: int) -> HttpResponse:
    """调班 by the keeper."""
    user, found = person(request), shift_or_404(request, pk)
    require(policies.may_change_shift(user, found, now()))
    form = ChangeForm(request.POST or None, shift=found)

    def deed() -> Shift:
        got = form.cleaned_data
        return actions.change_shift(found, to=got["to"], reason=got["reason"], by=user, at=now())

    title = "中途换人" if found.has_begun(now()) else "调班"
    return _done(request, form, title, deed, **_about(found, title))


@login_required
@require_http_methods(["GET", "POST"])
def shift_swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another."""
    user, found = person(request), shift_or_404(request, pk)
    require(policies.may_ask_swap(user, found, now()))
    form = SwapForm(request.POST or None, shift=found, by=user)

    def deed() -> Swap:
        got = form.cleaned_data
        return actions.ask_swap(
            found, to=got["to"], given=got["given"], reason=got["reason"], by=user, at=now()
        )

    return _done(request, form, "请人换班", deed, **_about(found, "请对方答复"))


@login_required
@require_http_methods(["GET", "POST"])
def shift_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the note, or amend one that came back."""
    user, at, found = person(request), now(), shift_or_404(request, pk)
    note = Handover.objects.filter(shift=found).select_related("shift", "by").first()
    if note is None:
        require(policies.may_write_handover(user, found, actions.next_of(found), at))
    else:
        require(HANDOVER.verdict("amend", note, user))
    initial = {"text": note.text} if note else {}
    form = HandoverForm(request.POST or None, shift=found, initial=initial)

    def deed() -> Handover:
        if note is None:
            return actions.write_handover(found, **form.told(), by=user, at=now())
        return actions.amend_handover(note, **form.told(), by=user, at=now())

    return _done(request, form, "交班记录", deed, **_about(found, "交班"), returned=note)


@login_required
@require_GET
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """One swap, with the buttons of who may answer."""
    return _swap_page(request, swap_or_404(request, pk))


def _swap_page(request: HttpRequest, found: Swap, refusal: str = "") -> HttpResponse:
    user, at = person(request), now()
    timely = policies.is_timely(found, at)
    context = {
        "swap": found,
        "roster": found.shift.roster,
        "refusal": refusal,
        "steps": {
            "accept": SWAP.verdict("accept", found, user) & timely,
            "decline": SWAP.verdict("decline", found, user),
            "withdraw": SWAP.verdict("withdraw", found, user),
        },
        "is_open": found.status == "asked",
        "is_asked": found.to_id == user.pk,
        "is_asker": found.by_id == user.pk,
    }
    return render(request, "duty/swap.html", context, status=409 if refusal else 200)


def _answer(request: HttpRequest, pk: int, deed: Callable[[Swap, str], object]) -> HttpResponse:
    """One of the answers; a clash that arose meanwhile is said on the page."""
    found, form = swap_or_404(request, pk), NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        deed(found, note)
    except Refused as refusal:
        if found.to_id != person(request).pk:
            raise
        return _swap_page(request, swap_or_404(request, pk), refusal.reason)
    return redirect(found)


@login_required
@require_POST
def swap_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """同意."""
    user = person(request)
    return _answer(
        request, pk, lambda one, note: actions.accept_swap(one, by=user, at=now(), note=note)
    )


@login_required
@require_POST
def swap_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """不同意."""
    user = person(request)
    return _answer(
        request, pk, lambda one, note: actions.decline_swap(one, by=user, at=now(), note=note)
    )


@login_required
@require_POST
def swap_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """收回."""
    found = swap_or_404(request, pk)
    return redirect(actions.withdraw_swap(found, by=person(request), at=now()))


@login_required
@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """One note, what is open, and the buttons of who takes over."""
    return _note_page(request, handover_or_404(request, pk))


def _note_page(request: HttpRequest, found: Handover, refusal: str = "") -> HttpResponse:
    user, at = person(request), now()
    items = OpenItem.objects.filter(layer=found.shift.layer_id, done_at=None)
    may_close = policies.may_close_item(user, found.shift.layer, at)
    context = {
        "handover": found,
        "roster": found.shift.roster,
        "items": found.items.select_related("done_by"),
        "older": items.exclude(handover=found).select_related("handover"),
        "refusal": refusal,
        "may_close": may_close,
        "is_waiting": found.status == HandoverStatus.WAITING,
        "is_taker": found.next_shift.user_id == user.pk,
        "accept": HANDOVER.verdict("accept", found, user),
        "amend": HANDOVER.verdict("amend", found, user),
        "is_returned": found.status == HandoverStatus.RETURNED,
    }
    return render(request, "duty/handover.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def handover_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """接班."""
    found, form = handover_or_404(request, pk), NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.accept_handover(found, by=person(request), at=now(), note=note)
    return redirect(found)


@login_required
@require_POST
def handover_return(request: HttpRequest, pk: int) -> HttpResponse:
    """退回补充."""
    user, found, form = person(request), handover_or_404(request, pk), NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    require(HANDOVER.verdict("return", found, user))
    try:
        actions.return_handover(found, by=user, at=now(), note=note)
    except Refused as refusal:
        return _note_page(request, handover_or_404(request, pk), refusal.reason)
    return redirect(found)
