"""Writing an outlet from its flat values: the one way into the register."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require, when
from meice.kernel.pinyin import pinyin_key
from meice.orgs.models import Unit, User
from meice.registry import entry as entries
from meice.registry.actions.numbers import OUTLETS, take_number
from meice.registry.entry import Entry, Shape
from meice.registry.models import (
    ACTIVE,
    Contact,
    ContactKind,
    ExceptionGrant,
    Filing,
    Gap,
    Holder,
    NameHistory,
    Outlet,
    OutletStatus,
)
from meice.registry.workflow import OUTLET, OUTLET_STEP

PLAIN = tuple(
    item.key
    for item in entries.OUTLET_ITEMS
    if item.shape in (Shape.TEXT, Shape.NUMBER, Shape.ANSWER, Shape.PLATFORM, Shape.HOLDER)
)
NULLABLE = ("followers", "interactive", "has_review_system", "outsourced")


def lock_outlet(outlet: Outlet) -> Outlet:
    """The row as it is now, held until the transaction ends, with its contacts."""
    locked = Outlet.objects.select_for_update().get(pk=outlet.pk)
    return with_contacts(locked)


def with_contacts(outlet: Outlet) -> Outlet:
    """The same with contacts read once."""
    found = Outlet.objects.select_related("unit").prefetch_related(
        Prefetch("contacts", Contact.objects.select_related("user"))
    )
    return found.get(pk=outlet.pk)


def lock_place(unit_id: int) -> Unit:
    """Nobody else takes a place of this unit until the transaction ends."""
    return Unit.objects.select_for_update().get(pk=unit_id)  # type: ignore[no-any-return]


def place_is_taken(entry: Entry, unit: Unit, besides: Outlet | None) -> bool:
    """Would this entry be a second active outlet of the unit on its platform?"""
    if entry.get("status") not in ACTIVE or is_exempt(entry):
        return False
    rivals = Outlet.objects.active().filter(
        unit=unit, platform=entry["platform"], is_exempt=False, exception=None
    )
    return rivals.besides(besides).exists()


def is_exempt(entry: Entry) -> bool:
    """Sites, groups, and 职务账号 (held by a person): outside one account per platform."""
    platform = PLATFORM_BY_KEY.get(str(entry.get("platform")))
    exempt = platform is not None and platform.exempt
    return exempt or entry.get("holder") == Holder.PERSON


def refuse_double_identity(entry: Entry, besides: Outlet | None) -> None:
    """The permanent id of an account stands in the register once. Raises `Refused`."""
    permanent = entry.get("permanent_id")
    if not permanent:
        return
    same = Outlet.objects.standing().filter(platform=entry["platform"], permanent_id=permanent)
    known = same.besides(besides).first()
    if known:
        raise Refused(f"这个平台永久ID已登记在「{known.name}」（{known.number}）名下。")


def add_outlet(
    entry: Entry, *, at: datetime, exception: ExceptionGrant | None, filing: Filing | None = None
) -> Outlet:
    """A new row. Its place and identity were asked for by the caller."""
    outlet = Outlet(
        number=take_number(OUTLETS),
        status=entry.get("status") or OutletStatus.IN_USE,
        exception=exception,
        changed_at=at,
    )
    outlet.cancelled_on = _cancelled_on(outlet.status, at)
    _set_columns(outlet, entry, at)
    outlet.version = 1
    outlet.save()
    _set_contacts(outlet, entry)
    return outlet


def change_outlet(
    outlet: Outlet,
    entry: Entry,
    *,
    by: User,
    at: datetime,
    exception: ExceptionGrant | None = None,
    filing: Filing | None = None,
) -> Outlet:
    """Write `entry` (whole) over a locked outlet; the former name goes into its history."""
    if outlet.name != entry["name"]:
        NameHistory.objects.create(outlet=outlet, name=outlet.name, until=at, filing=filing)
    _take_status(outlet, str(entry["status"]), by, at)
    _set_columns(outlet, entry, at)
    if exception is not None:
        outlet.exception = exception
    outlet.version += 1
    outlet.save()
    _set_contacts(outlet, entry)
    return outlet


def _take_status(outlet: Outlet, target: str, by: User, at: datetime) -> None:
    if outlet.status == target:
        return
    step = OUTLET_STEP.get((outlet.status, target))
    require(when(step is not None, "账号的状态不能这样改。"))
    OUTLET.take(str(step), outlet, by)
    outlet.cancelled_on = _cancelled_on(target, at)


def _cancelled_on(status: str, at: datetime) -> date | None:
    """The day of the act; an old ledger does not say when it was."""
    return timezone.localdate(at) if status == OutletStatus.CANCELLED else None


def _set_columns(outlet: Outlet, entry: Entry, at: datetime) -> None:
    unit = Unit.objects.get(pk=entry["unit"])
    for key in PLAIN:
        value = entry.get(key)
        setattr(outlet, key, value if value is not None or key in NULLABLE else _empty(key, entry))
    outlet.unit, outlet.unit_path = unit, unit.path
    outlet.avatar_id = _whole(entry.get("avatar"))
    outlet.opened_on, outlet.opened_precision = entries.read_date(str(entry.get("opened_on") or ""))
    outlet.pinyin_key = pinyin_key(outlet.name)
    outlet.is_exempt = is_exempt(entry)
    outlet.gaps = ",".join(gap.value for gap in entries.gaps_of(entry))
    outlet.changed_at = at


def _empty(key: str, entry: Entry) -> Any:
    """What stands for nothing in a column that is never null; a chat group publishes nothing."""
    platform = PLATFORM_BY_KEY.get(str(entry.get("platform")))
    publishes = platform is None or platform.publishes
    return {"publishes": publishes, "holder": Holder.UNIT}.get(key, "")


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _set_contacts(outlet: Outlet, entry: Entry) -> None:
    """The people of the entry, row by row; a place without a name is empty."""
    outlet.contacts.all().delete()
    Contact.objects.bulk_create(
        _contact(outlet, person, entry) for person in entries.PEOPLE if entry.get(f"{person}.name")
    )


def _contact(outlet: Outlet, person: str, entry: Entry) -> Contact:
    part = {name: entry.get(f"{person}.{name}") for name, *_ in entries.PERSON_PARTS}
    operates = person.startswith("operators.")
    return Contact(
        outlet=outlet,
        kind=ContactKind.OPERATOR if operates else person,
        place=int(person.rsplit(".", 1)[1]) if operates else 1,
        user_id=_whole(part["user"]),
        name=str(part["name"]),
        title=str(part["title"] or ""),
        phone=str(part["phone"] or ""),
        is_permanent=None if part["permanent"] is None else bool(part["permanent"]),
        is_student=bool(part["student"]),
        teacher=str(part["teacher"] or ""),
    )


def names_of(entries_: list[Mapping[str, Any]]) -> dict[str, dict[int, str]]:
    """Words for the keys of units and users in these entries: `{"unit": {3: "数信学院"}, …}`."""
    units = {value for entry in entries_ if (value := entry.get("unit"))}
    users = {
        value
        for entry in entries_
        for key, value in entry.items()
        if key.endswith(".user") and value
    }
    files = {value for entry in entries_ if (value := entry.get("avatar"))}
    return {
        Shape.UNIT: dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")),
        Shape.USER: dict(User.objects.filter(pk__in=users).values_list("pk", "name")),
        Shape.FILE: dict(StoredFile.objects.filter(pk__in=files).values_list("pk", "name")),
    }


def mark_left(outlet: Outlet, has_left: bool) -> str:
    """The gaps with or without 责任人已停用账号."""
    gaps: list[Gap] = [gap for gap in outlet.gap_list if gap is not Gap.PERSON_LEFT]
    if has_left:
        gaps.append(Gap.PERSON_LEFT)
    return ",".join(gap.value for gap in gaps)
