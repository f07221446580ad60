"""Small acts around a roster: a calendar address, a number shown, a month taken away."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from meice.audit.actions import record
from meice.duty import policies
from meice.duty.actions import events
from meice.duty.models import CalendarFeed, Roster, Shift
from meice.kernel.access import Refused, require
from meice.orgs.models import User


def hash_of(token: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: User, at: datetime) -> str:
    """A new secret address for the person's calendar; the one before ends. Shown this once."""
    require(policies.may_subscribe(by))
    events.lock_people(by)
    _end(by, at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, token_hash=hash_of(token), made_at=at)
    record("feed.make", feed, by=by)
    return token


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> None:
    """The address is dead from now on."""
    events.lock_people(by)
    if not _end(by, at):
        raise Refused("没有在用的订阅地址。")
    record("feed.revoke", None, by=by)


def _end(user: User, at: datetime) -> int:
    return CalendarFeed.objects.filter(user=user, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def show_number(shift: Shift, *, by: User, at: datetime) -> str:
    """The whole number of who is on duty, for one page view, with an audit line."""
    require(policies.may_see_number(by, shift, at))
    if shift.user is None:
        raise Refused("这一班还没有人。")
    detail = {"name": shift.user.name}
    record("number.show", shift.user, by=by, detail=detail, unit_path=shift.roster.unit.path)
    return shift.user.mobile


@transaction.atomic
def export_roster(roster: Roster, *, month: str, rows: int, by: User) -> None:
    """The audit line of a month as a workbook; the caller writes the file."""
    require(policies.may_export(by))
    events.note("roster.export", roster, by=by, detail={"month": month, "rows": rows})
