"""Forms of annex 3 made in the sheet, and annex 4 written after them: nobody types it twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction

from meice.engines.annexes.model import Annex
from meice.engines.outlets import platform_named
from meice.kernel.access import require
from meice.orgs.models import User
from meice.registry.entry import entry_of
from meice.registry.models import Outlet
from meice.surveys.actions.sheet import Saved, save_operations
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.rows.prefill import form_cells, list_cells
from meice.surveys.rows.texts import marks_of
from meice.surveys.sheet.columns import EDITED, GRIDS
from meice.surveys.sheet.operations import Deed, Operation
from meice.surveys.sheet.policies import may_edit_sheet

WEBSITE = "网站"


@transaction.atomic
def add_form(
    submission: Submission, key: uuid.UUID, *, outlet: Outlet | None, kind: str, by: User
) -> Saved:
    """A form more, filled in from the register when it is about an outlet. The same `key` twice
    makes one form. Raises `Refused` when the sheet does not take changes now."""
    cells = {"filing_kind": kind} if kind else {}
    if outlet is not None:
        cells = form_cells(entry_of(outlet), outlet.platform_name, outlet.unit.name, kind)
    steps = [Operation(uuid.uuid5(key, "add"), Deed.ADD, key)]
    steps += [_put(key, key, 1, column, text) for column, text in cells.items()]
    saved = save_operations(submission, EDITED[Annex.FILING], steps, by=by)
    if outlet is not None:
        SubmissionRow.objects.filter(submission=submission, key=key).update(outlet=outlet)
    return saved


def _put(form: uuid.UUID, row: uuid.UUID, version: int, column: str, text: str) -> Operation:
    return Operation(uuid.uuid5(form, f"{row} {column}"), Deed.SET, row, version, column, text)


@transaction.atomic
def follow_forms(submission: Submission, key: uuid.UUID, *, by: User) -> int:
    """Write annex 4 after the forms of annex 3: rows that differ are mended, missing ones added,
    rows without a form left alone. Gives how many rows were written; `key` names this click."""
    require(may_edit_sheet(by, submission))
    rows = list(SubmissionRow.objects.filter(submission=submission).standing_in_order())
    listed = [row for row in rows if row.annex == Annex.FILINGS]
    steps: list[Operation] = []
    new: dict[uuid.UUID, int | None] = {}
    written = 0
    for form in (row for row in rows if row.annex == Annex.FILING and row.cells):
        row = _listed(form, listed)
        target = row.key if row else uuid.uuid5(key, str(form.key))
        found = _steps(key, form, row, target)
        written += bool(found)
        if row is None:
            steps.append(Operation(uuid.uuid5(target, "add"), Deed.ADD, target))
            new[target] = form.outlet_id
        steps += found
    if steps:
        save_operations(submission, GRIDS[Annex.FILINGS], steps, by=by)
    for target, outlet in new.items():
        mine = SubmissionRow.objects.filter(submission=submission, key=target)
        mine.update(outlet=outlet)
    return written


def _listed(form: SubmissionRow, listed: Iterable[SubmissionRow]) -> SubmissionRow | None:
    """The row of annex 4 that speaks of the same account: by outlet, else by its name, the old
    name of a renamed one too."""
    names = {form.cells.get("name", ""), marks_of(form.cells).get("name", "")} - {""}
    for row in listed:
        if form.outlet_id is not None and row.outlet_id == form.outlet_id:
            return row
    return next((row for row in listed if row.cells.get("name", "") in names), None)


def _steps(
    key: uuid.UUID, form: SubmissionRow, row: SubmissionRow | None, target: uuid.UUID
) -> list[Operation]:
    before: Mapping[str, str] = row.cells if row else {}
    wanted = list_cells(form.cells, _platform(form, before))
    version = row.version if row else 1
    columns = [column.key for column in GRIDS[Annex.FILINGS].typed]
    return [
        _put(key, target, version, column, wanted.get(column, ""))
        for column in columns
        if before.get(column, "") != wanted.get(column, "")
    ]


def _platform(form: SubmissionRow, before: Mapping[str, str]) -> str:
    """类型 of annex 4: what the row says, else the form's platform; a site has its ICP there."""
    if before.get("kind"):
        return before["kind"]
    told = form.cells.get("platform_or_icp", "")
    platform = platform_named(told) if told else None
    return platform.name if platform else WEBSITE
