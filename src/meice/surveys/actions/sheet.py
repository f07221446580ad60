"""What is done with the sheet of a submission: a batch of operations, remembered one by one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from meice.audit.actions import record
from meice.engines.annexes.columns import NOTHING_WRONG
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.surveys.models import Remark, SheetOperation, Submission, SubmissionRow
from meice.surveys.sheet.columns import Grid
from meice.surveys.sheet.operations import (
    SAVED,
    Deed,
    Operation,
    Outcome,
    Result,
    refused,
    weigh_remove,
    weigh_set,
)
from meice.surveys.sheet.policies import may_edit_sheet
from meice.surveys.sheet.scan import Scan, scan_submission

MOST_ROWS = 2000


@dataclass(slots=True)
class _Batch:
    """One batch at work: the rows it knows, what it wrote, what it will remember."""

    submission: Submission
    grid: Grid
    by: User
    at: datetime
    rows: dict[uuid.UUID, SubmissionRow]
    own: set[tuple[uuid.UUID, str]] = field(default_factory=set)
    touched: dict[uuid.UUID, SubmissionRow] = field(default_factory=dict)
    remembered: list[SheetOperation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a batch came to: one outcome an operation, and the state of the sheet after it."""

    submission: Submission
    outcomes: dict[uuid.UUID, Outcome]
    scan: Scan


@transaction.atomic
def save_operations(
    submission: Submission, grid: Grid, operations: Sequence[Operation], *, by: User
) -> Saved:
    """Take `operations` in order; one sent before is answered as it was then and does nothing.

    Raises `Refused` when the sheet is not hers or does not take changes now.
    """
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    require(may_edit_sheet(by, locked))
    outcomes = _known(locked, operations)
    batch = _Batch(locked, grid, by, now(), _rows(locked, grid))
    for operation in operations:
        if operation.pk not in outcomes:
            outcomes[operation.pk] = _take(batch, operation)
    _write(batch)
    return Saved(locked, outcomes, _settle(batch))


def _known(submission: Submission, operations: Iterable[Operation]) -> dict[uuid.UUID, Outcome]:
    asked = [operation.pk for operation in operations]
    known = SheetOperation.objects.filter(submission=submission, operation__in=asked)
    return {each.operation: _remembered(each) for each in known}


def _remembered(known: SheetOperation) -> Outcome:
    answer = known.outcome
    return Outcome(Result(answer["result"]), answer.get("reason", ""), answer.get("theirs", {}))


def _rows(submission: Submission, grid: Grid) -> dict[uuid.UUID, SubmissionRow]:
    rows = SubmissionRow.objects.filter(submission=submission, annex=int(grid.annex))
    return {row.key: row for row in rows.select_related("changed_by")}


def _take(batch: _Batch, operation: Operation) -> Outcome:
    row = batch.rows.get(operation.row)
    old = row.cells.get(operation.column, "") if row else ""
    if operation.deed is Deed.ADD:
        outcome = _add(batch, operation)
    elif row is None:
        outcome = refused("没有这一行。")
    else:
        outcome = _DEEDS[operation.deed](batch, row, operation)
    batch.remembered.append(
        SheetOperation(
            submission=batch.submission,
            operation=operation.pk,
            kind=operation.deed.value,
            row=batch.rows.get(operation.row),
            column=operation.column,
            old=old,
            new=operation.value,
            at=batch.at,
            by=batch.by,
            outcome=outcome.to_json(),
        )
    )
    return outcome


def _add(batch: _Batch, operation: Operation) -> Outcome:
    """A row of the sheet's own key: adding it twice makes one."""
    known = batch.rows.get(operation.row)
    if known is not None:
        return _restore(batch, known, operation)
    if sum(not row.removed for row in batch.rows.values()) >= MOST_ROWS:
        return refused(f"一张表最多 {MOST_ROWS} 行。")
    row = SubmissionRow.objects.create(
        submission=batch.submission,
        annex=int(batch.grid.annex),
        position=_place_below(batch, operation.after),
        key=operation.row,
        source=operation.source,
        made_at=batch.at,
        made_by=batch.by,
        changed_at=batch.at,
        changed_by=batch.by,
    )
    batch.rows[row.key] = row
    batch.own.add((row.key, ""))
    return SAVED


def _place_below(batch: _Batch, after: uuid.UUID | None) -> int:
    """The position below a row, with those further down moved by one; without one, the end."""
    mine = SubmissionRow.objects.filter(submission=batch.submission, annex=int(batch.grid.annex))
    above = batch.rows.get(after) if after else None
    if above is None:
        return int(mine.aggregate(last=Max("position"))["last"] or 0) + 1
    mine.filter(position__gt=above.position).update(position=F("position") + 1)
    for row in batch.rows.values():
        row.position += row.position > above.position
    return int(above.position) + 1


def _set(batch: _Batch, row: SubmissionRow, operation: Operation) -> Outcome:
    outcome, text = weigh_set(batch.grid, row, operation, batch.own)
    if text is None:
        return outcome
    if row.cells.get(operation.column, "") != text.shown or text.is_mended:
        _touch(batch, row, operation.column, text.shown, text.typed)
    if operation.column == "problems" and text.shown == NOTHING_WRONG:
        _touch(batch, row, "rectified", "-", "-")
    return outcome


def _touch(batch: _Batch, row: SubmissionRow, column: str, shown: str, typed: str) -> None:
    """Write one cell in memory; 是否整改 follows 无问题 by itself (annexes.md)."""
    if row.cells.get(column, "") == shown and row.marks.get(column, {}).get("raw") == typed:
        return
    row.touch({column: shown}, by=batch.by, at=batch.at, raw={column: typed})
    batch.own.add((row.key, column))
    batch.touched[row.key] = row


def _remove(batch: _Batch, row: SubmissionRow, operation: Operation) -> Outcome:
    is_own = any(key == row.key for key, _ in batch.own)
    outcome = weigh_remove(row, operation, is_own=is_own)
    if outcome.result is Result.SAVED and not row.removed:
        _stand(batch, row, removed=True)
    return outcome


def _restore(batch: _Batch, row: SubmissionRow, _: Operation) -> Outcome:
    if row.removed:
        _stand(batch, row, removed=False)
    return SAVED


def _stand(batch: _Batch, row: SubmissionRow, *, removed: bool) -> None:
    row.removed = removed
    row.touch({}, by=batch.by, at=batch.at)
    batch.own.add((row.key, ""))
    batch.touched[row.key] = row


_DEEDS = {Deed.SET: _set, Deed.REMOVE: _remove, Deed.RESTORE: _restore}


def _write(batch: _Batch) -> None:
    fields = ["cells", "marks", "version", "removed", "changed_at", "changed_by"]
    SubmissionRow.objects.bulk_update(batch.touched.values(), fields, batch_size=200)
    SheetOperation.objects.bulk_create(batch.remembered, batch_size=500)
    _resolve_remarks(batch)


def _resolve_remarks(batch: _Batch) -> None:
    """A remark is answered by changing its cell."""
    open_ones = Remark.objects.filter(submission=batch.submission, resolved_at=None)
    for remark in open_ones.filter(row__in=list(batch.touched.values())).select_related("row"):
        row = batch.touched[remark.row.key] if remark.row else None
        is_answered = row is not None and (
            row.removed or row.cells.get(remark.column, "") != remark.was
        )
        if is_answered and (not remark.column or (row and (row.key, remark.column) in batch.own)):
            remark.resolved_at, remark.resolved_by = batch.at, batch.by
            remark.save(update_fields=["resolved_at", "resolved_by"])


def _settle(batch: _Batch) -> Scan:
    """The counters, once a batch that changed something was written."""
    submission = batch.submission
    scan = scan_submission(submission)
    if not batch.remembered:
        return scan
    submission.version += 1
    submission.saved_at = batch.at
    submission.filled_by = batch.by
    submission.row_count = scan.row_count
    submission.error_count = scan.examined.errors
    submission.warning_count = scan.examined.warnings
    submission.difference_count = len(scan.differences)
    submission.save(
        update_fields=[
            *("version", "saved_at", "filled_by", "row_count"),
            *("error_count", "warning_count", "difference_count"),
        ]
    )
    record(
        "submission.edit",
        submission,
        by=batch.by,
        detail={"steps": len(batch.remembered), "rows": len(batch.touched)},
        unit_path=submission.unit_path,
    )
    return scan
