"""Who was there: marked by hand, printed for signatures, read from a list."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, redirect_back, visible_or_404
from meice.training import actions, policies
from meice.training.actions import intakes
from meice.training.forms import InviteForm, UploadForm
from meice.training.models import Attendance, AttendanceIntake, Presence
from meice.training.plan import Planned, RowAct
from meice.training.views.signed import people_below, reader, session_or_404
from meice.training.workflow import INTAKE


@login_required
@require_http_methods(["GET", "POST"])
def training_attend(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with a choice in each line; a page at a time."""
    found, user = session_or_404(request, pk), reader(request)
    require(policies.may_mark_attendance(user, found))
    here, refusal = reverse("training-attend", args=[pk]), ""
    if request.method == "POST":
        try:
            actions.mark_attendance(found, _marks(request.POST), by=user, at=now())
            return redirect_back(request, here)
        except Refused as refused:
            refusal = refused.reason
    term, presence = request.GET.get("q", "")[:60], request.GET.get("presence", "")
    rows = Attendance.objects.visible_to(user).filter(session=found)
    rows = rows.matching(term) if term.strip() else rows
    rows = rows.filter(presence=presence) if presence in Presence.values else rows
    context = {
        "session": found,
        "page": Page[Attendance].of(request, rows.in_order()),
        "presences": Presence.choices,
        "term": term,
        "presence": presence,
        "refusal": refusal,
        "invite": InviteForm(people=people_below(found.unit_path)),
        "next": request.get_full_path(),
    }
    return render(request, "training/training_attend.html", context, status=422 if refusal else 200)


def _marks(sent: Mapping[str, str]) -> dict[int, str]:
    """What the person has changed: what another has changed meanwhile stays. With `rest`, who is
    not told of gets that mark."""
    rest = sent.get("rest", "")
    marks: dict[int, str] = {}
    for key, former in sent.items():
        number = key.removeprefix("was-")
        if key.startswith("was-") and number.isdecimal() and len(number) < 12:
            chosen = sent.get(f"p-{number}", former)
            chosen = rest if rest and chosen == Presence.EXPECTED else chosen
            if chosen != former:
                marks[int(number)] = chosen
    return marks


@login_required
@require_POST
def training_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody comes besides."""
    found, user = session_or_404(request, pk), reader(request)
    require(policies.may_mark_attendance(user, found))
    form = InviteForm(request.POST, people=people_below(found.unit_path))
    if not form.is_valid():
        raise Refused("没有这个人，或者她在举办单位和下级单位没有岗位。")
    actions.invite_person(found, form.cleaned_data["person"], by=user, at=now())
    return redirect("training-attend", found.pk)


@login_required
@require_GET
def training_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """签到表, for the wall of the lecture room."""
    found, user = session_or_404(request, pk), reader(request)
    rows = list(Attendance.objects.visible_to(user).filter(session=found).in_order())
    context = {"session": found, "rows": rows, "blank": range(3), "at": now()}
    return render(request, "training/training_sheet.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def training_import(request: HttpRequest, pk: int) -> HttpResponse:
    """A list as it is; earlier ones below."""
    found, user = session_or_404(request, pk), reader(request)
    require(policies.may_mark_attendance(user, found))
    form, status = UploadForm(), 200
    if request.method == "POST":
        form, status = UploadForm(request.POST, request.FILES), 422
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                intake = intakes.create_intake(
                    found, upload.read(), name=upload.name, by=user, at=now()
                )
                return redirect("attendance-intake", intake.pk)
            except Refused as refused:
                form.add_error("file", refused.reason)
    mine = AttendanceIntake.objects.visible_to(user).filter(session=found).defer("grid")
    context = {"form": form, "session": found, "page": Page[AttendanceIntake].of(request, mine)}
    return render(request, "training/training_import.html", context, status=status)


@login_required
@require_GET
def attendance_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, or what became of it."""
    found, user = _intake(request, pk), reader(request)
    context: dict[str, object] = {
        "intake": found,
        "apply": INTAKE.verdict("apply", found, user),
        "drop": INTAKE.verdict("drop", found, user),
    }
    if found.status == "preview":
        planned = intakes.plan_of(found)
        wanted = request.GET.get("act", "")
        shown = [row for row in planned if not wanted or row.act == wanted]
        context |= {
            "page": Page[Planned].of(request, shown),
            "counts": [(act, sum(row.act is act for row in planned)) for act in RowAct],
            "digest": intakes.digest_of(planned),
            "writes": sum(row.act is RowAct.CHANGE for row in planned),
        }
    return render(request, "training/attendance_intake.html", context)


@login_required
@require_POST
def attendance_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row without a fault."""
    found, user = _intake(request, pk), reader(request)
    intakes.apply_intake(found, digest=request.POST.get("digest", ""), by=user, at=now())
    return redirect("attendance-intake", found.pk)


@login_required
@require_POST
def attendance_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is imported."""
    found = _intake(request, pk)
    intakes.drop_intake(found, by=reader(request), at=now())
    return redirect("training-import", found.session_id)


def _intake(request: HttpRequest, pk: int) -> AttendanceIntake:
    seen = AttendanceIntake.objects.visible_to(reader(request))
    return visible_or_404(seen.select_related("session__unit"), pk=pk)
