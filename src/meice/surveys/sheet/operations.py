"""The operations that a sheet sends, and how one meets what others wrote meanwhile.

Merge is by cell: an operation says which version of the row it saw, and every touched cell knows
the version in which it was last written (`SubmissionRow.marks`). Different cells are both kept;
the same cell is a conflict unless both wrote the same. Nothing is overwritten silently.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from meice.surveys.models import SubmissionRow
from meice.surveys.sheet.columns import MAX_TEXT, Grid
from meice.surveys.sheet.values import Text, is_too_long, read_text

MOST_OPERATIONS = 500


class Deed(StrEnum):
    """What an operation does."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    RESTORE = "restore"


class Result(StrEnum):
    """What became of it."""

    SAVED = "saved"
    CONFLICT = "conflict"
    REFUSED = "refused"


class BadBatch(ValueError):
    """The request is none of ours: a caller's mistake, answered with 400."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`pk` and `row` are UUIDs made by the sheet; `version` is that of the row it saw.

    `after` (add): the row above, None for the end. `source`: `typed` or `paste`.
    """

    pk: uuid.UUID
    deed: Deed
    row: uuid.UUID
    version: int = 0
    column: str = ""
    value: str = ""
    after: uuid.UUID | None = None
    source: str = "typed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one operation; `theirs` tells who wrote what when, for a conflict."""

    result: Result
    reason: str = ""
    theirs: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it is answered, and remembered for a repeated operation."""
        return {"result": self.result.value, "reason": self.reason, "theirs": dict(self.theirs)}


SAVED = Outcome(Result.SAVED)


def refused(reason: str) -> Outcome:
    """Not taken, and why."""
    return Outcome(Result.REFUSED, reason)


def read_operations(given: object) -> list[Operation]:
    """The operations of a request's JSON, in order. Raises `BadBatch`."""
    if not isinstance(given, list) or len(given) > MOST_OPERATIONS:
        raise BadBatch(f"最多 {MOST_OPERATIONS} 步一批。")
    try:
        return [_operation(each) for each in given]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadBatch("认不出这一批改动。") from error


def _operation(given: Mapping[str, Any]) -> Operation:
    after = given.get("after")
    source = str(given.get("source", "typed"))
    version, value = given.get("version", 0), given.get("value", "")
    if not isinstance(value, str) or not isinstance(version, int) or "\x00" in value:
        raise BadBatch("认不出这一批改动。")
    return Operation(
        pk=uuid.UUID(given["id"]),
        deed=Deed(given["kind"]),
        row=uuid.UUID(given["row"]),
        version=version,
        column=str(given.get("column", ""))[:40],
        value=value,
        after=uuid.UUID(after) if after else None,
        source=source if source in ("typed", "paste") else "typed",
    )


def theirs_of(row: SubmissionRow, column: str = "") -> dict[str, Any]:
    """Who wrote the cell (or the row) last: name, ISO time, text, version."""
    mark = row.marks.get(column, {})
    changed_by = row.changed_by.name if row.changed_by else ""
    return {
        "value": row.cells.get(column, ""),
        "name": mark.get("name") or changed_by,
        "at": mark.get("at") or row.changed_at.isoformat(),
        "version": row.version,
        "removed": row.removed,
    }


def weigh_set(
    grid: Grid, row: SubmissionRow, operation: Operation, own: Iterable[tuple[uuid.UUID, str]]
) -> tuple[Outcome, Text | None]:
    """May this text go into its cell? `own` are the cells that this batch wrote before."""
    column = grid.column(operation.column)
    if column is None or column.is_computed:
        return refused("没有这一栏。"), None
    if is_too_long(operation.value):
        return refused(
            f"「{column.short}」最多 {MAX_TEXT} 个字，现有 {len(operation.value)} 个。"
        ), None
    text = read_text(column, operation.value)
    if row.removed:
        return Outcome(Result.CONFLICT, "这一行已被删去。", theirs_of(row, column.key)), None
    written = int(row.marks.get(column.key, {}).get("version", 0))
    is_newer = written > operation.version and (row.key, column.key) not in set(own)
    if is_newer and row.cells.get(column.key, "") != text.shown:
        return Outcome(Result.CONFLICT, "", theirs_of(row, column.key)), None
    return SAVED, text


def weigh_remove(row: SubmissionRow, operation: Operation, *, is_own: bool) -> Outcome:
    """A row that somebody changed after I saw it is not removed blindly."""
    if row.removed or is_own or row.version <= operation.version:
        return SAVED
    reason = "删行之前，这一行又被改过，请看过再删。"
    return Outcome(Result.CONFLICT, reason, theirs_of(row))
