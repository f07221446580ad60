"""Writing an entry: inside the transaction of the act, so that neither stands without the other."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from meice.audit.models import Entry, Verification
from meice.audit.verify import Report
from meice.engines import marks
from meice.kernel.clock import now

FAULTS_KEPT = 200
Detail = Mapping[str, str | int | bool | None]


class NotInTransaction(RuntimeError):
    """The caller's mistake: an act outside a transaction could stand without its entry."""


def record(
    act: str,
    target: Model | None = None,
    *,
    by: Any,
    detail: Detail | None = None,
    unit_path: str = "",
    address: str = "",
) -> Entry:
    """Note that `by` (a user; None: the system) has done `act` (`noun.verb`) to `target`.

    `detail` holds ids, counts and short words; whole phone, card and id numbers are masked.
    `unit_path` is the path of the unit concerned (auditors see their subtree); without it the
    target's unit, else the actor's, is taken. `address` is seen by auditors only.
    Raises `NotInTransaction`; a database error here undoes the act, as it must.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(act)
    entry = Entry(
        uid=uuid.uuid4(),
        at=now(),
        act=act,
        unit_path=unit_path or _path_of(target) or _path_of(getattr(by, "post", None)),
        address=address,
        detail={key: _masked(value) for key, value in (detail or {}).items()},
        **_actor(by),
        **_target(target),
    )
    entry.own_hash = entry.computed_hash()
    entry.save()
    return entry


def save_verification(found: Report, moment: datetime) -> Verification:
    """Keep what a check of the chain has found, for the page 校验."""
    return Verification.objects.create(
        at=moment,
        entries=found.entries,
        links=found.links,
        head=found.head,
        faults=[*found.faults[:FAULTS_KEPT], *_more(len(found.faults) - FAULTS_KEPT)],
    )


def _more(number: int) -> list[str]:
    return [f"另有 {number} 处；全部用 meice verify 列出"] if number > 0 else []


def _actor(by: Any) -> dict[str, str]:
    if by is None or by.pk is None:
        return {"actor_name": "系统"}
    post = getattr(by, "post", None)
    return {
        "actor_id": str(by.pk),
        "actor_name": str(_masked(str(by)))[:60],
        "actor_post": str(post)[:120] if post else "",
    }


def _target(target: Model | None) -> dict[str, str]:
    if target is None:
        return {}
    return {
        "target_kind": target._meta.label_lower,
        "target_id": str(target.pk),
        "target_name": str(_masked(str(target)))[:200],
    }


def _path_of(record: Any) -> str:
    """The path of the unit a record belongs to, as far as it says."""
    unit = getattr(record, "unit", record)
    path = getattr(unit, "path", "")
    return path if isinstance(path, str) else ""


def _masked(value: Any) -> Any:
    """Texts without personal numbers and without signs that could forge a line of a log."""
    if not isinstance(value, str):
        return value
    return marks.mask_personal("".join(sign for sign in value if sign.isprintable()))
