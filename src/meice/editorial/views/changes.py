"""词库变更: an import or a proposal, from the preview to the approval."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.editorial.actions import intakes
from meice.editorial.actions import lexicons as actions
from meice.editorial.forms.lexicons import IntakeForm, ReasonForm
from meice.editorial.models.term import Term, TermChange
from meice.editorial.policies import lexicons as policies
from meice.editorial.tasks import read_lexicon_file
from meice.editorial.views.lexicons import lexicon_or_404
from meice.editorial.views.signed import person
from meice.editorial.workflow import LEXICON_CHANGE
from meice.engines.zhcheck import COLUMNS, ListKind
from meice.jobs.actions import enqueue_once
from meice.jobs.models import Job
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, visible_or_404


def job_key(change: TermChange) -> str:
    """One reader a file."""
    return f"lexicon-read:{change.pk}"


@login_required
@require_http_methods(["GET", "POST"])
def lexicon_import(request: HttpRequest, pk: int) -> HttpResponse:
    """导入: the file is kept and read; nothing is in force before it was approved."""
    user = person(request)
    found = lexicon_or_404(user, pk)
    require(policies.may_keep_lexicons(user, found.unit))
    bound = request.method == "POST"
    form = IntakeForm(request.POST if bound else None, request.FILES if bound else None)
    if not bound:
        form.initial["replaces_all"] = found.kind == "source"
    if bound and form.is_valid():
        given = form.cleaned_data
        content = given["file"].read()
        try:
            change = intakes.create_intake(
                found,
                content,
                name=given["file"].name,
                reason=given["reason"],
                replaces_all=given["replaces_all"],
                dated=given["dated"],
                by=user,
                at=now(),
            )
        except Refused as refusal:
            form.add_error("file", refusal.reason)
        else:
            if len(content) <= intakes.AT_ONCE:
                intakes.read_intake(change.pk, now())
            else:
                enqueue_once(read_lexicon_file, change.pk, key=job_key(change), by=user)
            return redirect(change)
    context = {"form": form, "lexicon": found, "columns": COLUMNS[ListKind(found.kind)]}
    status = 422 if bound else 200
    return render(request, "editorial/lexicon_import.html", context, status=status)


def _change(request: HttpRequest, pk: int) -> TermChange:
    seen = TermChange.objects.visible_to(person(request))
    return visible_or_404(
        seen.select_related("lexicon__unit", "by", "decided_by", "version", "undoes"), pk=pk
    )


@login_required
@require_GET
def lexicon_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What it brings and ends, its faults, and what may be done with it."""
    user = person(request)
    found = _change(request, pk)
    reading = None
    if found.read_at is None and found.status == "preview":
        reading = Job.objects.filter(unique_key=job_key(found)).order_by("-created_at").first()
    replaced = {term.key: term for term in found.ends.all()[:2000]}
    page = Page[Term].of(request, found.terms.order_by("line", "pk"))
    new_keys = (
        set(found.terms.filter(key__in=replaced).values_list("key", flat=True))
        if replaced
        else set()
    )
    context = {
        "change": found,
        "lexicon": found.lexicon,
        "reading": reading,
        "page": page,
        "rows": [(row, replaced.get(row.key)) for row in page.rows],
        "ended": [term for key, term in replaced.items() if key not in new_keys][:100],
        "counts": [(COUNTS[key], found.counts[key]) for key in COUNTS if key in found.counts],
        "faults": found.faults,
        "form": ReasonForm(),
        "undone": TermChange.objects.filter(undoes=found.pk).first(),
        "steps": {step.name: verdict for step, verdict in LEXICON_CHANGE.open_steps(found, user)},
        "undo": policies.may_undo_change(user, found),
    }
    return render(request, "editorial/lexicon_change.html", context)


COUNTS = {
    "new": "新增",
    "changed": "修改",
    "same": "一致",
    "gone": "停用",
    "faulty": "有错，不导入",
}


@login_required
@require_POST
def change_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """提交批准."""
    return redirect(actions.propose_change(_change(request, pk), by=person(request)))


@login_required
@require_POST
def change_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """批准: it takes effect."""
    return redirect(actions.approve_change(_change(request, pk), by=person(request), at=now()))


@login_required
@require_POST
def change_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """不批准."""
    words = request.POST.get("reason", "")
    found = _change(request, pk)
    return redirect(actions.refuse_change(found, words=words, by=person(request), at=now()))


@login_required
@require_POST
def change_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """放弃."""
    found = actions.drop_change(_change(request, pk), by=person(request))
    return redirect("lexicon", found.lexicon_id)


@login_required
@require_POST
def change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销导入."""
    found, reason = _change(request, pk), request.POST.get("reason", "")
    return redirect(actions.undo_change(found, reason=reason, by=person(request), at=now()))
