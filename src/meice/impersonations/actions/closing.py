"""The end of a docket, and what comes after: looking whether it came back, the public list."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.impersonations import policies
from meice.impersonations.actions import events, settings
from meice.impersonations.actions.reporting import DocketText, report_impersonation
from meice.impersonations.models import Impersonation, Outcome, Recheck, ReferralStatus, Seen
from meice.impersonations.workflow import IMPERSONATION, SettingName
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.registry.actions.terms import workdays


@dataclass(frozen=True, slots=True)
class Comeback:
    """Under which account it came back; blank: the same one."""

    platform: str = ""
    name: str = ""
    url: str = ""
    account_id: str = ""

    @property
    def is_other(self) -> bool:
        """Another account than before."""
        return bool(self.name.strip())


@transaction.atomic
def close_docket(
    docket: Impersonation, *, outcome: str, note: str, by: User, at: datetime
) -> Impersonation:
    """结案 with its outcome; from then on it is looked at again (列入复查), also where a platform
    declined: it is still there."""
    if not note.strip():
        raise Refused("请写明结果是怎样核实的。")
    docket = events.take(docket, "close", by)
    if docket.referrals.filter(status=ReferralStatus.SENT).exists():
        raise Refused("还有报送没有登记答复。请先登记对方处置或不处置。")
    docket.outcome, docket.closed_by, docket.closed_at = Outcome(outcome), by, at
    docket.due_on = None
    words = f"{Outcome(outcome).label}。{note.strip()[:500]}"
    events.finish(docket, "close", by=by, at=at, note=words, detail={"result": outcome})
    _watch(docket, by, at)
    text = f"{docket} 已结案：{Outcome(outcome).label}"
    events.tell(events.reporters_of(docket), docket, text, besides=by, kind=NoticeKind.RESULT)
    return docket


def _watch(docket: Impersonation, by: User, at: datetime) -> None:
    known = settings.all_settings()
    IMPERSONATION.take("watch", docket, by)
    docket.checks_left = known[SettingName.CHECKS]
    docket.check_on = _next_check(known, at)
    note = f"首次复查 {events.day_words(docket.check_on)}，共 {docket.checks_left} 次"
    events.finish(docket, "watch", by=by, at=at, note=note)


def _next_check(known: settings.Settings, at: datetime) -> date:
    return workdays().after(timezone.localdate(at), known[SettingName.CHECK])


@transaction.atomic
def recheck_docket(
    docket: Impersonation,
    *,
    found: str,
    note: str,
    by: User,
    at: datetime,
    comeback: Comeback | None = None,
) -> Impersonation:
    """A person has looked: still gone (after the last look the docket ends), cannot be seen (again
    later, and it does not count), or back. Back under another name opens a docket of its own;
    gives the docket in which the work goes on."""
    if not note.strip():
        raise Refused("请写明看了哪里、看到什么。")
    docket = events.lock_docket(docket)
    require(policies.may_recheck(by, docket))
    seen = Seen(found)
    Recheck.objects.create(
        impersonation=docket, at=at, by=by, by_name=by.name, found=seen, note=note.strip()[:500]
    )
    known = settings.all_settings()
    docket.checks_left -= 1 if seen is Seen.GONE else 0
    words = f"{seen.label}。{note.strip()[:300]}"
    docket.check_on = _next_check(known, at)
    events.finish(docket, "recheck", by=by, at=at, note=words, detail={"outcome": seen})
    if seen is Seen.BACK:
        return _come_back(docket, note, comeback or Comeback(), by, at)
    if docket.checks_left == 0:
        _finish(docket, by, at)
    return docket


def _finish(docket: Impersonation, by: User, at: datetime) -> None:
    IMPERSONATION.take("finish", docket, by)
    docket.check_on = None
    events.finish(docket, "finish", by=by, at=at, note="各次复查都没有再出现")


@transaction.atomic
def return_docket(
    docket: Impersonation,
    *,
    note: str,
    by: User,
    at: datetime,
    comeback: Comeback | None = None,
) -> Impersonation:
    """再次出现, seen at any time after the end; gives the docket in which the work goes on."""
    if not note.strip():
        raise Refused("请写明在哪里看到的。")
    return _come_back(events.lock_docket(docket), note, comeback or Comeback(), by, at)


def _come_back(
    docket: Impersonation, note: str, comeback: Comeback, by: User, at: datetime
) -> Impersonation:
    IMPERSONATION.take("return", docket, by)
    docket.check_on, docket.checks_left = None, 0
    docket.due_on = settings.due_after(SettingName.APPLY, at)
    words = f"换名为“{comeback.name}”。{note}" if comeback.is_other else note
    events.finish(docket, "return", by=by, at=at, note=words.strip()[:500])
    text = f"{docket} 再次出现，请重新申请关停"
    events.tell(events.department_of(docket.unit), docket, text, besides=by)
    if not comeback.is_other:
        return docket
    opened = report_impersonation(
        _as_before(docket, note, comeback, at), unit=docket.unit, by=by, at=at, follows=docket
    )
    _end_here(docket, opened.docket, by, at)
    return opened.docket


def _as_before(docket: Impersonation, note: str, comeback: Comeback, at: datetime) -> DocketText:
    """What is said of the new account: what was said of the old one, as far as it holds."""
    return DocketText(
        platform=comeback.platform or docket.platform,
        name=comeback.name.strip(),
        url=comeback.url.strip(),
        account_id=comeback.account_id.strip(),
        facts=f"{note.strip()}\n此前以“{docket.name}”出现，已认定假冒（{docket.number}）。",
        found_on=timezone.localdate(at),
        found_how="复查",
        guise=docket.guise,
        imitated=docket.imitated,
        imitated_outlet=docket.imitated_outlet,
        harm=docket.harm,
        basis=docket.basis,
        demands=docket.demands,
        contact_name=docket.contact_name,
        contact_phone=docket.contact_phone,
    )


def _end_here(docket: Impersonation, other: Impersonation, by: User, at: datetime) -> None:
    """The old account is still gone: its docket ends, the work goes on in the new one."""
    IMPERSONATION.take("close", docket, by)
    docket.closed_by, docket.closed_at, docket.due_on = by, at, None
    events.finish(docket, "close", by=by, at=at, note=f"换名再现，另立案卷：{other}")


@transaction.atomic
def publish_docket(docket: Impersonation, *, by: User, at: datetime) -> Impersonation:
    """公布: on the public list, if the department has opened it."""
    docket = events.lock_docket(docket)
    require(policies.may_publish(by, docket))
    docket.is_public = True
    events.finish(docket, "publish", by=by, at=at)
    return docket


@transaction.atomic
def unpublish_docket(docket: Impersonation, *, by: User, at: datetime) -> Impersonation:
    """撤下公布."""
    docket = events.lock_docket(docket)
    require(policies.may_decide_docket(docket, by))
    docket.is_public = False
    events.finish(docket, "unpublish", by=by, at=at)
    return docket
