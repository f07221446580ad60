"""Files in and out of a submission: uploads with their preview, downloads, the print page."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import record
from meice.engines.annexes.model import Annex
from meice.files.reading import file_response
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.http import attachment
from meice.surveys import documents, policies, tasks
from meice.surveys.actions import filling, replacing
from meice.surveys.actions.asked import Incoming
from meice.surveys.forms.submission import ReplacementForm
from meice.surveys.models import Replacement, Submission, SubmissionHeader, SubmissionRow
from meice.surveys.rows import header_of
from meice.surveys.rows.matching import changes_of, incoming_rows
from meice.surveys.sheet.register import outlets_by_key
from meice.surveys.views.overview import overview_of
from meice.surveys.views.reviewing import shown_text
from meice.surveys.views.seen import person, submission_or_404

MOST_CHANGES = 200


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop files in place of the sheet; nothing is replaced yet."""
    found = submission_or_404(request, pk)
    require(policies.may_replace_rows(found, person(request)))
    form = ReplacementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [
            Incoming(each.name, each.size or 0, each.file) for each in form.cleaned_data["uploads"]
        ]
        made = replacing.upload_replacement(
            found, files, token=form.cleaned_data["token"], by=person(request), at=now()
        )
        return redirect("submission-replacement", pk, made.pk)
    status = 422 if form.is_bound else 200
    earlier = found.replacements.select_related("by")[:10]
    context = {"submission": found, "form": form, "earlier": earlier}
    return render(request, "surveys/submission_upload.html", context, status=status)


def _replacement(request: HttpRequest, pk: int, number: int) -> Replacement:
    found = submission_or_404(request, pk)
    drops = Replacement.objects.filter(submission=found).select_related("check_made", "by")
    drop = get_object_or_404(drops, pk=number)
    drop.submission = found
    return drop


@login_required
@require_GET
def replacement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Per file: taken or not, why, how to mend; then what using the good ones would change."""
    drop = _replacement(request, pk, number)
    check = drop.check_made
    is_read = drop.read_at is not None and (check is None or check.is_done)
    context: dict[str, Any] = {"submission": drop.submission, "drop": drop, "is_read": is_read}
    if is_read:
        context |= {
            "forms": check.forms.all()[:200] if check else (),
            "refused": check.uploads.filter(stored__isnull=True) if check else (),
            "faults": check.faults.filter(severity="error").select_related("form")[:50]
            if check and check.owner_id == person(request).pk
            else (),
            "changes": _changes(drop)[:MOST_CHANGES],
            "verdict": policies.may_replace_rows(drop.submission, person(request)),
            "is_owner": check is not None and check.owner_id == person(request).pk,
        }
    else:
        context["given_up"] = tasks.is_given_up(tasks.replacement_key(drop))
    return render(request, "surveys/submission_replacement.html", context)


def _changes(drop: Replacement) -> list[dict[str, Any]]:
    """What would change, numbers masked."""
    rows = list(SubmissionRow.objects.filter(submission=drop.submission).standing_in_order())
    outlets = list(outlets_by_key(drop.submission).values())
    annexes = sorted({Annex(form["annex"]) for form in drop.forms} - {Annex.COUNTS})
    found = changes_of(rows, incoming_rows(drop.forms, outlets), annexes)
    return [
        {
            "annex": int(change.annex),
            "name": change.name,
            "kind": change.kind,
            "cells": [
                (cell.title, _masked(cell.title, cell.old), _masked(cell.title, cell.new))
                for cell in change.cells
            ],
        }
        for change in found
    ]


def _masked(title: str, text: str) -> str:
    return shown_text("phone", text) if "电话" in title or "手机" in title else text


@login_required
@require_GET
def replacement_progress(request: HttpRequest, pk: int, number: int) -> JsonResponse:
    """For the page that waits."""
    drop = _replacement(request, pk, number)
    is_read = drop.read_at is not None and (drop.check_made is None or drop.check_made.is_done)
    finished = is_read or tasks.is_given_up(tasks.replacement_key(drop))
    text = "文件已存好，正在读。"
    return JsonResponse({"done": 0, "total": 0, "text": text, "finished": finished, "url": "."})


@login_required
@require_POST
def use(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """用收下的 N 个."""
    replacing.use_replacement(_replacement(request, pk, number), by=person(request), at=now())
    return redirect("submission", pk)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Leave the sheet as it is."""
    replacing.drop_replacement(_replacement(request, pk, number), by=person(request), at=now())
    return redirect("submission", pk)


def _exported(request: HttpRequest, pk: int, what: str) -> Submission:
    """The files hold whole telephone numbers: a right, and a line in the audit."""
    found = submission_or_404(request, pk)
    require(policies.may_export_submission(found, person(request)))
    with transaction.atomic():
        record(
            "submission.export", found, by=person(request), detail={"part": what},
            unit_path=found.unit_path,
        )  # fmt: skip
    return found


@login_required
@require_POST
def download_annex(request: HttpRequest, pk: int, annex: int) -> FileResponse:
    """One of the four forms as it stands now, `.xls`."""
    found = _exported(request, pk, f"附件{annex}")
    made = filling.packed(found, now())
    file = next((each for each in made.files if each.annex == annex), None)
    if file is None:
        raise Http404
    return attachment(BytesIO(file.content), file.name, kind=documents.XLS_KIND)


@login_required
@require_POST
def download_package(request: HttpRequest, pk: int) -> FileResponse:
    """The zip as it stands now, named by the notice's rule."""
    made = filling.packed(_exported(request, pk, "压缩包"), now())
    return attachment(BytesIO(made.content), made.name, kind=documents.ZIP_KIND)


@login_required
@require_POST
def download_receipt(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """The bytes of one round, as they were reported."""
    found = _exported(request, pk, "所报压缩包")
    receipt = get_object_or_404(found.receipts.select_related("package"), pk=number)
    return file_response(receipt.package)


@login_required
@require_POST
def download_reported(request: HttpRequest, pk: int, number: int, annex: int) -> FileResponse:
    """One file of a round, the very bytes that were reported."""
    found = _exported(request, pk, f"所报附件{annex}")
    receipt = get_object_or_404(found.receipts.select_related("package"), pk=number)
    name = next((each["name"] for each in receipt.files if each["annex"] == annex), None)
    if name is None:
        raise Http404
    with ZipFile(receipt.package.path) as archive:
        return attachment(BytesIO(archive.read(name)), name, kind=documents.XLS_KIND)


@login_required
@require_POST
def download_scan(request: HttpRequest, pk: int) -> FileResponse:
    """The stamped pages as they were attached."""
    found = _exported(request, pk, "盖章件")
    if found.scan is None:
        raise Http404
    return file_response(found.scan)


@login_required
@require_GET
def print_receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The receipt on paper; it holds no telephone number."""
    found = submission_or_404(request, pk)
    receipt = get_object_or_404(found.receipts, pk=number)
    context = {"submission": found, "receipt": receipt, "at": now(), "by": person(request)}
    return render(request, "surveys/receipt_print.html", context)


@login_required
@require_GET
def print_all(request: HttpRequest, pk: int) -> HttpResponse:
    """打印盖章稿: every annex asked for, one after the other."""
    return _printed(request, pk, None)


@login_required
@require_GET
def print_forms(request: HttpRequest, pk: int, annex: int) -> HttpResponse:
    """One annex on paper for the seal."""
    return _printed(request, pk, annex)


def _printed(request: HttpRequest, pk: int, annex: int | None) -> HttpResponse:
    """Whole numbers stand on the paper, so printing leaves an audit line."""
    found = submission_or_404(request, pk)
    asked = [int(each) for each in found.campaign.annex_list]
    if annex is not None and annex not in asked:
        raise Http404
    _exported(request, pk, f"打印附件{annex}" if annex else "打印盖章稿")
    view = overview_of(found)
    header = SubmissionHeader.objects.filter(submission=found).first()
    papers = [
        documents.paper_of(number, [row for row in view.rows if row.annex == number], view.counts)
        for number in ([annex] if annex else asked)
    ]
    context = {
        "submission": found,
        "annex": annex,
        "papers": papers,
        "header": header_of(header) if header else None,
        "at": now(),
        "by": person(request),
        "tabs": asked,
    }
    return render(request, "surveys/annex_print.html", context)
