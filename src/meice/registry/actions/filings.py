"""The steps of a filing. Each locks the row, takes the step, writes, audits, and tells whom it
concerns. Whoever is second to decide finds the state changed and is told so."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.kernel.access import Refused
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.registry.actions.acceptance import write_register
from meice.registry.actions.drafting import lock_filing
from meice.registry.actions.events import note_event
from meice.registry.actions.numbers import FILINGS, take_number
from meice.registry.actions.people import people_over, tell
from meice.registry.actions.terms import due_after
from meice.registry.models import ConfirmedBy, Filing, ReturnReason
from meice.registry.workflow import FILING, TermName


@transaction.atomic
def submit_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """To the unit's own reviewer, or to the endorsing unit."""
    filing = _send(filing, "submit", by, at)
    filing.due_on = due_after(TermName.CONFIRM, at)
    _finish(filing, "submit", by, at)
    checker = filing.checker_unit or filing.unit
    tell(people_over(Role.REVIEWER, checker), filing, f"请审核备案：{filing}", besides=by)
    return filing


@transaction.atomic
def present_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """To the unit's leader."""
    filing = _send(filing, "present", by, at)
    filing.due_on = due_after(TermName.CONFIRM, at)
    _finish(filing, "present", by, at)
    tell(people_over(Role.LEADER, filing.unit), filing, f"请确认备案：{filing}", besides=by)
    return filing


@transaction.atomic
def attest_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """To the department at once, on the attached stamped scan."""
    filing = _send(filing, "attest", by, at)
    filing.confirmed_how, filing.confirmed_by, filing.confirmed_at = ConfirmedBy.SCAN, None, at
    _reach_department(filing, "attest", by, at)
    return filing


def _send(filing: Filing, step: str, by: User, at: datetime) -> Filing:
    """Locked, judged by the name rules, cleared of what an earlier round left."""
    filing = lock_filing(filing)
    FILING.take(step, filing, by)
    filing.sent_at = at
    filing.confirmed_how, filing.confirmed_by, filing.confirmed_at = "", None, None
    filing.claimed_by, filing.claimed_at = None, None
    filing.decided_by, filing.decided_at = None, None
    return filing


@transaction.atomic
def check_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """The reviewer passes it on to the leader."""
    filing = _take(filing, "check", by)
    filing.due_on = due_after(TermName.CONFIRM, at)
    _finish(filing, "check", by, at)
    tell(people_over(Role.LEADER, filing.unit), filing, f"请确认备案：{filing}", besides=by)
    return filing


@transaction.atomic
def confirm_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """The leader answers for it."""
    filing = _take(filing, "confirm", by)
    filing.confirmed_how, filing.confirmed_by, filing.confirmed_at = ConfirmedBy.CLICK, by, at
    _reach_department(filing, "confirm", by, at)
    return filing


@transaction.atomic
def transfer_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """The leader of the giving unit agrees; now the receiving unit's leader is asked."""
    filing = _take(filing, "transfer", by)
    filing.confirmed_how, filing.confirmed_by, filing.confirmed_at = ConfirmedBy.CLICK, by, at
    filing.due_on = due_after(TermName.CONFIRM, at)
    _finish(filing, "transfer", by, at)
    leaders = people_over(Role.LEADER, filing.target_unit or filing.unit)
    tell(leaders, filing, f"「{filing.unit_name}」请你单位接收账号：{filing}", besides=by)
    return filing


@transaction.atomic
def receive_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """The leader of the receiving unit agrees."""
    filing = _take(filing, "receive", by)
    _reach_department(filing, "receive", by, at)
    return filing


def _reach_department(filing: Filing, step: str, by: User, at: datetime) -> None:
    filing.due_on = due_after(TermName.DECIDE, at)
    _finish(filing, step, by, at)
    how = ConfirmedBy(filing.confirmed_how).label
    text = f"请受理备案：{filing}（{filing.unit_name}，{how}）"
    tell(people_over(Role.DEPARTMENT, filing.unit), filing, text, besides=by)


@transaction.atomic
def claim_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """Out of the department's queue, into one person's hands."""
    filing = _take(filing, "claim", by)
    filing.claimed_by, filing.claimed_at = by, at
    _finish(filing, "claim", by, at)
    return filing


@transaction.atomic
def release_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """Back into the queue."""
    filing = _take(filing, "release", by)
    filing.claimed_by, filing.claimed_at = None, None
    _finish(filing, "release", by, at)
    return filing


def accept_filing(filing: Filing, *, by: User, at: datetime, opinion: str = "") -> Filing:
    """The number is given and the register changed, both or neither.

    Raises `Refused` when the act is not hers, the state has changed, the place on the platform is
    taken, or an item of the register has become another since the filing was written.
    """
    try:
        with transaction.atomic():
            return _accept(filing, by, at, opinion)
    except IntegrityError:
        raise Refused("台账里已有同一账号，或该单位在此平台已有账号，没有受理。") from None


def _accept(filing: Filing, by: User, at: datetime, opinion: str) -> Filing:
    filing = _take(filing, "accept", by)
    filing.decided_by, filing.decided_at = by, at
    filing.number = take_number(FILINGS, timezone.localdate(at).year)
    filing.due_on = None
    filing.outlet = write_register(filing, by=by, at=at)
    _finish(filing, "accept", by, at, note=opinion)
    text = f"备案已受理，备案号 {filing.number}：{filing}"
    tell([filing.made_by], filing, text, besides=by, kind=NoticeKind.RESULT)
    return filing


@transaction.atomic
def return_filing(
    filing: Filing, *, reasons: Sequence[ReturnReason], note: str, by: User, at: datetime
) -> Filing:
    """Back to its writers, with at least one structured reason and a text they can act on."""
    filing = _take(filing, "return", by)
    if not reasons or not note.strip():
        raise Refused("退回须选原因，并写明要改什么。")
    filing.claimed_by, filing.claimed_at, filing.due_on = None, None, None
    codes = [reason.value for reason in reasons]
    _finish(filing, "return", by, at, note=note.strip(), reasons=codes)
    tell([filing.made_by], filing, f"备案退回待改：{filing}", besides=by)
    return filing


@transaction.atomic
def withdraw_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """Taken back by its writers; it may be changed and sent again."""
    filing = _take(filing, "withdraw", by)
    filing.due_on = None
    _finish(filing, "withdraw", by, at)
    return filing


def _take(filing: Filing, step: str, by: User) -> Filing:
    filing = lock_filing(filing)
    FILING.take(step, filing, by)
    return filing


def _finish(
    filing: Filing,
    step: str,
    by: User,
    at: datetime,
    *,
    note: str = "",
    reasons: Sequence[str] = (),
) -> None:
    filing.version += 1
    filing.save()
    note_event(filing, step, by=by, at=at, note=note, reasons=reasons)
    detail = {"kind": filing.kind, "number": filing.number, "reasons": "、".join(reasons) or None}
    record(f"filing.{step}", filing, by=by, detail=detail, unit_path=filing.unit_path)
