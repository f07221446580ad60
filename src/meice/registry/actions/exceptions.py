"""A second place on a platform: granted before a 开设, or 待整合 by itself; and its expiry."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry import policies
from meice.registry.actions.numbers import EXCEPTIONS, take_number
from meice.registry.actions.terms import due_after
from meice.registry.models import ExceptionGrant, ExceptionKind
from meice.registry.workflow import TermName


@transaction.atomic
def grant_exception(
    unit: Unit, platform: str, *, reason: str, expires_on: date, by: User, at: datetime
) -> ExceptionGrant:
    """Before a second 开设 of the unit on the platform. One unused grant at a time."""
    require(policies.may_grant_exception(by, unit))
    today = timezone.localdate(at)
    if expires_on <= today:
        raise Refused("到期日须在今天之后。")
    if ExceptionGrant.objects.free(unit, platform, today).exists():
        raise Refused("这个单位在该平台已有一个没有用掉的例外。")
    return _add(unit, platform, ExceptionKind.GRANTED, reason, expires_on, by, at)


def exception_to_merge(
    unit: Unit, platform: str, *, reason: str, by: User, at: datetime
) -> ExceptionGrant:
    """Of kind 待整合, for an account that exists already; inside the caller's transaction."""
    expires_on = due_after(TermName.MERGE, at)
    return _add(unit, platform, ExceptionKind.TO_MERGE, reason, expires_on, by, at)


def _add(
    unit: Unit,
    platform: str,
    kind: ExceptionKind,
    reason: str,
    expires_on: date,
    by: User,
    at: datetime,
) -> ExceptionGrant:
    grant = ExceptionGrant.objects.create(
        number=take_number(EXCEPTIONS, timezone.localdate(at).year),
        unit=unit,
        unit_path=unit.path,
        platform=platform,
        kind=kind,
        reason=reason,
        expires_on=expires_on,
        granted_by=by,
        granted_at=at,
    )
    detail = {"kind": kind, "platform": platform, "expires": expires_on.isoformat()}
    record("exception.grant", grant, by=by, detail=detail, unit_path=unit.path)
    return grant


@transaction.atomic
def extend_exception(
    grant: ExceptionGrant, *, reason: str, expires_on: date, by: User, at: datetime
) -> ExceptionGrant:
    """A later expiry, with the reason for it; a 待整合 that is extended becomes 已批准."""
    grant = ExceptionGrant.objects.select_for_update().get(pk=grant.pk)
    require(policies.may_extend_exception(by, grant))
    if expires_on <= timezone.localdate(at):
        raise Refused("到期日须在今天之后。")
    grant.reason, grant.expires_on, grant.kind = reason, expires_on, ExceptionKind.GRANTED
    grant.save(update_fields=["reason", "expires_on", "kind"])
    detail = {"expires": expires_on.isoformat()}
    record("exception.extend", grant, by=by, detail=detail, unit_path=grant.unit_path)
    return grant
