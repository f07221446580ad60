"""读稿检查: anybody who is signed in has a text read. Nothing of it is kept or logged."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meice.editorial.forms import CopyForm
from meice.editorial.lexicons.reading import read_copy
from meice.editorial.views.signed import person
from meice.kernel.clock import now


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent, the text with what is wrong in it above the form."""
    user = person(request)
    posted = request.method == "POST"
    form = CopyForm(request.POST, request.FILES) if posted else CopyForm()
    is_read = posted and form.is_valid()
    today = timezone.localdate(now())
    path = user.post.unit.path if user.post else ""
    reading = read_copy(form.copy, today=today, path=path) if is_read else None
    context = {"form": form, "reading": reading}
    return render(request, "editorial/proof.html", context, status=422 if form.errors else 200)
