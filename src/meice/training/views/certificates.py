"""Certificates: the list, a new one, its proof, one put down by mistake."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.files.reading import file_response
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import User
from meice.training import actions, policies
from meice.training.forms import CERTIFICATE_VIEWS, CertificateFilter, CertificateForm
from meice.training.forms.filters import certificate_view
from meice.training.models import Certificate, TrainingTopic
from meice.training.policies import RIGHTS
from meice.training.views.signed import (
    certificate_or_404,
    kept,
    people_below,
    reader,
    unit_choices,
)


@login_required
@require_GET
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Those that end first stand first."""
    user, today = reader(request), timezone.localdate(now())
    wanted = CertificateFilter.of(request.GET, user)
    seen = Certificate.objects.visible_to(user).standing()
    rows = wanted.apply(seen, today).select_related("user", "unit", "topic", "file")
    page = Page[Certificate].of(request, rows.order_by("valid_until", "pk"))
    numbers = seen.aggregate(
        **{view: Count("pk", filter=certificate_view(view, today)) for view in CERTIFICATE_VIEWS}
    )
    context = {
        "page": page,
        "rows": [(row, row.state(today), _may_drop(user, row)) for row in page.rows],
        "views": [(view, label, numbers[view]) for view, label in CERTIFICATE_VIEWS.items()],
        "filter": wanted,
        "units": unit_choices(user),
        "topics": TrainingTopic.objects.all(),
        "may_add": policies.may_add_certificate(user),
        "may_needs": policies.may_see_needs(user),
        "here": "certificates",
    }
    return render(request, "training/certificate_list.html", context)


def _may_drop(user: User, row: Certificate) -> bool:
    return bool(policies.may_drop_certificate(user, row))


@login_required
@require_http_methods(["GET", "POST"])
def certificate_new(request: HttpRequest) -> HttpResponse:
    """Of somebody of her units."""
    user = reader(request)
    require(policies.may_add_certificate(user))
    people = people_below(*(path for right in RIGHTS for path in user.reach(right)))
    form, refusal, status = CertificateForm(people=people), "", 200
    if request.method == "POST":
        form = CertificateForm(request.POST, request.FILES, people=people)
        if form.is_valid():
            try:
                file = kept(form.cleaned_data["file"], user, "certificate")
                actions.add_certificate(form.facts(), by=user, at=now(), file=file)
                return redirect("certificate-list")
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"form": form, "refusal": refusal}
    return render(request, "training/certificate_form.html", context, status=status)


@login_required
@require_GET
def certificate_file(request: HttpRequest, pk: int) -> FileResponse:
    """The proof."""
    found = certificate_or_404(request, pk)
    if found.file is None:
        raise Http404
    return file_response(found.file)


@login_required
@require_POST
def certificate_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It was put down by mistake."""
    actions.drop_certificate(certificate_or_404(request, pk), by=reader(request), at=now())
    return redirect("certificate-list")
