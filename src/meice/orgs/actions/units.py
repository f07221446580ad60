"""What is done to the unit tree. Every change of its shape holds the lock of the tree's root."""

from dataclasses import dataclass

from django.db import transaction

from meice.audit.actions import record
from meice.kernel import slots
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.pinyin import pinyin_key
from meice.orgs import policies
from meice.orgs.models import FormerName, Unit, UnitKind, User


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is written about a unit; `aliases` one a line."""

    name: str
    short_name: str = ""
    aliases: str = ""
    kind: str = UnitKind.OTHER
    phone: str = ""


def spelling(facts: UnitFacts) -> str:
    """The pinyin key of the name, then of 简称 and aliases, for order and search."""
    others = [facts.short_name, *facts.aliases.split("\n")]
    return " ".join(pinyin_key(part) for part in (facts.name, *others) if part.strip())[:600]


def lock_tree(unit: Unit) -> None:
    """Nobody else changes the shape of this tree until the transaction ends."""
    list(Unit.objects.select_for_update().filter(path=unit.path[: Unit.steplen]))


@transaction.atomic
def create_unit(facts: UnitFacts, *, parent: Unit, by: User) -> Unit:
    """A new unit below `parent`."""
    lock_tree(parent)
    parent.refresh_from_db()
    require(policies.may_create_unit(by, parent))
    unit = add_unit(facts, parent)
    record("unit.create", unit, by=by, detail={"name": unit.name}, unit_path=unit.path)
    return unit


def add_unit(facts: UnitFacts, parent: Unit | None) -> Unit:
    """The row alone; the caller holds the lock, has asked the policy and writes the audit."""
    unit = Unit(
        name=facts.name,
        short_name=facts.short_name,
        aliases=facts.aliases,
        kind=facts.kind,
        phone=facts.phone,
        pinyin_key=spelling(facts),
    )
    if parent is None:
        return Unit.objects.add_root(instance=unit)  # type: ignore[no-any-return]
    return Unit.objects.add_child(parent, instance=unit)  # type: ignore[no-any-return]


@transaction.atomic
def edit_unit(unit: Unit, facts: UnitFacts, *, by: User) -> Unit:
    """Write what is known of the unit; a changed name goes into its history."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    require(policies.may_edit_unit(by, unit))
    former = unit.name
    if (former, unit.short_name) != (facts.name, facts.short_name):
        FormerName.objects.create(
            unit=unit, name=former, short_name=unit.short_name, until=now(), changed_by=by.name
        )
    write_facts(unit, facts)
    act = "unit.edit" if former == facts.name else "unit.rename"
    detail = {"name": facts.name, "former": former}
    record(act, unit, by=by, detail=detail, unit_path=unit.path)
    return unit


def write_facts(unit: Unit, facts: UnitFacts) -> None:
    """The columns alone."""
    unit.name, unit.short_name, unit.aliases = facts.name, facts.short_name, facts.aliases
    unit.kind, unit.phone, unit.pinyin_key = facts.kind, facts.phone, spelling(facts)
    unit.save(update_fields=["name", "short_name", "aliases", "kind", "phone", "pinyin_key"])


@transaction.atomic
def move_unit(unit: Unit, *, target: Unit, by: User) -> Unit:
    """Under another parent, with everything below."""
    lock_tree(unit)
    unit.refresh_from_db()
    target.refresh_from_db()
    require(policies.may_move_unit(by, unit, target))
    former = unit.parent
    Unit.objects.move(unit, target, pos="last-child")
    unit.refresh_from_db()
    for follow in slots.unit_moved:
        follow()
    detail = {"name": unit.name, "from": str(former), "to": target.name}
    record("unit.move", unit, by=by, detail=detail, unit_path=unit.path)
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, by: User) -> Unit:
    """Out of use."""
    return _set_active(unit, by=by, active=False)


@transaction.atomic
def reopen_unit(unit: Unit, *, by: User) -> Unit:
    """Back into use."""
    return _set_active(unit, by=by, active=True)


def _set_active(unit: Unit, *, by: User, active: bool) -> Unit:
    lock_tree(unit)
    unit.refresh_from_db()
    ask = policies.may_reopen_unit if active else policies.may_close_unit
    require(ask(by, unit))
    unit.active = active
    unit.save(update_fields=["active"])
    act = "unit.reopen" if active else "unit.close"
    record(act, unit, by=by, detail={"name": unit.name}, unit_path=unit.path)
    return unit
