"""Invitations: the slips that an admin prints, the page on which a person sets her password."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from meice.kernel.clock import now
from meice.orgs import actions, policies
from meice.orgs.forms import NewPasswordForm
from meice.orgs.models import MAX_TRIES, Invitation, User
from meice.orgs.roles import Right
from meice.orgs.signin.door import enter
from meice.orgs.views.common import Signed, for_right, managed_user

FITTED = "invitation"
AT_ONCE = 500
A_SHEET = 6
ENTERED_BY = "django.contrib.auth.backends.ModelBackend"


@for_right(Right.MANAGE_USERS)
@never_cache
@require_POST
def invite_one(request: Signed, pk: int) -> HttpResponse:
    """One slip; the code is on this page only."""
    return _slips(request, [managed_user(request, pk)])


@for_right(Right.MANAGE_USERS)
@never_cache
@require_POST
def invite_many(request: Signed) -> HttpResponse:
    """A sheet of slips for the selected people; who may not be invited is left out and named."""
    chosen = [int(pk) for pk in request.POST.getlist("user") if pk.isdecimal()][:AT_ONCE]
    people = User.objects.visible_to(request.user).filter(pk__in=chosen).order_by("pinyin_key")
    return _slips(request, list(people))


def _slips(request: Signed, people: list[User]) -> HttpResponse:
    verdicts = [(person, policies.may_invite(request.user, person)) for person in people]
    slips = actions.invite([one for one, verdict in verdicts if verdict], by=request.user)
    printed = [
        {
            "person": slip.invitation.user,
            "post": slip.invitation.user.current_posts().first(),
            "code": slip.grouped,
            "link": _address(reverse("join", args=[slip.invitation.selector])),
            "until": slip.invitation.expires_at,
        }
        for slip in slips
    ]
    context = {
        "slips": printed,
        "sheets": [printed[at : at + A_SHEET] for at in range(0, len(printed), A_SHEET)],
        "left_out": [(one, verdict.reason) for one, verdict in verdicts if not verdict],
        "printed": now(),
        "printer": request.user,
    }
    return render(request, "orgs/slips.html", context)


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, selector: str) -> HttpResponse:
    """First the code from the slip; then name, unit and the new password."""
    invitation = Invitation.objects.select_related("user").filter(selector=selector).first()
    if invitation is None:
        raise Http404
    trouble = _trouble(invitation)
    if trouble:
        return render(request, "orgs/join.html", {"trouble": trouble}, status=410)
    if request.session.get(FITTED) == invitation.pk:
        return _set_password(request, invitation)
    wrong = ""
    if request.method == "POST":
        if actions.try_code(invitation, request.POST.get("code", "")[:40]):
            request.session.cycle_key()
            request.session[FITTED] = invitation.pk
            return redirect("join", selector)
        invitation.refresh_from_db()
        if trouble := _trouble(invitation):
            return render(request, "orgs/join.html", {"trouble": trouble}, status=410)
        wrong = f"邀请码不对，还可再试 {MAX_TRIES - invitation.tries} 次。"
    status = 422 if wrong else 200
    return render(request, "orgs/join.html", {"wrong": wrong}, status=status)


def _trouble(invitation: Invitation) -> str:
    if not policies.is_open(invitation) or not invitation.user.is_active:
        return "这张邀请条已经用过或作废。"
    if invitation.expires_at <= now():
        return "这张邀请条已过期。"
    return "邀请码试错太多次，这张邀请条已作废。" if invitation.tries >= MAX_TRIES else ""


@sensitive_post_parameters("new", "again")
def _set_password(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    person = invitation.user
    form = NewPasswordForm(request.POST if "new" in request.POST else None, user=person)
    if form.is_valid():
        user = actions.accept_invitation(invitation, form.cleaned_data["new"])
        request.session.flush()
        enter(request, user, how="邀请条", backend=ENTERED_BY)
        return redirect("home")
    context = {
        "form": form,
        "person": person,
        "posts": list(person.current_posts()),
    }
    status = 422 if form.errors else 200
    return render(request, "orgs/join.html", context, status=status)
