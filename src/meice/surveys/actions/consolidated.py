"""What the worker writes about a consolidation: its members, its numbers, its two files."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from meice.engines.annexes.merge import Merged, Request, merge, write_merged
from meice.engines.annexes.model import Annex, BasicRow, CountRow, Form, Header, Report
from meice.files.actions import keep_file
from meice.jobs import progress
from meice.kernel.clock import now
from meice.surveys.actions.filling import examined, units_below
from meice.surveys.models import (
    Consolidation,
    ConsolidationMember,
    Submission,
    SubmissionHeader,
    SubmissionRow,
)
from meice.surveys.reading import desk
from meice.surveys.rows import counts_of, office_holders_of, own_counts

PURPOSE = "campaign-package"
REPORT_NAME = "汇总报告.xlsx"


def make_package(consolidation: Consolidation) -> int:
    """Merge what is received, keep package and report, switch on; gives the number of rows.

    Killed at any point it leaves a consolidation that is not made; the next try begins anew.
    """
    campaign = consolidation.campaign
    submissions = _received(consolidation)
    members: list[ConsolidationMember] = []
    forms: list[Form] = []
    for number, submission in enumerate(submissions, 1):
        progress.report(number, len(submissions) + 1, f"{len(submissions)} 家已汇总 {number} 家")
        own, member = _part(consolidation, submission, number)
        forms += own
        members.append(member)
    request = Request(campaign.unit.name, campaign.unit.called, consolidation.sent_on)
    merged = merge(Report(files=tuple(forms)), request)
    with tempfile.TemporaryDirectory(dir=desk(), prefix="consolidate-") as folder:
        written = write_merged(merged, Path(folder))
        package, report = written.package.read_bytes(), written.report.read_bytes()
        name = written.package.name
    by = consolidation.asked_by
    kept = keep_file(BytesIO(package), name=name, by=by, purpose=PURPOSE)
    kept_report = keep_file(BytesIO(report), name=REPORT_NAME, by=by, purpose=PURPOSE)
    with transaction.atomic():
        fresh = Consolidation.objects.select_for_update().get(pk=consolidation.pk)
        if fresh.made_at is not None:
            return fresh.row_count
        fresh.package, fresh.report, fresh.made_at = kept, kept_report, now()
        fresh.counts = [row.to_json() for row in merged.counts]
        fresh.mismatches = _mismatches(merged)
        fresh.row_count = len(merged.basic)
        fresh.save()
        ConsolidationMember.objects.bulk_create(members, batch_size=200)
    return len(merged.basic)


def _received(consolidation: Consolidation) -> list[Submission]:
    received = consolidation.campaign.submissions.filter(status="received")
    return list(received.select_related("unit", "campaign", "receipt").order_by("unit_path"))


def _part(
    consolidation: Consolidation, submission: Submission, number: int
) -> tuple[list[Form], ConsolidationMember]:
    """A unit's four forms as the engine wants them, and the line that freezes them."""
    rows = list(SubmissionRow.objects.filter(submission=submission).standing_in_order())
    found = examined(submission, rows, timezone.localdate(consolidation.asked_at))
    forms = [form for each in found.forms.values() for form in each]
    header = SubmissionHeader.objects.filter(submission=submission).first()
    holders = office_holders_of(submission.unit, units_below(submission))
    own = own_counts(header) or counts_of(rows, holders)
    unit = header.unit if header and header.unit else submission.unit.name
    forms.append(_counts_form(submission, unit, own))
    basic = [row for form in found.forms.get(Annex.BASIC, ()) for row in form.rows]
    member = ConsolidationMember(
        consolidation=consolidation,
        submission=submission,
        receipt=submission.receipt,
        unit_name=submission.unit.name,
        position=number,
        rows=[row.to_json() for row in basic],
        office_holders=holders,
    )
    return [_named(form, submission) for form in forms], member


def _counts_form(submission: Submission, unit: str, own: Sequence[CountRow]) -> Form:
    return Form("附件2", Annex.COUNTS, header=Header(unit=unit), rows=tuple(own))


def _named(form: Form, submission: Submission) -> Form:
    """The path that the report shows: unit, round, annex; the package is the unit's."""

    number = submission.receipt.number if submission.receipt else ""
    path = f"{submission.unit.name}（{number}）/{form.path.partition('#')[0]}"
    return replace(form, path=path, package=f"submission-{submission.pk}")


def _mismatches(merged: Merged) -> list[dict[str, object]]:
    """Cells in which a unit's own annex 2 is not what its rows say."""
    return [
        {
            "unit": each.form.header.unit,
            "submission": int((each.form.package or "submission-0").rpartition("-")[2]),
            "item": each.difference.item,
            "column": each.difference.column,
            "own": each.difference.own,
            "computed": each.difference.computed,
        }
        for each in merged.differences
    ]


def basic_rows(member: ConsolidationMember) -> list[BasicRow]:
    """The rows that were counted."""
    return [BasicRow.from_json(row) for row in member.rows]
