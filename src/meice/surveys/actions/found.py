"""What the worker writes: the results of a check, the package, the sweep of old checks.

Results are written in chunks under the check, which is switched on (`checked_at`) last: a worker
that dies leaves a check that is still waiting, and the next try begins from nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from django.db import transaction

from meice.audit.actions import record
from meice.engines.annexes.model import Form, Issue, Report, Severity
from meice.files.actions import keep_file
from meice.kernel.clock import now
from meice.surveys.actions.drop import drop_check
from meice.surveys.grid.layout import layout_of, windows_of
from meice.surveys.models import (
    WINDOW_ROWS,
    AnnexCheck,
    CheckedForm,
    Fault,
    MergedPackage,
    RowWindow,
)

CHUNK = 500
PACKAGE_PURPOSE = "annex-package"
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def keep_report(check: AnnexCheck, report: Report) -> None:
    """Write what the engine found; what an earlier try had written is dropped first."""
    check.forms.all().delete()
    check.faults.all().delete()
    for position, form in enumerate(report.files):
        _keep_form(check, position, form)
    loose = [issue for package in report.packages for issue in package.issues]
    _keep_faults(_faults(check, None, loose, {}))
    _switch_on(check, report)


def _keep_form(check: AnnexCheck, position: int, form: Form) -> None:
    severities = [issue.severity for issue in form.issues]
    worst = sorted(form.issues, key=_reading_order)
    with transaction.atomic():
        row = CheckedForm.objects.create(
            check_made=check,
            position=position,
            path=form.path[-1000:],
            sheet=(form.sheet or "")[:200],
            annex=form.annex and int(form.annex),
            unit=form.header.unit[:300],
            row_count=len(form.rows),
            sample_count=len(form.samples),
            accepted=form.accepted,
            error_count=severities.count(Severity.ERROR),
            warning_count=severities.count(Severity.WARNING),
            reason=worst[0].code.value if worst else "",
            advice=worst[0].message if worst else "",
            layout=layout_of(form).to_json(),
        )
        windows = [
            RowWindow(form=row, number=number, rows=rows)
            for number, rows in enumerate(windows_of(form), start=1)
        ]
        RowWindow.objects.bulk_create(windows, batch_size=20)
    _keep_faults(_faults(check, row, form.issues, _window_of_line(form)))


def _window_of_line(form: Form) -> dict[int, int]:
    """Sheet row (from 1) → number of the window that shows it."""
    return {line + 1: at // WINDOW_ROWS + 1 for at, line in enumerate(form.places.lines)}


def _faults(
    check: AnnexCheck, form: CheckedForm | None, issues: Iterable[Issue], windows: dict[int, int]
) -> list[Fault]:
    ordered = sorted(issues, key=_reading_order)
    return [
        Fault(
            check_made=check,
            form=form,
            number=number,
            severity=issue.severity.value,
            code=issue.code.value,
            path=issue.path[-1000:],
            sheet=(issue.sheet or "")[:200],
            cell=issue.cell or "",
            window=windows.get(_place(issue.cell)[0]),
            found=issue.found,
            expected=issue.expected,
            message=issue.message,
        )
        for number, issue in enumerate(ordered, start=1)
    ]


def _reading_order(issue: Issue) -> tuple[int, int, int, str]:
    """Errors first, then as one reads: by row and column; without a cell before all others."""
    line, letters = _place(issue.cell)
    return _GRAVITY[issue.severity], line, len(letters), letters


def _place(cell: str | None) -> tuple[int, str]:
    match = _ADDRESS.fullmatch(cell or "")
    return (int(match[2]), match[1]) if match else (0, "")


def _keep_faults(faults: list[Fault]) -> None:
    for start in range(0, len(faults), CHUNK):
        Fault.objects.bulk_create(faults[start : start + CHUNK])


@transaction.atomic
def _switch_on(check: AnnexCheck, report: Report) -> None:
    severities = [issue.severity for issue in report.issues()]
    check.form_count = len(report.files)
    check.accepted_count = sum(form.accepted for form in report.files)
    check.error_count = severities.count(Severity.ERROR)
    check.warning_count = severities.count(Severity.WARNING)
    check.checked_at = now()
    check.save(
        update_fields=[
            "form_count",
            "accepted_count",
            "error_count",
            "warning_count",
            "checked_at",
        ]
    )
    record(
        "annexes.check",
        check,
        by=check.owner,
        detail={"forms": check.form_count, "accepted": check.accepted_count},
    )


def keep_package(package: MergedPackage, archive: tuple[str, bytes], report: bytes) -> None:
    """Keep the package (name and content) and its report; then switch it on."""
    name, content = archive
    owner = package.check_made.owner
    zip_file = keep_file(BytesIO(content), name=name, by=owner, purpose=PACKAGE_PURPOSE)
    sheet = keep_file(BytesIO(report), name="合并报告.xlsx", by=owner, purpose=PACKAGE_PURPOSE)
    package.package, package.report, package.made_at = zip_file, sheet, now()
    package.save(update_fields=["package", "report", "made_at"])


def sweep(moment: datetime) -> int:
    """Delete the checks whose days are over at `moment`, with all they hold; gives how many."""
    overdue = AnnexCheck.objects.overdue(moment)
    count = 0
    for check in overdue.iterator():
        with transaction.atomic():
            record("annexes.sweep", check, by=None, detail={"forms": check.form_count})
            drop_check(check)
        count += 1
    return count
