"""One click for each difference to the register: a draft filing, a self-found problem, or back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from meice.engines.annexes.columns import NOTHING_WRONG
from meice.engines.annexes.model import Annex, BasicRow, Rectified
from meice.engines.outlets import platform_named
from meice.inspections.actions import record_self_check
from meice.inspections.actions.recording import Told
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.rectification.catalogue import code_of
from meice.rectification.models import OrderItem
from meice.registry.actions.drafting import Draft, draft_cancel, draft_change, draft_opening
from meice.registry.actions.outlets import note_problems
from meice.registry.entry import Value, entry_of
from meice.registry.models import Filing, Outlet
from meice.surveys import policies
from meice.surveys.actions.events import finish, lock_submission
from meice.surveys.actions.filling import recount
from meice.surveys.models import (
    DifferenceAct,
    DifferenceDecision,
    RowSource,
    Submission,
    SubmissionRow,
)
from meice.surveys.rows import row_of
from meice.surveys.rows.prefill import basic_cells
from meice.surveys.sheet.register import Difference, Odd, differences_of, outlets_by_key

GONE = "这一处差异已经不在了，请刷新页面。"
REASON = "专项填报中发现与台账不符"
FILED: Mapping[Odd, DifferenceAct] = {
    Odd.CHANGED: DifferenceAct.FILE_CHANGE,
    Odd.NEW: DifferenceAct.FILE_OPEN,
    Odd.MISSING: DifferenceAct.FILE_CANCEL,
    Odd.PROBLEM: DifferenceAct.NOTE_PROBLEM,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One difference as an act sees it: the row, the outlet, or both."""

    submission: Submission
    row: SubmissionRow | None
    outlet: Outlet | None


@dataclass(frozen=True, slots=True)
class FiledAll:
    """全部转为备案: how many drafts were made, and what was left with its reason."""

    made: int
    left: tuple[tuple[str, str], ...]


def settle_difference(
    submission: Submission,
    act: DifferenceAct,
    *,
    row: SubmissionRow | None,
    outlet: Outlet | None,
    by: User,
    at: datetime,
) -> Filing | None:
    """Do `act` about a row of the sheet or a missing outlet; gives the draft filing, if one was
    made. Raises `Refused` with the reason (another filing is open, the state does not allow …)."""
    with transaction.atomic():
        locked = lock_submission(submission)
        require(policies.may_file_differences(locked, by))
        filing = _settle(Case(locked, row, outlet or (row.outlet if row else None)), act, by, at)
        recount(locked)
        finish(locked, "settle", by=by, at=at, note=str(act.label), detail={"act": act.value})
        return filing


def file_all_differences(submission: Submission, *, by: User, at: datetime) -> FiledAll:
    """Each difference as its draft (or self-found problem); one that cannot is told, not lost."""
    require(policies.may_file_differences(submission, by))
    made, left = 0, []
    rows = list(SubmissionRow.objects.filter(submission=submission).of_annex(Annex.BASIC))
    outlets = outlets_by_key(submission)
    by_pk = {row.pk: row for row in rows}
    done: set[tuple[object, ...]] = set()
    for each in differences_of(submission, rows, outlets):
        key = (each.row, each.outlet, each.odd)
        if each.decided or key in done:
            continue
        done.add(key)
        try:
            settle_difference(
                submission,
                FILED[each.odd],
                row=by_pk.get(each.row or 0),
                outlet=outlets.get(each.outlet or 0),
                by=by,
                at=at,
            )
            made += 1
        except Refused as refusal:
            left.append((each.name, refusal.reason))
    return FiledAll(made, tuple(left))


def _settle(case: Case, act: DifferenceAct, by: User, at: datetime) -> Filing | None:
    filing = _ACTS[act](case, by, at)
    if act not in (DifferenceAct.PUT_BACK, DifferenceAct.TAKE_BACK):
        DifferenceDecision.objects.create(
            submission=case.submission,
            act=act,
            row=case.row,
            outlet=case.outlet,
            filing=filing,
            at=at,
            by=by,
        )
    return filing


def _row(case: Case) -> SubmissionRow:
    if case.row is None:
        raise Refused(GONE)
    return case.row


def _outlet(case: Case) -> Outlet:
    if case.outlet is None:
        raise Refused(GONE)
    return case.outlet


def _known(case: Case) -> Outlet:
    """The outlet with what was ordered to be mended, as the sheet must show it."""
    outlet = _outlet(case)
    return outlets_by_key(case.submission).get(outlet.pk, outlet)


def _read(row: SubmissionRow) -> BasicRow:
    read = row_of(Annex.BASIC, row.cells)
    if not isinstance(read, BasicRow):
        raise Refused("这一行是空的。")
    return read


def values_of(row: BasicRow, outlet: Outlet | None) -> dict[str, Value]:
    """What a row of annex 1 says, by the keys of a filing; a blank cell says nothing."""
    platform = platform_named(row.kind)
    lead = "responsible"
    if outlet is not None and not entry_of(outlet).get("responsible.name"):
        lead = "operators.1"
    values: dict[str, Value] = {
        "name": row.name,
        "platform": platform.key if platform else None,
        "verified_as": row.verified_as,
        "interactive": row.interactive,
        "has_review_system": row.has_review_system,
        "outsourced": row.outsourced,
        f"{lead}.name": row.responsible_name,
        f"{lead}.phone": row.responsible_mobile,
        "note": row.note,
    }
    return {key: value for key, value in values.items() if value not in ("", None)}


def _file_change(case: Case, by: User, at: datetime) -> Filing:
    outlet = _outlet(case)
    values = values_of(_read(_row(case)), outlet)
    return draft_change(outlet, Draft(values, reason=REASON), by=by, at=at)


def _file_open(case: Case, by: User, at: datetime) -> Filing:
    read = _read(_row(case))
    if platform_named(read.kind) is None:
        raise Refused(f"类型「{read.kind}」不在平台表里，先改类型再转开设备案。")
    values = values_of(read, None) | {"holder": "unit", "status": "in_use", "publishes": True}
    values |= _of_annex_3(case)
    draft = Draft(values, reason=REASON, reports_existing=True)
    return draft_opening(case.submission.unit, draft, by=by, at=at)


def _of_annex_3(case: Case) -> dict[str, Value]:
    """What the account's own form says beyond annex 1: id, date, people."""
    name = case.row.cells.get("name", "") if case.row else ""
    forms = SubmissionRow.objects.filter(submission=case.submission).of_annex(Annex.FILING)
    cells: dict[str, str] = next(
        (form.cells for form in forms if form.cells.get("name") == name), {}
    )
    plain = ("opened_on", "frequency", "responsible_department")
    values: dict[str, Value] = {key: cells[key] for key in plain if cells.get(key)}
    people = ("leader.", "reviewer.", "operators.")
    values |= {key: text for key, text in cells.items() if key.startswith(people) and text}
    if cells.get("account_id"):
        is_site = platform_named(case.row.cells.get("kind", "")) if case.row else None
        key = "url" if is_site is not None and is_site.key == "website" else "account_id"
        values[key] = cells["account_id"]
    return values


def _file_cancel(case: Case, by: User, at: datetime) -> Filing:
    return draft_cancel(_outlet(case), Draft({}, reason=REASON), by=by, at=at)


def _note_problem(case: Case, by: User, at: datetime) -> None:
    read = _read(_row(case))
    outlet = _outlet(case)
    ordered = OrderItem.objects.annex_problems([outlet.pk]).get(outlet.pk, [])
    not_own = {NOTHING_WRONG, *(word for word, _ in ordered)}
    problems = [problem for problem in read.problems if problem not in not_own]
    mended = read.rectified is Rectified.YES
    note_problems(outlet, problems, rectified=mended, by=by, at=at)
    for problem in () if mended else problems:
        told = Told(code_of(problem), f"单位自查：{problem}")
        record_self_check(outlet.unit, outlet, told, by=by, at=at)


def _put_back(case: Case, by: User, at: datetime) -> None:
    outlet = _outlet(case)
    _editable(case.submission)
    rows = SubmissionRow.objects.filter(submission=case.submission, annex=int(Annex.BASIC))
    removed = rows.filter(outlet=outlet, removed=True).order_by("-changed_at").first()
    if removed is not None:
        removed.removed = False
        removed.touch({}, by=by, at=at)
        removed.save()
        return
    last = rows.aggregate(last=Max("position"))["last"] or 0
    SubmissionRow.objects.create(
        submission=case.submission,
        annex=int(Annex.BASIC),
        position=last + 1,
        cells=basic_cells(_known(case)),
        outlet=outlet,
        source=RowSource.REGISTER,
        made_at=at,
        made_by=by,
        changed_at=at,
        changed_by=by,
    )


def _take_back(case: Case, by: User, at: datetime) -> None:
    _editable(case.submission)
    row = SubmissionRow.objects.get(pk=_row(case).pk)
    register = basic_cells(_known(case))
    changed = {
        key: register.get(key, "")
        for key in {*register, *row.cells}
        if row.cells.get(key, "") != register.get(key, "")
    }
    row.touch(changed, by=by, at=at)
    row.save()


def _editable(submission: Submission) -> None:
    if not submission.is_editable:
        raise Refused(f"现在是「{submission.state.label}」，不能改表。")


_ACTS: Mapping[DifferenceAct, Callable[[Case, User, datetime], Filing | None]] = {
    DifferenceAct.FILE_CHANGE: _file_change,
    DifferenceAct.FILE_OPEN: _file_open,
    DifferenceAct.FILE_CANCEL: _file_cancel,
    DifferenceAct.NOTE_PROBLEM: _note_problem,
    DifferenceAct.PUT_BACK: _put_back,
    DifferenceAct.TAKE_BACK: _take_back,
}


def open_differences(submission: Submission) -> Sequence[Difference]:
    """The differences of a submission as the page lists them."""
    rows = list(SubmissionRow.objects.filter(submission=submission).of_annex(Annex.BASIC))
    return differences_of(submission, rows, outlets_by_key(submission))
