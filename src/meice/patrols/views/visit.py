"""One outlet of a round, made for a phone (picture 08b): the machine's view, the checks, pictures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.evidence.reading import evidence_response
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.patrols import actions, policies
from meice.patrols.forms import VisitForm, lines_of
from meice.patrols.models import Round, Visit
from meice.patrols.views.machine import machine_of
from meice.patrols.views.signed import person, photo_or_404, round_or_404, visit_or_404

PHOTO = "photo-"
TELLING = ("find", "report")


@login_required
@require_http_methods(["GET", "POST"])
def round_visit(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """The page; its form keeps everything and goes on to the next outlet, or where `go` says."""
    visit = visit_or_404(request, pk, place)
    if request.method == "GET":
        return visit_page(request, visit)
    user = person(request)
    require(policies.may_answer(user, visit.round))
    form = VisitForm(request.POST, checks=_checks(visit))
    if not form.is_valid():
        return visit_page(request, visit, form=form, status=422)
    try:
        actions.answer_visit(visit, form.said, by=user, at=now())
        _keep_photos(request, visit, user)
    except Refused as refusal:
        return visit_page(request, visit, form=form, refusal=refusal.reason, status=422)
    return _onward(request, visit)


def visit_page(
    request: HttpRequest, visit: Visit, *, form: VisitForm | None = None, status: int = 200,
    refusal: str = "",
) -> HttpResponse:  # fmt: skip
    """The page, with what was refused put back as it was typed."""
    user, round = person(request), visit.round
    checks = _checks(visit)
    lines = lines_of(visit, checks, form)
    context: dict[str, Any] = {
        "round": round,
        "visit": visit,
        "lines": lines,
        "note": form.data.get("note", "") if form is not None else visit.note,
        "whole": [photo for photo in visit.photos.all() if not photo.key],
        "answer": policies.may_answer(user, round),
        "open_lines": sum(not line.state for line in lines),
        "has_trouble": any(line.state not in ("", "ok") for line in lines),
        "machine": machine_of(visit, user, now()),
        "after": place_after(visit),
        "saved": max((a.at for a in visit.answers.all()), default=None),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "patrols/round_visit.html", context, status=status)


def place_after(visit: Visit) -> int:
    """The next outlet on the way; 0 after the last."""
    return visit.place + 1 if visit.place < visit.round.outlet_count else 0


@login_required
@require_POST
def round_save(request: HttpRequest, pk: int, place: int) -> JsonResponse:
    """The same form, sent by the page itself after every tap: kept at once, and said so."""
    visit, user = visit_or_404(request, pk, place), person(request)
    verdict = policies.may_answer(user, visit.round)
    form = VisitForm(request.POST, checks=_checks(visit))
    if not verdict or not form.is_valid():
        reason = verdict.reason or "有一处太长，没有存上。"
        return JsonResponse({"reason": reason}, status=403 if not verdict else 422)
    try:
        kept = actions.answer_visit(visit, form.said, by=user, at=now())
        photos = _keep_photos(request, visit, user)
    except Refused as refusal:
        return JsonResponse({"reason": refusal.reason}, status=422)
    done = Round.objects.values_list("done_count", flat=True).get(pk=pk)
    said = {
        "at": f"{timezone.localtime(now()):%H:%M}",
        "done": done,
        "is_done": kept.done_at is not None,
        "photos": photos,
    }
    return JsonResponse(said)


@login_required
@require_POST
def round_fine(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """其余都正常, of this outlet; then the next."""
    visit = visit_or_404(request, pk, place)
    actions.fine_visit(visit, by=person(request), at=now())
    return _onward(request, visit)


@login_required
@require_GET
def round_file(request: HttpRequest, pk: int, photo: int) -> FileResponse:
    """A picture of this round, as a download."""
    return evidence_response(photo_or_404(request, pk, photo).evidence)


@login_required
@require_POST
def round_photo_drop(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Take a wrong picture away."""
    found = photo_or_404(request, pk, photo)
    found.visit.round = round_or_404(request, pk)
    actions.drop_photo(found, by=person(request), at=now())
    return redirect("round-visit", pk, found.visit.place)


def _checks(visit: Visit) -> list[Any]:
    return visit.round.checklist.checks_for(visit.kind)


def _keep_photos(request: HttpRequest, visit: Visit, user: User) -> int:
    """Every picture that came with the form; gives how many."""
    number = 0
    for name in request.FILES:
        if not name.startswith(PHOTO):
            continue
        for upload in request.FILES.getlist(name):
            key = name.removeprefix(PHOTO)
            actions.add_photo(visit, upload, name=upload.name or "", key=key, by=user, at=now())
            number += 1
    return number


def _onward(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To what the button names: telling on a problem, the one before, staying; else the next."""
    go, key = (request.POST.get("go", "") + ":").split(":")[:2]
    known = {check.key for check in _checks(visit)}
    if go in TELLING and key in known:
        return redirect(f"round-{go}", visit.round_id, visit.place, key)
    if go == "stay":
        return redirect("round-visit", visit.round_id, visit.place)
    if go == "back" and visit.place > 1:
        return redirect("round-visit", visit.round_id, visit.place - 1)
    after = place_after(visit)
    if after:
        return redirect("round-visit", visit.round_id, after)
    messages.info(request, "已是最后一个，看过小结再完成。")
    return redirect("round", visit.round_id)
