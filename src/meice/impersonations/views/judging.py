"""受理 and 研判."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from meice.impersonations import actions
from meice.impersonations.forms import JudgeForm, ReasonForm
from meice.impersonations.models import Impersonation
from meice.impersonations.views.docket import docket_page
from meice.impersonations.views.signed import docket_or_404, person
from meice.impersonations.workflow import IMPERSONATION
from meice.kernel.access import require
from meice.kernel.clock import now

View = Callable[[HttpRequest, int], HttpResponse]


@login_required
@require_POST
def impersonation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """受理."""
    found = docket_or_404(request, pk)
    actions.accept_docket(found, by=person(request), at=now())
    return redirect(found)


def _reasoned(
    step: str, deed: Callable[..., Impersonation], form_of: type[ReasonForm], key: str
) -> View:
    """POST with a reason, act, back to the docket."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = docket_or_404(request, pk)
        require(IMPERSONATION.verdict(step, found, person(request)))
        form = form_of(request.POST)
        if not form.is_valid():
            return docket_page(request, found, status=422, **{key: form})
        deed(found, reason=form.cleaned_data["reason"], by=person(request), at=now())
        return redirect(found)

    return view


impersonation_confirm = _reasoned("confirm", actions.confirm_docket, JudgeForm, "judge_form")
impersonation_dismiss = _reasoned("dismiss", actions.dismiss_docket, JudgeForm, "judge_form")
impersonation_doubt = _reasoned("doubt", actions.doubt_docket, JudgeForm, "judge_form")
impersonation_reconsider = _reasoned(
    "reconsider", actions.reconsider_docket, ReasonForm, "reason_form"
)
